"""The master: how loud a song is, and one gain with a gentle limiter that brings it to one loudness."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aqyn.site.sample.instruments import RATE

LOUDNESS_LUFS = -15.0
PEAK_DBFS = -1.5

STEP = RATE // 10
"""Loudness is counted in tenths of a second …"""
GRAIN = 63
"""… and the limiter sees the highest peak of so many samples; `STEP` holds a whole number of them."""

_FADE_IN, _FADE_OUT = RATE // 100, RATE * 3 // 2
_AT_ONCE = 2 * RATE


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of a stretch of stereo sound: `energy` (K-weighted) of each `STEP`, `peaks` of each
    `GRAIN`, the `total` of each channel's samples."""

    energy: NDArray[np.float64]
    peaks: NDArray[np.float32]
    total: NDArray[np.float64]


def heard(sound: NDArray[np.float32]) -> Heard:
    """What is to be known of (2, samples) at 44,100 Hz; a last part shorter than a step has no energy.

    The K weighting is laid on the spectrum of each step, so it differs from a meter by about 0.1 LU.
    """
    count = sound.shape[1] // STEP
    weight = _k_weighting(np.fft.rfftfreq(STEP, 1 / RATE)).astype(np.float32)
    energy = np.zeros(count)
    for channel in sound:
        spectrum = np.fft.rfft(channel[: count * STEP].reshape(count, STEP), axis=1)
        energy += (spectrum.real**2 + spectrum.imag**2) @ weight * (2 / STEP**2)
    grains = np.pad(np.abs(sound).max(axis=0), (0, -sound.shape[1] % GRAIN)).reshape(-1, GRAIN)
    return Heard(energy, grains.max(axis=1), sound.sum(axis=1, dtype=np.float64))


def joined(stretches: Sequence[Heard]) -> Heard:
    """What is known of stretches that follow one another; all but the last are whole steps long."""
    return Heard(
        np.concatenate([one.energy for one in stretches]),
        np.concatenate([one.peaks for one in stretches]),
        np.sum([one.total for one in stretches], axis=0),
    )


def loudness(energy: NDArray[np.float64]) -> float:
    """Integrated loudness in LUFS from the K-weighted energy of each 100 ms, after ITU-R BS.1770-5."""
    blocks = np.convolve(energy, np.full(4, 0.25), mode="valid")
    audible = blocks[-0.691 + 10 * np.log10(blocks + 1e-12) > -70]
    if not len(audible):
        return -70.0
    relative = 10 * np.log10(audible.mean()) - 10
    kept = audible[10 * np.log10(audible) > relative]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def _k_weighting(f: NDArray[np.floating]) -> NDArray[np.float64]:
    """Power response of BS.1770's two filters (their 48 kHz coefficients, at the same frequencies)."""
    z = np.exp(-2j * np.pi * f / 48_000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(np.abs(shelf * high) ** 2)


def master(mix: Path, samples: int, known: Heard, target: Path) -> None:
    """Write `target`, a 16-bit WAV: about LOUDNESS_LUFS, peaks below PEAK_DBFS, no DC, faded in and out.

    `mix` holds the song's `samples` as float32, left and right in turn; `known` is what was heard in them.
    """
    centre = (known.total / samples).astype(np.float32)
    gain = 10 ** ((LOUDNESS_LUFS - loudness(known.energy)) / 20)
    edges = limited((known.peaks + np.abs(centre).max()) * np.float32(gain)) * np.float32(gain)
    with mix.open("rb") as source, wave.open(str(target), "wb") as out:
        out.setparams((2, 2, RATE, samples, "NONE", ""))
        for start in range(0, samples, _AT_ONCE):
            count = min(_AT_ONCE, samples - start)
            sound = np.fromfile(source, np.float32, 2 * count).reshape(-1, 2) - centre
            sound *= glide(edges[start // GRAIN :], count)[:, None] * np.float32(32767)
            sound *= _fade(start, count, samples)[:, None]
            out.writeframes(np.rint(sound).astype("<i2").tobytes())


def limited(peaks: NDArray[np.float32]) -> NDArray[np.float32]:
    """The gain at every grain's edges (one more than there are `peaks`) that holds peaks below PEAK_DBFS:
    it looks 7 ms ahead and glides."""
    ceiling, reach = 10 ** (PEAK_DBFS / 20), 5
    needed = np.pad(np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9)), 2 * reach + 2, mode="edge")
    # The least over one grain more than the mean: so the ramps at a loud grain's edges are low enough too.
    lowest = np.lib.stride_tricks.sliding_window_view(needed, 2 * reach + 3).min(axis=1)
    smooth = np.lib.stride_tricks.sliding_window_view(lowest, 2 * reach + 1).mean(axis=1)
    # smooth[n + 1] belongs to the middle of grain n; within it the gain runs from edge to edge.
    return np.asarray((smooth[:-1] + smooth[1:]) / 2, np.float32)


def glide(edges: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The gain of `count` samples: it runs evenly from one grain's edge to the next."""
    grains = -(-count // GRAIN)
    begin, end = edges[:grains, None], edges[1 : grains + 1, None]
    ramp = np.arange(GRAIN, dtype=np.float32) / GRAIN
    return np.asarray((begin + (end - begin) * ramp).reshape(-1)[:count], np.float32)


def _fade(start: int, count: int, samples: int) -> NDArray[np.float32]:
    """The first hundredth of a second comes in, the last one and a half go out."""
    at = np.arange(start, start + count, dtype=np.float32)
    leaving = np.clip((at - (samples - _FADE_OUT)) / (_FADE_OUT - 1), 0, 1)
    return np.asarray(np.minimum(1, at / (_FADE_IN - 1)) * (1 - leaving**2), np.float32)
