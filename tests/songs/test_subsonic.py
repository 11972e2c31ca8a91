"""What music players are told: exactly, in JSON and in XML, and by the bytes of each line."""

import json
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.songs.conftest import NOON

import aqyn
from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues
from aqyn.songs import services
from aqyn.songs.models import Encoding, Recording
from aqyn.songs.views.subsonic import METHODS

pytestmark = pytest.mark.django_db
SPACE = "{http://subsonic.org/restapi}"
LINES = (
    Line("Терезеде шам", "kk", {"en": LayerText("A lamp in the window")}),
    Line("{ru:море,} теңіз", "kk", {"kk-Latn": LayerText("more teniz tolqyn")}),
)
CUES = (
    LineCues.of([Cue(100, 400, (100, 200, 250, 300)), Cue(400, 500, (400,))]),
    LineCues.of([Cue(600, 700), Cue(700, 900)]),
)


@pytest.fixture
def sung(write):
    """A public song with a recording to hear and these words, in three scripts and a translation."""

    def one(slug="tereze", lines=LINES, cues=CUES, **facts):
        song = write(slug, state="public", sections=[Section("verse", lines)], **facts)
        recording = Recording.objects.create(
            song=song, file=f"ab/{slug}.wav", filename="a.wav", sha256=slug, bytes=1, container="wav",
            duration_ms=61_600, created_at=NOON, preferred=True,
        )  # fmt: skip
        for form, file in (("opus", f"ab/{slug}.opus"), ("aac", f"ab/{slug}.m4a")):
            Encoding.objects.create(recording=recording, format=form, file=file, bytes=770_000, sha256=slug)
        services.set_timing(recording=recording.pk, cues=cues, now=NOON)
        return song

    return one


@pytest.fixture
def ask(visitor):
    def one(method, **asked):
        answer = visitor.get(f"/rest/{method}", {"f": "json"} | asked)
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
        return json.loads(answer.content)["subsonic-response"]

    return one


def told(answer):
    """What an answer holds beside its head."""
    head = {"status": "ok", "version": "1.16.1", "type": "aqyn", "serverVersion": aqyn.__version__}
    head |= {"openSubsonic": True}
    assert {key: answer.get(key) for key in head} == head
    return {key: value for key, value in answer.items() if key not in head}


def test_a_player_is_greeted_and_told_what_is_known_here(ask, db):
    assert told(ask("ping.view", u="anyone", p="enc:736573616d65", v="1.16.1", c="player")) == {}
    assert told(ask("getLicense")) == {"license": {"valid": True}}
    assert told(ask("getMusicFolders")) == {"musicFolders": {"musicFolder": [{"id": 0, "name": "Aqyn"}]}}
    assert told(ask("getOpenSubsonicExtensions")) == {
        "openSubsonicExtensions": [
            {"name": "formPost", "versions": [1]},
            {"name": "songLyrics", "versions": [1, 2]},
        ]
    }


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert aqyn.__version__ == project["project"]["version"]


def test_without_enhanced_a_player_gets_the_main_words_by_line(ask, sung):
    song = sung()
    assert told(ask("getLyricsBySongId", id=song.pk)) == {
        "lyricsList": {
            "structuredLyrics": [
                {
                    "displayArtist": "Мадина", "displayTitle": "Терезе", "lang": "kk",
                    "offset": 0, "synced": True,
                    "line": [{"start": 100, "value": "Терезеде шам"}, {"start": 600, "value": "море, теңіз"}],
                }
            ]
        }
    }  # fmt: skip


