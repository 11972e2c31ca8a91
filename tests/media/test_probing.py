"""What a file is, told after hearing all of it."""

import hashlib
import os
import struct
import wave
from fractions import Fraction
from pathlib import Path

import av
import mutagen.flac
import mutagen.id3
import mutagen.mp4
import numpy as np
import pytest

from aqyn import media

# Encoders pad their last frame; only AAC has nowhere to say by how much (at most a frame and its delay).
PADDED = {"song.m4a": 2048, "song.aac": 3072, "vorbis.ogg": 1024}
EXPECTED = {
    "sixteen.wav": ("wav", "pcm_s16le", 44100),
    "twentyfour.wav": ("wav", "pcm_s24le", 44100),
    "float.wav": ("wav", "pcm_f32le", 44100),
    "song.flac": ("flac", "flac", 44100),
    "song.mp3": ("mp3", "mp3", 44100),
    "song.m4a": ("m4a", "aac", 44100),
    "lossless.m4a": ("m4a", "alac", 44100),
    "song.aac": ("aac", "aac", 44100),
    "vorbis.ogg": ("ogg", "vorbis", 44100),
    "opus.ogg": ("ogg", "opus", 48000),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_kind_is_known_by_its_content(sounds, tmp_path, name):
    body = (sounds / name).read_bytes()
    liar = tmp_path / "holiday.jpg"
    liar.write_bytes(body)
    found = media.probe(liar)
    assert (found.container, found.codec, found.sample_rate) == EXPECTED[name]
    assert (found.channels, found.bytes) == (2, len(body))
    assert found.sha256 == hashlib.sha256(body).hexdigest()
    assert 0 <= found.duration_s * found.sample_rate - 3 * found.sample_rate <= PADDED.get(name, 0)
    assert list(tmp_path.iterdir()) == [liar]


@pytest.mark.parametrize(
    "name", ["sixteen.wav", "song.flac", "song.mp3", "song.m4a", "vorbis.ogg", "opus.ogg"]
)
def test_a_title_is_read_from_every_kind(sounds, name):
    assert media.probe(sounds / name).tags == {"title": "Қызылорда"}


def test_a_name_that_looks_like_an_address_or_an_option_is_a_name(sounds, tmp_path):
    for name in ("http:", "-i", "concat:a|b", "пісня %d.wav", "a\nb"):
        path = tmp_path / name
        path.write_bytes((sounds / "sixteen.wav").read_bytes())
        assert media.probe(path).duration_s == 3.0


def test_progress_is_told(sounds):
    heard = []
    media.probe(sounds / "song.flac", progress=heard.append)
    assert heard == sorted(heard) and len(heard) > 3


def test_a_tone_of_six_channels_at_96_khz_is_taken(make_sound, make_tone, tmp_path):
    sound = make_tone(1, rate=96000, channels=6)
    found = media.probe(make_sound(tmp_path / "x", sound, rate=96000, kind="song.flac"))
    assert (found.channels, found.sample_rate, found.duration_s) == (6, 96000, 1.0)


# What is not even opened.


def test_what_is_no_file_is_said_so(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty.wav").touch()
    for path, error in [
        (tmp_path / "missing.wav", media.NotFound),
        (tmp_path / "a\0b", media.NotFound),
        (tmp_path, media.NotAFile),
        (tmp_path / "pipe", media.NotAFile),
        (tmp_path / "empty.wav", media.Empty),
    ]:
        with pytest.raises(error):
            media.probe(path)


def test_a_device_that_never_ends_is_no_file():
    with pytest.raises(media.NotAFile):
        media.probe(Path("/dev/zero"))


def test_a_file_over_the_limit_is_not_read(sounds):
    with pytest.raises(media.TooLarge) as refusal:
        media.probe(sounds / "sixteen.wav", max_bytes=1000)
    size = (sounds / "sixteen.wav").stat().st_size
    assert refusal.value.details == {"bytes": size, "max_bytes": 1000}
    assert str(refusal.value) == f"The file has {size} bytes; at most 1000 are accepted."


# What is opened and refused.


def test_a_page_called_mp3_is_no_sound(tmp_path):
    page = tmp_path / "song.mp3"
    page.write_text("<!doctype html><title>404</title>" * 50)
    with pytest.raises(media.NotAudio) as refusal:
        media.probe(page)
    assert str(refusal.value) == "This file is not a sound recording."


def test_a_video_is_told_from_sound(tmp_path, make_tone):
    path = tmp_path / "clip.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        picture = container.add_stream("mpeg4", rate=25)
        picture.width = picture.height = 64
        picture.pix_fmt = "yuv420p"
        sound = container.add_stream("aac", rate=44100, layout="stereo")
        for number in range(10):
            frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), number, np.uint8), "rgb24")
            container.mux(picture.encode(frame))
        tone = av.AudioFrame.from_ndarray(make_tone(0.2).astype(np.float32), "fltp", "stereo")
        tone.sample_rate, tone.pts, tone.time_base = 44100, 0, Fraction(1, 44100)
        container.mux(sound.encode(tone))
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))
    with pytest.raises(media.Video):
        media.probe(path)


def write_wav(path, samples: bytes, *, claims: int | None = None, rate=44100):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    if claims is not None:
        body = bytearray(path.read_bytes())
        body[40:44] = struct.pack("<I", claims)
        path.write_bytes(body)
    return path


