"""What a phone loads of a show: setlist, words, a text of the crew's; and who may read them when."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.stage.conftest import TIMES, record

from aqyn.core.live import MOST_STEPS, LineSpan, Position, State, score_of
from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.timing import LineCues
from aqyn.shows import selectors as shows
from aqyn.songs import services as song_services
from aqyn.songs.models import Encoding, Recording
from aqyn.songs.services import CauseFacts, SongFacts
from aqyn.stage import services
from aqyn.stage.models import Entry, Notice, Performance
from aqyn.stage.selectors.current import current
from aqyn.stage.selectors.setlist import QUIET, TEETH, setlist_json, teeth
from aqyn.stage.selectors.words import score_of_entry, words_json
from aqyn.ui.pages import page_generation

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(visitor):
    """The JSON at an address of the show, or the status where there is none."""

    def one(path, **query):
        answer = visitor.get(f"/live/astana/{path}", query)
        return answer.json() if answer.status_code == 200 else answer.status_code

    return one


@pytest.fixture
def hall(setlist, evening):
    """The hall is open."""
    return services.open_hall(show="astana", rehearsal=False, now=evening)


def test_the_words_are_those_of_the_song_with_what_the_hall_needs(setlist):
    told = words_json(setlist[0])
    assert {key: told[key] for key in ("entry", "hue", "duration", "timed", "spans", "planned", "cause")} == {
        "entry": setlist[0].pk,
        "hue": 28,
        "duration": 15_000,
        "timed": True,
        "spans": [[0, 5_550], [5_550, 8_550], [8_550, 15_000]],
        "planned": [],
        "cause": None,
    }
    assert [len(section["lines"]) for section in told["sections"]] == [2, 1, 1]
    assert [line["start"] for line in told["lines"]] == [1_000, 3_500, 6_000, 9_000]
    assert "recording" not in told


def test_the_spans_of_the_words_are_those_of_the_score(setlist, write, show, noon):
    write("untimed", times=[], duration=9_000)
    write("silent", duration=None)
    write("preparing", duration=15_000)
    Encoding.objects.filter(recording__song__slug="preparing").delete()
    write("another", times=TIMES[:2])
    second = record(write("twice"), TIMES[1:], 20_000, preferred=False)
    Recording.objects.filter(song__slug="twice").update(preferred=False)
    Recording.objects.filter(pk=second.pk).update(preferred=True)
    slugs = ("untimed", "silent", "preparing", "another", "twice")
    more = [services.add_entry(show="astana", song=slug, now=noon) for slug in slugs]
    for entry in (setlist[0], setlist[2], *more):
        told, score = words_json(entry), score_of_entry(entry)
        assert told["spans"] == [list(span) if span else None for span in score.spans]
        assert told["timed"] == score.timed
        numbers = {line: n for n, section in enumerate(told["sections"]) for line in section["lines"]}
        lines = [LineSpan(numbers[one["id"]], one["start"], one["end"]) for one in told["lines"]]
        assert score == score_of(len(told["sections"]), lines, duration=told["duration"])


def test_times_that_wait_for_a_recording_are_sung_without_one(artist, show, noon):
    song_services.write_song(
        artist="madina",
        facts=SongFacts(slug="waits", title={"kk-Cyrl": "Күту"}, language="kk-Cyrl"),
        sections=[Section("verse", (Line("бір сөз", "kk"), Line("тағы бір", "kk")))],
        cues=[LineCues(1_000, 2_000), LineCues(3_000, 4_000)],
        now=noon,
    )
    entry = services.add_entry(show="astana", song="waits", now=noon)
    told = words_json(entry)
    assert (told["duration"], told["timed"], told["spans"]) == (None, True, [[0, 6_000]])
    assert score_of_entry(entry).spans == ((0, 6_000),)


def test_the_planned_order_leaves_out_parts_that_the_song_no_longer_has(setlist, noon):
    entry = setlist[0]
    Entry.objects.filter(pk=entry.pk).update(order=[1, 7, 0, 1, -1])
    entry.refresh_from_db()
    assert words_json(entry)["planned"] == [1, 0, 1]
    Entry.objects.filter(pk=entry.pk).update(order=[0, 1, 2, 3])
    entry.refresh_from_db()
    assert words_json(entry)["planned"] == []


def test_a_song_with_more_parts_than_an_order_can_name_is_planned_as_written(write, show, noon):
    write("long", sections=[Section("verse", (Line("сөз", "kk"),))] * (MOST_STEPS + 1), duration=None)
    entry = services.add_entry(show="astana", song="long", now=noon)
    entry.order = [3, 1]
    assert words_json(entry)["planned"] == []


def test_talk_has_no_words_and_no_score(setlist):
    assert (words_json(setlist[1]), score_of_entry(setlist[1])) == (None, None)


def test_the_cause_comes_with_the_words(write, show, noon):
    cause = CauseFacts({"en": "A stove"}, {"en": "For a school."}, "The School", "https://example.org/")
    write("stove", cause=cause)
    entry = services.add_entry(show="astana", song="stove", now=noon)
    assert words_json(entry)["cause"] == {
        "title": {"en": "A stove"},
        "text": {"en": "For a school."},
        "partner": "The School",
        "link": "https://example.org/",
    }


def test_a_song_of_eight_lines_in_four_layers_takes_at_most_ten_kilobytes(write, show, noon, visitor):
    lines = tuple(
        Line(
            "Терезеде жанған шам сөнбесін деп, біз бармыз",
            "kk",
            {"en": LayerText("May the lamp that burns in the window never go out")},
        )
        for _line in range(8)
    )
    write("eight", sections=[Section("verse", lines)], times=[(i * 1000, i * 1000 + 900) for i in range(8)])
    entry = services.add_entry(show="astana", song="eight", now=noon)
    services.open_hall(show="astana", rehearsal=False, now=noon)
    answer = visitor.get(f"/live/astana/songs/{entry.pk}.json")
    assert len(answer.json()["layers"]) == 4
    assert len(answer.content) <= 10_000


def test_the_setlist_tells_the_show_and_each_entry(setlist, hall, read):
    told = read("setlist.json")
    assert {key: told[key] for key in ("show", "title", "artist", "starts", "time_zone")} == {
        "show": "astana",
        "title": {
            "kk-Cyrl": "Көктем кеші",
            "kk-Latn": "Köktem keşı",
            "kk-Arab": "كوكتەم كەشى",
            "en": "A spring evening",
        },
        "artist": {"name": {"kk-Cyrl": "Мадина", "kk-Latn": "Madina", "kk-Arab": "مادينا"}, "hue": 28},
        "starts": "2026-05-20T14:00:00+00:00",
        "time_zone": "Asia/Almaty",
    }
    window, talk, bridge, encore = told["entries"]
    assert window == {
        "id": setlist[0].pk,
        "kind": "song",
        "title": {"kk-Cyrl": "Терезе", "kk-Latn": "Tereze", "kk-Arab": "تەرەزە", "en": "Window"},
        "encore": False,
        "hue": 28,
        "wave": window["wave"],
        "words": f"/live/astana/songs/{setlist[0].pk}.json",
        "song": "tereze",
    }
    assert len(window["wave"]) == TEETH
    assert (talk["title"], talk["words"], talk["song"]) == ({"en": "About the sea"}, None, None)
    assert (bridge["hue"], encore["encore"]) == (200, True)
    assert [(layer["tag"], layer["kind"]) for layer in told["layers"]] == [
        ("kk-Cyrl", "main"),
        ("kk-Latn", "pronunciation"),
        ("kk-Arab", "pronunciation"),
        ("en", "translation"),
    ]


def test_a_translation_of_one_song_that_another_is_sung_in_is_told_as_sung(setlist, write, read, noon):
    write("more", language="en", title={"en": "Sea"}, sections=[Section("verse", (Line("the sea", "en"),))])
    services.add_entry(show="astana", song="more", now=noon)
    assert ("en", "main") in [(layer["tag"], layer["kind"]) for layer in read("setlist.json")["layers"]]


def test_a_wave_is_told_as_forty_numbers_however_long_it_is():
    assert teeth([7]) == [7] * TEETH
    assert len(teeth(QUIET)) == TEETH
    assert teeth(list(range(80))) == list(range(1, 80, 2))


@pytest.mark.parametrize("path", ["setlist.json", "songs/1.json", "notices/1.json"])
def test_unknown_shows_and_drafts_answer_404(make_show, visitor, path):
    make_show("draft", announced=False)
    for slug in ("draft", "nowhere"):
        assert visitor.get(f"/live/{slug}/{path}").status_code == 404


def test_an_entry_of_another_show_answers_404(setlist, make_show, visitor):
    make_show("almaty")
    for number in (setlist[0].pk, 10**30):
        assert visitor.get(f"/live/almaty/songs/{number}.json").status_code == 404


@pytest.fixture
def secret(write, setlist, noon):
    """A song that nobody has heard yet, at the end of the setlist."""
    write("secret", state="draft", title={"kk-Cyrl": "Құпия"})
    return services.add_entry(show="astana", song="secret", now=noon)


def press(performance, position, now):
    """As the console's press does it: the list first, then the row."""
    services.note_played(performance, position, now)
    performance.entry_id, performance.state = position.entry or None, position.state.value
    performance.save()


