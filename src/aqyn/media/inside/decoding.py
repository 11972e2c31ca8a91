"""A recording as one array of numbers, for whatever listens to it inside a child process."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aqyn.media.inside.chain import Step, through
from aqyn.media.inside.reading import SECONDS, Recording


def decode(
    path: Path, *, sample_rate: int, mono: bool = True, max_seconds: float = SECONDS
) -> NDArray[np.float32]:
    """The sound as float32, full scale 1: (samples,) if `mono`, else (samples, 2).

    Mono is the mean of left and right. Raises `Recording`'s errors.
    """
    with Recording(path, max_seconds=max_seconds) as recording:
        down: list[Step] = [("pan", "mono|c0=0.5*c0+0.5*c1")] if mono else []
        ends = [[*down, ("aformat", "sample_fmts=flt")]]
        parts = [out.to_ndarray().reshape(-1) for _, out in through(recording, ends, hertz=sample_rate)]
    sound: NDArray[np.float32] = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return sound if mono else sound.reshape(-1, 2)
