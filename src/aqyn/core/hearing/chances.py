"""How likely each word begins at each frame, over all ways through a chain (forward–backward, Baum 1970)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.chain import Chain

# Neighbouring frames tell much the same: each counts for less than one, or all would seem certain.
_EACH = 0.3
# What is less likely than this beside the likeliest state is left out.
_LEAST = 1e-280
# No chance grows beyond what a float holds while it is not yet divided by their sum.
_DEEPEST = 600.0

Doubles = NDArray[np.float64]


def begins(
    scores: NDArray[np.float32],
    chain: Chain,
    around: NDArray[np.intp],
    reach: int,
) -> Doubles:
    """The chance that each word begins at each frame near `around` (words,), which never falls.

    (2 · reach + 1, words): the first row is `reach` frames earlier. A word's chances sum to 1 less what lies
    further off; all are 0 where no way leads through the chain.
    """
    first = np.flatnonzero((chain.word >= 0) & (np.diff(chain.word, prepend=-2) != 0))
    stay, go = np.exp(_EACH * chain.stay), np.exp(_EACH * chain.go)
    enter, past = np.exp(_EACH * chain.enter)[1:], np.exp(_EACH * np.maximum(chain.past, -700))[2:]
    past[chain.past[2:] < -1e29] = 0
    fits = np.exp(_EACH * (scores - scores.max(axis=1, keepdims=True)).astype(np.float64))
    frames, states = len(scores), len(chain.column)
    near = _near(around, reach, frames)
    reached = np.zeros(states)
    reached[: 2 if chain.word[0] < 0 else 1] = 1
    reached *= fits[0, chain.column]
    entered = np.zeros((2 * reach + 1, len(first)))
    rows, words = near[0]
    entered[rows, words] = reached[first[words]]
    scale = np.zeros(frames)
    for at in range(1, frames):
        going = reached * go
        coming = np.zeros(states)
        coming[1:] = going[:-1] * enter
        coming[2:] += going[:-2] * past
        here = fits[at, chain.column]
        coming *= here
        reached = reached * stay * here + coming
        most = reached.max()
        reached /= most
        reached[reached < _LEAST] = 0
        rows, words = near[at]
        entered[rows, words] = coming[first[words]] / most
        scale[at] = scale[at - 1] + np.log(most)
    ahead = np.zeros(states)
    ahead[states - (2 if chain.word[-1] < 0 else 1) :] = 1
    ends = float((reached * ahead).sum())
    if not ends:
        return np.zeros_like(entered)
    whole, behind = np.log(ends) + scale[-1], 0.0
    for at in range(frames - 1, -1, -1):
        rows, words = near[at]
        entered[rows, words] *= ahead[first[words]] * np.exp(min(scale[at] + behind - whole, _DEEPEST))
        coming = ahead * fits[at, chain.column]
        ahead = coming * stay
        ahead[:-1] += go[:-1] * enter * coming[1:]
        ahead[:-2] += go[:-2] * past * coming[2:]
        most = ahead.max()
        ahead /= most
        ahead[ahead < _LEAST] = 0
        behind += np.log(most)
    return entered


def _near(
    around: NDArray[np.intp], reach: int, frames: int
) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Of each frame the words that it is near to, and their rows there."""
    low = np.searchsorted(around, np.arange(frames) - reach)
    high = np.searchsorted(around, np.arange(frames) + reach, side="right")
    those = [np.arange(one, other) for one, other in zip(low, high, strict=True)]
    return [(at - around[words] + reach, words) for at, words in enumerate(those)]


def middle(chances: Doubles, around: NDArray[np.intp], reach: int) -> tuple[NDArray[np.intp], Doubles]:
    """Of each word the frame before which it begins as likely as after, and the chance that it begins within
    `reach` frames of that: `chances` and `around` as `begins` has them.

    The first is the place with the least error to be expected, and keeps the words in order. A word of which
    less than half lies near stays where it was.
    """
    upto = np.cumsum(chances, axis=0)
    half = len(chances) // 2
    row = np.where(upto[-1] > 0.5, (upto < 0.5).sum(axis=0), half)
    word = np.arange(chances.shape[1])
    until = upto[np.minimum(row + reach, len(chances) - 1), word]
    before = np.where(row > reach, upto[np.maximum(row - reach - 1, 0), word], 0)
    return np.asarray(around + row - half), np.clip(until - before, 0, 1)
