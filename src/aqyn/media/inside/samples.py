"""Frames as numbers: floats whose full scale is 1."""

from __future__ import annotations

from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

# What full scale is in each of FFmpeg's integer formats.
_FULL = {"u8": 128.0, "s16": 32768.0, "s32": 2147483648.0, "s64": 9223372036854775808.0}


def peak_of(frame: AudioFrame) -> float:
    """The largest sample of a frame, full scale being 1; NaN where any sample is."""
    values: NDArray[Any] = frame.to_ndarray()
    if not values.size:
        return 0.0
    kind = frame.format.name.removesuffix("p")
    if kind == "u8":
        return float(np.abs(values.astype(np.int16) - 128).max()) / _FULL[kind]
    high, low = float(values.max()), float(values.min())
    return float(np.maximum(high, -low)) / _FULL.get(kind, 1.0)
