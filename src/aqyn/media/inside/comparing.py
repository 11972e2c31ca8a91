"""Whether two recordings are one performance, and by how much the second begins later than the first.

The first is cut into windows. Each is looked for everywhere in the second by how its bands swell and fade
(which neither volume nor equalising nor another codec changes much), and all together choose one shift, to
10 ms. Then each window's own waveform is laid over the second there and says its shift to an eighth of a
millisecond (generalised cross-correlation, Knapp and Carter 1976). One performance is one where they agree.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aqyn.media.channel import report
from aqyn.media.inside.decoding import decode

HERTZ = 8_000
STEP = HERTZ // 100
_FRAME = 512
_BANDS = 12
_LOWEST, _HIGHEST = 100.0, 3_800.0
# How many frames are turned into bands at once: a few MiB.
_BLOCK = 4_096

WINDOW_S = 6.0
MOST_WINDOWS = 300
_SHORTEST_S = 0.5
# A window votes for a shift where it fits there nearly as well as anywhere: choruses are often the same.
_NEARLY = 0.9
# How far the waveforms are moved against each other, and how far two windows may differ and still agree.
_REACH = HERTZ * 40 // 1000
AGREE_S = 0.015
# A sum that stands this much of itself above all others is clear.
_CLEAR = 0.08
_APART = 25
# How many steps beside the shift still count as there.
_BESIDE = 2
# Less of a window's own usual swelling than this is silence.
_FAINT = 1e-3
_EDGE = 8

Sound = NDArray[np.float32]
Bands = NDArray[np.float32]


def compare(old: str, new: str, *, max_seconds: float) -> dict[str, Any]:
    """The fields of `aqyn.media.Comparison`."""
    first = decode(Path(old), sample_rate=HERTZ, max_seconds=max_seconds)
    report(0.35)
    second = decode(Path(new), sample_rate=HERTZ, max_seconds=max_seconds)
    report(0.7)
    return laid_over(first, second)


def laid_over(first: Sound, second: Sound) -> dict[str, Any]:
    """`shift_ms` (added to a time in the first it is that in the second), `sure` in percent, and of how many
    `windows` how many are `agreeing`. Both at 8 kHz."""
    starts, size = _windows(len(first), len(second))
    bands, search = _swelling(first), _Search(_swelling(second))
    report(0.8)
    # Where each window lies best, and how well; silence says nothing and is left out.
    best: dict[int, tuple[int, float]] = {}
    total = np.zeros(len(bands) + search.length)
    for start in starts:
        curve = search.curve(bands[start : start + size])
        if curve is not None:
            best[start] = int(curve.argmax()), float(curve.max())
            total[len(bands) - start : len(bands) - start + len(curve)] += curve
        report(0.8 + 0.18 * start / len(bands))
    if not best:
        return {"shift_ms": 0, "sure": 0, "windows": 0, "agreeing": 0}
    top, clear = _highest(total)
    shift = top - len(bands)
    votes: list[int] = []
    alike: list[float] = []
    elsewhere: list[tuple[int, float]] = []
    windows = 0
    for start, (place, most) in best.items():
        here = search.near(bands[start : start + size], start + shift)
        windows += here is not None
        if here is not None and here >= _NEARLY * most:
            alike.append(here)
            fine = _finely(first, second, start * STEP, (start + shift) * STEP, size * STEP)
            votes.append(shift * STEP + fine)
        else:
            elsewhere.append((place - start, most))
    middle = float(np.median(votes)) if votes else float(shift * STEP)
    agreeing = sum(abs(vote - middle) <= AGREE_S * HERTZ for vote in votes)
    # What would lie outside of the second, cut off or faded away, speaks against it only where it is more
    # than half of the first.
    share = agreeing / windows * min(1.0, 2.0 * windows / len(best)) if windows else 0.0
    # Two, one after the other, that lie as well at one other shift: something was cut out or put in between.
    well = _NEARLY * float(np.median(alike)) if alike else 0.0
    pairs = pairwise(elsewhere)
    if any(min(a, b) >= well and abs(one - other) <= 2 for (one, a), (other, b) in pairs):
        share *= 0.5
    return {
        "shift_ms": round(middle * 1000 / HERTZ),
        "sure": round(100 * share * clear),
        "windows": windows,
        "agreeing": agreeing,
    }


def _windows(first: int, second: int) -> tuple[list[int], int]:
    """Where each window begins, in steps, and how long each is."""
    length = max(1, first // STEP)
    size = int(min(WINDOW_S * 100, length // 2, second // STEP // 2))
    size = max(size, int(min(_SHORTEST_S * 100, length, second // STEP)), 1)
    count = min(MOST_WINDOWS, max(2, -(-2 * length // size)))
    last = max(0, length - size)
    return sorted({int(start) for start in np.linspace(0, last, count)}), size


def _swelling(sound: Sound) -> Bands:
    """How much louder each band grows at each hundredth of a second, in its own usual measure: (bands, steps)
    turned to (steps, bands)."""
    steps = max(1, len(sound) // STEP)
    padded = np.concatenate([np.zeros(_FRAME // 2, np.float32), sound, np.zeros(_FRAME, np.float32)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::STEP][:steps]
    edges = np.geomspace(_LOWEST, _HIGHEST, _BANDS + 1) * _FRAME / HERTZ
    cuts = np.unique(np.rint(edges).astype(int))
    shape = np.hanning(_FRAME).astype(np.float32)
    power = np.empty((steps, len(cuts) - 1), np.float32)
    for at in range(0, steps, _BLOCK):
        spectrum = np.abs(np.fft.rfft(frames[at : at + _BLOCK] * shape, axis=1)) ** 2
        power[at : at + _BLOCK] = np.add.reduceat(spectrum[:, : cuts[-1]], cuts[:-1], axis=1)
    loudness = np.log(power + 1e-4 * power.mean(axis=0) + 1e-9)
    swelling = np.zeros_like(loudness)
    # That a file begins and ends is no event of the song.
    swelling[_EDGE:-_EDGE] = (loudness[4:] - loudness[:-4])[_EDGE - 2 : 2 - _EDGE]
    usual = swelling.std(axis=0)
    found: Bands = (swelling - swelling.mean(axis=0)) / np.where(usual > 1e-6, usual, 1.0).astype(np.float32)
    return found


class _Search:
    """Looks for windows in one recording's bands. `length`: how many steps it has."""

    def __init__(self, bands: Bands) -> None:
        self.length = len(bands)
        self._bands = bands
        self._size = 1 << (len(bands) + int(WINDOW_S * 100) + 8).bit_length()
        self._spectra = np.fft.rfft(bands, self._size, axis=0)
        self._energy = np.concatenate(([0.0], np.cumsum(np.square(bands, dtype=np.float64).sum(axis=1))))

    def curve(self, window: Bands) -> NDArray[np.float64] | None:
        """How alike the window is to what begins at each step, -1 to 1; None where it holds nothing."""
        own = float(np.square(window, dtype=np.float64).sum())
        places = self.length - len(window) + 1
        if own < _FAINT * window.size or places < 1:
            return None
        product = (self._spectra * np.conj(np.fft.rfft(window, self._size, axis=0))).sum(axis=1)
        alike = np.fft.irfft(product, self._size)[:places]
        theirs = self._energy[len(window) :] - self._energy[: -len(window)]
        found: NDArray[np.float64] = alike / np.sqrt(own * np.maximum(theirs, _FAINT * window.size))
        return found

    def near(self, window: Bands, place: int) -> float | None:
        """The same at `place`, or a step or two beside it; None where the window would lie outside."""
        last = self.length - len(window)
        if not -_BESIDE <= place <= last + _BESIDE:
            return None
        own = float(np.square(window, dtype=np.float64).sum())
        found = -1.0
        for at in range(max(0, place - _BESIDE), min(last, place + _BESIDE) + 1):
            theirs = self._energy[at + len(window)] - self._energy[at]
            product = float(np.vdot(window, self._bands[at : at + len(window)]))
            found = max(found, product / np.sqrt(own * max(theirs, _FAINT * window.size)))
        return found


