"""A recording as one array of numbers, for whatever listens to it inside a child process."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aqyn.media.inside.chain import Chain, Step, to_stereo
from aqyn.media.inside.reading import SECONDS, Recording


def decode(
    path: Path, *, sample_rate: int, mono: bool = True, max_seconds: float = SECONDS
) -> NDArray[np.float32]:
    """The sound as float32, full scale 1: (samples,) if `mono`, else (samples, 2).

    Mono is the mean of left and right. Raises `Recording`'s errors.
    """
    with Recording(path, max_seconds=max_seconds) as recording:
        steps: list[Step] = list(to_stereo(recording.channels, hertz=sample_rate))
        if mono:
            steps.append(("pan", "mono|c0=0.5*c0+0.5*c1"))
        chain = Chain(recording.stream, steps, [[("aformat", "sample_fmts=flt")]])
        parts = [
            out.to_ndarray().reshape(-1)
            for frame in itertools.chain(recording.frames(), [None])
            for _, out in chain.push(frame)
        ]
    sound: NDArray[np.float32] = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return sound if mono else sound.reshape(-1, 2)