def test_a_draft_is_read_from_when_the_hall_comes_to_it_until_it_closes(
    secret, setlist, read, evening, later
):
    address = f"songs/{secret.pk}.json"

    def told():
        entry = read("setlist.json")["entries"][-1]
        return entry["title"]["kk-Cyrl"], entry["words"] is not None, entry["song"], read(address) != 404

    performance = services.open_hall(show="astana", rehearsal=False, now=evening)
    assert told() == ("Құпия", False, None, False)
    before = page_generation()
    press(performance, Position(2, 0, State.WAIT, entry=secret.pk), evening)
    assert told() == ("Құпия", True, None, True)
    assert page_generation() == before + 1
    press(performance, Position(3, 0, State.RUN, entry=secret.pk), later(1))
    press(performance, Position(4, 0, State.WAIT, entry=setlist[0].pk), later(60))
    assert told() == ("Құпия", True, None, True)
    services.close_hall(show="astana", now=later(90))
    services.open_hall(show="astana", rehearsal=False, now=later(100))
    assert told() == ("Құпия", False, None, False)


def test_nothing_of_the_setlist_is_told_before_the_hall_opens_nor_once_it_is_closed(setlist, read, evening):
    songs = [f"songs/{setlist[n].pk}.json" for n in (0, 2)]

    def told():
        return len(read("setlist.json")["entries"]), [read(song) == 404 for song in songs]

    layers = read("setlist.json")["layers"]
    assert (len(layers), told()) == (4, (0, [True, True]))
    services.open_hall(show="astana", rehearsal=True, now=evening)
    assert told() == (0, [True, True])
    services.close_hall(show="astana", now=evening)
    services.open_hall(show="astana", rehearsal=False, now=evening)
    assert told() == (4, [False, False])
    services.close_hall(show="astana", now=evening)
    assert (told(), read("setlist.json")["layers"]) == ((0, [True, True]), layers)


