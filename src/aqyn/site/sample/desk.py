"""The desk: sounds laid side by side in one room, given out block by block, so that no song is held whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from aqyn.site.sample.instruments import RATE, Sound

HALF_RATE = RATE // 2
BLOCK_STEPS = 34
"""A block in tenths of a second."""

# In samples of 22,050 Hz. Each block is doubled in rate with so much of its neighbours on either side: the
# whole has no prime factor above 7.
_HOP = BLOCK_STEPS * HALF_RATE // 10
_MARGIN = HALF_RATE // 10
_ROOM_SPAN = 1 << 17


@dataclass(frozen=True, slots=True, eq=False)
class _Cue:
    """A sound to come: from `start` (samples of 22,050 Hz) until at most `end`, made when it is needed."""

    start: int
    end: int
    make: Callable[[], Sound]
    level: float
    pan: float
    room: float
    mild: bool


class Desk:
    """Stereo sound `length` seconds long: bright instruments at 44,100 Hz, and at half that rate the voice,
    the bow and the send to the room, which have nothing above 11 kHz and cost half as much there."""

    def __init__(self, length: float) -> None:
        half = int(length * HALF_RATE)
        self.samples = 2 * half
        self.blocks = -(-(half + _MARGIN) // _HOP)
        self._cues: list[_Cue] = []

    def add(
        self,
        make: Callable[[], Sound],
        at: float,
        *,
        lasts: float,
        level: float,
        pan: float = 0.0,
        room: float = 0.2,
        mild: bool = False,
    ) -> None:
        """Lay a sound from second `at`, made by `make` when its turn comes, at most `lasts` seconds long.

        `mild` sounds are of 22,050 Hz, the others of 44,100. `level` in dB, `pan` −1 (left) … 1, `room` a
        share.
        """
        start = round(at * HALF_RATE)
        end = start + int(lasts * HALF_RATE) + 1
        self._cues.append(_Cue(start, end, make, level, pan, room, mild))

    def mixed(self, first: int, end: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Blocks `first` to `end` (not with it) of everything in its room: (first sample, (2, samples)) at
        44,100 Hz, not yet mastered. One after another they are the whole song, whoever made which."""
        bright_before = np.zeros((2, 2 * _MARGIN), np.float32)
        mild_before = np.zeros((2, 2 * _MARGIN), np.float32)
        tail = np.zeros((2, _ROOM_SPAN - _HOP), np.float32)
        held: dict[_Cue, Sound] = {}
        # The room and the margins reach back by one block.
        for block in range(max(0, first - 1), end):
            bright, mild, send = self._laid(block, held)
            wet = _in_room(send)
            mild += wet[:, :_HOP]
            mild[:, : tail.shape[1]] += tail
            tail = wet[:, _HOP:]
            mild = np.concatenate([mild_before, mild], axis=1)
            bright = np.concatenate([bright_before, bright], axis=1)
            if block >= first:
                sound = bright[:, : 2 * _HOP]
                sound += _doubled(mild)[:, 2 * _MARGIN : 2 * (_MARGIN + _HOP)]
                start = 2 * (block * _HOP - _MARGIN)
                yield max(0, start), sound[:, max(0, -start) : self.samples - start]
            bright_before, mild_before = bright[:, 2 * _HOP :], mild[:, _HOP:]

    def _laid(self, block: int, held: dict[_Cue, Sound]) -> tuple[NDArray[np.float32], ...]:
        """Bright, mild and send of one block, each without its room; `held` keeps what goes on after it."""
        bright = np.zeros((2, 2 * _HOP), np.float32)
        mild = np.zeros((2, _HOP), np.float32)
        send = np.zeros((1, _HOP), np.float32)
        begin, until = block * _HOP, (block + 1) * _HOP
        for cue in self._cues:
            if cue.start >= until or cue.end <= begin:
                continue
            sound = held.pop(cue) if cue in held else cue.make()
            if cue.end > until:
                held[cue] = sound
            at = cue.start - begin
            if cue.mild:
                _lay(mild, sound, at, cue.level, cue.pan)
                _lay(send, sound, at, cue.level + _db(cue.room), None)
            else:
                _lay(bright, sound, 2 * at, cue.level, cue.pan)
                # Every second sample will do: these have next to nothing above 11 kHz, the room still less.
                _lay(send, sound[::2], at, cue.level + _db(cue.room), None)
        return bright, mild, send[0]


def _lay(bus: NDArray[np.float32], sound: Sound, start: int, level: float, pan: float | None) -> None:
    if start < 0:
        sound, start = sound[-start:], 0
    sound = sound[: max(0, bus.shape[1] - start)]
    angle = 0.0 if pan is None else (pan + 1) * np.pi / 4
    for side, share in zip(bus, (np.cos(angle), np.sin(angle)), strict=False):
        side[start : start + len(sound)] += sound * np.float32(share * 10 ** (level / 20))


def _db(share: float) -> float:
    return float(20 * np.log10(max(share, 1e-6)))


@lru_cache(maxsize=1)
def _room() -> NDArray[np.float32]:
    """Impulse response of an invented hall, (2, samples) at 22,050 Hz: 2.3 s, darker the longer it sounds."""
    generator = np.random.default_rng(17)
    t = np.arange(int(2.3 * HALF_RATE)) / HALF_RATE
    f = np.fft.rfftfreq(len(t), 1 / HALF_RATE)
    sides = []
    for _ in range(2):
        spectrum = np.fft.rfft(generator.standard_normal(len(t)))
        side = np.zeros(len(t))
        for centre, width, seconds in ((350.0, 0.9, 2.1), (1300.0, 0.9, 1.6), (4200.0, 0.8, 0.8)):
            band = np.exp(-((np.log(np.maximum(f, 1) / centre) / width) ** 2))
            side += np.fft.irfft(spectrum * band, len(t)) * np.exp(-6.9 * t / seconds)
        side *= np.clip(t / 0.012, 0, 1) * np.minimum(1, (t[-1] - t) / 0.3)
        sides.append(np.concatenate([np.zeros(int(0.022 * HALF_RATE)), side]))
    response = np.array(sides)
    return np.asarray(response / np.sqrt((response**2).sum(axis=1, keepdims=True)), np.float32)


@cache
def _room_spectra() -> NDArray[np.complex64]:
    return np.asarray(np.fft.rfft(_room(), _ROOM_SPAN), np.complex64)


def _in_room(send: Sound) -> NDArray[np.float32]:
    """A block as heard in the hall, (2, samples): it sounds on after the block's end."""
    return np.asarray(np.fft.irfft(np.fft.rfft(send, _ROOM_SPAN) * _room_spectra(), _ROOM_SPAN), np.float32)


def _doubled(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """(2, samples) at twice the rate, through its spectrum; wrong near both ends."""
    return np.asarray(np.fft.irfft(np.fft.rfft(sound), 2 * sound.shape[1]) * np.float32(2), np.float32)
