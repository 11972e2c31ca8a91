"""How likely each word begins at each frame, over all ways through a chain (forward–backward, Baum 1970)."""

from __future__ import annotations

from collections.abc import Callable

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


def begins(scores: NDArray[np.float32], chain: Chain, stop: Callable[[], object] | None = None) -> Doubles:
    """The chance that each word begins at each frame: (frames, words), columns that sum to 1.

    A word that no way leads to has a column of zeros.
    """
    first = np.flatnonzero((chain.word >= 0) & (np.diff(chain.word, prepend=-2) != 0))
    stay, go = np.exp(_EACH * chain.stay), np.exp(_EACH * chain.go)
    enter, past = np.exp(_EACH * chain.enter)[1:], np.exp(_EACH * np.maximum(chain.past, -700))[2:]
    past[chain.past[2:] < -1e29] = 0
    fits = np.exp(_EACH * (scores - scores.max(axis=1, keepdims=True)).astype(np.float64))
    frames, states = len(scores), len(chain.column)
    reached = np.zeros(states)
    reached[: 2 if chain.word[0] < 0 else 1] = 1
    reached *= fits[0, chain.column]
    entered = np.zeros((frames, len(first)))
    entered[0] = reached[first]
    scale = np.zeros(frames)
    for at in range(1, frames):
        if stop and at % 1_000 == 0:
            stop()
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
        entered[at] = coming[first] / most
        scale[at] = scale[at - 1] + np.log(most)
    ahead = np.zeros(states)
    ahead[states - (2 if chain.word[-1] < 0 else 1) :] = 1
    behind = 0.0
    whole = np.log(max(float((reached * ahead).sum()), 1e-300)) + scale[-1]
    for at in range(frames - 1, -1, -1):
        entered[at] *= ahead[first] * np.exp(min(scale[at] + behind - whole, _DEEPEST))
        coming = ahead * fits[at, chain.column]
        ahead = coming * stay
        ahead[:-1] += go[:-1] * enter * coming[1:]
        ahead[:-2] += go[:-2] * past * coming[2:]
        most = ahead.max()
        ahead /= most
        ahead[ahead < _LEAST] = 0
        behind += np.log(most)
    sums = entered.sum(axis=0)
    chances: Doubles = np.divide(entered, sums, out=np.zeros_like(entered), where=sums > 0)
    return chances


def middle(chances: Doubles, reach: int) -> tuple[NDArray[np.intp], Doubles]:
    """Of each word the frame before which it begins as likely as after, and the chance that it begins within
    `reach` frames of that. The first is the place with the least error to be expected, and keeps the words in
    order."""
    upto = np.cumsum(chances, axis=0)
    frame = np.minimum((upto < 0.5).sum(axis=0), len(chances) - 1)
    word = np.arange(chances.shape[1])
    until = upto[np.minimum(frame + reach, len(chances) - 1), word]
    before = np.where(frame > reach, upto[np.maximum(frame - reach - 1, 0), word], 0)
    return frame, np.clip(until - before, 0, 1)
