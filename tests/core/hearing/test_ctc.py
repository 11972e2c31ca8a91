"""CTC alignment against the plain counting of all ways."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.hearing.ctc import BLANK, DoesNotFit, align, frames_needed

TOKENS = 3
emissions_and_words = st.tuples(
    st.integers(0, 2**31),
    st.integers(1, 7),
    st.lists(st.lists(st.integers(1, TOKENS - 1), min_size=1, max_size=2), min_size=1, max_size=3),
    st.booleans(),
)


def chance(seed: int, frames: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(0, 2, (frames, TOKENS))
    return drawn - np.log(np.exp(drawn).sum(axis=1, keepdims=True))


def ways(frames: int, words: list[list[int]], begins: bool) -> list[list[int]]:
    """Every sequence of frames that reads as the words: for each frame the place of its token, or None."""
    wanted = [token for word in words for token in word]
    found = []
    for labels in product(range(TOKENS), repeat=frames):
        read = [
            label for place, label in enumerate(labels) if label and (not place or labels[place - 1] != label)
        ]
        if read == wanted and not (begins and labels[0] == BLANK):
            found.append(list(labels))
    return found


def starts_of(labels: list[int], words: list[list[int]]) -> list[int]:
    """The frame in which each word's first token begins."""
    begun = [
        place for place, label in enumerate(labels) if label and (not place or labels[place - 1] != label)
    ]
    firsts = np.cumsum([0, *(len(word) for word in words)])[:-1]
    return [begun[first] for first in firsts]


@given(emissions_and_words)
def test_it_takes_the_likeliest_of_all_ways(drawn):
    seed, frames, words, begins = drawn
    emissions = chance(seed, frames)
    known = ways(frames, words, begins)
    if not known:
        with pytest.raises(DoesNotFit):
            align(emissions, words, reach=0, begins=begins)
        return
    best = max(known, key=lambda labels: emissions[range(frames), labels].sum())
    assert [span.start for span in align(emissions, words, reach=0, begins=begins)] == starts_of(best, words)


@given(emissions_and_words, st.integers(0, 2))
def test_a_words_chance_is_the_share_of_all_ways_that_begin_it_there(drawn, reach):
    seed, frames, words, begins = drawn
    emissions = chance(seed, frames)
    known = ways(frames, words, begins)
    if not known:
        return
    weights = np.array([np.exp(emissions[range(frames), labels].sum()) for labels in known])
    begun = np.array([starts_of(labels, words) for labels in known])
    spans = align(emissions, words, reach=reach, begins=begins)
    near = np.abs(begun - [span.start for span in spans]) <= reach
    expected = (weights[:, None] * near).sum(axis=0) / weights.sum()
    assert [span.chance for span in spans] == pytest.approx(expected.tolist(), abs=1e-9)


@given(emissions_and_words)
def test_words_follow_one_another_and_last(drawn):
    seed, frames, words, begins = drawn
    room = frames + frames_needed(words)
    spans = align(chance(seed, room), words, reach=1, begins=begins)
    moments = [moment for span in spans for moment in (span.start, span.end)]
    assert moments == sorted(moments)
    assert all(span.start < span.end <= room for span in spans)
    assert not begins or spans[0].start == 0


def clear(labels: str) -> np.ndarray:
    """Emissions that leave no doubt: "-" is the blank, a and b are tokens 1 and 2."""
    told = np.full((len(labels), TOKENS), np.log(1e-6))
    told[range(len(labels)), ["-ab".index(label) for label in labels]] = np.log(1 - 2e-6)
    return told


def test_clear_sound_is_heard_where_it_is():
    spans = align(clear("--aa-a-bb--"), [[1, 1], [2]], reach=0)
    assert [(span.start, span.end) for span in spans] == [(2, 6), (7, 9)]
    assert min(span.chance for span in spans) > 0.99


def test_a_long_sound_comes_out_as_a_short_one():
    words = [[1, 2], [2, 1], [1]] * 40
    spans = align(clear("-ab-ba-a-" * 40), words, reach=2)
    assert [span.start for span in spans[:3]] == [1, 4, 7]
    assert [span.start % 9 for span in spans] == [1, 4, 7] * 40


def test_too_little_sound_does_not_fit():
    with pytest.raises(DoesNotFit):
        align(clear("aa"), [[1, 1]], reach=0)


@pytest.mark.parametrize("words", [[[]], [[1], []], [[BLANK]]], ids=["empty", "one empty", "blank"])
def test_words_without_tokens_are_an_error(words):
    with pytest.raises(ValueError, match="no tokens"):
        align(clear("ab"), words, reach=0)


def test_nothing_to_find_is_nothing_found():
    assert align(clear("--"), [], reach=0) == []
