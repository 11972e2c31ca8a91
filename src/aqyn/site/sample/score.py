"""Melodies as they are written in `score.toml`, and the notes that they become.

A line of melody is one note for each syllable: `E4` is one beat, `E4/2` half a beat, `E4*3` three beats,
`E4/2~D4/2` two pitches on one syllable, `-` a rest. Chords are written likewise, two beats each.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from aqyn.site.sample.words import Word

CHORD_BEATS = 2
_NOTE = re.compile(r"(?:([A-G])([#b]?)(\d)|-)(?:([/*])([\d./]+))?")
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@dataclass(frozen=True, slots=True)
class Note:
    """A pitch (MIDI number, A4 is 69; None is a rest) from `start` to `end`, in seconds or beats."""

    pitch: float | None
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SungSyllable:
    """The notes of one syllable, without a gap between them."""

    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class SungLine:
    """A line's words and, for each word, its syllables' notes in seconds of the song."""

    words: tuple[Word, ...]
    notes: tuple[tuple[SungSyllable, ...], ...]
    part: str

    @property
    def start(self) -> float:
        return min(note.start for word in self.notes for syllable in word for note in syllable.notes)

    @property
    def end(self) -> float:
        return max(note.end for word in self.notes for syllable in word for note in syllable.notes)


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord's name, when it begins and ends in seconds, and the part it belongs to."""

    name: str
    start: float
    end: float
    part: str


@dataclass(frozen=True, slots=True)
class Score:
    """A whole song: sung lines, chords beneath them, the instrument's own phrases, its length in seconds."""

    lines: tuple[SungLine, ...]
    chords: tuple[Chord, ...]
    tune: tuple[Note, ...]
    beat_s: float
    length_s: float
    sheet: dict[str, Any]


def read_score(folder: Path, sections: Sequence[Sequence[Sequence[Word]]]) -> Score:
    """The score in `folder`/score.toml, set to the words of `sections`.

    Raises ValueError where a line has not one note for each syllable, or chords and notes differ in length.
    """
    sheet = tomllib.loads((folder / "score.toml").read_text(encoding="utf-8"))
    beat = 60 / sheet["tempo"]
    lines: list[SungLine] = []
    chords: list[Chord] = []
    tune: list[Note] = []
    at = Fraction(0)

    def play(part: dict[str, Any], name: str) -> None:
        """The instrument alone: a phrase with its chords."""
        nonlocal at
        now = at
        for pitch, beats in _notes(part["tune"]):
            if pitch is not None:
                tune.append(Note(pitch, float(now) * beat, float(now + beats) * beat))
            now += beats
        chords.extend(_chords(part["chords"], at, now, beat, name))
        at = now

    play(sheet["intro"], "intro")
    for section, name in zip(sections, sheet["form"], strict=True):
        part = sheet["parts"][name]
        for words, melody, harmony in zip(section, part["notes"], part["chords"], strict=True):
            line, end = _sung(words, melody, at, beat, name)
            lines.append(line)
            chords.extend(_chords(harmony, at, end, beat, name))
            at = end
        if "after" in part:
            play(part["after"], "between")
    play(sheet["outro"], "outro")
    return Score(tuple(lines), tuple(chords), tuple(tune), beat, float(at) * beat + sheet["tail_s"], sheet)


def _sung(
    words: Sequence[Word], melody: str, at: Fraction, beat: float, part: str
) -> tuple[SungLine, Fraction]:
    """The line with its notes in seconds, and the beat at which it ends."""
    queue: Iterator[str] = iter(melody.split())
    notes = []
    for word in words:
        syllables = []
        for _ in word.syllables if word.sung else ():
            token = next(queue, "-")
            pieces = []
            for pitch, beats in _notes(token):
                if pitch is None:
                    raise ValueError(f"{melody!r} has no note for a syllable of {word.text!r}")
                pieces.append(Note(pitch, float(at) * beat, float(at + beats) * beat))
                at += beats
            syllables.append(SungSyllable(tuple(pieces)))
        notes.append(tuple(syllables))
    for token in queue:
        for pitch, beats in _notes(token):
            if pitch is not None:
                raise ValueError(f"{melody!r} has more notes than its line has syllables")
            at += beats
    return SungLine(tuple(words), tuple(notes), part), at


def _notes(text: str) -> Iterator[tuple[float | None, Fraction]]:
    for token in text.replace("~", " ").split():
        found = _NOTE.fullmatch(token)
        if not found:
            raise ValueError(f"{token!r} is not a note")
        name, mark, octave, how, amount = found.groups()
        beats = Fraction(1)
        if how:
            beats = Fraction(amount) if how == "*" else 1 / Fraction(amount)
        pitch = None
        if name:
            pitch = 12.0 * (int(octave) + 1) + _STEPS[name] + {"#": 1, "b": -1, "": 0}[mark]
        yield pitch, beats


def _chords(text: str, start: Fraction, end: Fraction, beat: float, part: str) -> list[Chord]:
    names = text.split()
    if len(names) * CHORD_BEATS != end - start:
        raise ValueError(f"{text!r} does not last {end - start} beats")
    starts = [float(start + CHORD_BEATS * n) * beat for n in range(len(names) + 1)]
    return [Chord(name, a, b, part) for name, a, b in zip(names, starts, starts[1:], strict=False)]
