"""A small network that tells, fifty times a second, which broad class of sound is sung, or that nobody sings.

A temporal convolution network (Bai, Kolter and Koltun 2018): log-mels in, dilated convolutions over somewhat
more than a second, log-probabilities out. Its weights come from sound that is made (`tools/hearing`): words
that espeak-ng says, sung by WORLD, over a band of sines, saws and noise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.features import Ear

Floats = NDArray[np.float32]

# What lies deeper under a band's mean is not told apart.
_FLOOR = 3e-4
_NARROW = 0.5


@dataclass(frozen=True, slots=True)
class Layer:
    """`weights`: (taps, inputs, outputs), `taps` of them `dilation` frames apart; `bias`: (outputs,)."""

    weights: Floats
    bias: Floats
    dilation: int


@dataclass(frozen=True, slots=True)
class Network:
    """`prior`: how often each class was met in the sound that it learnt from, as logarithms."""

    layers: tuple[Layer, ...]
    prior: Floats

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, Any]) -> Network:
        """From `w0`, `b0`, `w1` …, `dilations` and `prior`, in any floating type."""
        layers = tuple(
            Layer(
                arrays[f"w{number}"].astype(np.float32),
                arrays[f"b{number}"].astype(np.float32),
                int(dilation),
            )
            for number, dilation in enumerate(arrays["dilations"])
        )
        return cls(layers, arrays["prior"].astype(np.float32))

    def told(self, ear: Ear) -> Floats:
        """How much likelier each sound, and nobody, is at each frame than it is anywhere: (frames, 23),
        logarithms."""
        values = np.maximum(_convolved(seen(ear), self.layers[0]), 0)
        for layer in self.layers[1:-1]:
            values += np.maximum(_convolved(values, layer), 0)
        values = _convolved(values, self.layers[-1])
        values -= values.max(axis=1, keepdims=True)
        values -= np.log(np.exp(values).sum(axis=1, keepdims=True))
        values -= self.prior
        return values


def seen(ear: Ear) -> Floats:
    """What the network is shown, and what it learns from, (frames, 80): logarithms of each band in the middle
    with all that plays there, then of what left and right share. Each band's mean over the recording is taken
    away, so that neither volume nor equaliser matters."""
    mean = ear.whole.mean(axis=0) + np.float32(1e-9)
    both = np.log(np.concatenate([ear.whole / mean, ear.shared / mean], axis=1) + np.float32(_FLOOR))
    shown: Floats = ((both - both.mean(axis=0)) * np.float32(_NARROW)).astype(np.float32)
    return shown


def _convolved(values: Floats, layer: Layer) -> Floats:
    """One product for each tap; beyond the ends is nothing."""
    frames, taps = len(values), len(layer.weights)
    out = np.tile(layer.bias, (frames, 1))
    for tap, weights in enumerate(layer.weights):
        shift = (tap - taps // 2) * layer.dilation
        if abs(shift) < frames:
            begin, end = max(0, -shift), frames - max(0, shift)
            out[begin:end] += values[begin + shift : end + shift] @ weights
    return out
