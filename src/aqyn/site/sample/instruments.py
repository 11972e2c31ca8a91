"""The band: plucked strings in the manner of a dombra, a bowed qobyz, a low drum. Numpy only, no samples.

A plucked string is a digital waveguide (Karplus and Strong 1983; Smith, "Physical Audio Signal Processing")
solved in the frequency domain at once: exact tuning, losses that grow with frequency, slight stiffness, the
place of the pluck, and the resonances of a small body.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
"""Samples a second of everything mixed."""

PLUCK_S, STROKE_S, DRUM_S = 2.6, 0.09, 0.7
"""How long a plucked string, a stroke and a drum sound at most, in seconds."""

Sound = NDArray[np.float32]
Line = tuple[tuple[float, float, float], ...]
"""Notes of one bow: pitch (MIDI), start and end in seconds of the line."""

# No prime factor above 7, and longer than the string is heard.
_PLUCK_SAMPLES = 120_000
_HIGHEST_HZ = 16_000
_CYCLE = 1 << 13
# Resonances of a pear-shaped body with a thin top: hertz, strength, sharpness.
_BODY = ((185.0, 0.9, 6.0), (390.0, 1.0, 9.0), (610.0, 0.6, 10.0), (980.0, 0.5, 12.0), (2100.0, 0.35, 8.0))


def hertz_of(pitch: float) -> float:
    """Frequency of a MIDI number."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))


@lru_cache(maxsize=32)
def pluck(pitch: float, *, bright: float = 3000.0, loss: float = 3.2, place: float = 0.17) -> Sound:
    """One plucked string, mono, peak 1, about 2.5 s.

    `bright` is the finger's cut-off in hertz, `loss` the decay of the lowest partial (1/s), `place` where the
    string is plucked, as a share of its length.
    """
    hertz = hertz_of(pitch)
    f, body = _strung()
    turns = f / hertz
    turns /= np.sqrt(1 + 4e-5 * turns**2)
    # Whole turns are taken away while the numbers are exact; what is left may be less so.
    angle = (2 * np.pi * (turns - np.floor(turns))).astype(np.float32)
    returning = np.cos(angle) - np.complex64(1j) * np.sin(angle)
    start = (2 * np.pi * place * turns).astype(np.float32)
    plucked = 1 - np.cos(start) + np.complex64(1j) * np.sin(start)
    gain = np.exp(-(loss + 2.2 * (f / 1000) ** 1.5) / hertz).astype(np.float32)
    finger = 1 / (1 + np.complex64(1j) * (f / bright).astype(np.float32)) ** 2
    spectrum = plucked * finger * body / (1 - gain * returning)
    spectrum[f < 40] = 0
    sound = np.fft.irfft(spectrum, _PLUCK_SAMPLES)[: int(PLUCK_S * RATE)]
    sound *= _envelope()
    sound /= np.abs(sound).max()
    return np.asarray(sound, np.float32)


@lru_cache(maxsize=1)
def _strung() -> tuple[NDArray[np.floating], NDArray[np.complex64]]:
    """Frequencies up to the highest that is heard of a string, and the body's response there."""
    f = np.fft.rfftfreq(_PLUCK_SAMPLES, 1 / RATE)
    f = f[f <= _HIGHEST_HZ]
    return f, (_body(f) / (1 + (f / 12000) ** 8)).astype(np.complex64)


@lru_cache(maxsize=1)
def _envelope() -> NDArray[np.float32]:
    """A string begins within half a millisecond, and is let go at its end."""
    samples = int(PLUCK_S * RATE)
    fade = np.minimum(1, np.linspace(8, 0, samples)) * np.minimum(1, np.arange(samples) / 24)
    return fade.astype(np.float32)


def _body(f: NDArray[np.floating]) -> NDArray[np.complex128]:
    safe = np.maximum(f, 1.0)
    body = np.full(len(f), 0.35, dtype=complex)
    for centre, strength, sharpness in _BODY:
        body += strength / (1 + 1j * sharpness * (safe / centre - centre / safe))
    return body


@lru_cache(maxsize=8)
def stroke(seed: int) -> Sound:
    """The nail and the hand on the top of the instrument: a short click over a dull knock, peak 1."""
    noise = np.random.default_rng(seed).standard_normal(int(STROKE_S * RATE))
    f = np.fft.rfftfreq(len(noise), 1 / RATE)
    spectrum = np.fft.rfft(noise)
    t = np.arange(len(noise)) / RATE
    click = np.fft.irfft(spectrum * np.exp(-(((f - 3200) / 1800) ** 2)), len(noise)) * np.exp(-t / 0.006)
    knock = np.fft.irfft(spectrum * np.exp(-(((f - 240) / 110) ** 2)), len(noise)) * np.exp(-t / 0.022)
    sound = click / np.abs(click).max() * 0.6 + knock / np.abs(knock).max()
    sound *= np.minimum(1, np.linspace(6, 0, len(sound)))
    return np.asarray(sound / np.abs(sound).max(), np.float32)


