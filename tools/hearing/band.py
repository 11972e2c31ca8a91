"""A band that nobody hired: made accompaniment in stereo, from wavetables, noise and chance.

It need not be music to buy; it has to cover a voice the way a produced song does: chords that beat against
the singer's partials, leads in her place and with her vibrato when she is silent, hats and shakers that hiss
like an s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.features import HERTZ

Floats = NDArray[np.float32]
Dice = np.random.Generator

_TABLE = 1024

MODES = (
    [0, 2, 4, 5, 7, 9, 11],
    [0, 2, 3, 5, 7, 8, 10],
    [0, 2, 3, 5, 7, 9, 10],
    [0, 3, 5, 7, 10],
    [0, 2, 4, 7, 9],
)
_GRIDS = (
    [0, 4, 8, 12],
    [0, 2, 4, 6, 8, 10, 12, 14],
    list(range(16)),
    [0, 3, 6, 8, 11, 14],
    [0, 6, 8, 14],
    [2, 6, 10, 14],
)


@dataclass(frozen=True, slots=True)
class Score:
    """What the whole band agrees on. Hz for degree n of the scale: `hz(n)`; a bar has 16 steps."""

    seconds: float
    step: float
    root: float
    mode: list[int]
    chords: list[int]
    swing: float

    def hz(self, degree: int) -> float:
        octave, place = divmod(degree, len(self.mode))
        return self.root * 2 ** (octave + self.mode[place] / 12)

    def bars(self) -> int:
        return int(np.ceil(self.seconds / (16 * self.step)))

    def at(self, bar: int, step: int) -> float:
        return (bar * 16 + step + (self.swing if step % 2 else 0)) * self.step

    def chord(self, bar: int) -> int:
        return self.chords[bar % len(self.chords)]


def score(seconds: float, dice: Dice) -> Score:
    """A tempo, a key and a handful of chords."""
    step = 60 / float(dice.uniform(62, 185)) / 4
    chords = [int(c) for c in dice.integers(0, 7, int(dice.choice([1, 2, 4, 4, 8])))]
    mode = MODES[int(dice.choice(5, p=[0.35, 0.3, 0.15, 0.1, 0.1]))]
    return Score(
        seconds,
        step,
        55.0 * 2 ** (dice.integers(0, 12) / 12),
        mode,
        chords,
        float(dice.choice([0, 0, 0.15, 0.33])),
    )


@dataclass(slots=True)
class Timbre:
    """A wavetable pair (bright at the stroke, dull after it) and its envelope in seconds."""

    bright: Floats
    dull: Floats
    attack: float
    fade: float
    release: float
    vibrato: float = 0.0
    detune: float = 0.0
    noise: float = 0.0


def _table(weights: NDArray[np.floating], dice: Dice) -> Floats:
    phases = dice.uniform(0, 2 * np.pi, len(weights))
    spectrum = np.zeros(_TABLE // 2 + 1, complex)
    spectrum[1 : len(weights) + 1] = weights * np.exp(1j * phases)
    wave = np.fft.irfft(spectrum, _TABLE)
    return np.append(wave, wave[0]).astype(np.float32) / np.float32(np.sqrt((wave**2).mean()) + 1e-9)


def timbre(kind: str, dice: Dice) -> Timbre:
    """A new instrument of a kind: pad, organ, pluck, keys, bass, brass, lead, string."""
    n = np.arange(1, 61)
    slope = float(dice.uniform(0.6, 1.6))
    weights = n**-slope
    if dice.random() < 0.3:
        weights = weights * np.where(n % 2 == 0, dice.uniform(0, 0.3), 1)
    for _ in range(int(dice.integers(0, 4))):
        weights = weights * (
            1 + dice.uniform(0, 6) * np.exp(-0.5 * ((n - dice.uniform(2, 20)) / dice.uniform(1, 4)) ** 2)
        )
    dull = weights * np.exp(-n / float(dice.uniform(2, 8)))
    shapes = {
        "pad": (0.05, 0.6, 9.0, 9.0, 0.1, 0.8),
        "organ": (0.005, 0.02, 9.0, 9.0, 0.03, 0.1),
        "pluck": (0.001, 0.004, 0.1, 0.8, 0.05, 0.2),
        "keys": (0.002, 0.006, 0.4, 2.0, 0.05, 0.3),
        "bass": (0.003, 0.02, 0.3, 3.0, 0.03, 0.1),
        "brass": (0.03, 0.15, 9.0, 9.0, 0.05, 0.2),
        "lead": (0.01, 0.08, 2.0, 9.0, 0.04, 0.2),
        "string": (0.05, 0.25, 9.0, 9.0, 0.1, 0.4),
    }
    a, b, c, d, e, f = shapes[kind]
    sustained = kind in {"pad", "organ", "brass", "lead", "string"}
    if kind == "organ":
        weights = np.zeros(60)
        weights[[0, 1, 2, 3, 5, 7, 9, 11, 15]] = dice.uniform(0, 1, 9)
        weights[0] = 1
    return Timbre(
        bright=_table(weights, dice),
        dull=_table(weights if kind == "organ" else dull, dice),
        attack=float(dice.uniform(a, b)),
        fade=float(dice.uniform(c, d)),
        release=float(dice.uniform(e, f)),
        vibrato=float(dice.uniform(0.05, 0.5))
        if kind in {"lead", "string"} and dice.random() < 0.75
        else 0.0,
        detune=float(dice.uniform(0.002, 0.01)) if sustained and dice.random() < 0.5 else 0.0,
        noise=float(dice.uniform(0, 0.1)) if kind in {"lead", "brass"} and dice.random() < 0.5 else 0.0,
    )


def note(hz: float, length: float, sound: Timbre, dice: Dice, *, slide: float = 1.0) -> Floats:
    """One note, `length` seconds long and its release; `slide` is where its pitch starts, as a factor."""
    count = int((length + sound.release) * HERTZ)
    at = np.arange(count, dtype=np.float32) / HERTZ
    speed = np.full(count, hz, np.float32)
    if slide != 1.0:
        speed *= 1 + (slide - 1) * np.exp(-at / 0.06)
    if sound.vibrato:
        speed *= 2 ** (
            sound.vibrato / 12 * np.sin(2 * np.pi * dice.uniform(4.5, 6.5) * at) * np.clip(at * 3, 0, 1)
        )
    phase = np.cumsum(speed, dtype=np.float64) * (_TABLE / HERTZ) + dice.uniform(0, _TABLE)
    # Partials above the Nyquist frequency would fold back: a high note takes the dull table.
    index = phase.astype(np.int64) & (_TABLE - 1)
    bright = np.float32(1.0 if hz < 130 else max(0.0, 1 - hz / 900))
    fall = np.exp(-at / (sound.fade * 0.4)) * bright
    wave = sound.bright[index] * fall + sound.dull[index] * (1 - fall)
    if sound.detune:
        other = (phase * (1 + sound.detune)).astype(np.int64) & (_TABLE - 1)
        wave = wave + sound.dull[other] * np.float32(0.8)
    if sound.noise:
        wave = wave + dice.standard_normal(count, np.float32) * np.float32(sound.noise)
    envelope = (
        np.minimum(at / sound.attack, 1)
        * np.exp(-at / sound.fade)
        * np.clip((length + sound.release - at) / sound.release, 0, 1)
    )
    sounding: Floats = wave * envelope.astype(np.float32)
    return sounding


def put(track: Floats, sound: Floats, seconds: float, gain: float = 1.0) -> None:
    """Adds `sound` to `track` from a moment on; what hangs over the end is dropped."""
    first = max(int(seconds * HERTZ), 0)
    if first < len(track):
        part = sound[: len(track) - first]
        track[first : first + len(part)] += part * np.float32(gain)


def chords(kind: str, music: Score, dice: Dice) -> Floats:
    """Pads, strums, organ: two to four tones at once, on a grid or held for bars."""
    track = np.zeros(int(music.seconds * HERTZ), np.float32)
    sound = timbre(kind, dice)
    held = kind in {"pad", "organ", "string", "brass"} and dice.random() < 0.7
    grid = [0] if held else _GRIDS[int(dice.integers(len(_GRIDS)))]
    steps = 16 if held else max(int(16 / len(grid) * dice.uniform(0.4, 1)), 1)
    octave = int(dice.integers(1, 3)) * len(music.mode)
    for bar in range(music.bars()):
        degrees = [
            music.chord(bar) + d for d in ([0, 2, 4], [0, 4, 7], [0, 2, 4, 6], [0, 4])[int(dice.integers(4))]
        ]
        length = steps * music.step
        block = sum(note(music.hz(octave + d), length, sound, dice) for d in degrees)
        for step in grid:
            put(
                track,
                np.asarray(block),
                music.at(bar, step) + dice.normal(0, 0.004),
                float(dice.uniform(0.7, 1)),
            )
    return track


def arpeggio(kind: str, music: Score, dice: Dice) -> Floats:
    """Plucked or struck tones one after the other."""
    track = np.zeros(int(music.seconds * HERTZ), np.float32)
    sound = timbre(kind, dice)
    every = int(dice.choice([1, 2, 2, 4]))
    pattern = [int(d) for d in dice.choice([0, 2, 4, 7, 9, 11], 8)]
    octave = int(dice.integers(1, 3)) * len(music.mode)
    made: dict[int, Floats] = {}
    for bar in range(music.bars()):
        for i, step in enumerate(range(0, 16, every)):
            degree = octave + music.chord(bar) + pattern[i % len(pattern)]
            if degree not in made:
                made[degree] = note(music.hz(degree), every * music.step * 1.5, sound, dice)
            put(track, made[degree], music.at(bar, step) + dice.normal(0, 0.004), float(dice.uniform(0.5, 1)))
    return track


def bass(music: Score, dice: Dice) -> Floats:
    track = np.zeros(int(music.seconds * HERTZ), np.float32)
    sound = timbre("bass", dice)
    grid = _GRIDS[int(dice.integers(len(_GRIDS)))]
    length = 16 / len(grid) * music.step * float(dice.uniform(0.5, 1))
    low = 0 if music.root > 60 else len(music.mode) * int(dice.integers(0, 2))
    for bar in range(music.bars()):
        for step in grid:
            degree = low + music.chord(bar) + int(dice.choice([0, 0, 0, 0, 4, 7]))
            put(
                track,
                note(
                    music.hz(degree) * 0.5 if music.hz(degree) > 130 else music.hz(degree),
                    length,
                    sound,
                    dice,
                ),
                music.at(bar, step),
            )
    return track


def guitar(music: Score, dice: Dice) -> Floats:
    """Power chords driven into saturation, behind a loudspeaker's roll-off; or a lead through the same."""
    clean = (
        arpeggio("lead", music, dice)
        if dice.random() < 0.3
        else chords("keys" if dice.random() < 0.5 else "brass", music, dice)
    )
    clean = clean / np.float32(np.abs(clean).max() + 1e-6)
    driven = np.tanh(clean * np.float32(10 ** dice.uniform(0.5, 1.8)))
    return shaped(driven, lambda f: 1 / (1 + (f / dice.uniform(2500, 5000)) ** 4) * (f / (f + 90)))


