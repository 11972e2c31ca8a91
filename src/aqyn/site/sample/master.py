"""The desk: laying sounds side by side, the room around them, and one loudness at the end."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from aqyn.site.sample.instruments import RATE, Sound

LOUDNESS_LUFS = -15.0
PEAK_DBFS = -1.5

_BLOCK = 1 << 18


class Desk:
    """Stereo sound `length` seconds long: bright instruments at 44,100 Hz, and at half that rate the voice,
    the bow and the send to the room, which have nothing above 11 kHz and cost half as much there."""

    def __init__(self, length: float) -> None:
        self.half = int(length * RATE / 2)
        self.bright = np.zeros((2, self.half * 2), np.float32)
        self.mild = np.zeros((2, self.half), np.float32)
        self.send = np.zeros(self.half, np.float32)

    def add(self, sound: Sound, at: float, *, level: float, pan: float = 0.0, room: float = 0.2) -> None:
        """Lay a sound of 44,100 Hz from second `at`: `level` in dB, `pan` −1 (left) … 1, `room` a share."""
        start = round(at * RATE / 2)
        self._lay(self.bright, sound, start * 2, level, pan)
        # Every second sample will do: these sounds have next to nothing above 11 kHz, the room still less.
        self._lay(self.send[None], sound[::2], start, level + _db(room), None)

    def add_mild(self, sound: Sound, at: float, *, level: float, pan: float = 0.0, room: float = 0.2) -> None:
        """The same for a sound of 22,050 Hz."""
        start = round(at * RATE / 2)
        self._lay(self.mild, sound, start, level, pan)
        self._lay(self.send[None], sound, start, level + _db(room), None)

    def _lay(
        self, bus: NDArray[np.float32], sound: Sound, start: int, level: float, pan: float | None
    ) -> None:
        if start < 0:
            sound, start = sound[-start:], 0
        sound = sound[: max(0, bus.shape[1] - start)]
        angle = 0.0 if pan is None else (pan + 1) * np.pi / 4
        for side, share in zip(bus, (np.cos(angle), np.sin(angle)), strict=False):
            side[start : start + len(sound)] += sound * np.float32(share * 10 ** (level / 20))

    def mixed(self) -> NDArray[np.float32]:
        """Everything in its room, (2, samples) at 44,100 Hz, not yet mastered; the desk is spent."""
        in_room(self.send, self.mild)
        for bright, mild in zip(self.bright, self.mild, strict=True):
            doubled_onto(mild, bright)
        return self.bright


def _db(share: float) -> float:
    return float(20 * np.log10(max(share, 1e-6)))


@lru_cache(maxsize=1)
def _room() -> NDArray[np.float32]:
    """Impulse response of an invented hall, (2, samples) at 22,050 Hz: 2.3 s, darker the longer it sounds."""
    generator = np.random.default_rng(17)
    rate = RATE / 2
    t = np.arange(int(2.3 * rate)) / rate
    f = np.fft.rfftfreq(len(t), 1 / rate)
    sides = []
    for _ in range(2):
        spectrum = np.fft.rfft(generator.standard_normal(len(t)))
        side = np.zeros(len(t))
        for centre, width, seconds in ((350.0, 0.9, 2.1), (1300.0, 0.9, 1.6), (4200.0, 0.8, 0.8)):
            band = np.exp(-((np.log(np.maximum(f, 1) / centre) / width) ** 2))
            side += np.fft.irfft(spectrum * band, len(t)) * np.exp(-6.9 * t / seconds)
        side *= np.clip(t / 0.012, 0, 1) * np.minimum(1, (t[-1] - t) / 0.3)
        sides.append(np.concatenate([np.zeros(int(0.022 * rate)), side]))
    response = np.array(sides)
    return np.asarray(response / np.sqrt((response**2).sum(axis=1, keepdims=True)), np.float32)


def in_room(sound: Sound, onto: NDArray[np.float32]) -> None:
    """Add `sound` as heard in the hall to `onto` (2, samples); convolution by overlap and add."""
    response = _room()
    hop = _BLOCK - response.shape[1] + 1
    spectra = np.fft.rfft(response, _BLOCK)
    for start in range(0, len(sound), hop):
        part = np.fft.rfft(sound[start : start + hop], _BLOCK)
        room = onto[:, start : start + _BLOCK]
        room += np.fft.irfft(part * spectra, _BLOCK)[:, : room.shape[1]]


def doubled_onto(sound: Sound, onto: Sound) -> None:
    """Add `sound` at twice its rate to `onto`, block by block through its spectrum."""
    margin = 2048
    hop = _BLOCK - 2 * margin
    padded = np.pad(sound, (margin, _BLOCK))
    for start in range(0, len(sound), hop):
        spectrum = np.fft.rfft(padded[start : start + _BLOCK])
        double = np.fft.irfft(spectrum, 2 * _BLOCK)[2 * margin : 2 * (margin + hop)] * np.float32(2)
        place = onto[2 * start : 2 * (start + hop)]
        place += double[: len(place)].astype(np.float32)


def loudness(sound: NDArray[np.float32]) -> float:
    """Integrated loudness in LUFS of (channels, samples), after ITU-R BS.1770-5.

    The K weighting is laid on the spectrum of each 100 ms, so it differs from a meter by about 0.1 LU.
    """
    step = RATE // 10
    count = sound.shape[1] // step
    f = np.fft.rfftfreq(step, 1 / RATE)
    weight = _k_weighting(f)
    energy = np.zeros(count)
    for channel in sound:
        spectrum = np.fft.rfft(channel[: count * step].reshape(count, step), axis=1)
        power = (np.abs(spectrum) ** 2) @ weight
        energy += power * 2 / step**2
    blocks = np.convolve(energy, np.full(4, 0.25), mode="valid")
    heard = blocks[-0.691 + 10 * np.log10(blocks + 1e-12) > -70]
    if not len(heard):
        return -70.0
    relative = 10 * np.log10(heard.mean()) - 10
    kept = heard[10 * np.log10(heard) > relative]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def _k_weighting(f: NDArray[np.floating]) -> NDArray[np.float64]:
    """Power response of BS.1770's two filters (their 48 kHz coefficients, at the same frequencies)."""
    z = np.exp(-2j * np.pi * f / 48_000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(np.abs(shelf * high) ** 2)


def mastered(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """`sound` (2, samples), in place: about LOUDNESS_LUFS, peaks below PEAK_DBFS, no DC, faded in and out."""
    sound -= sound.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)
    fade = np.float32(1) - np.linspace(0, 1, int(1.5 * RATE), dtype=np.float32) ** 2
    sound[:, -len(fade) :] *= fade
    sound[:, :441] *= np.linspace(0, 1, 441, dtype=np.float32)
    sound *= np.float32(10 ** ((LOUDNESS_LUFS - loudness(sound)) / 20))
    limit(sound)
    return sound


def limit(sound: NDArray[np.float32]) -> None:
    """Hold peaks of `sound` (2, samples) below PEAK_DBFS by a gain that looks 7 ms ahead and glides."""
    ceiling = 10 ** (PEAK_DBFS / 20)
    step, reach = 64, 5
    length = sound.shape[1] // step * step
    # What is left over at the end lies in the fade, where there is nothing to hold.
    pieces = [side[:length].reshape(-1, step) for side in sound]
    peaks = np.maximum(*(np.maximum(piece.max(axis=1), -piece.min(axis=1)) for piece in pieces))
    needed = np.pad(np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9)), 2 * reach + 2, mode="edge")
    # The least over one block more than the mean: so the ramps at a loud block's edges are low enough too.
    lowest = np.lib.stride_tricks.sliding_window_view(needed, 2 * reach + 3).min(axis=1)
    smooth = np.lib.stride_tricks.sliding_window_view(lowest, 2 * reach + 1).mean(axis=1).astype(np.float32)
    # smooth[n + 1] belongs to the middle of block n; within it the gain runs from edge to edge.
    edges = (smooth[:-1] + smooth[1:]) / 2
    ramp = np.arange(step, dtype=np.float32) / step
    for piece in pieces:
        piece *= edges[:-1, None] + (edges[1:] - edges[:-1])[:, None] * ramp