@lru_cache(maxsize=4)
def drum(hertz: float = 62.0) -> Sound:
    """A large frame drum struck softly with the palm, peak 1."""
    t = np.arange(int(DRUM_S * RATE)) / RATE
    skin = np.sin(2 * np.pi * (hertz * t + 0.9 * (1 - np.exp(-t / 0.03)))) * np.exp(-t / 0.16)
    second = 0.3 * np.sin(2 * np.pi * hertz * 1.59 * t) * np.exp(-t / 0.09)
    noise = np.random.default_rng(5).standard_normal(len(t))
    spectrum = np.fft.rfft(noise)
    f = np.fft.rfftfreq(len(t), 1 / RATE)
    palm = np.fft.irfft(spectrum * np.exp(-f / 350), len(t)) * np.exp(-t / 0.018)
    sound = skin + second + 0.5 * palm / np.abs(palm).max()
    sound *= np.minimum(1, t / 0.002) * np.minimum(1, (t[-1] - t) / 0.1)
    return np.asarray(sound / np.abs(sound).max(), np.float32)


@lru_cache(maxsize=1)
def _bow_cycle() -> NDArray[np.float32]:
    """One cycle of a bowed horse-hair string, 8,192 steps: a string's saw, its middle partials favoured."""
    turn = np.arange(_CYCLE) / _CYCLE
    partials = np.arange(1, 21)
    weights = partials**-1.0 * np.exp(-partials / 8.0) * (1 + 0.8 * np.exp(-(((partials - 5) / 2.0) ** 2)))
    cycle = (weights[:, None] * np.sin(2 * np.pi * partials[:, None] * turn)).sum(axis=0)
    return np.asarray(cycle / np.sqrt((cycle**2).mean()), np.float32)


BOW_STEP = 64
"""Samples between two points of a bowed line's course; the line may be asked for in pieces of whole steps."""


def bow(
    pitches: Line, length: float, *, swell: float = 0.25, first: int = 0, end: int | None = None
) -> Sound:
    """A bowed line at 22,050 Hz: (pitch, start, end) in seconds, joined by slides; RMS about 1.

    `swell` is the time in seconds in which the bow takes hold. Of its steps, those from `first` up to `end`:
    pieces put one after another are the whole line.
    """
    phase, turns, loud, rise = (curve[first:end, None] for curve in _bowing(pitches, length, swell))
    within = np.arange(BOW_STEP, dtype=np.float32)
    place_in_cycle = phase + turns * within
    place_in_cycle *= _CYCLE
    sound: Sound = _bow_cycle()[place_in_cycle.astype(np.int32) & (_CYCLE - 1)]
    sound *= loud + rise * within
    return sound.reshape(-1)


@lru_cache(maxsize=4)
def _bowing(pitches: Line, length: float, swell: float) -> tuple[NDArray[np.float32], ...]:
    """The course of a bowed line: at every step its phase (turns), turns a sample, loudness and its rise."""
    rate = RATE / 2
    t = np.arange(int(length * rate / BOW_STEP)) * BOW_STEP / rate
    semitones = np.full(len(t), float(pitches[0][0]))
    loud = np.zeros(len(t))
    for place, (pitch, start, end) in enumerate(pitches):
        if place:
            slide = np.clip((t - start + 0.05) / 0.11, 0, 1)
            semitones += (pitch - pitches[place - 1][0]) * (0.5 - 0.5 * np.cos(np.pi * slide))
        shape = np.clip((t - start) / swell, 0, 1) * np.clip((end + 0.08 - t) / 0.2, 0, 1)
        depth = np.clip((t - start - 0.3) / 0.4, 0, 1) * (t < end)
        semitones += 0.22 * depth * np.sin(2 * np.pi * 4.7 * (t - start))
        loud = np.maximum(loud, shape)
    loud *= 1 + 0.12 * np.sin(2 * np.pi * 0.31 * t)
    turns = 440.0 * 2 ** ((semitones - 69) / 12) / rate
    phase = np.concatenate([[0.0], np.cumsum(turns[:-1] * BOW_STEP)]) % 1.0
    rise = np.diff(loud, append=0.0) / BOW_STEP
    return tuple(curve.astype(np.float32) for curve in (phase, turns, loud, rise))
