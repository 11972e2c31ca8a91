"""Which word is lit: the specification that the player follows."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics.light import Light, carried, light
from aqyn.core.lyrics.timing import Cue, LineCues

WORDS = (Cue(1000, 1400, (1000, 1100)), Cue(1500, 1500, (1500,)), Cue(1500, 2000, (1500, 1600, 1900)))
LINE = LineCues.of(WORDS)


@st.composite
def lines(draw):
    at, words = draw(st.integers(0, 1000)), []
    for _ in range(draw(st.integers(1, 5))):
        starts = [at]
        for _ in range(draw(st.integers(0, 3))):
            starts.append(starts[-1] + draw(st.integers(0, 200)))
        end = starts[-1] + draw(st.integers(0, 200))
        words.append(Cue(at, end, tuple(starts)))
        at = end + draw(st.sampled_from([0, 50]))
    return LineCues.of(words)


def test_each_syllable_takes_the_part_of_the_word_that_its_letters_do():
    assert light(LINE, 999) == Light(0, 0.0)
    assert light(LINE, 1050, [[1, 3]]) == Light(0, 0.125)
    assert light(LINE, 1250, [[1, 3]]) == Light(0, 0.625)
    assert light(LINE, 1250) == Light(0, 0.75)
    assert light(LINE, 1450) == Light(0, 1.0)
    assert light(LINE, 1900, [[], [], [2, 2, 4]]) == Light(2, 0.5)
    assert light(LINE, 5000) == Light(2, 1.0)


def test_a_line_without_word_times_is_lit_as_a_whole():
    line = LineCues(1000, 2000)
    assert [light(line, t) for t in (999, 1000, 3000)] == [Light(-1, 0.0), Light(-1, 1.0), Light(-1, 1.0)]


@given(lines(), st.lists(st.integers(-10, 4000), min_size=2, max_size=20))
def test_light_never_goes_back(line, moments):
    lit = [light(line, t) for t in sorted(moments)]
    steps = [one.word + one.share for one in lit]
    assert all(0 <= one.share <= 1 for one in lit)
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(steps))


@given(lines())
def test_every_word_is_dark_before_its_start_and_full_at_its_end(line):
    for place, word in enumerate(line.words):
        before = light(line, word.start - 1)
        assert before.word < place or (before.word, before.share) == (0, 0.0)
        after = light(line, word.end)
        assert after.word > place or after == Light(place, 1.0)


@given(
    st.lists(st.text("абв", min_size=1, max_size=6), min_size=1, max_size=6),
    st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=6),
    st.lists(st.floats(0, 1), min_size=2, max_size=8),
)
def test_another_number_of_words_still_fills_from_first_to_last(words, other, shares):
    assert carried(Light(0, 0.0), words, other) in (Light(0, 0.0),)
    last = carried(Light(len(words) - 1, 1.0), words, other)
    assert (last.word, last.share) == (len(other) - 1, 1.0)
    steps = []
    for place in range(len(words)):
        for share in sorted(shares):
            lit = carried(Light(place, share), words, other)
            assert 0 <= lit.word < len(other)
            assert 0 <= lit.share <= 1
            steps.append(lit.word + lit.share)
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(steps))


def test_as_many_words_light_word_by_word():
    assert carried(Light(1, 0.3), ["а", "бббббб"], ["aaaaaa", "b"]) == Light(1, 0.3)


def test_a_third_of_the_letters_is_a_third_of_the_other_letters():
    assert carried(Light(0, 1.0), ["аа", "бббб"], ["aaa", "aaa", "aaa"]) == Light(1, 0.0)