def test_enhanced_tells_every_layer_and_the_bytes_of_every_syllable(ask, sung):
    song = sung(credits=[{"role": "voice", "name": "Мадина"}, {"role": "music", "name": "Дос"}])
    main, latin, arabic, english = told(ask("getLyricsBySongId.view", id=song.pk, enhanced="true"))[
        "lyricsList"
    ]["structuredLyrics"]
    assert main == {
        "displayArtist": "Мадина", "displayTitle": "Терезе", "lang": "kk", "offset": 0, "synced": True,
        "kind": "main", "agents": [{"id": "voice", "role": "main", "name": "Мадина"}],
        "line": [{"start": 100, "value": "Терезеде шам"}, {"start": 600, "value": "море, теңіз"}],
        "cueLine": [
            {
                "agentId": "voice", "index": 0, "start": 100, "end": 500, "value": "Терезеде шам",
                "cue": [
                    {"start": 100, "end": 200, "value": "Те", "byteStart": 0, "byteEnd": 3},
                    {"start": 200, "end": 250, "value": "ре", "byteStart": 4, "byteEnd": 7},
                    {"start": 250, "end": 300, "value": "зе", "byteStart": 8, "byteEnd": 11},
                    {"start": 300, "end": 400, "value": "де", "byteStart": 12, "byteEnd": 15},
                    {"start": 400, "end": 500, "value": "шам", "byteStart": 17, "byteEnd": 22},
                ],
            },
            {
                "agentId": "voice", "index": 1, "start": 600, "end": 900, "value": "море, теңіз",
                "cue": [
                    {"start": 600, "end": 700, "value": "море,", "byteStart": 0, "byteEnd": 8},
                    {"start": 700, "end": 900, "value": "теңіз", "byteStart": 10, "byteEnd": 19},
                ],
            },
        ],
    }  # fmt: skip
    assert (latin["kind"], latin["lang"], latin["displayTitle"]) == ("pronunciation", "kk-Latn", "Tereze")
    assert [line["value"] for line in latin["line"]] == ["Terezede şam", "more teniz tolqyn"]
    # Of her own spelling with another number of words nobody knows when each is sung.
    assert [line["index"] for line in latin["cueLine"]] == [0]
    assert latin["cueLine"][0]["cue"][-1] == {
        "start": 400, "end": 500, "value": "şam", "byteStart": 9, "byteEnd": 12,
    }  # fmt: skip
    assert (arabic["kind"], arabic["lang"], len(arabic["cueLine"])) == ("pronunciation", "kk-Arab", 2)
    assert english == {
        "displayArtist": "Мадина", "displayTitle": "Window", "lang": "en", "offset": 0, "synced": True,
        "kind": "translation", "line": [{"start": 100, "value": "A lamp in the window"}],
    }  # fmt: skip
    for layer in (main, latin, arabic):
        for line in layer["cueLine"]:
            assert line["value"] == layer["line"][line["index"]]["value"]
            raw = line["value"].encode()
            for cue in line["cue"]:
                assert raw[cue["byteStart"] : cue["byteEnd"] + 1].decode() == cue["value"]


def test_one_layer_without_a_time_for_each_line_is_not_synced(ask, sung):
    song = sung(cues=(CUES[0], None))
    main, _, _, english = told(ask("getLyricsBySongId", id=song.pk, enhanced="true"))["lyricsList"][
        "structuredLyrics"
    ]
    assert (main["synced"], main["line"]) == (False, [{"value": "Терезеде шам"}, {"value": "море, теңіз"}])
    assert "cueLine" not in main
    assert (english["synced"], english["line"][0]["start"]) == (True, 100)


def test_of_several_voices_none_is_named(ask, sung):
    song = sung(credits=[{"role": "voice", "name": "Мадина"}, {"role": "voice", "name": "Дос"}])
    main = told(ask("getLyricsBySongId", id=song.pk, enhanced="true"))["lyricsList"]["structuredLyrics"][0]
    assert "agents" not in main
    assert [line.get("agentId") for line in main["cueLine"]] == [None, None]


