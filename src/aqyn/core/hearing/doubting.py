"""Whether words can be heard in a recording at all, before they are laid along it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.chain import NETWORK_SAYS, SungWord, best_way, chain_of, vowel_seconds
from aqyn.core.hearing.features import HOP_S
from aqyn.core.hearing.sounds import VOWELS

# Nobody sings faster than this.
_VOWEL_S, _CONSONANT_S = 0.08, 0.02
# How much better, at each frame of a sound of one second, the words have to fit in their order than in
# others on the average; chance falls with the root of the length. Of 26 recordings, whole ones and first
# minutes, the right words lay at 0.26 and above, those of other songs at 0.20 and below.
_CLEARLY = 0.22
_ORDERS = 8
# Where fewer lines are to be shuffled, their words are.
_FEW_LINES = 4
_QUIETEST_DB = -20.0


def shortest_s(words: Sequence[SungWord]) -> float:
    """How long it takes to sing these words as fast as anybody can."""
    sounds = [sound for word in words for sound in word.sounds]
    vowels = sum(sound in VOWELS for sound in sounds)
    return vowels * _VOWEL_S + (len(sounds) - vowels) * _CONSONANT_S


def is_silent(loudness: NDArray[np.float32]) -> bool:
    """Whether nothing in this recording is loud enough to be a voice: `loudness` as an `Ear` has it."""
    return bool(loudness.max(initial=-np.inf) < _QUIETEST_DB)


def fit_in_order(told: NDArray[np.float32], words: Sequence[SungWord]) -> bool:
    """Whether the words fit what the network told clearly better as they stand than with their lines
    shuffled.

    Of words that are not sung there, one order is as good as another.
    """
    scores, vowel_s = NETWORK_SAYS * told, vowel_seconds(words, len(told) * HOP_S)
    right, *others = (_fit(scores, order, vowel_s) for order in (list(words), *_shuffled(words)))
    better = right - float(np.mean(others))
    return bool(better * np.sqrt(len(told) * HOP_S) > _CLEARLY)


def _fit(scores: NDArray[np.float32], words: Sequence[SungWord], vowel_s: float) -> float:
    return best_way(scores, chain_of(words, vowel_s))[1] / len(scores)


def _shuffled(words: Sequence[SungWord]) -> list[list[SungWord]]:
    """The same words with their lines in other orders, the same ones each time."""
    lines: dict[int, list[SungWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    parts = list(lines.values())
    if len(parts) < _FEW_LINES:
        parts = [[word] for word in words]
    orders = [np.random.default_rng(seed).permutation(len(parts)) for seed in range(_ORDERS)]
    return [
        [SungWord(word.sounds, line) for line, part in enumerate(order) for word in parts[part]]
        for order in orders
    ]
