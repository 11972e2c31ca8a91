"""A sample song's sound: instruments in tune, one loudness, the same bytes each time."""

import json
import wave
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from aqyn.media.speech import RATE as VOICE_RATE
from aqyn.site.sample.band import play
from aqyn.site.sample.desk import Desk
from aqyn.site.sample.instruments import RATE, bow, hertz_of, pluck
from aqyn.site.sample.master import (
    GRAIN,
    LOUDNESS_LUFS,
    PEAK_DBFS,
    STEP,
    glide,
    heard,
    joined,
    limited,
    loudness,
)
from aqyn.site.sample.score import Score
from aqyn.site.sample.sound import Made, own_takes, perform, score_of, timing_of
from aqyn.site.sample.utterances import speak_all
from aqyn.site.sample.voice import leanings


def shortened(score: Score, lines: int) -> Score:
    """The score up to the end of its first `lines` lines."""
    end = score.lines[lines - 1].end
    return replace(
        score,
        lines=score.lines[:lines],
        chords=tuple(chord for chord in score.chords if chord.end <= end + 0.01),
        tune=tuple(note for note in score.tune if note.end <= end),
        length_s=end + 2,
    )


@pytest.fixture(scope="module")
def score() -> Score:
    return shortened(score_of("qyzylorda"), 2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("song")


@pytest.fixture(scope="module")
def made(score: Score, folder: Path) -> Made:
    return perform(score, folder)


@pytest.fixture(scope="module")
def sound(made: Made, folder: Path) -> NDArray[np.float64]:
    """The finished song, (2, samples)."""
    with wave.open(str(folder / "audio.wav")) as written:
        assert (written.getnchannels(), written.getframerate(), written.getsampwidth()) == (2, RATE, 2)
        assert written.getnframes() == made.samples
        return np.frombuffer(written.readframes(made.samples), "<i2").reshape(-1, 2).T / 32767


def test_nothing_clips(sound: NDArray[np.float64]) -> None:
    assert np.abs(sound).max() <= 10 ** (PEAK_DBFS / 20) + 1 / 32767


def test_a_song_is_as_loud_as_the_others(sound: NDArray[np.float64]) -> None:
    assert abs(loudness(heard(sound).energy) - LOUDNESS_LUFS) <= 0.7


def test_it_has_no_direct_current_and_ends_in_silence(sound: NDArray[np.float64]) -> None:
    assert np.abs(sound.mean(axis=1)).max() < 1e-4
    assert np.abs(sound[:, -441:]).max() < 1e-3
    assert np.abs(sound[:, :1]).max() < 1e-3


def test_nothing_but_the_song_is_left_in_its_folder(made: Made, folder: Path) -> None:
    assert [file.name for file in folder.iterdir()] == ["audio.wav"]


def test_progress_never_goes_back(score: Score, tmp_path: Path) -> None:
    told: list[float] = []
    perform(score, tmp_path, told.append)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1


def test_the_desk_gives_the_same_samples_whoever_mixes_which_block(score: Score) -> None:
    pluck.cache_clear()
    desk = Desk(score.length_s)
    play(score, desk)
    whole = list(desk.mixed(0, desk.blocks))
    pluck.cache_clear()
    parts = [block for first, end in pairwise((0, 1, 4, desk.blocks)) for block in desk.mixed(first, end)]
    assert [(start, sound.tobytes()) for start, sound in whole] == [
        (s, sound.tobytes()) for s, sound in parts
    ]


def test_blocks_follow_one_another_to_the_end_without_a_seam() -> None:
    desk = Desk(20.0)
    t = np.arange(20 * VOICE_RATE) / VOICE_RATE
    tone = np.sin(2 * np.pi * 1000 * t).astype(np.float32)
    desk.add(lambda: tone, 0, lasts=20, level=0, pan=-1, room=1e-6, mild=True)
    blocks = list(desk.mixed(0, desk.blocks))
    assert [start for start, _ in blocks[1:]] == [start + part.shape[1] for start, part in blocks[:-1]]
    sound = np.concatenate([part for _, part in blocks], axis=1)
    assert sound.shape == (2, 20 * RATE)
    wanted = np.sin(2 * np.pi * 1000 * np.arange(20 * RATE) / RATE)
    inside = slice(RATE // 2, -RATE // 2)
    assert np.abs(sound[0, inside] - wanted[inside]).max() < 2e-3


def test_a_sound_is_made_once_though_it_lasts_for_many_blocks() -> None:
    made = []

    def long() -> NDArray[np.float32]:
        made.append(1)
        return np.ones(15 * VOICE_RATE, np.float32)

    desk = Desk(20.0)
    desk.add(long, 1, lasts=15, level=0, mild=True)
    list(desk.mixed(0, desk.blocks))
    assert made == [1]


def test_timing_is_written_in_whole_milliseconds(made: Made, score: Score) -> None:
    written = json.loads(json.dumps(timing_of(made.times)))
    assert written["recording"] == {"kind": "studio"}
    assert [len(line["words"]) for line in written["lines"]] == [len(line.words) for line in score.lines]
    for line in written["lines"]:
        for start, end, syllables, origin, sure in line["words"]:
            assert (origin, sure) == ("placed", 98)
            assert all(isinstance(moment, int) for moment in (start, end, *syllables))
            assert start == syllables[0] < end


def test_a_chorus_that_comes_again_is_sung_once() -> None:
    full = score_of("qyzylorda")
    twice = replace(full, lines=(*full.lines[4:6], *full.lines[12:14]))
    utterances, _, _ = speak_all([pair for line in twice.lines for pair in leanings(line.words)], "f2")
    takes, which = own_takes(twice, utterances)
    assert which == [0, 1, 0, 1]
    assert [take.line for take in takes] == list(twice.lines[:2])


def test_a_chorus_that_comes_again_has_the_same_times_moved(tmp_path: Path) -> None:
    full = score_of("qyzylorda")
    end = full.lines[-1].end
    twice = replace(
        full, lines=(full.lines[4], full.lines[5], full.lines[12]), chords=(), tune=(), length_s=end
    )
    first, _, again = perform(twice, tmp_path).times
    moved = full.lines[12].start - full.lines[4].start
    assert [word.start for word in again] == pytest.approx([word.start + moved for word in first])


def test_a_bowed_line_is_the_same_in_pieces() -> None:
    line = ((57.0, 0.0, 1.5), (60.0, 1.5, 3.0))
    pieces = [bow(line, 3.4, first=first, end=first + 100) for first in range(0, 1200, 100)]
    assert np.array_equal(np.concatenate(pieces), bow(line, 3.4))


@pytest.mark.parametrize("pitch", [45, 57, 64, 72])
def test_a_plucked_string_is_in_tune(pitch: int) -> None:
    sound = pluck(float(pitch))
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 1 << 19))
    hertz = np.fft.rfftfreq(1 << 19, 1 / RATE)
    near = np.abs(12 * np.log2(np.maximum(hertz, 1) / hertz_of(pitch))) < 1
    found = hertz[near][np.argmax(spectrum[near])]
    assert abs(1200 * np.log2(found / hertz_of(pitch))) < 3