def test_silence_is_refused_and_a_whisper_is_not(tmp_path):
    with pytest.raises(media.Silent):
        media.probe(write_wav(tmp_path / "none.wav", bytes(88200)))
    # 10 of 32,768 is -70.3 dBFS; 11 is -69.5.
    with pytest.raises(media.Silent):
        media.probe(write_wav(tmp_path / "ten.wav", struct.pack("<h", 10) * 44100))
    assert media.probe(write_wav(tmp_path / "eleven.wav", struct.pack("<h", -11) * 44100)).duration_s == 1.0


def test_a_recording_of_no_length_is_refused(tmp_path):
    with pytest.raises(media.NoSound):
        media.probe(write_wav(tmp_path / "none.wav", b""))


def test_a_wav_that_claims_four_gigabytes_is_not_whole(tmp_path):
    path = write_wav(tmp_path / "liar.wav", struct.pack("<h", 5000) * 44100, claims=0xFFFFFFF0)
    with pytest.raises(media.TooLong):
        media.probe(path)
    with pytest.raises(media.Truncated) as refusal:
        media.probe(path, max_seconds=100_000)
    assert refusal.value.details == {"promised": 0xFFFFFFF0 / 88200, "found": 1.0}


def test_a_wav_from_a_pipe_that_claims_nothing_is_as_long_as_it_is(tmp_path):
    path = write_wav(tmp_path / "piped.wav", struct.pack("<h", 5000) * 44100, claims=0xFFFFFFFF)
    assert media.probe(path).duration_s == 1.0


def test_a_wav_may_lack_less_than_the_tolerance(tmp_path):
    sound = struct.pack("<h", 5000) * 44100
    assert media.probe(write_wav(tmp_path / "a.wav", sound, claims=88200 + 44098)).duration_s == 1.0
    with pytest.raises(media.Truncated):
        media.probe(write_wav(tmp_path / "b.wav", sound, claims=88200 + 44102))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_recording_that_holds_no_numbers_is_damaged(sounds, tmp_path, value):
    body = bytearray((sounds / "float.wav").read_bytes())
    body[-8000:-7996] = struct.pack("<f", value)
    path = tmp_path / "float.wav"
    path.write_bytes(body)
    with pytest.raises(media.Damaged):
        media.probe(path)


@pytest.mark.parametrize(
    "name", ["sixteen.wav", "song.flac", "song.mp3", "lossless.m4a", "vorbis.ogg", "opus.ogg"]
)
def test_half_a_file_is_not_taken_for_a_whole_one(sounds, tmp_path, name):
    body = (sounds / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(body[: len(body) // 2 + 1])
    with pytest.raises((media.Truncated, media.Damaged)) as refusal:
        media.probe(path)
    # Its index is at the end, so half an M4A cannot even begin.
    assert refusal.value.code == ("damaged" if name == "lossless.m4a" else "truncated")


def test_half_an_m4a_whose_index_comes_first_is_not_taken_for_a_whole_one(make_sound, make_tone, tmp_path):
    path = make_sound(tmp_path / "x", make_tone(3), kind="song.m4a", muxing={"movflags": "faststart"})
    body = path.read_bytes()
    path.write_bytes(body[: len(body) * 2 // 3])
    with pytest.raises(media.Truncated) as refusal:
        media.probe(path)
    assert refusal.value.details["promised"] == 3.0


def test_a_recording_over_the_limit_of_time_is_not_decoded_to_its_end(sounds):
    for name in EXPECTED:
        with pytest.raises(media.TooLong) as refusal:
            media.probe(sounds / name, max_seconds=2)
        assert refusal.value.details == {"max_seconds": 2}


# Tags.


def test_covers_and_odd_tags_are_no_hindrance(sounds, tmp_path):
    picture = b"\x89PNG\r\n\x1a\n" + os.urandom(3_000_000)
    song = tmp_path / "song.mp3"
    song.write_bytes((sounds / "song.mp3").read_bytes())
    tags = mutagen.id3.ID3()
    tags.add(mutagen.id3.APIC(mime="image/png", type=3, data=picture))
    tags.add(mutagen.id3.TIT2(encoding=3, text="Қы\x1b]0;зыл\u202eорда"))
    tags.add(mutagen.id3.TPE1(encoding=3, text="x" * 1_000_000))
    tags.save(song)
    found = media.probe(song)
    assert found.tags == {"title": "Қы]0;зылорда", "artist": "x" * 2000}
    assert found.duration_s == 3.0


def test_a_cover_in_flac_or_m4a_is_no_video(sounds, tmp_path):
    flac = tmp_path / "a.flac"
    flac.write_bytes((sounds / "song.flac").read_bytes())
    holder = mutagen.flac.FLAC(flac)
    cover = mutagen.flac.Picture()
    cover.mime, cover.type, cover.data = "image/jpeg", 3, b"\xff\xd8\xff" + os.urandom(100_000)
    holder.add_picture(cover)
    holder.save()
    m4a = tmp_path / "a.m4a"
    m4a.write_bytes((sounds / "song.m4a").read_bytes())
    tagged = mutagen.mp4.MP4(m4a)
    tagged["covr"] = [mutagen.mp4.MP4Cover(cover.data, mutagen.mp4.MP4Cover.FORMAT_JPEG)]
    tagged.save()
    assert media.probe(flac).duration_s == 3.0
    assert media.probe(m4a).codec == "aac"
