"""The words inside a recording's own file are found as they are, whatever else the file holds."""

import struct

import pytest

from aqyn import media
from aqyn.core.lyrics.formats import FORMATS, id3, vorbis

SAID = "Терезеде шам\nсөнбесін"
USLT = b"\x03kaz\0" + SAID.encode()
SYLT = b"\x03kaz\x02\x01\0" + b"".join(
    word.encode() + b"\0" + struct.pack(">I", 500 * place) for place, word in enumerate(SAID.split())
)


def words_of(sheet):
    return [line.text for line in sheet.lines]


def tagged(*frames):
    return id3.tag([id3.Frame(name, body) for name, body in frames])


@pytest.mark.parametrize("name", ["song.mp3", "song.aac", "song.flac"])
def test_id3_frames_before_the_sound(sounds, tmp_path, name):
    path = tmp_path / name
    tag = tagged(("APIC", bytes(50_000)), ("USLT", b"\x03eng\0la"), ("USLT", USLT), ("SYLT", SYLT))
    path.write_bytes(tag + (sounds / name).read_bytes())
    found = media.embedded_lyrics(path)
    assert (found["uslt"], found["sylt"]) == (USLT, SYLT)
    assert words_of(FORMATS["uslt"].read(found["uslt"])) == SAID.split("\n")


def test_id3_in_a_chunk_of_a_wav(sounds, tmp_path):
    path = tmp_path / "tagged.wav"
    tag = tagged(("USLT", USLT))
    path.write_bytes((sounds / "sixteen.wav").read_bytes() + b"id3 " + struct.pack("<I", len(tag)) + tag)
    assert media.embedded_lyrics(path) == {"uslt": USLT}


@pytest.mark.parametrize("kind", ["song.flac", "vorbis.ogg", "opus.ogg"])
def test_comments_of_flac_vorbis_and_opus(make_sound, make_tone, tmp_path, kind):
    rate = 48000 if kind == "opus.ogg" else 44100
    tags = {"LYRICS": SAID, "title": "Терезе", "comment": "x" * 200_000}
    path = make_sound(tmp_path / kind, make_tone(1, rate=rate), rate=rate, kind=kind, tags=tags)
    found = media.embedded_lyrics(path)
    assert set(found) == {"vorbis"}
    assert len(found["vorbis"]) < 1000
    sheet = FORMATS["vorbis"].read(found["vorbis"])
    assert (words_of(sheet), sheet.title) == (SAID.split("\n"), "Терезе")


def test_the_lyrics_of_an_mp4(make_sound, make_tone, tmp_path):
    path = make_sound(tmp_path / "song.m4a", make_tone(1), tags={"lyrics": SAID})
    assert media.embedded_lyrics(path) == {"text": SAID.encode()}


def test_a_recording_without_words_has_none(sounds):
    assert [media.embedded_lyrics(path) for path in sorted(sounds.iterdir())] == [{}] * 10


@pytest.mark.parametrize(
    "tag",
    [
        # A frame, and a tag, that claim more than there is; nothing but the name of a frame; too much.
        b"ID3\x03\0\0\0\0\x10\0USLT\x7f\xff\xff\xff\0\0\x03eng\0" + bytes(1000),
        b"ID3\x04\0\0\0\0\x07\x00" + b"USLT" * 224,
        b"ID3\x02\0\x80\0\0\x07\x00" + b"ULT\xff\xff\xff" * 149 + b"\xff\xff",
        tagged(("USLT", b"\x03eng\0" + b"a" * (1024 * 1024 + 1))),
    ],
)
def test_hostile_tags_give_no_words_or_few_and_break_nothing(sounds, tmp_path, tag):
    path = tmp_path / "hostile.mp3"
    path.write_bytes(tag + (sounds / "song.mp3").read_bytes())
    found = media.embedded_lyrics(path)
    assert all(len(body) <= 1024 * 1024 for body in found.values())


def test_a_block_of_comments_that_lies_gives_none(make_sound, make_tone, tmp_path):
    path = make_sound(tmp_path / "song.flac", make_tone(1), tags={"LYRICS": SAID})
    body = bytearray(path.read_bytes())
    at = body.index(b"LYRICS=") - 4
    body[at : at + 4] = b"\xff\xff\xff\x7f"
    path.write_bytes(body)
    assert media.embedded_lyrics(path) == {}


def test_what_is_no_recording_is_refused(tmp_path):
    path = tmp_path / "words.mp3"
    path.write_bytes(vorbis.packed([vorbis.Comment("LYRICS", SAID)]))
    with pytest.raises(media.NotAudio):
        media.embedded_lyrics(path)
