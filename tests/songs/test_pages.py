"""Who sees which page, what it holds, and how many questions it asks."""

import json

import pytest
from django.utils.translation import override
from tests.songs.conftest import NOON, WORDS

from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.songs import selectors, services
from aqyn.songs.models import Recording

pytestmark = pytest.mark.django_db


def everything(song):
    """Every address under which something of the song lies, without a key."""
    files = [e.file for r in song.recordings.all() for e in r.encodings.all()]
    files += [r.file for r in song.recordings.all()]
    pages = [
        f"/{code}/songs/tereze/{tail}"
        for code in ("kk", "kk-latn", "kk-arab", "ru", "en")
        for tail in ("", "kk-Latn/")
    ]
    return [
        *pages,
        "/songs/tereze/lyrics.json",
        "/songs/tereze/ornament.svg",
        *(f"/media/{file}" for file in files),
    ]


@pytest.mark.parametrize("state", ["draft", "link"])
def test_a_song_that_is_not_public_is_nowhere_to_be_seen(heard, visitor, state):
    song = heard("public")
    etags = {url: visitor.get(url).headers.get("ETag") for url in everything(song)}
    services.withdraw(song="tereze", now=NOON)
    if state == "link":
        services.publish(song="tereze", reach="link", now=NOON)
    for url in everything(song):
        for headers in (
            {},
            {"If-None-Match": etags[url] or "*"},
            {"If-Modified-Since": "Fri, 01 May 2037 00:00:00 GMT"},
        ):
            for method in ("get", "head"):
                answer = getattr(visitor, method)(url, headers=headers)
                assert (url, answer.status_code) == (url, 404)
                assert "Терезе" not in answer.content.decode()
    assert selectors.public_songs() == selectors.songs_of("madina") == []


def test_crew_see_a_draft_on_the_desk_and_nowhere_else(heard, crew, visitor):
    song = heard("draft")
    for url in (
        "/studio/songs/tereze/page/",
        "/studio/songs/tereze/lyrics.json",
        "/studio/songs/tereze/ornament.svg",
    ):
        answer = crew.get(url)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert visitor.get(url).status_code == 302
    opus = song.recordings.get().encodings.get(format="opus").file
    answer = crew.get(f"/media/{opus}")
    assert (answer.status_code, answer["Cache-Control"].split(",")[0]) == (200, "private")
    assert crew.get("/en/songs/tereze/").status_code == 404


