"""Singers that never lived: made-up words spoken by espeak-ng, taken apart by WORLD and sung anew.

WORLD: Morise, Yokomori, Ozawa, "WORLD: a vocoder-based high-quality speech synthesis system" (2016), by
pyworld. Every spoken line is analysed once; singing it only changes its F0, its durations and its formants,
so that one line serves many songs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyworld
from numpy.typing import NDArray
from tongues import line

from aqyn.core.hearing.chain import NOBODY
from aqyn.core.hearing.features import HERTZ
from aqyn.core.hearing.sounds import SOUNDS, VOWELS, sounds_of
from aqyn.media import speech

Floats = NDArray[np.float32]

STEP = 0.005
"""Seconds between two of WORLD's frames."""

# A glide that is one phoneme with its vowel, in frames.
_LONGEST_GLIDE = 12
_VOICED = VOWELS | {SOUNDS.index(name) for name in "mnlrjw"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A spoken line: its sounds (class, first frame, end, ends a word), F0, log envelope, aperiodicity."""

    sounds: tuple[tuple[int, int, int, bool], ...]
    f0: NDArray[np.float64]
    envelope: Floats
    breath: Floats


@dataclass(frozen=True, slots=True)
class Singer:
    """How one voice sings: all of a song's lines share it."""

    formants: float
    low: float
    high: float
    vowel: float
    spread: float
    vibrato: float
    vibrato_hz: float
    glide: float
    breath: float
    talk: bool
    rough: float
    tone: Floats


def spoken(language: str, voice: str, dice: np.random.Generator) -> Spoken | None:
    """One made-up line; None where espeak-ng said nothing of use."""
    said = speech.speak(
        line(language, dice),
        language=f"{language}+{voice}",
        rate=int(dice.integers(105, 190)),
        pitch=int(dice.integers(20, 80)),
        swing=int(dice.integers(10, 70)),
        gap=int(dice.integers(0, 3)),
    )
    count = int(len(said.samples) * HERTZ / speech.RATE)
    if count < HERTZ // 2:
        return None
    at = np.arange(count) * (speech.RATE / HERTZ)
    sound = np.interp(at, np.arange(len(said.samples)), said.samples)
    rough, times = pyworld.dio(sound, HERTZ, frame_period=STEP * 1000)
    f0 = pyworld.stonemask(sound, rough, times, HERTZ)
    envelope = np.log(pyworld.cheaptrick(sound, f0, times, HERTZ) + 1e-12).astype(np.float32)
    breath = pyworld.d4c(sound, f0, times, HERTZ).astype(np.float32)
    starts = [word.start_ms for word in said.words][1:]
    sounds = []
    for index, one in enumerate(said.phonemes):
        first, last = round(one.start_ms / 5), min(round(one.end_ms / 5), len(f0))
        following = said.phonemes[index + 1].start_ms if index + 1 < len(said.phonemes) else 10**9
        ends = following == 10**9 or any(one.start_ms < start <= following for start in starts)
        parts = _parts(sounds_of(one.name), first, last)
        sounds += [(*part, ends and part is parts[-1]) for part in parts]
    return Spoken(tuple(sounds), f0, envelope, breath) if len(sounds) > 4 else None


def _parts(classes: tuple[int, ...], first: int, end: int) -> list[tuple[int, int, int]]:
    """A phoneme's sounds in a row, (class, first frame, end): the last has what its glides leave of it."""
    parts = []
    for glide in classes[:-1]:
        after = first + min(_LONGEST_GLIDE, (end - first) // 3)
        parts.append((glide, first, after))
        first = after
    parts += [(sound, first, end) for sound in classes[-1:]]
    return [part for part in parts if part[1] < part[2]]


def singer(dice: np.random.Generator, voice: str) -> Singer:
    """A way of singing for one of espeak-ng's throats."""
    talk = bool(dice.random() < 0.18)
    female = voice.startswith("f") or voice in {
        "Alicia",
        "Andrea",
        "Annie",
        "anika",
        "belinda",
        "linda",
        "steph",
        "aunty",
    }
    low = float(dice.uniform(150, 330) if female or dice.random() < 0.3 else dice.uniform(80, 200))
    bins = np.linspace(0, 8, 513)
    tone = sum(dice.normal(0, 0.5) * np.cos(np.pi * k * np.log1p(bins) / np.log(9)) for k in range(1, 7))
    tone = tone + dice.uniform(0, 1.2) * np.exp(-0.5 * ((bins - dice.uniform(2.6, 3.4)) / 0.5) ** 2)
    tone = tone + dice.uniform(-0.15, 0.35) * bins
    return Singer(
        formants=float(dice.uniform(0.9, 1.25) if low > 200 else dice.uniform(0.8, 1.12)),
        low=low,
        high=low * 2 ** float(dice.uniform(0.5, 1.5)),
        vowel=float(dice.uniform(0.08, 0.14) if talk else np.exp(dice.normal(np.log(0.21), 0.35))),
        spread=float(dice.uniform(0.2, 0.4) if talk else dice.uniform(0.35, 0.7)),
        vibrato=0.0 if dice.random() < 0.4 else float(dice.uniform(0.1, 0.7)),
        vibrato_hz=float(dice.uniform(4.5, 6.8)),
        glide=float(dice.uniform(0.03, 0.12)),
        breath=float(dice.choice([0, dice.uniform(0, 0.35), dice.uniform(0.3, 0.9)], p=[0.5, 0.4, 0.1])),
        talk=talk,
        rough=float(dice.uniform(0.3, 2.5)) if dice.random() < 0.15 else 0.0,
        tone=tone.astype(np.float32),
    )


def sing(
    what: Spoken, who: Singer, scale: NDArray[np.float64], dice: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """The line sung: `(notes, labels, source)` on WORLD's frames, for `voice` to sound.

    `notes` are pitches in Hz, `labels` the class of each frame, `source` the frame of `what` it shows
    (−1: a rest).
    """
    source: list[NDArray[np.float64]] = []
    labels: list[NDArray[np.int64]] = []
    notes: list[NDArray[np.float64]] = []
    pitch = int(dice.integers(len(scale) // 4, max(len(scale) * 3 // 4, len(scale) // 4 + 1)))
    last_vowel = max((i for i, s in enumerate(what.sounds) if s[0] in VOWELS), default=-1)
    for index, (label, first, last, ends) in enumerate(what.sounds):
        natural = (last - first) * STEP
        if label in VOWELS:
            length = who.vowel * np.exp(dice.normal(0, who.spread))
            if ends and not who.talk:
                length *= dice.choice([1, 1, 1.5, 2.2])
            if index == last_vowel:
                length *= dice.uniform(1, 3.5)
            length = float(np.clip(length, 0.06, 2.2))
            pitch = int(
                np.clip(pitch + dice.choice([-3, -2, -1, -1, 0, 0, 0, 1, 1, 2, 3]), 0, len(scale) - 1)
            )
        else:
            length = natural * dice.uniform(0.65, 1.25)
            if label in _VOICED and dice.random() < 0.1:
                length *= dice.uniform(1.3, 2.5)
            length = float(np.clip(length, 0.025, 0.4))
        count = max(int(length / STEP), 3)
        source.append(_stretched(first, last, count))
        labels.append(np.full(count, label))
        notes.append(np.full(count, scale[pitch]))
        if ends and dice.random() < (0.12 if not who.talk else 0.06):
            rest = int(dice.uniform(0.08, 0.5) / STEP)
            source.append(np.full(rest, -1.0))
            labels.append(np.full(rest, NOBODY))
            notes.append(np.full(rest, scale[pitch]))
    return np.concatenate(notes), np.concatenate(labels), np.concatenate(source)


def _stretched(first: int, last: int, count: int) -> NDArray[np.float64]:
    """Source frames for `count` frames: the edges at their own pace, the middle drawn out."""
    natural = last - first
    edge = min(natural // 3, 8, count // 3)
    return np.interp(
        np.arange(count),
        [0, edge, max(count - 1 - edge, edge + 1), count],
        [first, first + edge, last - 1 - edge, last - 1],
    )


def melody(notes: NDArray[np.float64], who: Singer, dice: np.random.Generator) -> NDArray[np.float64]:
    """Stepwise notes made human: glides, vibrato that grows, a little drift."""
    width = max(int(who.glide / STEP), 1)
    log = np.log2(np.maximum(notes, 30))
    padded = np.pad(log, (width // 2, width - 1 - width // 2), mode="edge")
    log = np.convolve(padded, np.hanning(width + 2)[1:-1] / np.hanning(width + 2)[1:-1].sum(), "valid")
    since = _since_change(notes) * STEP
    growth = np.clip((since - 0.15) / 0.3, 0, 1)
    at = np.arange(len(notes)) * STEP
    wave = np.sin(2 * np.pi * who.vibrato_hz * at + dice.uniform(0, 6)) * growth * who.vibrato / 12
    drift = (
        np.convolve(dice.normal(0, 1, len(notes) + 40), np.ones(41) / 41, "valid")[: len(notes)] * 0.12 / 12
    )
    scoop = np.exp(-since / 0.05) * (-dice.uniform(0, 1.5) / 12)
    if who.rough:
        drift = drift + dice.normal(0, who.rough, len(notes)) / 12
    if who.talk:
        slope = (
            np.convolve(dice.normal(0, 1, len(notes) + 100), np.ones(101) / 101, "valid")[: len(notes)] * 2.0
        )
        log = log * 0.5 + log.mean() * 0.5 + slope
    f0: NDArray[np.float64] = 2 ** (log + wave + drift + scoop)
    return f0


def _since_change(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Frames since the value last changed."""
    change = np.flatnonzero(np.r_[True, np.diff(values) != 0])
    return np.arange(len(values)) - np.repeat(change, np.diff(np.r_[change, len(values)]))


def voice(
    what: Spoken,
    who: Singer,
    notes: NDArray[np.float64],
    labels: NDArray[np.int64],
    source: NDArray[np.float64],
    dice: np.random.Generator,
) -> Floats:
    """The sound of a sung line."""
    silent = source < 0
    index = np.clip(np.round(np.where(silent, 0, source)).astype(int), 0, len(what.f0) - 1)
    sounding = np.isin(labels, list(_VOICED)) | (what.f0[index] > 0)
    f0 = np.where(sounding & ~silent, np.clip(melody(notes, who, dice), 60, 900), 0.0)
    bins = np.clip(np.arange(513) / who.formants, 0, 512)
    left = np.minimum(bins.astype(int), 511)
    part = (bins - left).astype(np.float32)
    envelope = what.envelope[index]
    envelope = envelope[:, left] * (1 - part) + envelope[:, left + 1] * part + who.tone
    envelope[silent] = np.log(1e-12)
    aperiodic = what.breath[index]
    if who.breath:
        aperiodic = np.maximum(aperiodic, who.breath * np.linspace(0.1, 1, 513, dtype=np.float32))
    sound: NDArray[np.float64] = pyworld.synthesize(
        np.ascontiguousarray(f0),
        np.ascontiguousarray(np.exp(envelope), dtype=np.float64),
        np.ascontiguousarray(np.clip(aperiodic, 0.001, 0.999), dtype=np.float64),
        HERTZ,
        STEP * 1000,
    )
    return sound.astype(np.float32)
