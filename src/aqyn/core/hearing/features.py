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
    """Power in each band, (frames, 40): `whole`, of the middle with all that plays there too; `shared`, of
    what left and right have in common. `loudness`: (frames,), dB of the shared in the range of voices."""

    whole: Floats
    shared: Floats
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
    whole, shared = np.empty((count, BANDS), np.float32), np.empty((count, BANDS), np.float32)
    loudness = np.empty(count, np.float32)
    for at in range(0, count, _BLOCK):
        # A frame more on each side, for the mean over neighbours.
        begin, end = max(0, at - 1), min(count, at + _BLOCK + 1)
        power, share = _middle(frames[begin:end], wide)
        inside = slice(at - begin, at - begin + min(_BLOCK, count - at))
        upto = at + inside.stop - inside.start
        common = power[inside] * share[inside]
        whole[at:upto], shared[at:upto] = power[inside] @ _BANK, common @ _BANK
        loudness[at:upto] = 10 * np.log10(common[:, _VOICED].sum(axis=1) + 1e-8)
    return Ear(whole, shared, loudness)


def _middle(frames: Floats, wide: bool) -> tuple[Floats, Floats]:
    """Power in the middle, and how much of it left and right share: (frames, frequencies) both."""
    left = np.fft.rfft(frames[:, 0] * _SHAPE, axis=1)
    if not wide:
        power = (left.real**2 + left.imag**2).astype(np.float32)
        return power, np.ones_like(power)
    right = np.fft.rfft(frames[:, 1] * _SHAPE, axis=1)
    common = 2 * (left * right.conj()).real
    either = left.real**2 + left.imag**2 + right.real**2 + right.imag**2 + 1e-9
    share = np.clip(_mean_around(common) / _mean_around(either), 0, 1) ** _SHARP
    both: NDArray[np.complex128] = (left + right) / 2
    return (both.real**2 + both.imag**2).astype(np.float32), share.astype(np.float32)


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


def cepstra(ear: Ear) -> Floats:
    """(frames, 26): 13 cepstra of what is shared at each frame, and twice how they change."""
    floor = np.float32(1e-7 * max(float(ear.shared.max(initial=0.0)), 1e-3) + 1e-8)
    still = np.log(ear.shared + floor) @ _COSINES
    moving = np.gradient(box(still, 3), axis=0) if len(still) > 1 else np.zeros_like(still)
    both: Floats = np.concatenate([still, 2 * moving], axis=1).astype(np.float32)
    return both


def sung_share(loudness: Floats) -> NDArray[np.float64]:
    """How much each frame counts when a song's usual sound is measured: the louder half does."""
    steady = box(loudness, 7)
    return (steady > np.quantile(steady, 0.5)).astype(np.float64) + 1e-6


def evened(values: Floats, share: NDArray[np.float64]) -> Floats:
    """Each column with the mean 0 and the deviation 1 over the frames that count."""
    whole = share.sum()
    mean = (values * share[:, None]).sum(axis=0) / whole
    deviation = np.sqrt(((values - mean) ** 2 * share[:, None]).sum(axis=0) / whole) + 1e-3
    even: Floats = ((values - mean) / deviation).astype(np.float32)
    return even


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
