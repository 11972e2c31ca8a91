"""What the band plays under a song, from the score's chords: strums (қағыс), bass, a bowed line, a drum."""

from __future__ import annotations

from functools import partial

import numpy as np

from aqyn.site.sample.desk import HALF_RATE, Desk
from aqyn.site.sample.instruments import (
    BOW_STEP,
    DRUM_S,
    PLUCK_S,
    RATE,
    STROKE_S,
    Line,
    Sound,
    bow,
    drum,
    pluck,
    stroke,
)
from aqyn.site.sample.score import Chord, Note, Score

_ROOTS = {"C": 48, "D": 50, "E": 52, "F": 53, "G": 55, "A": 57, "B": 59}

# Of a bowed line, what is made at once: about four seconds.
_PIECE_STEPS = 1400

# Strokes within two beats: when (beats), which way (down, up, or one string alone), how strong.
_STROKES: dict[str, tuple[tuple[float, str, float], ...]] = {
    "still": ((0, "low", 0.75), (0.5, "high", 0.5), (1, "high", 0.42), (1.5, "low", 0.4)),
    "walk": ((0, "down", 0.8), (0.5, "up", 0.42), (1, "down", 0.6), (1.5, "down", 0.4), (1.75, "up", 0.34)),
    "gallop": (
        (0, "down", 0.9),
        (0.5, "down", 0.5),
        (0.75, "up", 0.42),
        (1, "down", 0.72),
        (1.5, "down", 0.5),
        (1.75, "up", 0.42),
    ),
    "wave": (
        (0, "low", 0.8),
        (1 / 3, "high", 0.45),
        (2 / 3, "high", 0.38),
        (1, "low", 0.55),
        (4 / 3, "high", 0.45),
    ),
}
_DRUM: dict[str, tuple[tuple[float, float], ...]] = {
    "soft": ((0, 0.7),),
    "heart": ((0, 0.9), (0.5, 0.45)),
    "march": ((0, 1.0), (1, 0.6), (1.5, 0.45)),
}


def play(score: Score, desk: Desk) -> None:
    """Lay the whole accompaniment of `score` on the desk; it is played when the desk is mixed."""
    human = np.random.default_rng(score.sheet["tempo"])
    for chord in score.chords:
        style = score.sheet["band"][chord.part]
        _strum(chord, score.beat_s, style, desk, human)
        _bass(chord, style, desk)
        for when, strength in _DRUM.get(style.get("drum", ""), ()):
            at = chord.start + when * score.beat_s
            desk.add(drum, at, lasts=DRUM_S, level=-11 + _db(strength), room=0.25)
    _drone(score, desk)
    _tune(score, desk)


def _strum(chord: Chord, beat: float, style: dict[str, str], desk: Desk, human: np.random.Generator) -> None:
    low, high = strings_of(chord.name)
    loud = float(style.get("level", 0))
    for place, (when, way, strength) in enumerate(_STROKES[style["strum"]]):
        at = chord.start + when * beat + float(human.normal(0, 0.004))
        force = _db(strength * float(1 + human.normal(0, 0.06))) + loud
        bright = 2200.0 if strength < 0.45 else 3000.0 if strength < 0.7 else 3800.0
        first, second = (high, low) if way == "up" else (low, high)
        if way in ("low", "high"):
            string = partial(pluck, low if way == "low" else high, bright=bright)
            desk.add(string, at, lasts=PLUCK_S, level=-9 + force, pan=-0.22)
            continue
        near, far = partial(pluck, first, bright=bright), partial(pluck, second, bright=bright)
        desk.add(near, at, lasts=PLUCK_S, level=-10 + force, pan=-0.22)
        desk.add(far, at + 0.011, lasts=PLUCK_S, level=-11 + force, pan=-0.18)
        nail = partial(stroke, place % 4)
        desk.add(nail, at, lasts=STROKE_S, level=-26 + force, pan=-0.2, room=0.1)


def _bass(chord: Chord, style: dict[str, str], desk: Desk) -> None:
    root = (_root(chord.name) - 4) % 12 + 28
    length = chord.end - chord.start + 0.35
    level = -11 + float(style.get("level", 0)) * 0.7
    desk.add(partial(_damped, root, length), chord.start, lasts=length, level=level, room=0.05)


def _damped(pitch: int, length: float) -> Sound:
    """A low string, stopped by the hand before `length` seconds are over."""
    string = pluck(pitch, bright=420.0, loss=1.1, place=0.3)[: int(length * RATE)].copy()
    tail = min(len(string), 8000)
    string[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
    return string


def _drone(score: Score, desk: Desk) -> None:
    """A low bowed fifth under the parts that ask for it, sliding from chord to chord."""
    run: list[Chord] = []
    for chord in (*score.chords, None):
        wanted = chord is not None and "drone" in score.sheet["band"][chord.part]
        broken = run and (chord is None or chord.start - run[-1].end > 0.01 or not wanted)
        if broken:
            begin, length = run[0].start, run[-1].end - run[0].start + 0.4
            level = float(score.sheet["band"][run[0].part]["drone"])
            for above, pan in ((0, 0.35), (7, 0.5)):
                line = tuple((_root(c.name) % 12 + 48.0 + above, c.start - begin, c.end - begin) for c in run)
                _bowed(desk, line, begin, length, swell=0.6, level=level - above * 0.4, pan=pan)
            run = []
        if wanted and chord is not None:
            run.append(chord)


def _tune(score: Score, desk: Desk) -> None:
    """The instrument's own phrases: bowed, and plucked an octave below."""
    phrase: list[Note] = []
    for note in (*score.tune, None):
        if phrase and (note is None or note.start - phrase[-1].end > 1.0):
            begin = phrase[0].start
            line = tuple((float(n.pitch or 0), n.start - begin, n.end - begin) for n in phrase)
            length = phrase[-1].end - begin + 0.4
            _bowed(desk, line, begin, length, swell=0.12, level=-31, pan=0.3)
            for n in phrase:
                string = partial(pluck, float(n.pitch or 0) - 12, bright=3800.0)
                desk.add(string, n.start, lasts=PLUCK_S, level=-10, pan=-0.25, room=0.3)
            phrase = []
        if note is not None:
            phrase.append(note)


def _bowed(
    desk: Desk, line: Line, begin: float, length: float, *, swell: float, level: float, pan: float
) -> None:
    """A bowed line, in pieces: a drone may last as long as the song."""
    step_s = BOW_STEP / HALF_RATE
    for first in range(0, int(length / step_s), _PIECE_STEPS):
        piece = partial(bow, line, length, swell=swell, first=first, end=first + _PIECE_STEPS)
        lasts = _PIECE_STEPS * step_s
        desk.add(piece, begin + first * step_s, lasts=lasts, level=level, pan=pan, room=0.5, mild=True)


def strings_of(chord: str) -> tuple[float, float]:
    """Pitches (MIDI) of the two strings for a chord: its root and fifth, the fifth below a high root."""
    root = _root(chord)
    return (root - 5, root) if root > 57 else (root, root + 7)


def _root(chord: str) -> int:
    root = _ROOTS[chord[0]] + {"#": 1, "b": -1}.get(chord[1:2], 0)
    return root + 12 if root < 52 else root


def _db(strength: float) -> float:
    return float(20 * np.log10(max(strength, 1e-3)))
