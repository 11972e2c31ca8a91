"""Loudness by EBU R128, true peak, and the outline that becomes a waveform."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from aqyn.media.channel import report
from aqyn.media.errors import Damaged, Silent, TooShort
from aqyn.media.inside.beside import Beside
from aqyn.media.inside.chain import HERTZ, Graph, through
from aqyn.media.inside.reading import Recording

# ITU-R BS.1770 measures in blocks of 400 ms: less than one has no loudness.
MIN_SECONDS = 0.4
# BS.1770-4's absolute gate; nothing was above it if this comes back.
GATE_LUFS = -70.0
# Four times over, as BS.1770 annex 2 has it.
_OVERSAMPLED = 4 * HERTZ
_STEP = HERTZ // 100
_FAINTEST = 1e-12


@dataclass(frozen=True, slots=True)
class Measure:
    """`energy`: mean square of each 10 ms of 48 kHz stereo, float64, (steps,); `samples` at 48 kHz."""

    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float
    energy: NDArray[np.float64]
    samples: int
    seconds: float


def measure(path: Path, *, max_seconds: float, share: float = 1.0) -> Measure:
    """EBU R128 integrated loudness and range, and true peak, of the 48 kHz stereo the encoders get.

    `share`: how much of the whole work this is, for the progress. Raises `Recording`'s errors,
    TooShort, Silent, and Damaged for values that are no numbers.
    """
    samples = 0
    last: dict[str, str] = {}
    squares: list[NDArray[np.float64]] = []
    oversampled = _Oversampled()
    with Recording(path, max_seconds=max_seconds) as recording, Beside(oversampled.hear) as beside:
        for branch, out in through(recording, [[("ebur128", "metadata=1")], []]):
            if branch:
                beside.put(out)
            else:
                last = out.metadata or last
                samples += out.samples
                values: NDArray[Any] = out.to_ndarray()
                squares.append(_mean_squares(values.reshape(-1)))
            report(share * recording.fraction)
        seconds = recording.seconds
    peak = oversampled.peak()
    energy = np.concatenate(squares) if squares else np.zeros(0)
    if not (math.isfinite(peak) and np.isfinite(energy).all()):
        raise Damaged("The recording holds values that are not sound.")
    if seconds < MIN_SECONDS:
        raise TooShort(seconds=seconds, min_seconds=MIN_SECONDS)
    integrated = float(last["lavfi.r128.I"])
    if integrated <= GATE_LUFS:
        raise Silent
    return Measure(
        integrated_lufs=integrated,
        range_lu=float(last["lavfi.r128.LRA"]),
        true_peak_dbtp=20 * math.log10(max(peak, _FAINTEST)),
        energy=energy,
        samples=samples,
        seconds=seconds,
    )


class _Oversampled:
    """The true peak, from samples four times as dense. ebur128's own has three decimals, too few for a quiet
    recording."""

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._most = 0.0

    def hear(self, frame: AudioFrame | None) -> None:
        """The next frame of 48 kHz stereo; None says that the sound is over."""
        if self._graph is None:
            if frame is None:
                return
            steps = [("aresample", f"{_OVERSAMPLED}"), ("aformat", "sample_fmts=flt")]
            self._graph = Graph(frame, steps, [[]])
        self._graph.push(frame)
        for _, out in self._graph.pull():
            values: NDArray[Any] = out.to_ndarray()
            # NaN stays, and is seen at the end.
            self._most = float(np.maximum(self._most, max(values.max(), -values.min())))

    def peak(self) -> float:
        """The largest of all samples, full scale being 1, once the last frame was heard."""
        self.hear(None)
        return self._most


def outline(energy: NDArray[np.float64], samples: int, steps: int = 400) -> tuple[int, ...]:
    """How loud each of `steps` equal parts sounds, 0 to 99, the loudest being 99.

    `energy` is mean square per 10 ms, the last one shorter. Loudness grows as the 0.6th power of sound
    pressure (Stevens 1955), so half as high looks half as loud: what the ear says, not the voltmeter.
    """
    # Energy up to any moment, so that parts need not begin on a 10 ms step.
    edges = np.minimum(np.arange(len(energy) + 1) * _STEP, samples)
    total = np.concatenate(([0.0], np.cumsum(energy * np.diff(edges))))
    cuts = np.linspace(0, samples, steps + 1)
    mean = np.diff(np.interp(cuts, edges, total)) / (samples / steps)
    loudness = np.sqrt(np.maximum(mean, 0.0)) ** 0.6
    most = loudness.max()
    if not most > 0:
        return (0,) * steps
    return tuple(int(value) for value in np.rint(99 * loudness / most))


def levels(energy: NDArray[np.float64]) -> bytes:
    """How loud each hundredth of a second sounds, one byte each, the loudest being 255; as in `outline`."""
    loudness = np.sqrt(energy) ** 0.6
    most = loudness.max(initial=0.0)
    share = loudness / most if most > 0 else loudness
    return bytes(np.rint(255 * share).astype(np.uint8))


def _mean_squares(interleaved: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean square of each 10 ms of interleaved stereo; the last may be shorter."""
    squares = np.square(interleaved)
    starts = np.arange(0, len(squares), 2 * _STEP)
    lengths = np.diff(np.append(starts, len(squares)))
    sums: NDArray[np.float64] = np.add.reduceat(squares, starts)
    return sums / lengths
