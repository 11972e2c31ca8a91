"""A song whose words are partly known: what lies between two of them is laid by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.chain import Chain, SungWord, best_way, chain_of
from aqyn.core.hearing.chances import begins, middle
from aqyn.core.hearing.sounds import VOWELS

Frames = NDArray[np.intp]

Known = Mapping[int, tuple[int, int | None]]
"""Of words whose place is known, by number: the first frame; the one after the last, or None if it is not."""

Chances = NDArray[np.float64]

# How likely a word begins within so many frames (60 ms) of where it is said to. With the weight that
# `chances` gives a frame, that is about how often it begins within 0.3 s.
_REACH = 3
# How far from where it is laid a word is looked for: 20 s.
_NEAR = 1_000
# A tapped line lasts at most so many times as long as its vowels usually do in its song, and so many frames
# besides. How long they do is told by this many lines at least.
_LONGER, _AT_LEAST, _FEWEST_PACES = 1.5, 50, 4
# A vowel takes so much of a word's time beside a consonant, where nothing was heard of them.
_VOWEL_WEIGHT, _CONSONANT_WEIGHT = 3, 1


@dataclass(frozen=True, slots=True)
class Laid:
    """`begin`, `end`: the first frame of each word and the one after its last. `sounds`: the class of the
    sound at each frame, -1 where nobody sings."""

    begin: Frames
    end: Frames
    sounds: Frames


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words from `first` up to `last`, somewhere from frame `begin` up to `end`; at `begin` if `tapped`."""

    first: int
    last: int
    begin: int
    end: int
    tapped: bool


def lay_along(
    scores: NDArray[np.float32], words: Sequence[SungWord], vowel_s: float, known: Known | None = None
) -> Laid:
    """Every word in its likeliest place by these scores: (frames, 23). Words that are `known` stay where they
    are; they come in order."""
    laid = _as_known(words, known or {}, len(scores))
    for stretch in _between(words, known or {}, len(scores)):
        _lay(laid, stretch, scores, words, vowel_s)
    return laid


def weigh(
    scores: NDArray[np.float32],
    words: Sequence[SungWord],
    vowel_s: float,
    known: Known | None = None,
    only: Collection[int] | None = None,
) -> tuple[Laid, Chances]:
    """The same, each word where the least error is to be expected, and how likely that is: (words,).

    `only`: lines; what has none of them is left out, with a chance of 0.
    """
    laid = _as_known(words, known or {}, len(scores))
    chances = np.zeros(len(words))
    chances[list(known or {})] = 1
    for stretch in _between(words, known or {}, len(scores)):
        lines = {word.line for word in words[stretch.first : stretch.last]}
        if only is None or lines & set(only):
            chain = _lay(laid, stretch, scores, words, vowel_s)
            if chain is not None:
                _weigh(laid, chances, stretch, scores, chain)
    return laid, chances


def _as_known(words: Sequence[SungWord], known: Known, frames: int) -> Laid:
    laid = Laid(
        np.zeros(len(words), np.intp), np.zeros(len(words), np.intp), known_sounds(words, known, frames)
    )
    for number, (begin, end) in known.items():
        if end is not None:
            laid.begin[number], laid.end[number] = begin, end
    return laid


def known_sounds(words: Sequence[SungWord], known: Known, frames: int) -> Frames:
    """The sound at each frame as far as whole words are known, -1 elsewhere."""
    sounds = np.full(frames, -1, np.intp)
    for number, (begin, end) in known.items():
        if end is not None and begin < frames:
            sounds[begin:end] = _by_weight(words[number : number + 1], end - begin)[0][: frames - begin]
    return sounds


