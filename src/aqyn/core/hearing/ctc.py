"""Where tokens begin and end in a sound, from any recogniser's frame-by-frame log-probabilities: CTC
alignment.

Connectionist temporal classification (Graves, Fernández, Gomez and Schmidhuber 2006): a frame shows a token
or the blank; a token may last several frames; between two equal tokens there must be a blank. Of all ways to
pass through the tokens in order, `align` takes the likeliest (Viterbi) and says how much of the probability
of all ways (forward–backward) begins each word where that one does.

Pure: arrays in, frame numbers out. Nothing here knows of letters, languages or seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BLANK = 0
"""The token that stands for "none of these"."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class DoesNotFit(ValueError):
    """There are fewer frames than the tokens need."""


@dataclass(frozen=True, slots=True)
class Span:
    """A word's frames, from `start` up to but without `end`, and the chance (0 to 1) that it begins within
    `reach` frames of `start`, as the emissions tell it."""

    start: int
    end: int
    chance: float


def frames_needed(words: Sequence[Sequence[int]]) -> int:
    """The least number of frames that hold these words' tokens: one each, and a blank between two alike."""
    tokens = [token for word in words for token in word]
    return len(tokens) + sum(a == b for a, b in pairwise(tokens))


def align(
    emissions: NDArray[np.floating], words: Sequence[Sequence[int]], *, reach: int, begins: bool = False
) -> list[Span]:
    """Where each word lies in `emissions` (frames × tokens, natural logarithms of probabilities).

    `words`: each word's tokens, at least one, none of them the blank. With `begins` the first word begins at
    the first frame, and nothing else is looked at. Raises DoesNotFit; ValueError on a word without tokens.
    """
    if any(not word or BLANK in word for word in words):
        raise ValueError("a word has no tokens, or the blank among them")
    if not words:
        return []
    if len(emissions) < frames_needed(words):
        raise DoesNotFit
    lattice = _Lattice(emissions, words, begins=begins)
    starts, ends = lattice.likeliest()
    chances = lattice.chances(starts, reach)
    return [
        Span(int(start), int(end), min(1.0, float(chance)))
        for start, end, chance in zip(starts, ends, chances, strict=True)
    ]


class _Lattice:
    """States blank, token, blank, token … blank: what may follow what, and how likely each is in each
    frame."""

    def __init__(
        self, emissions: NDArray[np.floating], words: Sequence[Sequence[int]], *, begins: bool
    ) -> None:
        tokens = np.array([token for word in words for token in word])
        self.emissions = np.asarray(emissions, np.float64)
        self.labels = np.full(2 * len(tokens) + 1, BLANK)
        self.labels[1::2] = tokens
        self.begins = begins
        # A token may follow the one before it without a blank, unless they are alike.
        self.skips = np.zeros(len(self.labels), bool)
        self.skips[3::2] = tokens[1:] != tokens[:-1]
        counts = np.cumsum([len(word) for word in words])
        self.first = 2 * np.concatenate([[0], counts[:-1]]) + 1
        self.last = 2 * counts - 1

    @property
    def frames(self) -> int:
        return len(self.emissions)

    def likeliest(self) -> tuple[Ints, Ints]:
        """The first frame of each word on the likeliest way, and the frame after its last."""
        # Steps back for every frame of a long song would be large: only every so many columns are kept, and
        # the steps between two of them are worked out again on the way back.
        stride = max(1, int(np.sqrt(self.frames)))
        kept = []
        column = self._first_column()
        for frame in range(self.frames):
            if frame:
                column, _ = self._best(column, frame)
            if frame % stride == 0:
                kept.append(column)
        state = len(self.labels) - 1
        if column[state - 1] > column[state]:
            state -= 1
        path = np.empty(self.frames, np.int64)
        for stretch in reversed(range(len(kept))):
            begin, column = stretch * stride, kept[stretch]
            end = min(begin + stride, self.frames - 1)
            steps = []
            for frame in range(begin + 1, end + 1):
                column, step = self._best(column, frame)
                steps.append(step)
            for frame in range(end, begin, -1):
                path[frame] = state
                state -= int(steps[frame - begin - 1][state])
        path[0] = state
        return np.searchsorted(path, self.first), np.searchsorted(path, self.last, side="right")

    def chances(self, starts: Ints, reach: int) -> Floats:
        """The share of the probability of all ways that enters each word within `reach` frames of its
        start."""
        entered = np.full((len(starts), 2 * reach + 1), -np.inf)
        column = self._first_column()
        for frame in range(self.frames):
            entering = column
            if frame:
                one, two = self._shifted(column)
                entering = np.logaddexp(one, two) + self._shown(frame)
                column = np.logaddexp(column + self._shown(frame), entering)
            which, at = _near(starts, frame, reach)
            entered[which, at] = entering[self.first[which]]
        whole = np.logaddexp(column[-1], column[-2])
        column = np.full(len(self.labels), -np.inf)
        column[-2:] = 0.0
        for frame in range(self.frames - 1, -1, -1):
            which, at = _near(starts, frame, reach)
            entered[which, at] += column[self.first[which]]
            column = self._before(column + self._shown(frame))
        return np.asarray(np.exp(entered - whole).sum(axis=1), np.float64)

    def _first_column(self) -> Floats:
        column = np.full(len(self.labels), -np.inf)
        reachable = [1] if self.begins else [0, 1]
        column[reachable] = self._shown(0)[reachable]
        return column

    def _shown(self, frame: int) -> Floats:
        """How likely each state's token or blank is in a frame."""
        return np.asarray(self.emissions[frame, self.labels], np.float64)

    def _best(self, column: Floats, frame: int) -> tuple[Floats, NDArray[np.int8]]:
        """The likeliest way into each state in a frame, and from how many states before it comes."""
        ways = np.stack([column, *self._shifted(column)])
        return ways.max(axis=0) + self._shown(frame), ways.argmax(axis=0).astype(np.int8)

    def _shifted(self, column: Floats) -> tuple[Floats, Floats]:
        """What comes into each state from the one before it, and from two before where that may be."""
        one, two = np.full((2, len(column)), -np.inf)
        one[1:] = column[:-1]
        two[2:] = np.where(self.skips[2:], column[:-2], -np.inf)
        return one, two

    def _before(self, column: Floats) -> Floats:
        """What each state may come to in the next frame, all together."""
        one, two = np.full((2, len(column)), -np.inf)
        one[:-1] = column[1:]
        two[:-2] = np.where(self.skips[2:], column[2:], -np.inf)
        return np.asarray(np.logaddexp(column, np.logaddexp(one, two)), np.float64)


def _near(starts: Ints, frame: int, reach: int) -> tuple[Ints, Ints]:
    """The words (in their order) that begin within `reach` of a frame, and its place in each one's window."""
    low, high = np.searchsorted(starts, [frame - reach, frame + reach + 1])
    which = np.arange(low, high)
    return which, frame - starts[which] + reach