def test_xml_is_the_same_answer(visitor, sung):
    song = sung(credits=[{"role": "voice", "name": "Мадина"}])
    answer = visitor.get("/rest/getLyricsBySongId", {"id": song.pk, "enhanced": "true"})
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{SPACE}subsonic-response"
    assert root.attrib == {
        "status": "ok", "version": "1.16.1", "type": "aqyn", "serverVersion": aqyn.__version__,
        "openSubsonic": "true",
    }  # fmt: skip
    main = root.find(f"{SPACE}lyricsList/{SPACE}structuredLyrics")
    assert main.attrib == {
        "displayArtist": "Мадина", "displayTitle": "Терезе", "lang": "kk", "offset": "0", "synced": "true",
        "kind": "main",
    }  # fmt: skip
    assert [(e.tag, dict(e.attrib), e.text) for e in main if e.tag != f"{SPACE}cueLine"] == [
        (f"{SPACE}line", {"start": "100"}, "Терезеде шам"),
        (f"{SPACE}line", {"start": "600"}, "море, теңіз"),
        (f"{SPACE}agent", {"id": "voice", "role": "main", "name": "Мадина"}, None),
    ]
    cue_line = main.findall(f"{SPACE}cueLine")[1]
    assert cue_line.attrib == {
        "agentId": "voice", "index": "1", "start": "600", "end": "900", "value": "море, теңіз",
    }  # fmt: skip
    assert [(cue.tag, dict(cue.attrib), cue.text) for cue in cue_line] == [
        (f"{SPACE}cue", {"start": "600", "end": "700", "byteStart": "0", "byteEnd": "8"}, "море,"),
        (f"{SPACE}cue", {"start": "700", "end": "900", "byteStart": "10", "byteEnd": "19"}, "теңіз"),
    ]
    extensions = ElementTree.fromstring(visitor.get("/rest/getOpenSubsonicExtensions").content)
    assert [(e.attrib, [v.text for v in e]) for e in extensions] == [
        ({"name": "formPost"}, ["1"]),
        ({"name": "songLyrics"}, ["1", "2"]),
    ]


def test_words_that_look_like_xml_are_only_words(visitor, sung):
    evil = '<b a="1">&amp;</b>'
    song = sung(lines=(Line(evil, "kk"),), cues=(None,), title={"kk-Cyrl": evil})
    root = ElementTree.fromstring(visitor.get("/rest/getLyricsBySongId", {"id": song.pk}).content)
    [lyrics] = root.iter(f"{SPACE}structuredLyrics")
    assert (lyrics.attrib["displayTitle"], lyrics[0].text) == (evil, evil)


def test_a_song_is_found_by_any_spelling_and_told(ask, sung):
    song = sung(title={"kk-Cyrl": "Қызылорда", "en": "The red city"}, year=2026)
    expected = {
        "id": str(song.pk), "isDir": False, "title": "Қызылорда", "artist": "Мадина",
        "artistId": str(song.artist_id), "displayArtist": "Мадина",
        "artists": [{"id": str(song.artist_id), "name": "Мадина"}],
        "duration": 62, "created": "2026-05-01T12:00:00+00:00", "type": "music", "mediaType": "song",
        "isVideo": False, "contentType": "audio/mp4", "suffix": "m4a", "size": 770_000, "year": 2026,
    }  # fmt: skip
    singer = {"id": str(song.artist_id), "name": "Мадина", "albumCount": 0}
    for query in ("Қызылорда", "kyzylorda", "قىزىلوردا", "red city", "madina qyzyl", "", '""'):
        found = told(ask("search3", query=query))["searchResult3"]
        assert (query, found["song"]) == (query, [expected])
    assert told(ask("search3", query="madina"))["searchResult3"]["artist"] == [singer]
    assert told(ask("search3", query="теңіз"))["searchResult3"] == {"artist": [], "album": [], "song": []}
    assert told(ask("search3", query="", songCount=0))["searchResult3"]["song"] == []
    assert told(ask("search3", query="", songOffset=1))["searchResult3"]["song"] == []
    assert told(ask("getSong", id=song.pk)) == {"song": expected}
    assert told(ask("getArtists")) == {
        "artists": {"ignoredArticles": "", "index": [{"name": "М", "artist": [singer]}]}
    }
    assert told(ask("getArtist", id=song.artist_id)) == {"artist": singer | {"album": []}}


