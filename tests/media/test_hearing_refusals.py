"""What cannot be heard is said so, with the reason, and nothing is written: real files, sung by the
sample."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
import pytest

from aqyn.media import CannotHear, MediaError, WordsDoNotFit
from aqyn.media.hearing import Heard, SungLine, hear
from aqyn.site.sample import song_folder
from aqyn.site.sample.band import play
from aqyn.site.sample.desk import Desk
from aqyn.site.sample.score import Score
from aqyn.site.sample.sound import perform, score_of
from aqyn.site.sample.words import lines_of, read_song

LINES = 8
RATE = 44_100


@dataclass(frozen=True)
class Sung:
    """A song's beginning, sung and played: (2, samples) at 44.1 kHz, its lines, every word's true onset in
    s."""

    sound: np.ndarray
    lines: list[SungLine]
    onsets: list[float]


def beginning(score: Score) -> Score:
    end = score.lines[LINES - 1].end
    return replace(
        score,
        lines=score.lines[:LINES],
        chords=tuple(chord for chord in score.chords if chord.end <= end + 0.01),
        tune=tuple(note for note in score.tune if note.end <= end),
        length_s=end + 2,
    )


def written(name: str) -> list[SungLine]:
    lines = [line for section in lines_of(read_song(song_folder(name))) for line in section]
    return [SungLine("kk-Cyrl", tuple(word.text for word in line)) for line in lines[:LINES]]


@pytest.fixture(scope="module")
def sung(tmp_path_factory: pytest.TempPathFactory) -> Sung:
    folder = tmp_path_factory.mktemp("sung")
    made = perform(beginning(score_of("qyzylorda")), folder)
    with av.open(str(folder / "audio.wav")) as file:
        sound = np.concatenate([frame.to_ndarray().reshape(-1, 2) for frame in file.decode(audio=0)])
    onsets = [word.start for line in made.times for word in line]
    return Sung(sound.T.astype(np.float32) / 32768, written("qyzylorda"), onsets)


@pytest.fixture(scope="module")
def band() -> np.ndarray:
    """The same song played without a voice: (2, samples)."""
    score = beginning(score_of("qyzylorda"))
    desk = Desk(score.length_s)
    play(score, desk)
    sound = np.concatenate([block for _, block in desk.mixed(0, desk.blocks)], axis=1)[:, : desk.samples]
    return sound / np.abs(sound).max() * 0.7


@pytest.fixture
def ear(tmp_path: Path) -> Path:
    """Where what is heard would be written: something is there that must stay."""
    kept = tmp_path / "ears" / "song.ear"
    kept.parent.mkdir()
    kept.write_bytes(b"what was heard before")
    return kept


@pytest.fixture
def refused(ear: Path, tmp_path: Path) -> Callable[..., MediaError]:
    """The refusal to hear some lines in a file, after which all is as it was."""

    def ask(file: Path, lines: list[SungLine]) -> MediaError:
        before = file.read_bytes() if file.stat().st_size < 1 << 24 else b""
        with pytest.raises(MediaError) as told:
            hear(file, lines, ear=ear)
        assert ear.read_bytes() == b"what was heard before"
        assert [each.name for each in ear.parent.iterdir()] == [ear.name]
        assert not before or file.read_bytes() == before
        return told.value

    return ask


def off(sung: Sung, heard: Heard) -> np.ndarray:
    """How far each word is from where it is sung, in seconds."""
    found = [word.start_ms / 1000 for line in heard.lines for word in line]
    return np.abs(np.array(found) - sung.onsets)


def test_silence(refused, sung, tmp_path, make_sound):
    file = make_sound(tmp_path / "sixteen.wav", np.zeros((2, 60 * RATE)))
    told = refused(file, sung.lines)
    assert (told.code, str(told)) == ("hears_nothing", "Nobody can be heard singing in this recording.")


def test_almost_silence(refused, sung, tmp_path, make_sound):
    hiss = np.random.default_rng(1).normal(0, 2e-4, (2, 60 * RATE))
    told = refused(make_sound(tmp_path / "sixteen.wav", hiss), sung.lines)
    assert (told.code, str(told)) == ("hears_nothing", "Nobody can be heard singing in this recording.")


def test_noise_alone(refused, sung, tmp_path, make_sound):
    noise = np.random.default_rng(1).normal(0, 0.1, (2, 60 * RATE))
    told = refused(make_sound(tmp_path / "sixteen.wav", noise), sung.lines)
    assert isinstance(told, CannotHear)
    assert told.code in ("hears_nothing", "words_do_not_fit")


def test_a_band_without_a_voice(refused, sung, band, tmp_path, make_sound):
    told = refused(make_sound(tmp_path / "sixteen.wav", band), sung.lines)
    assert isinstance(told, CannotHear)
    assert told.code in ("hears_nothing", "words_do_not_fit")


@pytest.mark.parametrize(
    "other",
    ["jabyq-mektep", "teniz-more"],
)
def test_the_words_of_another_song(refused, sung, tmp_path, make_sound, other):
    file = make_sound(tmp_path / "sixteen.wav", sung.sound)
    told = refused(file, written(other))
    assert (told.code, str(told)) == ("words_do_not_fit", WordsDoNotFit.sentence)


def test_no_words(refused, sung, tmp_path, make_sound):
    told = refused(make_sound(tmp_path / "sixteen.wav", sung.sound[:, : 5 * RATE]), [])
    assert told.code == "no_words"


def test_a_recording_shorter_than_its_words(refused, sung, tmp_path, make_sound):
    file = make_sound(tmp_path / "sixteen.wav", sung.sound[:, 10 * RATE : 12 * RATE])
    told = refused(file, sung.lines)
    words = sum(len(line.words) for line in sung.lines)
    assert told.code == "too_short_for_words"
    assert str(told) == f"A recording of 2 s is too short for {words} words."


def test_a_language_that_nobody_here_speaks(refused, sung, tmp_path, make_sound):
    lines = [*sung.lines[:4], replace(sung.lines[4], language="qaa"), *sung.lines[5:]]
    told = refused(make_sound(tmp_path / "sixteen.wav", sung.sound), lines)
    assert (told.code, told.details) == ("unknown_language", {"language": "qaa"})


def test_two_hours(refused, sung, tmp_path):
    # A hole in the file: it takes no room, and decoding it would take a minute.
    file, size = tmp_path / "long.wav", 2 * 3600 * 8000 * 2
    with file.open("wb") as out:
        out.write(struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, 8000,
                              16000, 2, 16, b"data", size))  # fmt: skip
        out.truncate(44 + size)
    told = refused(file, sung.lines)
    assert (told.code, str(told)) == ("too_long", "The recording is longer than 1200 seconds.")


def test_what_is_no_recording(refused, sung, tmp_path):
    file = tmp_path / "song.mp3"
    file.write_text("<!doctype html>")
    assert refused(file, sung.lines).code == "not_audio"


# What is poor can be heard all the same: it is heard rightly, or not at all.


def heard_or_refused(sung: Sung, file: Path, ear: Path) -> None:
    try:
        heard = hear(file, sung.lines, ear=ear)
    except CannotHear:
        assert ear.read_bytes() == b"what was heard before"
        return
    assert np.median(off(sung, heard)) < 0.1
    assert np.mean(off(sung, heard) < 0.3) > 0.8


def test_the_song_itself_is_heard(sung, ear, tmp_path, make_sound):
    heard = hear(make_sound(tmp_path / "sixteen.wav", sung.sound), sung.lines, ear=ear)
    assert [len(line) for line in heard.lines] == [len(line.words) for line in sung.lines]
    assert np.mean(off(sung, heard) < 0.1) > 0.8
    assert ear.read_bytes() != b"what was heard before"


def test_a_telephones_sound(sung, ear, tmp_path, make_sound):
    with_half = sung.sound.mean(axis=0)[None]
    spectrum = np.fft.rfft(with_half)
    count = round(with_half.shape[1] * 8000 / RATE)
    narrow = np.fft.irfft(spectrum[:, : count // 2 + 1], count) * count / with_half.shape[1]
    heard_or_refused(sung, make_sound(tmp_path / "sixteen.wav", narrow, rate=8000), ear)


def test_a_clipped_recording(sung, ear, tmp_path, make_sound):
    clipped = np.clip(sung.sound * 12, -1, 1)
    heard_or_refused(sung, make_sound(tmp_path / "sixteen.wav", clipped), ear)
