"""The page that brings a lyrics file in: what it tells, what it takes, what it refuses."""

import re
import struct

import pytest
from tests.songs.brought import LRC, WORDS, cues, recorded
from tests.songs.conftest import NOON

from aqyn.core.lyrics.formats import id3
from aqyn.songs import services
from aqyn.songs.models import Recording

pytestmark = pytest.mark.django_db
AT = "/studio/songs/tereze/import/"


@pytest.fixture
def song(write):
    return recorded(write(sections=WORDS))


def field(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


def shown(text):
    """What the page says, as one text."""
    return " ".join(re.sub(r"<[^>]+>", " ", text.split("<main")[1]).split())


def test_the_page_tells_before_it_takes_and_then_does_what_it_told(song, crew, snapshot):
    before = snapshot()
    looked = crew.post(AT, {"deed": "look", "text": LRC})
    assert (looked.status_code, snapshot()) == (200, before)
    said = shown(looked.content.decode())
    for sentence in (
        "LRC", "3 of its 3 lines are lines of the song.", "Its times lie within the recording.",
        "3 lines get their times, 0 by word.", "It does not say in which language its words are.",
    ):  # fmt: skip
        assert sentence in said
    text = looked.content.decode()
    asked = {name: field(text, name) for name in ("carried", "filename", "seen", "meeting")}
    asked |= {"language": "kk-Cyrl", "recording": Recording.objects.get().pk, "offset": "500"}
    unseen = crew.post(AT, asked | {"deed": "take", "what": "times"})
    assert (unseen.status_code, snapshot()) == (409, before)
    assert "0:01.50 – 0:07.50" in shown(unseen.content.decode())
    asked["meeting"] = field(unseen.content.decode(), "meeting")
    taken = crew.post(AT, asked | {"deed": "take", "what": "times"})
    assert (taken.status_code, taken["Location"]) == (302, "/studio/songs/tereze/")
    assert [row[0] for row in cues()] == [1500, 3500, 5500]
    later = crew.post(AT, asked | {"deed": "take", "what": "times"})
    assert (later.status_code, "The song was changed meanwhile" in later.content.decode()) == (409, True)


def test_the_offset_is_shown_with_the_times_it_moves(song, crew):
    said = shown(crew.post(AT, {"deed": "look", "text": LRC, "offset": "3100"}).content.decode())
    assert "0:04.10 – 0:10.10" in said
    assert "Its times go on 100 ms after the end of the recording." in said
    assert "The times do not fit the song: line 3: it ends at 10100 ms" in said
    assert "Its times begin 1500 ms before the recording does." in shown(
        crew.post(AT, {"deed": "look", "text": LRC, "offset": "-2500"}).content.decode()
    )


def test_a_file_in_the_songs_latin_script_is_seen_as_such(song, crew):
    text = crew.post(AT, {"deed": "look", "text": "Terezede janğan şam\nmore, teñiz\n"}).content.decode()
    assert '<option value="kk-Latn" selected>' in text
    assert "Its words are in another language or script than the song&#x27;s own." in text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file, or paste what is in it."),
        ({"text": "[00:61.00]сөз"}, "line 1: “[00:61.00]” is not a time."),
        ({"text": "<tt><body>"}, "line 1: this is not well-formed XML."),
        ({"carried": "!!!"}, "The file did not come back from the page whole; choose it again."),
        ({"carried": "eJw="}, "Choose a file, or paste what is in it."),
        ({"text": "сөз\n" * 501}, "A song has at most 500 lines; this one has 501."),
    ],
)
def test_a_malformed_file_is_one_sentence_and_changes_nothing(song, crew, snapshot, sent, said):
    before = snapshot()
    answer = crew.post(AT, {"deed": "take", "what": "words"} | sent)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert snapshot() == before


