"""Times that nobody has given yet."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics.spreading import lasts_ms, spread, weight
from aqyn.core.lyrics.timing import Cue, LineCues, Origin, check

weights = st.lists(st.lists(st.integers(3, 12), min_size=1, max_size=6), min_size=1, max_size=12)


def test_a_longer_syllable_is_sung_longer():
    assert [weight(piece) for piece in ("а", "жа", "рық,", "«—»")] == [4, 5, 6, 3]


def test_a_line_lasts_as_long_as_its_syllables_and_one_word_for_a_breath():
    assert (lasts_ms(7), lasts_ms(1)) == (4200, 1000)


def test_two_words_are_spread_over_their_line():
    first = Cue(1000, 1550, (1000, 1250), Origin.SPREAD, 50)
    second = Cue(1550, 1900, (1550,), Origin.SPREAD, 50)
    assert spread(1000, 1900, [[5, 6], [7]]) == (first, second)


@given(st.integers(0, 10**7), st.integers(0, 10**5), weights)
def test_what_is_spread_can_be_sung_and_fills_its_line(start, length, of):
    words = spread(start, start + length, of)
    line = LineCues.of(words)
    check([line], [len(of)])
    assert (line.start, line.end) == (start, start + length)
    assert [len(word.syllables) for word in words] == [len(word) for word in of]
    assert all(a.end == b.start for a, b in pairwise(words))


@given(st.integers(0, 10**7), st.integers(0, 10**5), weights)
def test_each_syllable_has_its_share_to_the_millisecond(start, length, of):
    words, whole, before = spread(start, start + length, of), sum(map(sum, of)), 0
    for word, syllables in zip(words, of, strict=True):
        for mark, syllable in zip(word.syllables, syllables, strict=True):
            assert 0 <= length * before - (mark - start) * whole < whole
            before += syllable
