"""The writing desk over HTTP: autosave, keeping without scripts, cells, versions, and two writers at once."""

import json
import re
import threading

import pytest
from django.test import Client
from tests.songs.conftest import NOON, WORDS

from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.pasted import write_pasted
from aqyn.people.models import Person
from aqyn.songs import services
from aqyn.songs.models import LineText, Version, WorkingText

pytestmark = pytest.mark.django_db
KEPT = write_pasted(WORDS, "kk", "kk-Cyrl").rstrip()
AT = "/studio/songs/tereze"


def post(client, path, **sent):
    return client.post(f"{AT}/{path}", json.dumps(sent), content_type="application/json")


def line_of(text, tag="kk-Cyrl"):
    return LineText.objects.filter(tag=tag, text=text).first().line_id


def test_autosave_answers_the_text_that_stands_and_how_it_reads(crew, write):
    write()
    text = "Терезеде [Am]жанған шам\n{ru:море}\n\n[chorus]\nтеңіз"
    answer = post(crew, "words/text", base=KEPT, text=text, layer="kk-Latn")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["text"], told["joined"], told["pending"]) == (text, False, True)
    lines = told["reading"]["lines"]
    assert [(line["kind"], line["syllables"], line["other"]) for line in lines] == [
        ("line", 7, "Terezede janğan şam"),
        ("line", 2, "море"),
        ("blank", None, ""),
        ("heading", None, ""),
        ("line", 2, "teñız"),
    ]
    assert (lines[0]["lang"], lines[1]["lang"]) == ("kk-Latn", "ru")
    assert [(part["from"], part["to"], part["pattern"]) for part in told["reading"]["stanzas"]] == [
        (1, 2, "7-2"),
        (5, 5, "2"),
    ]
    assert told["reading"]["faults"] == []


def test_a_rhyme_is_marked_where_it_stands_in_the_line_as_it_was_typed(crew, write):
    write()
    text = "Бекетте терезе жан[G]ды,\n😀 {ru:море} үні талды."
    lines = post(crew, "words/text", base=KEPT, text=text).json()["reading"]["lines"]
    assert [line["rhyme"] for line in lines] == ["a", "a"]
    units = [line.encode("utf-16-le") for line in text.split("\n")]
    parts = [
        said[2 * line["part"][0] : 2 * line["part"][1]].decode("utf-16-le")
        for said, line in zip(units, lines, strict=True)
    ]
    assert parts == ["ды", "ды"]


def test_a_verse_of_a_kazakh_form_is_called_by_its_name(crew, write):
    write()
    text = "Пойыз өтті тоқтамай,\nҮні алыста талды.\nКүн де батты баяу ғана,\nЖарық терезе қалды."
    [verse] = post(crew, "words/text", base=KEPT, text=text).json()["reading"]["stanzas"]
    assert (verse["form"], verse["rhymes"], verse["order"]) == ("jyr", "·a·a", "kezektı rhyme")


def test_lines_written_by_hand_say_so_and_say_when_their_words_changed(crew, write):
    write()
    services.overrule_line(line=line_of("Терезеде жанған шам"), tag="kk-Latn", text="Өзімше", now=NOON)
    text = "[verse]\nТерезеде жанған шам\nтың жол\n\nТерезеде жанған шам"
    lines = post(crew, "words/text", base=KEPT, text=text, layer="kk-Latn").json()["reading"]["lines"]
    assert [(line["other"], line["mark"]) for line in lines if line["kind"] == "line"] == [
        ("Өзімше", "written"),
        ("tyñ jol", ""),
        ("Өзімше", "written"),
    ]
    changed = text.replace("жанған", "сөнген")
    lines = post(crew, "words/text", base=text, text=changed, layer="kk-Latn").json()["reading"]["lines"]
    assert [line["mark"] for line in lines if line["kind"] == "line"] == ["again", "", ""]


def test_a_translation_stands_beside_the_line_that_it_belongs_to(crew, write):
    write()
    lines = post(crew, "words/text", base=KEPT, text=KEPT, layer="en").json()["reading"]["lines"]
    assert [line["other"] for line in lines if line["kind"] == "line"] == ["", "sea", ""]


def test_a_fault_is_told_at_its_line_and_the_text_still_kept(crew, write):
    write()
    told = post(crew, "words/text", base=KEPT, text="а\n{ru:б").json()
    assert told["reading"]["faults"] == ["line 2: A {…} span is not closed."]
    assert [line["fault"] for line in told["reading"]["lines"]] == ["", "A {…} span is not closed."]
    assert WorkingText.objects.get().text == "а\n{ru:б"