def test_forty_songs_are_told_with_as_few_queries_as_one(setlist, noon, hall, django_assert_num_queries):
    show = shows.public_show("astana")
    with CaptureQueriesContext(connection) as few:
        setlist_json(show)
    for _n in range(36):
        services.add_entry(show="astana", song="bridge", now=noon)
    with django_assert_num_queries(len(few)):
        assert len(setlist_json(show)["entries"]) == 40


def test_a_draft_that_was_chosen_and_left_again_is_closed_again(secret, setlist, read, evening, later):
    performance = services.open_hall(show="astana", rehearsal=False, now=evening)
    press(performance, Position(2, 0, State.RUN, entry=secret.pk), evening)
    before = page_generation()
    press(performance, Position(3, 0, State.WAIT, entry=setlist[0].pk), later(5))
    assert page_generation() == before + 1
    assert read(f"songs/{secret.pk}.json") == 404


def test_public_songs_do_not_drop_the_pages_as_the_hall_goes_on(setlist, evening, later):
    performance = services.open_hall(show="astana", rehearsal=False, now=evening)
    before = page_generation()
    for number, entry in enumerate(setlist, 2):
        press(performance, Position(number, 0, State.RUN, entry=entry.pk), later(number * 60))
    assert page_generation() == before


def test_a_rehearsal_reads_everything_by_its_key_and_is_kept_by_nobody(secret, make_show, visitor, evening):
    rehearsal = services.open_hall(show="astana", rehearsal=True, now=evening)
    query = {"rehearsal": rehearsal.key}
    answer = visitor.get("/live/astana/setlist.json", query)
    words = answer.json()["entries"][-1]["words"]
    assert words == f"/live/astana/songs/{secret.pk}.json?rehearsal={rehearsal.key}"
    assert "no-store" in answer["Cache-Control"]
    assert visitor.get(words).json()["song"] == "secret"
    assert visitor.get(f"/live/astana/songs/{secret.pk}.json").status_code == 404
    make_show("almaty")
    for path, key in (("astana", "x" * 43), ("almaty", rehearsal.key), ("astana", "\x00")):
        assert visitor.get(f"/live/{path}/setlist.json", {"rehearsal": key}).status_code == 404
    services.close_hall(show="astana", now=evening)
    assert visitor.get(words).status_code == 404


