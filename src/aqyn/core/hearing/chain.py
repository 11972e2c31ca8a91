"""Words as a chain of states that a recording runs through from left to right (a hidden Markov model, Rabiner
1989), and the likeliest way through it (Viterbi 1967).

A sound is a few states in a row, so that it is seldom very short (an Erlang distribution of its length).
Between words, and longer between lines, nobody may sing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.features import HOP_S
from aqyn.core.hearing.sounds import SOUNDS, VOWELS

CLASSES = len(SOUNDS)
NOBODY = CLASSES
"""The column of scores for frames in which nobody sings: the one after the sounds."""

NETWORK_SAYS = np.float32(0.6)
"""How much what the network tells counts: the frames of one sound tell much the same."""

_VOWEL_STATES, _CONSONANT_STATES = 3, 2
CONSONANT_S = 0.07
# The last vowel of a line is held so many times as long as others.
_HELD, _HELD_STATES = 2.0, 2
_SHORTEST_VOWEL_S, _LONGEST_VOWEL_S = 0.1, 1.2
_BETWEEN_LINES_S, _BETWEEN_WORDS_S, _AT_THE_ENDS_S = 3.0, 0.12, 8.0
# Every other gap is none.
_PASSED_OVER = 0.5
# Of a song this share is sung, as a rule.
_SUNG = 0.4
# So many bytes of the ways that led to each state are kept at once.
_MOST_BYTES = 48 * 2**20

_NEVER = np.float32(-1e30)


@dataclass(frozen=True, slots=True)
class SungWord:
    """`sounds`: classes of `sounds.SOUNDS`, never empty. `line`: its number."""

    sounds: tuple[int, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Chain:
    """State by state: the column of its score, its word (-1 in gaps), and what it costs to stay in it, to go
    on from it, to enter it, and to enter it past a gap."""

    column: NDArray[np.intp]
    word: NDArray[np.intp]
    stay: NDArray[np.float32]
    go: NDArray[np.float32]
    enter: NDArray[np.float32]
    past: NDArray[np.float32]


def vowel_seconds(words: Sequence[SungWord], seconds: float) -> float:
    """How long a vowel lasts in a song of so many seconds with these words, as a rule."""
    vowels = sum(sound in VOWELS for word in words for sound in word.sounds)
    consonants = sum(len(word.sounds) for word in words) - vowels
    each = (_SUNG * seconds - CONSONANT_S * consonants) / max(1, vowels)
    return float(np.clip(each, _SHORTEST_VOWEL_S, _LONGEST_VOWEL_S))


def chain_of(words: Sequence[SungWord], vowel_s: float, *, before: bool = True, after: bool = True) -> Chain:
    """The words in a row, with room before the first and after the last where that is asked for."""
    column: list[int] = []
    word: list[int] = []
    lasts: list[float] = []

    def gap(seconds: float) -> None:
        column.append(NOBODY)
        word.append(-1)
        lasts.append(seconds)

    if before:
        gap(_AT_THE_ENDS_S)
    for number, sung in enumerate(words):
        if number:
            gap(_BETWEEN_LINES_S if sung.line != words[number - 1].line else _BETWEEN_WORDS_S)
        ends_line = number == len(words) - 1 or words[number + 1].line != sung.line
        held = max((at for at, sound in enumerate(sung.sounds) if sound in VOWELS), default=-1)
        for at, sound in enumerate(sung.sounds):
            states, seconds = (
                (_VOWEL_STATES, vowel_s) if sound in VOWELS else (_CONSONANT_STATES, CONSONANT_S)
            )
            if ends_line and at == held:
                states, seconds = _HELD_STATES, seconds * _HELD
            column += [sound] * states
            word += [number] * states
            lasts += [seconds / states] * states
    if after:
        gap(_AT_THE_ENDS_S)
    columns = np.array(column)
    leave = np.minimum(HOP_S / np.array(lasts), 1 - 1e-3)
    is_gap = columns == NOBODY
    past = np.full(len(columns), _NEVER)
    past[2:][is_gap[1:-1]] = np.log(_PASSED_OVER)
    enter = np.where(is_gap, np.log(1 - _PASSED_OVER), 0)
    # What follows a gap is entered from it, or past it; what follows a sound always from it.
    return Chain(
        columns,
        np.array(word),
        np.log(1 - leave).astype(np.float32),
        np.log(leave).astype(np.float32),
        enter.astype(np.float32),
        past,
    )


def best_way(scores: NDArray[np.float32], chain: Chain) -> tuple[NDArray[np.intp], float]:
    """The state of each frame on the likeliest way from the chain's first state to its last, and its log
    score.

    `scores`: (frames, 23), of each sound and of nobody. A gap at an edge may be left out. Only some of the
    ways are kept: where they would take too much memory, they are found anew from every so many frames on.
    Where there are fewer frames than the shortest way has, no
    way is found and the score is minus infinity.
    """
    frames, states = len(scores), len(chain.column)
    piece = max(1, min(frames, _MOST_BYTES // states))
    at_start = np.full(states, _NEVER)
    at_start[0] = 0
    if chain.word[0] < 0 and states > 1:
        at_start[1] = 0
    kept: list[NDArray[np.float32]] = []
    reached = at_start + scores[0, chain.column]
    for begin in range(1, frames, piece):
        kept.append(reached)
        reached, came = _forward(scores[begin : begin + piece], chain, reached)
    last = states - 1
    if chain.word[last] < 0 and states > 1 and reached[last - 1] > reached[last]:
        last -= 1
    score = float(reached[last])
    way = np.empty(frames, np.intp)
    state = last
    for number in range(len(kept) - 1, -1, -1):
        begin = 1 + number * piece
        if number < len(kept) - 1:
            came = _forward(scores[begin : begin + piece], chain, kept[number])[1]
        for at in range(len(came) - 1, -1, -1):
            way[begin + at] = state
            state -= int(came[at, state])
    way[0] = state
    return way, score if score > _NEVER / 2 else float("-inf")


def _forward(
    scores: NDArray[np.float32],
    chain: Chain,
    reached: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """The best score that reaches each state after these frames, and by how many states each step went on."""
    came = np.empty((len(scores), len(reached)), np.int8)
    from_one, from_two = np.full_like(reached, _NEVER), np.full_like(reached, _NEVER)
    for at, row in enumerate(scores):
        going = reached + chain.go
        reached = reached + chain.stay
        np.add(going[:-1], chain.enter[1:], out=from_one[1:])
        np.add(going[:-2], chain.past[2:], out=from_two[2:])
        on = from_one > reached
        np.maximum(reached, from_one, out=reached)
        came[at] = np.where(from_two > reached, 2, on)
        np.maximum(reached, from_two, out=reached)
        reached += row[chain.column]
    return reached, came
