"""Two recordings of one performance say how they lie to each other; others say that they are none."""

import numpy as np
import pytest

from aqyn import media

RATE = 22_050
SURE = 75


def song(seed: int, seconds: float = 40.0, tempo: float = 1.0) -> np.ndarray:
    """A melody over a drum, the same for the same seed: (samples,). Another tempo is another performance."""
    chance = np.random.default_rng(seed)
    sound = np.zeros(round(seconds * RATE) + RATE)
    at = 0.2
    while at < seconds - 0.8:
        length = float(chance.choice([0.21, 0.42, 0.42, 0.63])) * float(chance.normal(1, 0.03)) / tempo
        time = np.arange(round(0.9 * length * RATE)) / RATE
        pitch = 220 * 2 ** (int(chance.choice([0, 2, 3, 5, 7, 8, 10, 12])) / 12)
        note = sum(np.sin(2 * np.pi * pitch * n * time) / n**1.3 for n in range(1, 7))
        place = round(at * RATE)
        sound[place : place + len(time)] += 0.2 * note * np.exp(-3 * time / length)
        drum = chance.normal(0, 1, RATE // 12) * np.exp(-np.arange(RATE // 12) / 300)
        sound[place : place + len(drum)] += 0.15 * drum * float(chance.uniform(0.3, 1))
        at += length
    return sound[: round(seconds * RATE)]


def later(sound: np.ndarray, seconds: float) -> np.ndarray:
    """With silence in front, or without its beginning."""
    samples = round(seconds * RATE)
    return np.concatenate([np.zeros(samples), sound]) if samples >= 0 else sound[-samples:]


@pytest.fixture(scope="module")
def original() -> np.ndarray:
    return song(1)


@pytest.fixture
def compare(make_sound, tmp_path, original):
    def one(changed: np.ndarray, kind: str = "sixteen.wav", rate: int = RATE, first=original):
        old = make_sound(tmp_path / "old", np.stack([first, first]), rate=RATE, kind="song.flac")
        new = make_sound(tmp_path / "new", np.stack([changed, changed]), rate=rate, kind=kind)
        return media.compare(old, new)

    return one


@pytest.mark.parametrize("seconds", [0.0, 1.2405, 7.003, -3.217])
def test_silence_in_front_or_a_beginning_cut_off_is_found_to_the_millisecond(compare, original, seconds):
    found = compare(later(original, seconds))
    assert abs(found.shift_ms - 1000 * seconds) <= 1
    assert found.sure == 100


@pytest.mark.parametrize("kind", ["song.mp3", "song.m4a", "song.aac", "vorbis.ogg"])
def test_another_codec_changes_nothing(compare, original, kind):
    found = compare(later(original, 0.731), kind)
    # Bare AAC frames cannot say how much padding they begin with: 1,024 samples.
    padding = 1024 / RATE if kind == "song.aac" else 0.0
    assert abs(found.shift_ms - 1000 * (0.731 + padding)) <= 10
    assert found.sure >= 95


def test_a_new_master_is_the_same_performance(compare, original):
    """Three times as loud, pressed together, duller, upside down, and with hiss."""
    duller = np.convolve(original, np.exp(-np.arange(30) / 3) / 3.5)[: len(original)]
    hiss = np.random.default_rng(2).normal(0, 0.02, len(original))
    found = compare(later(-np.tanh(3 * duller) * 0.8 + hiss, 2.0))
    assert abs(found.shift_ms - 2000) <= 10
    assert found.sure >= 90


def test_noise_as_loud_as_the_song_is_not_too_much(compare, original):
    noise = np.random.default_rng(3).normal(0, original.std(), len(original))
    found = compare(later((original + noise) * 0.4, 0.5))
    assert abs(found.shift_ms - 500) <= 10
    assert found.sure >= SURE


def test_a_song_that_is_faded_out_earlier_is_the_same_performance(compare, original):
    fade = np.clip(np.linspace(8, 0, 30 * RATE), 0, 1)
    found = compare(original[: 30 * RATE] * fade)
    assert (abs(found.shift_ms) <= 1, found.sure >= 90) == (True, True)


@pytest.mark.parametrize("where", [0.35, 0.5, 0.65])
def test_a_piece_cut_out_of_the_middle_is_another_edit(compare, original, where):
    at = round(where * len(original))
    assert compare(np.concatenate([original[: at - 4 * RATE], original[at + 4 * RATE :]])).sure < SURE


def test_another_song_another_take_and_another_tempo_are_not_the_same(compare, original):
    assert compare(song(2)).sure < 20
    assert compare(song(1, tempo=1.02)).sure < 50
    slower = np.interp(np.arange(0, len(original) - 1, 0.995), np.arange(len(original)), original)
    assert compare(slower).sure < SURE


def test_where_there_is_nothing_to_compare_nobody_is_sure(compare, make_tone):
    flat = make_tone(3, rate=RATE)[0]
    assert compare(flat, first=flat * 0 + 1e-3).sure == 0


def test_a_damaged_file_is_refused_and_a_caller_may_stop(make_sound, tmp_path, original):
    good = make_sound(tmp_path / "good.flac", np.stack([original, original]), rate=RATE, kind="song.flac")
    bad = tmp_path / "bad.flac"
    bad.write_bytes(good.read_bytes()[:20_000])
    with pytest.raises((media.Damaged, media.Truncated)):
        media.compare(good, bad)
    with pytest.raises(media.Cancelled):
        media.compare(good, good, cancelled=lambda: True)
    told = []
    media.compare(good, good, progress=told.append)
    assert told == sorted(told) and told[-1] > 0.9
