import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.hearing import chances as module
from aqyn.core.hearing.chain import NOBODY, SungWord, chain_of
from aqyn.core.hearing.chances import begins, middle
from aqyn.core.hearing.sounds import SOUNDS

A, M = SOUNDS.index("a"), SOUNDS.index("m")


def by_every_way(scores, chain, count):
    """The same, added up over every way there is."""
    last = len(chain.column) - 1
    total = np.zeros((len(scores), count))
    for way in itertools.combinations_with_replacement(range(last + 1), len(scores)):
        if way[0] > (chain.word[0] < 0) or way[-1] < last - (chain.word[last] < 0):
            continue
        weight = scores[0, chain.column[way[0]]]
        for old, new, row in zip(way, way[1:], scores[1:], strict=False):
            if new == old:
                weight += chain.stay[new]
            elif new == old + 1:
                weight += chain.go[old] + chain.enter[new]
            elif new == old + 2:
                weight += chain.go[old] + chain.past[new]
            else:
                weight = -np.inf
            weight += row[chain.column[new]]
        word = chain.word[list(way)]
        for number in range(count):
            if (word == number).any():
                total[(word == number).argmax(), number] += np.exp(module._EACH * weight)
    return total / total.sum(axis=0)


@given(st.integers(0, 2**32 - 1), st.integers(5, 8))
def test_the_chances_are_those_of_all_ways_together(seed, frames):
    words = [SungWord((M,), 0), SungWord((M,), 1)]
    chain = chain_of(words, 0.3)
    scores = np.random.default_rng(seed).normal(0, 3, (frames, NOBODY + 1)).astype(np.float32)
    told = begins(scores, chain, np.array([1, 3]), frames)
    every = by_every_way(scores, chain, 2)
    for word, around in enumerate([1, 3]):
        assert np.allclose(told[frames - around : 2 * frames - around, word], every[:, word], atol=1e-6)


def test_long_sounds_do_not_vanish():
    words = [SungWord((M, A), number) for number in range(60)]
    chain = chain_of(words, 0.3)
    scores = np.random.default_rng(4).normal(0, 2, (3_000, NOBODY + 1)).astype(np.float32)
    chances = begins(scores, chain, np.linspace(0, 2_999, 60).astype(int), 3_000)
    assert np.allclose(chances.sum(axis=0), 1, atol=1e-4)
    near = begins(scores, chain, np.linspace(0, 2_999, 60).astype(int), 100)
    assert np.allclose(near, chances[2_900:3_101])


def test_a_word_that_no_way_leads_to_has_no_chance():
    chain = chain_of([SungWord((M, A), 0)] * 5, 0.3)
    chances = begins(np.zeros((4, NOBODY + 1), np.float32), chain, np.array([0, 1, 2, 3, 3]), 4)
    assert not chances.any()


def test_the_middle_of_a_distribution_and_how_much_lies_around_it():
    chances = np.zeros((101, 3))
    chances[[20, 30, 33, 60], 0] = 0.1, 0.3, 0.2, 0.4
    chances[70, 1] = 1
    chances[10, 2] = 0.4
    frame, chance = middle(chances, np.array([50, 150, 700]), 5)
    assert frame.tolist() == [33, 170, 700]
    assert chance.tolist() == pytest.approx([0.5, 1.0, 0.0])


@given(st.integers(0, 2**32 - 1))
def test_middles_keep_the_words_in_order(seed):
    chain = chain_of([SungWord((M,), 0), SungWord((A,), 0), SungWord((M, A), 1)], 0.2)
    scores = np.random.default_rng(seed).normal(0, 2, (60, NOBODY + 1)).astype(np.float32)
    around = np.array([10, 20, 30])
    frame, chance = middle(begins(scores, chain, around, 60), around, 5)
    assert (np.diff(frame) >= 0).all()
    assert ((chance >= 0) & (chance <= 1)).all()
