import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.hearing.chain import NOBODY, SungWord
from aqyn.core.hearing.sounds import SOUNDS
from aqyn.core.hearing.stretches import edges, known_sounds, lay_along

A, M, OH, S = (SOUNDS.index(sound) for sound in "amos")
SONG = [SungWord((M, A), 0), SungWord((OH,), 0), SungWord((S, A), 1), SungWord((OH, M), 1)]
AT = [(50, 80), (80, 100), (200, 240), (250, 290)]


def scores_for(words, places, frames=400):
    """Sound by sound, as if each word were clearly heard at its place."""
    scores = np.full((frames, NOBODY + 1), -2.0, np.float32)
    scores[:, NOBODY] = 0.5
    for word, (begin, end) in zip(words, places, strict=True):
        scores[begin:end, NOBODY] = -2
        cuts = np.linspace(begin, end, len(word.sounds) + 1).round().astype(int)
        for sound, first, last in zip(word.sounds, cuts, cuts[1:], strict=False):
            scores[first:last, sound] = 2
    return scores


def places(laid):
    return list(zip(laid.begin.tolist(), laid.end.tolist(), strict=True))


def test_words_are_laid_where_they_are_heard():
    assert places(lay_along(scores_for(SONG, AT), SONG, 0.3)) == AT


def test_a_known_word_stays_and_the_others_are_laid_around_it():
    known = {1: (300, 310)}
    laid = lay_along(scores_for(SONG, AT), SONG, 0.3, known)
    assert places(laid)[:2] == [(50, 80), (300, 310)]
    assert laid.begin[2] >= 310
    assert (laid.sounds[300:310] == OH).all()


def test_a_tapped_word_begins_at_the_tap_and_ends_where_it_is_heard_to():
    laid = lay_along(scores_for(SONG, AT), SONG, 0.3, {2: (198, None)})
    assert places(laid)[:2] == AT[:2]
    assert (laid.begin[2], laid.end[2]) == (198, 240)
    assert places(laid)[3] == AT[3]


def test_all_known_words_stay_as_they_are():
    told = [(10, 20), (20, 25), (300, 301), (350, 399)]
    assert places(lay_along(scores_for(SONG, AT), SONG, 0.3, dict(enumerate(told)))) == told


@pytest.mark.parametrize("known", [{0: (398, None)}, {3: (2, None)}, {0: (500, 520)}, {1: (399, 400)}])
def test_where_there_is_no_room_every_word_still_has_a_place(known):
    laid = lay_along(scores_for(SONG, AT), SONG, 0.3, known)
    assert (laid.end >= laid.begin).all()
    assert len(laid.begin) == len(SONG)


@given(st.data())
def test_words_stay_in_order_whatever_is_known(data):
    rng = np.random.default_rng(data.draw(st.integers(0, 9_999)))
    count, frames = data.draw(st.integers(1, 8)), 300
    words = [
        SungWord(tuple(rng.integers(0, len(SOUNDS), rng.integers(1, 4))), number // 3)
        for number in range(count)
    ]
    at = sorted(data.draw(st.lists(st.integers(0, frames), min_size=2 * count, max_size=2 * count)))
    whole = data.draw(st.lists(st.sampled_from(["", "tapped", "known"]), min_size=count, max_size=count))
    known = {
        number: (at[2 * number], max(at[2 * number + 1], at[2 * number]) if kind == "known" else None)
        for number, kind in enumerate(whole)
        if kind
    }
    laid = lay_along(rng.normal(0, 1, (frames, NOBODY + 1)).astype(np.float32), words, 0.2, known)
    assert (laid.begin <= laid.end).all()
    assert (np.diff(laid.begin) >= 0).all()
    assert all(laid.begin[number] == begin for number, (begin, _) in known.items() if begin < frames)


def test_known_sounds_fill_a_word_by_their_weight():
    sounds = known_sounds([SungWord((M, A), 0)], {0: (10, 18)}, 30)
    assert sounds.tolist() == [-1] * 10 + [M] * 2 + [A] * 6 + [-1] * 12


def test_a_word_without_a_frame_is_as_short_as_can_be():
    begin, end = edges(np.array([-1, 0, 0, -1, 2, 2]), 4)
    assert begin.tolist() == [1, 3, 4, 6]
    assert end.tolist() == [3, 3, 6, 6]
