"""What headers promise, and only what they promise exactly."""

import io
import struct

import pytest

from aqyn.media.inside.claims import ends_inside_a_page, promised_seconds


def wav(
    size: int, *, channels: int = 2, rate: int = 44100, bits: int = 16, head: bytes = b"RIFF"
) -> io.BytesIO:
    form = struct.pack("<HHIIHH", 1, channels, rate, 12345, channels * bits // 8, bits)
    return io.BytesIO(
        head
        + b"\0\0\0\0WAVE"
        + b"fmt "
        + struct.pack("<I", 16)
        + form
        + b"LIST"
        + struct.pack("<I", 3)
        + b"odd\0"
        b"data" + struct.pack("<I", size) + bytes(64)
    )


def test_a_wav_promises_what_its_data_chunk_says():
    assert promised_seconds(wav(44100 * 4), "wav") == 1.0
    assert promised_seconds(wav(48000 * 3 * 2, channels=1, rate=48000, bits=24), "wav") == 2.0


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000])
def test_a_wav_written_into_a_pipe_promises_nothing(size):
    assert promised_seconds(wav(size), "wav") is None


def test_a_large_wav_says_its_size_in_64_bits():
    ds64 = b"ds64" + struct.pack("<I", 28) + struct.pack("<QQQI", 0, 44100 * 4 * 7, 0, 0)
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 2, 44100, 0, 4, 16)
    body = b"RF64\xff\xff\xff\xffWAVE" + ds64 + form + b"data\xff\xff\xff\xff"
    assert promised_seconds(io.BytesIO(body), "wav") == 7.0


@pytest.mark.parametrize(("name", "container"), [("song.flac", "flac"), ("sixteen.wav", "wav")])
def test_lossless_files_promise_their_length(sounds, name, container):
    with (sounds / name).open("rb") as file:
        assert promised_seconds(file, container) == 3.0


def test_an_mp3_promises_its_frames(sounds):
    with (sounds / "song.mp3").open("rb") as file:
        promised = promised_seconds(file, "mp3")
    # Whole frames, with the encoder's delay: between one and three frames more than the sound.
    assert promised is not None
    assert (promised * 44100) % 1152 == pytest.approx(0, abs=1e-6)
    assert 1 <= (promised - 3) * 44100 / 1152 <= 3


@pytest.mark.parametrize(
    ("name", "container"), [("sixteen.wav", "wav"), ("song.flac", "flac"), ("song.mp3", "mp3")]
)
def test_half_a_header_promises_nothing_or_something_but_never_fails(sounds, name, container):
    body = (sounds / name).read_bytes()[:400]
    for length in range(len(body)):
        promised = promised_seconds(io.BytesIO(body[:length]), container)
        assert promised is None or promised > 0


@pytest.mark.parametrize("name", ["opus.ogg", "vorbis.ogg"])
def test_an_ogg_file_cut_anywhere_but_between_pages_ends_inside_one(sounds, name):
    body = (sounds / name).read_bytes()
    assert not ends_inside_a_page(io.BytesIO(body))
    for cut in range(1, 40):
        assert ends_inside_a_page(io.BytesIO(body[:-cut]))
    last = body.rfind(b"OggS")
    assert not ends_inside_a_page(io.BytesIO(body[:last]))