def test_a_file_that_unpacks_without_end_is_refused(song, crew):
    import base64
    import zlib

    bomb = base64.b64encode(zlib.compress(b"\n" * (9 << 20))).decode()
    answer = crew.post(AT, {"carried": bomb})
    assert (answer.status_code, "at most 8 MiB" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(("name", "value"), [("offset", "soon"), ("language", "xx"), ("recording", "999")])
def test_an_impossible_wish_is_told_on_the_page(song, crew, snapshot, name, value):
    before = snapshot()
    answer = crew.post(AT, {"text": LRC, "deed": "take", "what": "times", name: value})
    assert (answer.status_code, 'class="errors"' in answer.content.decode()) == (400, True)
    assert snapshot() == before


def test_an_uploaded_file_is_known_by_its_name_as_well(song, crew):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("tereze.lrc", LRC.encode("utf-16"))
    said = shown(crew.post(AT, {"deed": "look", "file": file}).content.decode())
    assert "LRC tereze.lrc" in said


def test_hostile_words_and_names_are_only_text(song, crew):
    from django.core.files.uploadedfile import SimpleUploadedFile

    evil = "<script>alert(1)</script>"
    file = SimpleUploadedFile(f"{evil}.lrc", f"[ti:{evil}]\n[00:01.00]{evil}\n".encode())
    assert evil not in crew.post(AT, {"deed": "look", "file": file}).content.decode()


def test_only_the_crew_brings_anything_in(song, visitor):
    assert visitor.get(AT).status_code == 302
    assert visitor.post(AT, {"text": LRC, "deed": "take", "what": "times"}).status_code == 302
    assert cues() == [None, None, None]


def test_words_inside_a_recording_are_looked_at_and_taken(write, crew, tone, transactional_db):
    write(sections=WORDS)
    said = [("Терезеде жанған шам", 200), ("\nморе, теңіз", 600), ("\nвернись домой", 900)]
    body = b"\x03kaz\x02\x01\0" + b"".join(t.encode() + b"\0" + struct.pack(">I", ms) for t, ms in said)
    tag = id3.tag([id3.Frame("USLT", b"\x03kaz\0" + "басқа".encode()), id3.Frame("SYLT", body)])
    tone.write_bytes(tone.read_bytes() + b"id3 " + struct.pack("<I", len(tag)) + tag)
    recording = services.attach_recording(song="tereze", source=tone, now=NOON)
    text = crew.get(AT, {"recording": recording.pk}).content.decode()
    assert "ID3 SYLT" in text
    asked = {name: field(text, name) for name in ("carried", "filename", "seen", "meeting", "format")}
    asked |= {
        "language": "kk-Cyrl",
        "recording": recording.pk,
        "offset": "0",
        "deed": "take",
        "what": "times",
    }
    assert crew.post(AT, asked).status_code == 302
    assert [row[0] for row in cues()] == [200, 600, 900]


def test_a_recording_without_words_says_so(write, crew, tone, transactional_db):
    write(sections=WORDS)
    recording = services.attach_recording(song="tereze", source=tone, now=NOON)
    answer = crew.get(AT, {"recording": recording.pk})
    assert (answer.status_code, "There are no words inside this recording." in answer.content.decode()) == (
        400,
        True,
    )
    assert [crew.get(AT, {"recording": said}).status_code for said in ("999", "x", "-1")] == [404] * 3


def test_nothing_is_proposed_of_another_songs_file(song, crew, snapshot):
    before = snapshot()
    text = crew.post(AT, {"text": "[00:01.00]Басқа ән\n[00:02.00]басқа сөз\n"}).content.decode()
    assert "Perhaps it belongs to another song." in text
    assert (
        'name="what" value="words" aria' in text
        and "checked" not in text.split('class="options"')[1].split("</fieldset>")[0]
    )
    asked = {name: field(text, name) for name in ("carried", "filename", "seen", "meeting", "format")}
    asked |= {"language": "kk-Cyrl", "recording": Recording.objects.get().pk, "offset": "0", "deed": "take"}
    answer = crew.post(AT, asked)
    assert (answer.status_code, "Choose what to take of the file." in answer.content.decode()) == (409, True)
    assert snapshot() == before