def test_a_draft_show_is_rehearsed_by_key(make_show, visitor, evening):
    make_show("draft", announced=False)
    rehearsal = services.open_hall(show="draft", rehearsal=True, now=evening)
    answer = visitor.get("/live/draft/setlist.json", {"rehearsal": rehearsal.key})
    assert (answer.status_code, answer.json()["entries"]) == (200, [])


def test_a_notice_is_read_while_its_hall_is_open(setlist, read, evening):
    performance = services.open_hall(show="astana", rehearsal=False, now=evening)
    Notice.objects.create(performance=performance, number=1, text="ئان", language="kk-Arab", at=evening)
    assert read("notices/1.json") == {"number": 1, "text": "ئان", "lang": "kk-Arab", "dir": "rtl"}
    assert read("notices/2.json") == 404
    services.close_hall(show="astana", now=evening)
    assert read("notices/1.json") == 404


def test_an_entry_whose_song_has_gone_is_told_by_its_name_alone(setlist, hall, read, noon):
    song_services.remove_song(song="bridge", now=noon)
    entry = read("setlist.json")["entries"][2]
    assert (entry["title"]["en"], entry["words"], entry["song"]) == ("The Bridge", None, None)
    assert read(f"songs/{setlist[2].pk}.json") == 404
    assert (words_json(Entry.objects.get(pk=setlist[2].pk)), Performance.objects.count()) == (None, 1)


def test_what_is_told_is_one_line_of_plain_letters(setlist, hall, visitor):
    content = visitor.get("/live/astana/setlist.json").content.decode()
    assert "Терезе" in content and ": " not in json.dumps(content.split('"entries"')[0])


def test_a_song_that_is_removed_while_the_hall_sings_it_leaves_the_hall_as_it_is(setlist, read, evening):
    performance = services.open_hall(show="astana", rehearsal=False, now=evening)
    press(performance, Position(2, 0, State.RUN, entry=setlist[0].pk), evening)
    before = current("astana").position
    song_services.remove_song(song="tereze", now=evening)
    assert current("astana").position == before
    assert read("setlist.json")["entries"][0]["title"]["en"] == "Window"
    assert read(f"songs/{setlist[0].pk}.json") == 404
