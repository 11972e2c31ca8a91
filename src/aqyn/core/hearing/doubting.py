"""Whether words can be heard in a recording at all, before they are laid along it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
# A shorter sound tells less, and is refused only for less.
_ENOUGH_S = 60.0
_ORDERS = 8
# Where fewer lines are to be shuffled, their words are.
_FEW_LINES = 4
# Where so few lines change in an order, as in a song of one line, it tells nothing.
_FEW_CHANGES = 0.1
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
    shuffled, or cannot be told from them.

    Of words that are not sung there, one order is as good as another.
    """
    parts = _parts(words)
    orders = [np.random.default_rng(seed).permutation(len(parts)) for seed in range(_ORDERS)]
    sounds = [tuple(word.sounds for word in part) for part in parts]
    changed = [sounds[part] != sounds[place] for order in orders for place, part in enumerate(order)]
    if float(np.mean(changed)) < _FEW_CHANGES:
        return True
    seconds = len(told) * HOP_S
    scores, vowel_s = NETWORK_SAYS * told, vowel_seconds(words, seconds)
    right, *others = (
        best_way(scores, chain_of(_in_order(parts, order), vowel_s))[1] / len(scores)
        for order in (range(len(parts)), *orders)
    )
    better = (right - float(np.mean(others))) / float(np.mean(changed))
    return bool(better * np.sqrt(seconds) > _CLEARLY * min(1.0, seconds / _ENOUGH_S))


def _parts(words: Sequence[SungWord]) -> list[list[SungWord]]:
    """The words of each line; where there are few lines, each word by itself."""
    lines: dict[int, list[SungWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values()) if len(lines) >= _FEW_LINES else [[word] for word in words]


def _in_order(parts: Sequence[Sequence[SungWord]], order: Iterable[int]) -> list[SungWord]:
    return [SungWord(word.sounds, line) for line, part in enumerate(order) for word in parts[part]]