def test_both_sides_of_a_conflict_are_told_and_nothing_is_changed(crew, write, snapshot):
    write()
    post(crew, "words/text", base=KEPT, text=KEPT.replace("жанған", "сөнген"))
    before = snapshot()
    answer = post(crew, "words/text", base=KEPT, text=KEPT.replace("жанған", "жанбаған"))
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    told = answer.json()
    assert told["theirs"] == KEPT.replace("жанған", "сөнген")
    [place] = told["conflicts"]
    assert (place["mine"], place["theirs"]) == (["Терезеде жанбаған шам"], ["Терезеде сөнген шам"])
    assert told["text"].split("\n")[place["where"] - 1 :][:2] == place["mine"] + place["theirs"]
    assert snapshot() == before


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"text": "x"}', 400),
        (b'{"base": "", "text": 1}', 400),
        (b"[" * 100_000, 400),
        (json.dumps({"base": "", "text": "а\x00"}).encode(), 400),
        (json.dumps({"base": "", "text": "а" * 100_001}).encode(), 413),
    ],
)
def test_what_cannot_be_kept_is_one_sentence_and_changes_nothing(crew, write, snapshot, sent, status):
    write()
    before = snapshot()
    answer = crew.post(f"{AT}/words/text", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["title"]
    assert snapshot() == before


def test_the_words_of_a_song_that_is_gone_are_not_kept(crew, db):
    answer = post(crew, "words/text", base="", text="а")
    assert (answer.status_code, answer.json()["title"]) == (404, "There is no song “tereze”.")


def test_words_are_kept_without_scripts(crew, write, visitor):
    write(state="public")
    page = crew.get(f"{AT}/words/")
    assert page.context["base"] == page.context["text"] == KEPT
    text = KEPT.replace("жанған", "сөнген").replace("\n", "\r\n")
    later = crew.post(f"{AT}/words/", {"base": KEPT, "words": text, "deed": "later"})
    assert (later.status_code, later["Location"]) == (302, f"{AT}/words/")
    assert "сөнген" not in visitor.get("/kk/songs/tereze/").content.decode()
    page = crew.get(f"{AT}/words/")
    assert page.context["there"].pending
    kept = crew.post(f"{AT}/words/", {"base": page.context["base"], "words": text, "deed": "keep"})
    assert kept.status_code == 302
    assert "сөнген" in visitor.get("/kk/songs/tereze/").content.decode()
    assert not WorkingText.objects.exists()


def test_a_conflict_without_scripts_is_a_page_with_both(crew, write, snapshot):
    write()
    services.keep_words(song="tereze", base=KEPT, text=KEPT.replace("жанған", "сөнген"), now=NOON)
    before = snapshot()
    mine = {"base": KEPT, "words": KEPT.replace("жанған", "жанбаған"), "deed": "keep"}
    answer = crew.post(f"{AT}/words/", mine)
    assert answer.status_code == 409
    assert snapshot() == before
    both = answer.context["text"]
    assert "Терезеде жанбаған шам\nТерезеде сөнген шам" in both
    assert answer.content.decode().count("Терезеде жанбаған шам\n") == 2
    chosen = both.replace("Терезеде сөнген шам\n", "")
    again = crew.post(f"{AT}/words/", {"base": answer.context["base"], "words": chosen, "deed": "keep"})
    assert again.status_code == 302
    assert Version.objects.last().text == chosen


@pytest.mark.parametrize(
    "sent", [{"words": "а"}, {"base": KEPT, "words": "{ru:а"}, {"base": KEPT, "words": ""}]
)
def test_words_that_are_refused_come_back_in_the_page(crew, write, snapshot, sent):
    write()
    before = snapshot()
    answer = crew.post(f"{AT}/words/", sent | {"deed": "keep"})
    assert answer.status_code == 400
    assert answer.context["text"] == sent["words"]
    assert str(answer.context["refusal"]) in answer.content.decode().replace("&quot;", '"')
    assert snapshot() == before


def test_a_cell_is_kept_and_its_repeats_with_it(crew, write):
    song = write(sections=(WORDS[0], WORDS[0]))
    one, other = LineText.objects.filter(line__section__song=song, text="Терезеде жанған шам").values_list(
        "line_id", flat=True
    )
    answer = post(crew, f"lines/{one}/reading", tag="de", was="", text="  Fenster ")
    now = {"text": "Fenster", "hers": True, "guessed": False}
    assert answer.json() == {"lines": {str(one): now, str(other): now}}
    answer = post(crew, f"lines/{other}/reading", tag="de", was="", text="Scheibe")
    assert (answer.status_code, answer.json()["there"]) == (409, "Fenster")
    answer = post(crew, f"lines/{one}/reading", tag="de", was="Fenster", text="")
    assert answer.json()["lines"][str(other)] == {"text": "", "hers": False, "guessed": False}
    assert not LineText.objects.filter(tag="de").exists()


def test_a_cell_is_given_back_to_the_house(crew, write):
    write()
    line = line_of("Терезеде жанған шам")
    post(crew, f"lines/{line}/reading", tag="kk-Latn", was="Terezede janğan şam", text="T")
    answer = post(crew, f"lines/{line}/reading", tag="kk-Latn", was="T", deed="give-back")
    assert answer.json()["lines"][str(line)] == {
        "text": "Terezede janğan şam",
        "hers": False,
        "guessed": False,
    }
    assert post(crew, f"lines/{line}/reading", tag="kk-Latn", was="T", deed="give-back").status_code == 409
    assert post(crew, f"lines/{line}/reading", tag="<b>", was="", text="x").status_code == 400
    assert post(crew, "lines/999999/reading", tag="en", was="", text="x").status_code == 404


def test_a_translation_is_begun_for_the_whole_song(crew, write):
    write()
    page = crew.get(f"{AT}/readings/?add=DE")
    assert [name for name, _translated in page.context["song"].columns][-1] == "de"
    assert page.content.decode().count('data-tag="de"') == 3
    assert crew.get(f"{AT}/readings/?add=<b>").status_code == 400
    assert not LineText.objects.filter(tag="de").exists()


def test_versions_are_listed_compared_and_brought_back(crew, write):
    write()
    assert "one version so far" in crew.get(f"{AT}/versions/").content.decode()
    services.keep_words(song="tereze", base=KEPT, text=KEPT.replace("жанған", "сөнген"), now=NOON)
    page = crew.get(f"{AT}/versions/").content.decode()
    assert "1 line changed" in page and "As it came into the house" in page
    page = crew.get(f"{AT}/versions/difference/?from=1&to=2").content.decode()
    assert "<mark>жанған</mark> " in page and "<mark>сөнген</mark> " in page
    assert crew.post(f"{AT}/versions/1/back/").status_code == 302
    assert Version.objects.last().text == KEPT
    assert crew.post(f"{AT}/versions/9/back/").status_code == 409


@pytest.mark.parametrize(
    "query", ["from=9&to=kept", "from=kept&to=x", "from=²&to=kept", f"from={'9' * 5000}&to=1"]
)
def test_a_version_that_is_not_there_is_not_found(crew, write, query):
    write()
    assert crew.get(f"{AT}/versions/difference/?{query}").status_code == 404


@pytest.mark.parametrize("path", ["words/", "words/text", "lines/1/reading", "versions/1/back/"])
def test_nothing_is_written_for_another_site_or_by_one_who_is_not_signed_in(
    crew, write, visitor, path, snapshot
):
    write()
    before = snapshot()
    other = Client(headers={"Sec-Fetch-Site": "cross-site"}, SERVER_NAME="localhost")
    other.cookies = crew.cookies
    assert other.post(f"{AT}/{path}", {"base": KEPT, "words": "а"}).status_code == 403
    assert visitor.post(f"{AT}/{path}", {"base": KEPT, "words": "а"}).status_code == 302
    assert snapshot() == before


def at_once(*deeds):
    """Each deed in a thread and a connection of its own, begun together; what each gave or raised."""
    from django.db import connection

    start, told = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            start.wait()
            told[place] = deed()
        except Exception as error:
            told[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.mark.django_db(transaction=True)
def test_two_who_write_different_lines_at_once_lose_nothing(write):
    write(sections=[Section("verse", tuple(Line(f"жол {n}", "kk") for n in range(6)))])
    base = write_pasted(
        [Section("verse", tuple(Line(f"жол {n}", "kk") for n in range(6)))], "kk", "kk-Cyrl"
    ).rstrip()

    def change(n):
        return lambda: services.save_text(
            song="tereze", base=base, text=base.replace(f"жол {n}", f"жол {n} жаңа"), now=NOON
        )

    told = at_once(*(change(n) for n in range(6)))
    assert [one for one in told if isinstance(one, Exception)] == []
    assert WorkingText.objects.get().text == "\n".join(
        line + " жаңа" if line.startswith("жол") else line for line in base.split("\n")
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_line_at_once_one_is_shown_the_other(write):
    from aqyn.songs.sentences import WordsDiffer

    write()
    told = at_once(
        *(
            lambda word=word: services.keep_words(
                song="tereze", base=KEPT, text=KEPT.replace("жанған", word), now=NOON
            )
            for word in ("бірінші", "екінші")
        )
    )
    [refused] = [one for one in told if isinstance(one, Exception)]
    assert isinstance(refused, WordsDiffer)
    [kept] = [one for one in told if isinstance(one, Version)]
    assert refused.theirs == kept.text
    assert list(Version.objects.values_list("number", flat=True)) == [1, 2]


def test_a_reading_given_with_new_words_is_shown_beside_them(crew, write):
    write(sections=[Section("verse", (Line("шам", "kk", {"ru": LayerText("лампа")}),))])
    page = crew.get(f"{AT}/words/")
    assert [layer.tag for layer in page.context["layers"]] == ["kk-Latn", "kk-Arab", "ru"]


@pytest.mark.parametrize(("code", "layer"), [("kk-arab", "kk-Arab"), ("en", "en"), ("kk", "kk-Latn")])
def test_beside_the_words_stands_what_the_writer_reads(crew, write, code, layer):
    write()
    Person.objects.update(language=code)
    page = crew.get("/studio/songs/tereze/words/").content.decode()
    assert re.findall(r'name="layer" value="([^"]*)"[^>]*checked', page) == [layer]
