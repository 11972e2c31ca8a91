"""`make_song`: a sample song's sound and the exact times of its words, made in a child process.

Nothing here is recorded: strings are computed, the voice is espeak-ng put through a vocoder. The same machine
makes the same bytes every time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aqyn.core.lyrics.timing import SURE, Origin
from aqyn.media.channel import report
from aqyn.media.parallel import side_by_side
from aqyn.media.speech import RATE as VOICE_RATE
from aqyn.site.sample import song_folder
from aqyn.site.sample.band import play
from aqyn.site.sample.desk import Desk
from aqyn.site.sample.instruments import RATE, Sound
from aqyn.site.sample.master import Heard, heard, joined, master
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
    """A finished song: how many samples of 44,100 Hz, and the times of each line's words in seconds."""

    samples: int
    times: tuple[tuple[WordTimes, ...], ...]


@dataclass(frozen=True, slots=True)
class Take:
    """One line to be sung: silent from `until` (seconds), by a voice so much higher, with such a throat."""

    line: SungLine
    until: float
    seed: int
    shift: float = 0.0
    tract: float = 1.0


Sung = tuple[Sound, float, list[WordTimes]]
"""Samples at 22,050 Hz, the song's second at which they begin, and the times of the words."""


def make_song(
    name: str, folder: str | Path, progress: Callable[[float], None] | None = None
) -> dict[str, Any]:
    """Write `audio.wav` (44.1 kHz, stereo, 16 bit) and `timing.json` of the sample song `name` into `folder`.

    Returns the names of both files and the length in milliseconds. `progress` hears 0…1; without one the
    parent process does, through `aqyn.media.channel`. Call it with `run_child`: it takes seconds of two
    cores, and espeak-ng.
    """
    folder = Path(folder)
    made = perform(score_of(name), folder, progress or report)
    timing = json.dumps(timing_of(made.times), ensure_ascii=False, separators=(",", ":"))
    (folder / "timing.json").write_text(timing + "\n", encoding="utf-8")
    return {
        "audio": "audio.wav",
        "timing": "timing.json",
        "length_ms": made.samples * 1000 // RATE,
    }


def score_of(name: str) -> Score:
    """The score of the sample song `name`, set to its words."""
    folder = song_folder(name)
    return read_score(folder, lines_of(read_song(folder)))


def perform(score: Score, folder: Path, progress: Callable[[float], None] = lambda share: None) -> Made:
    """Sing and play `score` into `folder`/audio.wav."""
    progress(0.01)
    pairs = [pair for line in score.lines for pair in leanings(line.words)]
    voice = learn(pairs, score.sheet["singer"], lambda share: progress(0.01 + 0.29 * share))
    desk = Desk(score.length_s)
    times = _sing_onto(desk, score, voice, lambda share: progress(0.3 + 0.3 * share))
    del voice
    play(score, desk)
    mix = folder / "mix"
    known = _mixed_into(mix, desk, lambda share: progress(0.6 + 0.3 * share))
    master(mix, desk.samples, known, folder / "audio.wav")
    mix.unlink()
    progress(0.99)
    return Made(desk.samples, times)


def _sing_onto(
    desk: Desk, score: Score, voice: Voice, progress: Callable[[float], None]
) -> tuple[tuple[WordTimes, ...], ...]:
    """Lay every line on the desk, and the hall where it joins in; the times of each line's words."""
    own, first = own_takes(score, voice.utterances)
    hall = hall_takes(score, voice.utterances)
    takes = sung(voice, [*own, *(take for take, *_ in hall)], progress)
    times = []
    for line, which in zip(score.lines, first, strict=True):
        sound, begin, words = takes[which]
        by = line.start - own[which].line.start
        _lay_voice(desk, sound, begin + by, level=0.0, room=0.30)
        times.append(tuple(_moved(word, by) for word in words))
    for (sound, begin, _), (_, late, level, pan) in zip(takes[len(own) :], hall, strict=True):
        _lay_voice(desk, sound, begin + late, level=level, pan=pan, room=0.9)
    return tuple(times)


def _lay_voice(desk: Desk, sound: Sound, at: float, *, level: float, room: float, pan: float = 0.0) -> None:
    lasts = len(sound) / VOICE_RATE
    desk.add(lambda: sound, at, lasts=lasts, level=_VOICE_DB + level, pan=pan, room=room, mild=True)


def sung(
    voice: Voice, takes: Sequence[Take], progress: Callable[[float], None] = lambda share: None
) -> list[Sung]:
    """Every take sung, by two processes in turn."""

    def some(mine: Sequence[Take], tell: Callable[[float], None]) -> list[Sung]:
        done = []
        for place, take in enumerate(mine):
            done.append(
                sing(take.line, voice, until=take.until, shift=take.shift, tract=take.tract, seed=take.seed)
            )
            tell((place + 1) / len(mine))
        return done

    even, odd = side_by_side(some, [takes[0::2], takes[1::2]], progress)
    return [(odd if place % 2 else even)[place // 2] for place in range(len(takes))]


def own_takes(score: Score, utterances: Mapping[Key, Utterance]) -> tuple[list[Take], list[int]]:
    """The singer's takes, and which of them each line is: a line that comes again with the same notes (a
    chorus) is not sung anew, its sound is moved."""
    takes: list[Take] = []
    known: dict[tuple[object, ...], int] = {}
    which = []
    for place, line in enumerate(score.lines):
        until = falls_silent(score, place, utterances)
        key = _as_sung(line, until)
        if key not in known:
            known[key] = len(takes)
            takes.append(Take(line, until, seed=place))
        which.append(known[key])
    return takes, which


def hall_takes(score: Score, utterances: Mapping[Key, Utterance]) -> list[tuple[Take, float, float, float]]:
    """What the hall sings, lower voices and a second one, with its lateness (s), level (dB) and place."""
    takes = []
    for place, line in enumerate(score.lines):
        if not score.sheet["band"][line.part].get("hall"):
            continue
        until = falls_silent(score, place, utterances)
        for number, (shift, tract, late, level, pan) in enumerate(_HALL):
            take = Take(line, until, seed=1000 + 31 * number + place, shift=shift, tract=tract)
            takes.append((take, late, level, pan))
    return takes


def _mixed_into(mix: Path, desk: Desk, progress: Callable[[float], None]) -> Heard:
    """Write the desk's sound to `mix` as float32, left and right in turn, by two processes: a half each."""
    mix.touch()
    middle = desk.blocks // 2 + 1

    def some(mine: range, tell: Callable[[float], None]) -> list[Heard]:
        known = []
        with mix.open("r+b") as out:
            for start, sound in desk.mixed(mine.start, mine.stop):
                known.append(heard(sound))
                out.seek(start * 8)
                np.ascontiguousarray(sound.T).tofile(out)
                tell(len(known) / len(mine))
        return known

    halves = side_by_side(some, [range(middle), range(middle, desk.blocks)], progress)
    return joined([one for half in halves for one in half])


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


def timing_of(times: tuple[tuple[WordTimes, ...], ...]) -> dict[str, Any]:
    """The times as `timing.json` holds them: whole milliseconds, lines in the order of the song.

    The singer sang to them, so nobody could place them better.
    """

    def cue(word: WordTimes) -> list[Any]:
        starts = [_ms(start) for start in word.syllables]
        return [_ms(word.start), _ms(word.end), starts, str(Origin.PLACED), SURE[Origin.PLACED]]

    return {
        "recording": {"kind": "studio"},
        "lines": [{"words": [cue(word) for word in line]} for line in times],
    }


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
