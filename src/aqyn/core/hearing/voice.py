"""How each class of sound sounds in a voice: one Gaussian with its own deviation in each cepstrum.

What is known of a voice is kept as sums, so that knowledge is added by adding, and forgotten by leaving out.
A voice is bent towards a song by maximum a posteriori (Gauvain and Lee 1994).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.sounds import SOUNDS

SIZE = 26
CLASSES = len(SOUNDS)
# As many frames are needed before a song's own sound counts as much as what was known before.
_TAU = 60.0
_LEAST_VARIANCE = 0.05
# Fewer frames say nothing of a sound.
_FEWEST = 3

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sums:
    """Of each class: how many frames (21,), the sum of their cepstra (21, 26) and of their squares."""

    frames: Doubles
    first: Doubles
    second: Doubles

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.frames + other.frames, self.first + other.first, self.second + other.second)

    def as_json(self) -> dict[str, Any]:
        """For `of_json`, to be kept: a few KB."""
        return {
            "frames": self.frames.tolist(),
            "first": self.first.round(3).tolist(),
            "second": self.second.round(3).tolist(),
        }

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Sums:
        return cls(*(np.array(told[name], np.float64) for name in ("frames", "first", "second")))


@dataclass(frozen=True, slots=True)
class Voice:
    """Mean and variance of each class: (classes, 26) both."""

    mean: Doubles
    variance: Doubles


NOTHING = Sums(np.zeros(CLASSES), np.zeros((CLASSES, SIZE)), np.zeros((CLASSES, SIZE)))


def sums_of(cepstra: NDArray[np.float32], labels: NDArray[np.intp]) -> Sums:
    """What frames say of the classes they were labelled with; those labelled below 0 say nothing."""
    said = labels >= 0
    which, values = labels[said], cepstra[said].astype(np.float64)
    first, second = np.zeros((CLASSES, SIZE)), np.zeros((CLASSES, SIZE))
    np.add.at(first, which, values)
    np.add.at(second, which, values**2)
    return Sums(np.bincount(which, minlength=CLASSES).astype(np.float64), first, second)


def voice_of(sums: Sums) -> Voice:
    """The voice that was summed; a class that was hardly met is like any sound."""
    met = sums.frames >= 10
    frames = np.maximum(sums.frames, 1)[:, None]
    mean = np.where(met[:, None], sums.first / frames, 0.0)
    variance = np.where(met[:, None], np.maximum(sums.second / frames - mean**2, 0) + 0.1, 1.5)
    return Voice(mean, variance)


def bent(voice: Voice, sums: Sums) -> Voice:
    """The voice, nearer to what a song says of it the more the song says."""
    frames = np.where(sums.frames >= _FEWEST, sums.frames, 0)[:, None]
    mean = (sums.first + _TAU * voice.mean) / (np.maximum(sums.frames, 0)[:, None] + _TAU)
    mean = np.where(frames > 0, mean, voice.mean)
    # Squared deviations from the new mean, without going through the frames again.
    around = sums.second - 2 * mean * sums.first + sums.frames[:, None] * mean**2
    variance = (around + _TAU * (voice.variance + (voice.mean - mean) ** 2)) / (sums.frames[:, None] + _TAU)
    return Voice(mean, np.where(frames > 0, np.maximum(variance, 0) + _LEAST_VARIANCE, voice.variance))


def likelihoods(cepstra: NDArray[np.float32], mean: Doubles, variance: Doubles) -> NDArray[np.float32]:
    """Log-likelihood of each frame under each Gaussian, less a constant: (frames, Gaussians)."""
    inverse = 1 / variance
    constant = (mean**2 * inverse + np.log(variance)).sum(axis=1)
    told: NDArray[np.float32] = (
        -0.5 * ((cepstra**2) @ inverse.T - 2 * cepstra @ (mean * inverse).T + constant)
    ).astype(np.float32)
    return told


def average(told: NDArray[np.float32]) -> NDArray[np.float32]:
    """The log of the mean likelihood over the classes, at each frame."""
    most = told.max(axis=1)
    mean: NDArray[np.float32] = most + np.log(np.exp(told - most[:, None]).mean(axis=1))
    return mean
