"""`make_song`: a sample song's sound and the exact times of its words, made in a child process.

Nothing here is recorded: strings are computed, the voice is espeak-ng put through a vocoder. The same machine
makes the same bytes every time.
"""

from __future__ import annotations

import json
import wave
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aqyn.media.channel import report
from aqyn.site.sample import song_folder
from aqyn.site.sample.band import play
from aqyn.site.sample.instruments import RATE, Sound
from aqyn.site.sample.master import Desk, mastered
from aqyn.site.sample.score import Score, SungLine, read_score
from aqyn.site.sample.utterances import Key, Utterance, Voice, learn
from aqyn.site.sample.voice import WordTimes, leanings, opening, sing
from aqyn.site.sample.words import lines_of, read_song

BREATH_S = 0.14
"""Silence that the singer keeps before the first sound of her next line."""

_VOICE_DB = -9.0
# Who else sings where the hall joins in: semitones, throat, lateness in seconds, level in dB, place.
_HALL = ((-12.0, 0.84, 0.018, -12.0, -0.6), (0.0, 0.94, 0.031, -11.0, 0.6))


@dataclass(frozen=True, slots=True)
class Made:
    """A finished song: (2, samples) at 44,100 Hz, and the times of each line's words in seconds."""

    sound: NDArray[np.float32]
    times: tuple[tuple[WordTimes, ...], ...]


def make_song(
    name: str, folder: str | Path, progress: Callable[[float], None] | None = None
) -> dict[str, Any]:
    """Write `audio.wav` (44.1 kHz, stereo, 16 bit) and `timing.json` of the sample song `name` into `folder`.

    Returns the names of both files and the length in milliseconds. `progress` hears 0…1; without one the
    parent process does, through `aqyn.media.channel`. Call it with `run_child`: it takes seconds of one
    core, up to 500 MiB, and espeak-ng.
    """
    folder = Path(folder)
    score = score_of(name)
    made = perform(score, progress or report)
    write_wave(folder / "audio.wav", made.sound)
    timing = json.dumps(timing_of(made.times), ensure_ascii=False, separators=(",", ":"))
    (folder / "timing.json").write_text(timing + "\n", encoding="utf-8")
    return {
        "audio": "audio.wav",
        "timing": "timing.json",
        "length_ms": made.sound.shape[1] * 1000 // RATE,
    }


def score_of(name: str) -> Score:
    """The score of the sample song `name`, set to its words."""
    folder = song_folder(name)
    return read_score(folder, lines_of(read_song(folder)))


def perform(score: Score, progress: Callable[[float], None] = lambda share: None) -> Made:
    """Sing and play `score`."""
    progress(0.01)
    pairs = [pair for line in score.lines for pair in leanings(line.words)]
    voice = learn(pairs, score.sheet["singer"], lambda share: progress(0.01 + 0.39 * share))
    desk = Desk(score.length_s)
    times = []
    for place, (line, sung, begin, words) in enumerate(sung_lines(score, voice)):
        times.append(tuple(words))
        desk.add_mild(sung, begin, level=_VOICE_DB, room=0.30)
        if score.sheet["band"][line.part].get("hall"):
            _hall(score, place, voice, desk)
        progress(0.4 + 0.3 * (place + 1) / len(score.lines))
    play(score, desk, lambda share: progress(0.7 + 0.15 * share))
    sound = mastered(desk.mixed())
    progress(0.98)
    return Made(sound, tuple(times))


def sung_lines(score: Score, voice: Voice) -> Iterator[tuple[SungLine, Sound, float, list[WordTimes]]]:
    """Every line sung alone, at 22,050 Hz, with the second at which its samples begin and its word times.

    A line that comes again with the same notes (a chorus) is not sung anew: its sound is moved.
    """
    before: dict[tuple[object, ...], tuple[Sound, float, float, list[WordTimes]]] = {}
    for place, line in enumerate(score.lines):
        until = falls_silent(score, place, voice.utterances)
        key = _as_sung(line, until)
        if key not in before:
            sound, begin, times = sing(line, voice, until=until, seed=place)
            before[key] = sound, begin - line.start, line.start, times
        sound, lead, first, times = before[key]
        yield line, sound, line.start + lead, [_moved(word, line.start - first) for word in times]


def _as_sung(line: SungLine, until: float) -> tuple[object, ...]:
    """What makes two lines sound the same: words, notes and end from the line's start (in 0.1 ms)."""
    notes = tuple(
        (note.pitch, round((note.start - line.start) * 1e4), round((note.end - line.start) * 1e4))
        for word in line.notes
        for syllable in word
        for note in syllable.notes
    )
    return line.words, notes, round((min(until, line.end) - line.start) * 1e4)


def _moved(word: WordTimes, by: float) -> WordTimes:
    return WordTimes(word.start + by, word.end + by, tuple(start + by for start in word.syllables))


def falls_silent(score: Score, place: int, utterances: Mapping[Key, Utterance]) -> float:
    """When the singer must be silent after line `place`, to breathe before the next."""
    if place + 1 == len(score.lines):
        return score.lines[place].end
    return opening(score.lines[place + 1], utterances) - BREATH_S


def _hall(score: Score, place: int, voice: Voice, desk: Desk) -> None:
    """The hall joins in: lower voices and a second one, a little late and far away."""
    for number, (shift, tract, late, level, pan) in enumerate(_HALL):
        sung, begin, _ = sing(
            score.lines[place],
            voice,
            until=falls_silent(score, place, voice.utterances),
            shift=shift,
            tract=tract,
            seed=1000 + 31 * number + place,
        )
        desk.add_mild(sung, begin + late, level=_VOICE_DB + level, pan=pan, room=0.9)


def timing_of(times: tuple[tuple[WordTimes, ...], ...]) -> dict[str, Any]:
    """The times as `timing.json` holds them: whole milliseconds, lines in the order of the song."""
    return {
        "recording": {"kind": "studio"},
        "lines": [
            {"words": [[_ms(w.start), _ms(w.end), [_ms(s) for s in w.syllables]] for w in line]}
            for line in times
        ],
    }


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def write_wave(path: Path, sound: NDArray[np.float32]) -> None:
    """`sound` (2, samples) as 16-bit PCM."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        for start in range(0, sound.shape[1], RATE * 20):
            part = sound[:, start : start + RATE * 20].T * np.float32(32767)
            out.writeframes(np.rint(part).astype("<i2").tobytes())