def test_whoever_has_the_link_hears_the_song_and_no_other(heard, visitor, write):
    song = heard("link")
    key = song.publication.key
    answer = visitor.get(f"/ru/heard/{key}/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    told = visitor.get(f"/heard/{key}/lyrics.json").json()
    for source in told["recording"]["sources"]:
        assert visitor.get(source["url"]).status_code == 200
        assert visitor.get(source["url"].replace(key, "x" * len(key))).status_code == 404
        assert visitor.get(source["url"].split("?")[0]).status_code == 404
    assert visitor.get(f"/heard/{key}/ornament.svg").status_code == 200
    write("other", state="draft")
    services.withdraw(song="tereze", now=NOON)
    assert visitor.get(f"/ru/heard/{key}/").status_code == 404
    services.publish(song="tereze", reach="link", now=NOON)
    assert visitor.get(f"/ru/heard/{key}/").status_code == 404


def test_the_original_is_for_the_crew_alone(heard, crew, visitor):
    file = heard("public").recordings.get().file
    assert visitor.get(f"/media/{file}").status_code == 404
    assert crew.get(f"/media/{file}").status_code == 200


@pytest.mark.parametrize("name", ["00/" + "0" * 64 + ".wav", "../secret", "ab/../../secret", ".lock"])
def test_no_other_file_can_be_had(visitor, crew, name, db):
    assert visitor.get(f"/media/{name}").status_code == 404
    assert crew.get(f"/media/{name}").status_code == 404


def test_the_json_tells_words_times_and_sound(heard, visitor):
    song = heard("public")
    told = json.loads(visitor.get("/songs/tereze/lyrics.json").content)
    first, second, third = told["lines"]
    assert told["main"] == "kk-Cyrl"
    assert [layer["tag"] for layer in told["layers"]] == ["kk-Cyrl", "kk-Latn", "kk-Arab", "kk", "en"]
    assert told["layers"][1] == {
        "tag": "kk-Latn", "kind": "pronunciation", "dir": "ltr", "name": "Qazaqşa", "scheme": "kk-Latn-2021",
    }  # fmt: skip
    assert told["layers"][2]["dir"] == "rtl"
    assert first["texts"]["kk-Cyrl"][0] == ["Те", "ре", "зе", "де"]
    assert first["texts"]["kk-Latn"][0] == ["Te", "re", "ze", "de"]
    assert len(first["texts"]["kk-Arab"][0]) == 4
    assert (first["start"], first["end"], first["cues"][0]) == (100, 700, [100, 400, [100, 200, 300]])
    assert (second["start"], second["cues"], second["langs"]) == (800, None, {"0": "ru"})
    assert (third["start"], third["lang"], third["texts"]["kk"]) == (None, "ru", "үйге қайт")
    assert second["texts"]["en"] == "sea"
    assert told["sections"][1] == {"kind": "chorus", "name": "Қайырма", "lines": [third["id"]]}
    assert told["recording"]["duration"] == song.recordings.get().duration_ms
    assert [s["type"] for s in told["recording"]["sources"]] == ["audio/ogg; codecs=opus", "audio/mp4"]


@pytest.mark.parametrize(
    ("code", "main", "under"),
    [
        ("kk", "kk-Cyrl", "kk"),
        ("kk-latn", "kk-Latn", "kk"),
        ("kk-arab", "kk-Arab", "kk"),
        ("ru", "kk-Cyrl", None),
        ("en", "kk-Latn", "en"),
    ],
)
def test_each_reader_begins_with_her_own_script(write, code, main, under):
    write(state="public")
    page = selectors.song_page("tereze", code=code, origin="https://madina.example")
    assert page.main.tag == main
    assert (page.under and page.under.tag) == under
    assert page.canonical == f"https://madina.example/{code}/songs/tereze/"
    assert [a.hreflang for a in page.alternates] == ["kk", "kk-Latn", "kk-Arab", "ru", "en"]
    assert page.main.url == f"/{code}/songs/tereze/"


def test_a_chosen_layer_and_the_one_beneath_go_into_the_address(write):
    write(state="public")
    page = selectors.song_page("tereze", code="kk", layer="kk-Arab", under="en")
    by_tag = {layer.tag: layer for layer in page.layers}
    assert by_tag["kk-Latn"].url == "/kk/songs/tereze/kk-Latn/?under=en"
    assert by_tag["kk-Cyrl"].url == "/kk/songs/tereze/?under=en"
    assert by_tag["en"].url == "/kk/songs/tereze/en/"
    assert by_tag["en"].under_url == "/kk/songs/tereze/kk-Arab/?under=en"
    assert page.no_under_url == "/kk/songs/tereze/kk-Arab/?under=none"
    lines = [line for section in page.sections for line in section.lines]
    assert [(line.lang, line.dir) for line in lines] == [
        ("kk-Arab", "rtl"),
        ("kk-Arab", "rtl"),
        ("ru", "ltr"),
    ]
    assert [word.lang for word in lines[1].words] == ["ru", "kk-Arab"]
    assert (lines[1].under.text, lines[1].under.lang, lines[0].under) == ("sea", "en", None)


def test_a_translation_can_be_the_words(write):
    write(state="public")
    page = selectors.song_page("tereze", code="en", layer="en", under="none")
    lines = [line for section in page.sections for line in section.lines]
    assert [[w.text for w in line.words] for line in lines] == [
        ["Терезеде", "жанған", "шам"],
        ["sea"],
        ["вернись", "домой"],
    ]
    assert [line.lang for line in lines] == ["kk-Cyrl", "en", "ru"]
    assert page.under is None


@pytest.mark.parametrize(("layer", "under"), [("de", ""), ("", "de"), ("none", "")])
def test_a_layer_that_is_not_there_is_not_found(write, visitor, layer, under):
    write(state="public")
    assert selectors.song_page("tereze", code="kk", layer=layer, under=under) is None
    tail = f"{layer}/" if layer else ""
    assert visitor.get(f"/kk/songs/tereze/{tail}", {"under": under} if under else {}).status_code == 404


def test_a_song_can_be_public_before_it_has_times_or_sound(write, visitor):
    write(state="public")
    page = selectors.song_page("tereze", code="kk")
    assert (page.timed, page.recording, page.preparing) == ("no", None, None)
    assert len(page.wave) == 7
    assert page.json_ld["@type"] == "MusicComposition"
    assert visitor.get("/kk/songs/tereze/").status_code == 200
    told = visitor.get("/songs/tereze/lyrics.json").json()
    assert (told["recording"], told["lines"][0]["cues"]) == (None, None)


def test_search_engines_are_told_of_a_recording_of_a_composition(heard):
    heard("public")
    told = selectors.song_page("tereze", code="kk", origin="https://madina.example").json_ld
    assert (told["@type"], told["name"], told["duration"]) == ("MusicRecording", "Терезе", "PT0M1S")
    assert told["recordingOf"]["lyrics"]["text"].splitlines()[1] == "море, теңіз"
    assert told["url"] == "https://madina.example/kk/songs/tereze/"


def test_cards_tell_state_times_and_sound(heard, write):
    heard("public")
    write("other", sections=[Section("verse", (Line("а", "kk"),))])
    public, draft = selectors.all_songs()
    assert (public.slug, public.state, public.timed, public.recordings) == ("tereze", "public", "words", 1)
    assert (draft.state, draft.timed, draft.recordings, draft.duration_ms) == ("draft", "no", 0, None)
    assert [card.slug for card in selectors.public_songs()] == ["tereze"]
    assert [card.slug for card in selectors.songs_of("madina", drafts=True)] == ["tereze", "other"]
    assert selectors.songs_of("nobody") == []


def test_lists_ask_as_often_for_three_songs_as_for_one(
    write, crew, django_assert_max_num_queries, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for slugs in (["one"], ["two", "three"]):
        for slug in slugs:
            song = write(slug, state="public")
            Recording.objects.create(
                song=song, file=f"ab/{slug}", filename="a.wav", sha256=slug, bytes=1, container="wav",
                duration_ms=9, created_at=NOON,
            )  # fmt: skip
        asked = []
        for look in (
            selectors.public_songs,
            selectors.all_songs,
            selectors.jobs,
            lambda: crew.get("/studio/songs/"),
        ):
            look()
            with CaptureQueriesContext(
                connection,
            ) as queries:
                look()
            asked.append(len(queries))
        counts.append(asked)
    assert counts[0] == counts[1]


def test_a_song_of_many_lines_asks_as_often_as_one_of_few(write, crew):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    write("few", state="public", sections=[Section("verse", (Line("а", "kk"),))])
    lines = tuple(Line(f"сөз {n}", "kk", {"en": LayerText("x")}) for n in range(40))
    write("many", state="public", sections=[Section("verse", lines), Section("chorus", lines)])
    counts = []
    for slug in ("few", "many"):
        crew.get(f"/studio/songs/{slug}/")
        with CaptureQueriesContext(connection) as page:
            selectors.song_page(slug, code="kk")
        with CaptureQueriesContext(connection) as desk:
            assert crew.get(f"/studio/songs/{slug}/").status_code == 200
        counts.append((len(page), len(desk)))
    assert counts[0] == counts[1]


def test_a_public_page_changes_its_generation_with_every_deed(write):
    from aqyn.songs.models import Line as LineRow
    from aqyn.ui.pages import page_generation

    write(state="public")
    first = LineRow.objects.first().pk
    deeds = [
        lambda: services.overrule_line(line=first, tag="en", text="x", now=NOON),
        lambda: services.change_words(song="tereze", sections=WORDS, now=NOON),
        lambda: services.publish(song="tereze", reach="link", now=NOON),
        lambda: services.withdraw(song="tereze", now=NOON),
        lambda: services.remove_song(song="tereze", now=NOON),
    ]
    for deed in deeds:
        before = page_generation()
        deed()
        assert page_generation() > before


def test_hidden_texts_are_escaped(crew, visitor, write):
    evil = "<script>alert(1)</script>"
    write(state="public", title={"kk-Cyrl": evil}, sections=[Section("verse", (Line(evil, "kk"),), evil)])
    for client, url in (
        (visitor, "/kk/songs/tereze/"),
        (crew, "/studio/songs/tereze/"),
        (crew, "/studio/songs/"),
    ):
        assert evil not in client.get(url).content.decode()
    with override("kk"):
        assert selectors.song_page("tereze", code="kk").sections[0].label == evil