def test_loudness_agrees_with_the_standards_reference_tone() -> None:
    """BS.1770: a 997 Hz sine at full scale in one channel is -3.01 LKFS."""
    tone = np.zeros((2, RATE * 5), np.float32)
    tone[0] = np.sin(2 * np.pi * 997 * np.arange(RATE * 5) / RATE)
    assert loudness(heard(tone).energy) == pytest.approx(-3.01, abs=0.05)


def test_silence_has_no_loudness() -> None:
    assert loudness(heard(np.zeros((2, RATE), np.float32)).energy) == -70


def test_what_is_heard_in_parts_is_what_is_heard_in_the_whole() -> None:
    sound = np.random.default_rng(1).standard_normal((2, 5 * STEP + 100)).astype(np.float32)
    whole, parts = heard(sound), joined([heard(sound[:, : 3 * STEP]), heard(sound[:, 3 * STEP :])])
    assert np.allclose(parts.energy, whole.energy)
    assert np.array_equal(parts.peaks, whole.peaks)
    assert np.allclose(parts.total, whole.total)


def test_a_limiter_holds_a_shout_and_leaves_a_whisper() -> None:
    sound = np.zeros((2, RATE), np.float32)
    sound[:, :1000] = 0.1
    sound[:, 30_000:30_400] = 2.5
    edges = limited(heard(sound).peaks)
    assert len(edges) == RATE // GRAIN + 1
    sound *= glide(edges, RATE)
    assert np.abs(sound).max() <= 10 ** (PEAK_DBFS / 20) + 1e-6
    assert np.all(sound[:, :1000] == np.float32(0.1))