def _highest(total: NDArray[np.float64]) -> tuple[int, float]:
    """Where the sum of all windows is highest, and how clearly that stands out, 0 to 1."""
    top = int(total.argmax())
    peak = float(total[top])
    others = np.concatenate((total[: max(0, top - _APART)], total[top + _APART + 1 :]))
    rest = max(0.0, float(others.max(initial=0.0)))
    return top, min(1.0, max(0.0, (peak - rest) / (_CLEAR * peak))) if peak > 0 else 0.0


def _finely(first: Sound, second: Sound, here: int, there: int, size: int) -> int:
    """How many samples further than `there` the window of the first that begins at `here` lies."""
    window = first[here : here + size]
    begin = there - _REACH
    other = np.zeros(size + 2 * _REACH, np.float32)
    cut = second[max(0, begin) : there + size + _REACH]
    other[max(0, -begin) : max(0, -begin) + len(cut)] = cut
    length = 1 << (len(other) + len(window)).bit_length()
    product = np.fft.rfft(other, length) * np.conj(np.fft.rfft(window, length))
    weight = np.abs(product)
    # Whitened, or a bass note would draw one broad hill; not wholly, or hiss would have as much say as song.
    whitened = product / np.maximum(weight, 1e-9 * max(weight.max(), 1e-9)) ** 0.8
    alike = np.abs(np.fft.irfft(whitened, length)[: 2 * _REACH + 1])
    return int(alike.argmax()) - _REACH
