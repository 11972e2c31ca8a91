"""Files that mean harm get one sentence and leave nothing: conftest looks after each test."""

import random
import struct

import numpy as np
import pytest

from aqyn import media

LIMITS = media.Limits(seconds=60, memory_mib=384, output_mib=32)
# What a recording of unknown origin may be told; anything else would be our own mistake.
REFUSALS = {
    "ok",
    "damaged",
    "no_sound",
    "not_audio",
    "silent",
    "too_long",
    "too_short",
    "truncated",
    "unsupported",
    "video",
}


def mutate(body: bytes, chance: random.Random, other: bytes) -> bytes:
    """One of the ways in which files go wrong, by accident or on purpose."""
    changed = bytearray(body)
    at = chance.randrange(len(body))
    match chance.choice(["flip", "header", "cut", "repeat", "insert", "erase", "splice"]):
        case "flip":
            for _ in range(chance.choice([1, 10, 300])):
                changed[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        case "header":
            for _ in range(chance.choice([1, 4, 12])):
                changed[chance.randrange(min(400, len(body)))] = chance.randrange(256)
        case "cut":
            del changed[at:]
        case "repeat":
            changed[at:] = body[chance.randrange(len(body)) :]
        case "insert":
            changed[at:at] = chance.randbytes(chance.randrange(5000))
        case "erase":
            changed[at : at + 3000] = bytes(len(changed[at : at + 3000]))
        case "splice":
            changed[at:] = other[chance.randrange(len(other)) :]
    return bytes(changed)


@pytest.mark.parametrize(("function", "seed", "count"), [("probe_each", 2, 60), ("prepare_each", 3, 16)])
def test_mutated_files_are_taken_or_refused_and_nothing_else(
    sounds, tmp_path, children, function, seed, count
):
    chance = random.Random(seed)
    bodies = [path.read_bytes() for path in sorted(sounds.iterdir())]
    paths = []
    for number in range(count):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(mutate(chance.choice(bodies), chance, chance.choice(bodies)) or b"\0")
        paths.append(path)
    found = media.run_child(f"{children}:{function}", paths, limits=LIMITS)
    assert len(found) == count
    assert set(found) <= REFUSALS
    # A test whose files are all refused at the door, or all let in, would test little.
    assert {"ok", "damaged", "truncated"} <= set(found)


def test_hours_of_nothing_in_a_small_flac_are_cut_short(make_sound, tmp_path):
    quiet = np.zeros((1, 8000 * 1800), np.float32)
    path = make_sound(tmp_path / "bomb", quiet, rate=8000, kind="song.flac")
    assert path.stat().st_size < quiet.nbytes / 150
    # STREAMINFO's count of samples: first the truth, then "unknown", then ten days.
    for count in (None, 0, 8000 * 864_000):
        if count is not None:
            body = bytearray(path.read_bytes())
            body[21] = body[21] & 0xF0 | count >> 32
            body[22:26] = struct.pack(">I", count & 0xFFFFFFFF)
            path.write_bytes(body)
        with pytest.raises(media.TooLong):
            media.probe(path, max_seconds=60)
        with pytest.raises(media.TooLong):
            media.prepare(path, tmp_path, max_seconds=60)
    assert list(tmp_path.iterdir()) == [path]


def test_an_ogg_without_end_is_cut_short(make_sound, tmp_path):
    quiet = np.zeros((1, 48000 * 180), np.float32)
    path = make_sound(
        tmp_path / "endless",
        quiet,
        rate=48000,
        kind="opus.ogg",
        encoding={"frame_duration": "60", "b": "6000"},
    )
    body = path.read_bytes()
    # No last page: as a broadcast, cut between two pages.
    path.write_bytes(body[: body.rfind(b"OggS")])
    with pytest.raises(media.TooLong):
        media.probe(path, max_seconds=60)


def test_two_songs_in_one_ogg_are_heard_one_after_the_other(sounds, tmp_path):
    path = tmp_path / "chained.ogg"
    path.write_bytes((sounds / "opus.ogg").read_bytes() * 2)
    assert media.probe(path).duration_s == 6.0


def test_an_ogg_whose_second_half_nobody_would_hear_is_refused(sounds, tmp_path):
    path = tmp_path / "chained.ogg"
    path.write_bytes((sounds / "opus.ogg").read_bytes() + (sounds / "vorbis.ogg").read_bytes())
    with pytest.raises(media.Unsupported):
        media.probe(path)


def test_a_format_that_changes_on_the_way_is_refused(make_sound, make_tone, tmp_path):
    one = make_sound(tmp_path / "one", make_tone(1, channels=1), kind="song.mp3", muxing={"write_xing": "0"})
    two = make_sound(tmp_path / "two", make_tone(1, channels=2), kind="song.mp3", muxing={"write_xing": "0"})
    both = tmp_path / "both.mp3"
    both.write_bytes(one.read_bytes() + two.read_bytes())
    with pytest.raises(media.Damaged):
        media.probe(both)


def test_a_wav_of_65535_channels_is_refused(sounds, tmp_path):
    body = bytearray((sounds / "sixteen.wav").read_bytes())
    body[22:24] = struct.pack("<H", 65535)
    body[32:34] = struct.pack("<H", 65535 * 2 % 65536)
    path = tmp_path / "many.wav"
    path.write_bytes(body)
    with pytest.raises((media.Unsupported, media.Damaged)):
        media.probe(path)


def test_an_mp4_that_points_at_another_file_reads_nothing_of_it(sounds, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret" * 10_000)
    body = (sounds / "song.m4a").read_bytes()
    # dref's "url " entry with flag 1 means "in this file"; 0 and a path means another one.
    at = body.index(b"url \0\0\0\1")
    changed = body[:at] + b"url \0\0\0\0" + body[at + 8 :]
    path = tmp_path / "pointing.m4a"
    path.write_bytes(changed)
    assert media.probe(path).tags == {"title": "Қызылорда"}
    alias = body[:at] + b"alis\0\0\0\0" + body[at + 8 :]
    path.write_bytes(alias)
    assert media.probe(path).container == "m4a"


@pytest.mark.parametrize(
    "content",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:{path}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile {path}\n",
        "<MPD><BaseURL>{path}</BaseURL></MPD>",
    ],
)
def test_playlists_are_not_followed(sounds, tmp_path, content):
    path = tmp_path / "list.wav"
    path.write_text(content.format(path=sounds / "sixteen.wav"))
    with pytest.raises(media.NotAudio):
        media.probe(path)


def test_work_on_a_recording_keeps_to_its_memory(sounds, tmp_path):
    # So little that the libraries themselves may already fail to load.
    with pytest.raises((media.OutOfMemory, media.Crashed)):
        media.prepare(sounds / "sixteen.wav", tmp_path, limits=media.Limits(seconds=30, memory_mib=40))
    assert list(tmp_path.iterdir()) == []


def test_work_on_a_recording_keeps_to_its_output(make_sound, make_tone, tmp_path):
    source = make_sound(tmp_path / "long", make_tone(80), kind="sixteen.wav")
    with pytest.raises(media.TooMuchOutput):
        media.prepare(source, tmp_path, limits=media.Limits(seconds=60, output_mib=1))
    assert list(tmp_path.iterdir()) == [source]


def test_work_on_a_recording_keeps_to_its_time(make_sound, make_tone, tmp_path):
    source = make_sound(tmp_path / "long", make_tone(120), kind="sixteen.wav")
    with pytest.raises(media.TimedOut):
        media.prepare(source, tmp_path, limits=media.Limits(seconds=0.8))
    assert list(tmp_path.iterdir()) == [source]


def garble(body: bytes, count: int) -> bytes:
    """ADTS frames 20 to 20 + `count` with what is behind their headers replaced."""
    changed, at, number = bytearray(body), 0, 0
    chance = random.Random(5)
    while at < len(body):
        size = (body[at + 3] & 3) << 11 | body[at + 4] << 3 | body[at + 5] >> 5
        if 20 <= number < 20 + count:
            changed[at + 7 : at + size] = chance.randbytes(size - 7)
        at, number = at + size, number + 1
    return bytes(changed)


def test_a_few_lost_frames_are_let_pass_and_many_are_not(sounds, tmp_path):
    # 1,024 samples each at 44.1 kHz: half a second is 21.5 of them.
    path = tmp_path / "scratched.aac"
    path.write_bytes(garble((sounds / "song.aac").read_bytes(), 10))
    assert media.probe(path).duration_s > 2.7
    path.write_bytes(garble((sounds / "song.aac").read_bytes(), 60))
    with pytest.raises(media.Damaged):
        media.probe(path)