def lead(music: Score, dice: Dice, spans: list[tuple[float, float]]) -> Floats:
    """A melody without words in the spans given: sax, fiddle, whistle, a synth with a mouth."""
    track = np.zeros(int(music.seconds * HERTZ), np.float32)
    sound = timbre(str(dice.choice(["lead", "lead", "string", "brass", "keys"])), dice)
    degree = len(music.mode) * int(dice.integers(2, 4))
    for first, last in spans:
        at = first
        while at < last:
            length = min(music.step * int(dice.choice([1, 2, 2, 3, 4, 4, 8])), last - at + 0.05)
            degree = int(np.clip(degree + dice.integers(-3, 4), len(music.mode), len(music.mode) * 4))
            if dice.random() < 0.85:
                slide = float(2 ** (dice.uniform(-2, 1) / 12)) if dice.random() < 0.4 else 1.0
                put(
                    track,
                    note(music.hz(degree), length * float(dice.uniform(0.6, 1)), sound, dice, slide=slide),
                    at,
                )
            at += length
    if dice.random() < 0.5:
        peaks = [
            (float(dice.uniform(300, 900)), 0.2),
            (float(dice.uniform(900, 2400)), 0.15),
            (float(dice.uniform(2400, 3500)), 0.1),
        ]
        track = shaped(
            track, lambda f: 0.1 + sum(np.exp(-0.5 * (np.log((f + 1) / p) / w) ** 2) for p, w in peaks)
        )
    return track


