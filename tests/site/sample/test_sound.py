"""A sample song's sound: instruments in tune, one loudness, the same bytes each time."""

import json
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aqyn.site.sample.instruments import RATE, hertz_of, pluck
from aqyn.site.sample.master import LOUDNESS_LUFS, PEAK_DBFS, Desk, limit, loudness
from aqyn.site.sample.score import Score
from aqyn.site.sample.sound import Made, perform, score_of, sung_lines, timing_of, write_wave
from aqyn.site.sample.utterances import learn
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
def made(score: Score) -> Made:
    return perform(score)


def test_nothing_clips(made: Made) -> None:
    assert np.abs(made.sound).max() <= 10 ** (PEAK_DBFS / 20) + 1e-6


def test_a_song_is_as_loud_as_the_others(made: Made) -> None:
    assert abs(loudness(made.sound) - LOUDNESS_LUFS) <= 0.7


def test_it_has_no_direct_current_and_ends_in_silence(made: Made) -> None:
    assert np.abs(made.sound.mean(axis=1)).max() < 1e-4
    assert np.abs(made.sound[:, -441:]).max() < 1e-3
    assert np.abs(made.sound[:, :1]).max() < 1e-3


def test_progress_never_goes_back(score: Score) -> None:
    heard: list[float] = []
    perform(score, heard.append)
    assert heard == sorted(heard)
    assert 0 < heard[0] < heard[-1] <= 1


def test_the_band_plays_the_same_samples_each_time() -> None:
    desks = []
    for _ in range(2):
        desk = Desk(1.0)
        desk.add(pluck.__wrapped__(57.0), 0.1, level=-6, pan=0.3)
        desks.append(desk.mixed().tobytes())
    assert desks[0] == desks[1]


def test_timing_is_written_in_whole_milliseconds(made: Made, score: Score) -> None:
    written = json.loads(json.dumps(timing_of(made.times)))
    assert written["recording"] == {"kind": "studio"}
    assert [len(line["words"]) for line in written["lines"]] == [len(line.words) for line in score.lines]
    for line in written["lines"]:
        for start, end, syllables in line["words"]:
            assert all(isinstance(moment, int) for moment in (start, end, *syllables))
            assert start == syllables[0] < end


def test_a_chorus_that_comes_again_is_the_same_sound_moved() -> None:
    full = score_of("qyzylorda")
    twice = replace(full, lines=(*full.lines[4:6], *full.lines[12:14]))
    voice = learn([pair for line in twice.lines for pair in leanings(line.words)], "f2", lambda share: None)
    first, _, second, _ = sung_lines(twice, voice)
    moved = full.lines[12].start - full.lines[4].start
    assert second[1] is first[1]
    assert [word.start for word in second[3]] == pytest.approx([word.start + moved for word in first[3]])


def test_the_wave_file_holds_what_was_made(tmp_path: Path, made: Made) -> None:
    write_wave(tmp_path / "audio.wav", made.sound)
    with wave.open(str(tmp_path / "audio.wav")) as written:
        assert (written.getnchannels(), written.getframerate(), written.getsampwidth()) == (2, RATE, 2)
        samples = np.frombuffer(written.readframes(written.getnframes()), "<i2").reshape(-1, 2).T
    assert np.abs(samples / 32767 - made.sound).max() <= 1 / 32767


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
    assert loudness(tone) == pytest.approx(-3.01, abs=0.05)


def test_silence_has_no_loudness() -> None:
    assert loudness(np.zeros((2, RATE), np.float32)) == -70


def test_a_limiter_holds_a_shout_and_leaves_a_whisper() -> None:
    sound = np.zeros((2, RATE), np.float32)
    sound[:, :1000] = 0.1
    sound[:, 30_000:30_400] = 2.5
    limit(sound)
    assert np.abs(sound).max() <= 10 ** (PEAK_DBFS / 20) + 1e-6
    assert np.all(sound[:, :1000] == np.float32(0.1))
