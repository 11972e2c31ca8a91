import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.hearing import chain as chains
from aqyn.core.hearing.chain import NOBODY, SungWord, best_way, chain_of, vowel_seconds
from aqyn.core.hearing.sounds import SOUNDS

A, M = SOUNDS.index("a"), SOUNDS.index("m")


def words(*lines):
    return [SungWord(sounds, number) for number, line in enumerate(lines) for sounds in line]


def score_of(way, scores, chain):
    """What a way is worth, step by step; None where it may not be gone."""
    last = len(chain.column) - 1
    if way[0] != 0 and not (way[0] == 1 and chain.word[0] < 0):
        return None
    if way[-1] != last and not (way[-1] == last - 1 and chain.word[last] < 0):
        return None
    total = scores[0, chain.column[way[0]]]
    for at in range(1, len(way)):
        old, new = way[at - 1], way[at]
        if new == old:
            total += chain.stay[new]
        elif new == old + 1:
            total += chain.go[old] + chain.enter[new]
        elif new == old + 2 and chain.word[old + 1] < 0:
            total += chain.go[old] + chain.past[new]
        else:
            return None
        total += scores[at, chain.column[new]]
    return total


@given(st.integers(0, 2**32 - 1), st.integers(5, 8))
def test_no_way_is_better_than_the_best(seed, frames):
    chain = chain_of(words([(M,)], [(M,)]), 0.3)
    states = len(chain.column)
    scores = np.random.default_rng(seed).normal(0, 3, (frames, NOBODY + 1)).astype(np.float32)
    way, score = best_way(scores, chain)
    every = [
        score_of(one, scores, chain) for one in itertools.combinations_with_replacement(range(states), frames)
    ]
    best = max(one for one in every if one is not None)
    assert score == pytest.approx(best, abs=1e-3)
    assert score_of(way, scores, chain) == pytest.approx(score, abs=1e-3)


def test_the_way_is_the_same_when_little_of_it_is_kept_at_once(monkeypatch):
    chain = chain_of(words([(M, A), (A,)], [(M, A, M)]), 0.2)
    scores = np.random.default_rng(5).normal(0, 1, (200, NOBODY + 1)).astype(np.float32)
    whole = best_way(scores, chain)
    monkeypatch.setattr(chains, "_MOST_BYTES", 7 * len(chain.column))
    pieces = best_way(scores, chain)
    assert whole[1] == pieces[1]
    assert whole[0].tolist() == pieces[0].tolist()


def test_too_few_frames_have_no_way():
    chain = chain_of(words([(M, A), (A,)]), 0.2)
    scores = np.zeros((4, NOBODY + 1), np.float32)
    assert best_way(scores, chain)[1] == float("-inf")


def test_words_are_found_where_their_sounds_are():
    frames, scores = 200, np.full((200, NOBODY + 1), -2.0, np.float32)
    scores[:, NOBODY] = 0
    scores[50:80] = -2
    scores[50:55, M], scores[55:80, A] = 2, 2
    scores[120:150] = -2
    scores[120:145, A], scores[145:150, M] = 2, 2
    chain = chain_of(words([(M, A)], [(A, M)]), 0.4)
    word = chain.word[best_way(scores, chain)[0]]
    assert len(word) == frames
    assert np.flatnonzero(word == 0).tolist() == list(range(50, 80))
    assert np.flatnonzero(word == 1).tolist() == list(range(120, 150))


def test_what_is_tapped_begins_at_once():
    scores = np.zeros((60, NOBODY + 1), np.float32)
    chain = chain_of(words([(M, A), (A,)]), 0.3, before=False)
    assert chain.word[best_way(scores, chain)[0]][0] == 0


def test_only_gaps_may_be_passed_over():
    chain = chain_of(words([(M, A), (A, M)], [(A,)]), 0.3)
    open_ = chain.past > -1e29
    before = np.flatnonzero(open_) - 1
    assert (chain.column[before] == NOBODY).all()
    # One between two words, one between two lines; those at the edges are left out in another way.
    assert len(before) == 2


@given(st.floats(5, 1_200), st.integers(1, 400))
def test_a_vowel_lasts_as_the_song_has_room(seconds, count):
    sung = [SungWord((M, A), 0)] * count
    lasts = vowel_seconds(sung, seconds)
    assert 0.1 <= lasts <= 1.2
    assert lasts <= vowel_seconds(sung, seconds * 1.5)
