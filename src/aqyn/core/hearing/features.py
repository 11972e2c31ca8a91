"""What is heard of a sound: 50 times a second, how loud each of 40 bands is of what stands in the middle.

A singer is mixed to the middle. Left and right are laid over each other in each frequency, and what they do
not share is taken away (after Avendano and Jot 2004); the bands are mel bands (Stevens and Volkmann 1940),
their cepstra (Davis and Mermelstein 1980) tell sounds of speech apart whatever the pitch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HERTZ = 16_000
HOP = 320
HOP_S = HOP / HERTZ
BANDS = 40
_WINDOW = 512
_LOWEST, _HIGHEST = 80.0, 7_600.0
_CEPSTRA = 13
# How sharply what is not in the middle is taken away.
_SHARP = 8
# How many frames are looked at together: a few MiB.
_BLOCK = 4_096

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ear:
    """`bands`: (frames, 40), natural logarithms of power; `loudness`: (frames,), dB of the band of voices."""

    bands: Floats
    loudness: Floats

    def __len__(self) -> int:
        return len(self.loudness)


def listen(sound: Floats) -> Ear:
    """What is heard of a sound at 16 kHz: (samples,), or (samples, 2) where left and right may differ."""
    pair = sound if sound.ndim == 2 else np.stack([sound, sound], axis=1)
    wide = bool(np.abs(pair[:, 0] - pair[:, 1]).max(initial=0.0) > 1e-4)
    count = max(1, 1 + (len(pair) - _WINDOW) // HOP)
    padded = np.pad(pair, ((0, max(0, _WINDOW - len(pair))), (0, 0)))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW, axis=0)[::HOP][:count]
    power = np.empty((count, BANDS), np.float32)
    loudness = np.empty(count, np.float32)
    for at in range(0, count, _BLOCK):
        # A frame more on each side, for the mean over neighbours.
        begin, end = max(0, at - 1), min(count, at + _BLOCK + 1)
        middle = _middle(frames[begin:end], wide)[at - begin :][: min(_BLOCK, count - at)]
        power[at : at + len(middle)] = middle @ _BANK
        loudness[at : at + len(middle)] = 10 * np.log10(middle[:, _VOICED].sum(axis=1) + 1e-8)
    floor = 1e-7 * max(float(power.max(initial=0.0)), 1e-3) + 1e-8
    return Ear(np.log(power + np.float32(floor)), loudness)


def _middle(frames: Floats, wide: bool) -> Floats:
    """Power of what left and right share: (frames, frequencies)."""
    left = np.fft.rfft(frames[:, 0] * _SHAPE, axis=1)
    if not wide:
        return (left.real**2 + left.imag**2).astype(np.float32)
    right = np.fft.rfft(frames[:, 1] * _SHAPE, axis=1)
    common = 2 * (left * right.conj()).real
    whole = left.real**2 + left.imag**2 + right.real**2 + right.imag**2 + 1e-9
    share = np.clip(_mean_around(common) / _mean_around(whole), 0, 1) ** _SHARP
    both = (left + right) / 2
    middle: Floats = ((both.real**2 + both.imag**2) * share).astype(np.float32)
    return middle


def _mean_around(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return box(box(values, 3, axis=0), 3, axis=1)


def box(values: NDArray[np.floating], width: int, axis: int = 0) -> NDArray[np.float64]:
    """The running mean over `width` (odd) neighbours; the edges go on as they are."""
    reach = width // 2
    around = [(0, 0)] * values.ndim
    around[axis] = (reach + 1, reach)
    sums = np.cumsum(np.pad(values, around, mode="edge"), axis=axis, dtype=np.float64)
    upper = np.take(sums, range(width, sums.shape[axis]), axis=axis)
    lower = np.take(sums, range(sums.shape[axis] - width), axis=axis)
    means: NDArray[np.float64] = (upper - lower) / width
    return means


def cepstra(bands: Floats) -> Floats:
    """(frames, 26): 13 cepstra of each frame, and twice how they change."""
    still = bands @ _COSINES
    moving = np.gradient(box(still, 3), axis=0) if len(still) > 1 else np.zeros_like(still)
    both: Floats = np.concatenate([still, 2 * moving], axis=1).astype(np.float32)
    return both


def sung_share(loudness: Floats) -> NDArray[np.float64]:
    """How much each frame counts when a song's usual sound is measured: the louder half does."""
    steady = box(loudness, 7)
    return (steady > np.quantile(steady, 0.5)).astype(np.float64) + 1e-6


def standing_out(loudness: Floats) -> NDArray[np.float64]:
    """How much louder than usual the middle is at each frame: about -1 where nobody sings, about 1 where
    somebody does."""
    steady = box(loudness, 9)
    low, usual, high = np.quantile(steady, (0.1, 0.4, 0.9))
    out: NDArray[np.float64] = (steady - usual) / (high - low + 1e-6)
    return out


def evened(values: Floats, share: NDArray[np.float64]) -> Floats:
    """Each column with the mean 0 and the deviation 1 over the frames that count."""
    whole = share.sum()
    mean = (values * share[:, None]).sum(axis=0) / whole
    deviation = np.sqrt(((values - mean) ** 2 * share[:, None]).sum(axis=0) / whole) + 1e-3
    return ((values - mean) / deviation).astype(np.float32)


def _bank() -> Floats:
    """Triangles over the frequencies, evenly laid in mel: (frequencies, bands)."""
    lowest, highest = (2595 * np.log10(1 + hertz / 700) for hertz in (_LOWEST, _HIGHEST))
    corners = 700 * (10 ** (np.linspace(lowest, highest, BANDS + 2) / 2595) - 1)
    hertz = np.fft.rfftfreq(_WINDOW, 1 / HERTZ)[:, None]
    rising = (hertz - corners[:-2]) / (corners[1:-1] - corners[:-2])
    falling = (corners[2:] - hertz) / (corners[2:] - corners[1:-1])
    bank: Floats = np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)
    return bank


_BANK = _bank()
_SHAPE = np.hanning(_WINDOW).astype(np.float32)
_COSINES = (
    np.cos(np.pi * np.outer(np.arange(BANDS) + 0.5, np.arange(_CEPSTRA)) / BANDS) * np.sqrt(2 / BANDS)
).astype(np.float32)
_VOICED = np.flatnonzero(
    (np.fft.rfftfreq(_WINDOW, 1 / HERTZ) > 200) & (np.fft.rfftfreq(_WINDOW, 1 / HERTZ) < 4_000)
)