@pytest.mark.parametrize(("form", "ending"), [("", "m4a"), ("opus", "opus"), ("mp3", "m4a"), ("raw", "m4a")])
def test_a_stream_is_the_file_that_a_browser_would_play(visitor, sung, form, ending):
    song = sung()
    answer = visitor.get("/rest/stream.view", {"id": song.pk} | ({"format": form} if form else {}))
    assert (answer.status_code, answer["Location"]) == (302, f"/media/ab/tereze.{ending}")


@pytest.mark.parametrize(
    ("method", "asked", "code"),
    [
        ("getSong", {}, 10),
        ("search3", {}, 10),
        ("getLyricsBySongId", {"id": "999"}, 70),
        ("getLyricsBySongId", {"id": "tereze"}, 70),
        ("getLyricsBySongId", {"id": "٣"}, 70),
        ("getLyricsBySongId", {"id": "9" * 40}, 70),
        ("getArtist", {"id": "999"}, 70),
        ("stream", {"id": "999"}, 70),
        ("search3", {"query": "", "songCount": "-1"}, 0),
    ],
)
def test_what_cannot_be_answered_has_the_protocols_number(visitor, sung, method, asked, code):
    sung()
    answer = visitor.get(f"/rest/{method}", asked | {"f": "json"})
    failed = json.loads(answer.content)["subsonic-response"]
    assert (answer.status_code, failed["status"], failed["error"]["code"]) == (200, "failed", code)
    assert failed["error"]["message"].endswith(".")
    assert answer["Cache-Control"] == "no-store"
    xml = ElementTree.fromstring(visitor.get(f"/rest/{method}", asked).content)
    assert (xml.attrib["status"], xml[0].tag, xml[0].attrib["code"]) == ("failed", f"{SPACE}error", str(code))


def test_a_method_that_is_not_here_is_not_found(visitor, db):
    answer = visitor.get("/rest/deletePlaylist", {"f": "json"})
    assert (answer.status_code, json.loads(answer.content)["subsonic-response"]["error"]["code"]) == (404, 0)


def test_jsonp_is_refused_so_that_no_address_of_the_house_is_a_script(visitor, db):
    answer = visitor.get("/rest/ping", {"f": "jsonp", "callback": "alert"})
    assert b"alert" not in answer.content
    assert (answer["Content-Type"], b'status="failed"' in answer.content) == (
        "application/xml; charset=utf-8",
        True,
    )


@pytest.mark.parametrize("state", ["draft", "link"])
def test_a_song_that_is_not_public_is_not_there(ask, sung, state):
    song = sung()
    services.withdraw(song="tereze", now=NOON)
    if state == "link":
        services.publish(song="tereze", reach="link", now=NOON)
    for method in ("getSong", "getLyricsBySongId", "stream"):
        assert ask(method, id=song.pk)["error"]["code"] == 70
    assert told(ask("search3", query=""))["searchResult3"] == {"artist": [], "album": [], "song": []}
    assert told(ask("getArtists"))["artists"]["index"] == []


def test_a_song_without_a_sound_is_no_song_for_a_player(ask, write):
    song = write(state="public")
    assert ask("getSong", id=song.pk)["error"]["code"] == 70
    assert told(ask("search3", query=""))["searchResult3"]["song"] == []


def test_a_form_asks_as_an_address_does_from_wherever_it_comes(sung):
    song = sung()
    player = Client(SERVER_NAME="localhost")
    answer = player.post("/rest/getSong.view", {"id": song.pk, "f": "json", "u": "a", "t": "b", "s": "c"})
    assert told(json.loads(answer.content)["subsonic-response"])["song"]["id"] == str(song.pk)


@pytest.mark.parametrize("method", ["getArtists", "search3", "getLyricsBySongId"])
def test_three_songs_ask_the_database_as_often_as_one(ask, sung, method):
    counts = []
    song = sung("one")
    for slugs in ([], ["two", "three"]):
        for slug in slugs:
            sung(slug)
        with CaptureQueriesContext(connection) as queries:
            ask(method, query="", id=song.pk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_method_is_told_of_in_the_documents():
    text = (Path(__file__).parents[2] / "docs/players.md").read_text("utf-8")
    assert [method for method in METHODS if f"`{method}`" not in text] == []
