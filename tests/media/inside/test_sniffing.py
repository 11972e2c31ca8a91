"""A file is what its first bytes say, whatever anyone calls it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn import media
from aqyn.media.inside.sniffing import mpeg_frame, skip_id3, sniff

WANTED = {
    "sixteen.wav": "wav",
    "twentyfour.wav": "wav",
    "float.wav": "wav",
    "song.flac": "flac",
    "song.mp3": "mp3",
    "song.m4a": "m4a",
    "lossless.m4a": "m4a",
    "song.aac": "aac",
    "vorbis.ogg": "ogg",
    "opus.ogg": "ogg",
}


def id3(size: int) -> bytes:
    return b"ID3\4\0\0" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))


@pytest.mark.parametrize("name", WANTED)
def test_every_accepted_kind_is_known(sounds, name):
    with (sounds / name).open("rb") as file:
        assert sniff(file) == WANTED[name]


@pytest.mark.parametrize("name", ["song.flac", "song.mp3", "song.aac"])
def test_a_tag_before_the_sound_changes_nothing(sounds, name):
    body = (sounds / name).read_bytes()
    start = skip_id3(io.BytesIO(body))
    assert sniff(io.BytesIO(id3(300) + bytes(300) + body[start:])) == WANTED[name]


def test_rubbish_between_a_tag_and_the_sound_is_stepped_over(sounds):
    body = (sounds / "song.mp3").read_bytes()
    start = skip_id3(io.BytesIO(body))
    assert sniff(io.BytesIO(id3(10) + bytes(10) + b"rubbish" * 20 + body[start:])) == "mp3"


def test_a_tag_larger_than_any_songs_is_refused():
    with pytest.raises(media.Damaged):
        sniff(io.BytesIO(id3(200 * 1024 * 1024) + b"\0" * 100))


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"FORM\0\0\0\0AIFF", "AIFF"),
        (b"MThd\0\0\0\6", "MIDI"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA"),
        (b"\x1a\x45\xdf\xa3webm\x86\x86A_OPUS", "Matroska"),
    ],
)
def test_other_sound_is_named(head, found):
    with pytest.raises(media.Unsupported) as refusal:
        sniff(io.BytesIO(head + bytes(200)))
    assert refusal.value.details == {"found": found}


@pytest.mark.parametrize(
    "head", [b"RIFF\0\0\0\0AVI LIST", b"\x00\x00\x01\xba\x44", b"\x1a\x45\xdf\xa3webm\x86\x85V_VP9"]
)
def test_video_is_told_apart(head):
    with pytest.raises(media.Video):
        sniff(io.BytesIO(head + bytes(200)))


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>not a song</title>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"%PDF-1.7",
        b"PK\3\4",
        b"#EXTM3U\nhttp://127.0.0.1/secret",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"RIFF\0\0\0\0WEBP",
        b"\0" * 4096,
        b"\xff" * 4096,
        b"\xff\xfb\x92\x64" + b"x" * 1000,  # one frame header of an MP3, by chance
    ],
)
def test_everything_else_is_not_audio(body):
    with pytest.raises(media.NotAudio):
        sniff(io.BytesIO(body + bytes(300)))


@given(st.binary(max_size=400))
def test_any_bytes_get_a_kind_or_one_of_our_refusals(body):
    try:
        assert sniff(io.BytesIO(body)) in {"wav", "flac", "ogg", "m4a", "mp3", "aac"}
    except media.MediaError as refusal:
        assert refusal.code in {"not_audio", "unsupported", "video", "damaged"}


def test_a_frame_header_is_read_as_the_standard_has_it():
    # MPEG-1 layer III, 128 kb/s, 44,100 Hz, padded, joint stereo: 144 * 128000 / 44100 + 1 bytes.
    assert mpeg_frame(b"\xff\xfb\x92\x64") == (418, 1152, 44100, True, 2)
    # MPEG-2 layer III, 64 kb/s, 22,050 Hz, mono.
    assert mpeg_frame(b"\xff\xf3\x80\xc4") == (208, 576, 22050, False, 1)
    # Layer II is no MP3.
    assert mpeg_frame(b"\xff\xfd\x92\x64") is None