def drums(music: Score, dice: Dice) -> tuple[Floats, Floats]:
    """Kick and snare; hats, shakers and cymbals apart, because they sit elsewhere in the picture."""
    count = int(music.seconds * HERTZ)
    body, metal = np.zeros(count, np.float32), np.zeros(count, np.float32)
    at = np.arange(HERTZ, dtype=np.float32) / HERTZ
    drop, low = float(dice.uniform(60, 200)), float(dice.uniform(42, 62))
    kick = np.sin(2 * np.pi * np.cumsum(low + drop * np.exp(-at / 0.03)) / HERTZ) * np.exp(
        -at / dice.uniform(0.06, 0.25)
    )
    snare = _noise(0.4, float(dice.uniform(0.04, 0.15)), float(dice.uniform(500, 3000)), 7900, dice)
    snare[: len(at)] += (
        0.7 * np.sin(2 * np.pi * dice.uniform(150, 240) * at[: len(snare)]) * np.exp(-at[: len(snare)] / 0.07)
    )
    hat = _noise(0.15, float(dice.uniform(0.012, 0.05)), float(dice.uniform(3000, 6500)), 8000, dice)
    crash = _noise(1.5, float(dice.uniform(0.3, 0.7)), float(dice.uniform(1500, 4000)), 8000, dice)
    beat = [[0, 8], [0, 4, 8, 12], [0, 6, 10], [0, 3, 8, 11], [0, 7, 8]][int(dice.integers(5))]
    back = [[4, 12], [8], [4, 12, 15], [4, 7, 12]][int(dice.integers(4))]
    every = int(dice.choice([1, 2, 2, 4]))
    hats = float(dice.uniform(0.2, 0.9))
    for bar in range(music.bars()):
        fill = bar % 4 == 3 and dice.random() < 0.4
        for step in range(16):
            when = max(music.at(bar, step) + float(dice.normal(0, 0.003)), 0)
            if step in beat:
                put(body, kick, when, float(dice.uniform(0.8, 1)))
            if step in back or (fill and step > 9 and dice.random() < 0.7):
                put(body, snare, when, float(dice.uniform(0.6, 0.9)))
            if step % every == 0:
                put(metal, hat, when, hats * float(dice.uniform(0.4, 1)))
        if bar % 8 == 0 and dice.random() < 0.6:
            put(metal, crash, music.at(bar, 0), 0.6)
    return body, metal


def _noise(length: float, fade: float, low: float, high: float, dice: Dice) -> Floats:
    at = np.arange(int(length * HERTZ)) / HERTZ
    noise = dice.standard_normal(len(at)).astype(np.float32) * np.exp(-at / fade).astype(np.float32)
    return shaped(noise, lambda f: ((f > low) & (f < high)) + 0.05)


def shaped(sound: NDArray[np.floating], gain: Callable[[NDArray[np.floating]], Any]) -> Floats:
    """`sound` through a filter without phase: `gain` of each frequency in Hz."""
    size = 1 << (len(sound) - 1).bit_length()
    spectrum = np.fft.rfft(sound, size)
    spectrum *= gain(np.fft.rfftfreq(size, 1 / HERTZ))
    return np.fft.irfft(spectrum, size)[: len(sound)].astype(np.float32)