def _between(words: Sequence[SungWord], known: Known, frames: int) -> list[_Stretch]:
    """What lies between known words. A line that was tapped lasts not much longer than others of its song
    would, however late the next one begins: what is played after it is not for its words."""
    stretches = list(_cut(words, known, frames))
    vowels = [
        sum(sound in VOWELS for word in words[one.first : one.last] for sound in word.sounds)
        for one in stretches
    ]
    single = [one.tapped and words[one.first].line == words[one.last - 1].line for one in stretches]
    lines = list(zip(stretches, vowels, single, strict=True))
    paces = [(one.end - one.begin) / max(1, count) for one, count, is_one in lines if is_one]
    if len(paces) < _FEWEST_PACES:
        return stretches
    pace = float(np.median(paces))
    return [
        replace(one, end=min(one.end, one.begin + round(_LONGER * pace * count) + _AT_LEAST))
        if is_one
        else one
        for one, count, is_one in lines
    ]


def _cut(words: Sequence[SungWord], known: Known, frames: int) -> Iterator[_Stretch]:
    begin, first, tapped = 0, 0, False
    for number in range(len(words) + 1):
        wall = known.get(number) if number < len(words) else (frames, None)
        if wall is None:
            continue
        if first < number:
            yield _Stretch(first, number, begin, max(wall[0], begin), tapped)
        whole = wall[1] is not None
        begin = wall[1] if wall[1] is not None else wall[0]
        first, tapped = number + whole, not whole


def _lay(
    laid: Laid, stretch: _Stretch, scores: NDArray[np.float32], song: Sequence[SungWord], vowel_s: float
) -> Chain | None:
    """Lay the stretch; the chain that its words went through, None where there was no room for it."""
    span = scores[stretch.begin : stretch.end]
    those = slice(stretch.first, stretch.last)
    laid.begin[those] = laid.end[those] = stretch.begin
    if not len(span):
        return None
    words = song[those]
    chain = chain_of(words, vowel_s, before=not stretch.tapped)
    way, score = best_way(span, chain)
    fits = bool(np.isfinite(score))
    if fits:
        word = chain.word[way]
        sounds = np.where(word < 0, -1, chain.column[way])
    else:
        # So many words were never sung in so short a time: they are laid evenly.
        sounds, word = _by_weight(words, len(span))
    first, last = edges(word, len(words))
    laid.begin[those], laid.end[those] = stretch.begin + first, stretch.begin + last
    laid.sounds[stretch.begin : stretch.end] = sounds
    return chain if fits else None


def _weigh(
    laid: Laid, chances: Chances, stretch: _Stretch, scores: NDArray[np.float32], chain: Chain
) -> None:
    those = slice(stretch.first, stretch.last)
    around = laid.begin[those] - stretch.begin
    near = begins(scores[stretch.begin : stretch.end], chain, around, _NEAR)
    frame, chance = middle(near, around, _REACH)
    # A word that stays where it was may have been overtaken.
    begin = np.maximum.accumulate(stretch.begin + np.clip(frame, 0, stretch.end - stretch.begin))
    following = np.append(begin[1:], stretch.end)
    laid.end[those] = np.clip(laid.end[those], np.minimum(begin + 1, following), following)
    laid.begin[those] = begin
    chances[those] = chance


def _by_weight(words: Sequence[SungWord], frames: int) -> tuple[Frames, Frames]:
    """The sound and the word of each of so many frames, each sound by its weight."""
    sounds = np.array([sound for word in words for sound in word.sounds])
    of = np.array([number for number, word in enumerate(words) for _ in word.sounds])
    weights = np.array([_VOWEL_WEIGHT if sound in VOWELS else _CONSONANT_WEIGHT for sound in sounds])
    upto = np.cumsum(weights) / weights.sum()
    which = np.searchsorted(upto, (np.arange(frames) + 0.5) / max(1, frames))
    return sounds[which], of[which]


def edges(word: Frames, count: int) -> tuple[Frames, Frames]:
    """The first frame of each word, and the one after its last, of the word sung at each frame (-1: none). A
    word that has no frame is as short as can be, after the one before it."""
    at = np.flatnonzero(word >= 0)
    begin, end = np.full(count, -1, np.intp), np.zeros(count, np.intp)
    begin[word[at][::-1]] = at[::-1]
    end[word[at]] = at + 1
    for number in np.flatnonzero(begin < 0):
        begin[number] = end[number] = end[number - 1] if number else 0
    return begin, end
