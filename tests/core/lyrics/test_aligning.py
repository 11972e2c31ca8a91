"""Which lines of two texts are the same."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics import aligning
from aqyn.core.lyrics.aligning import aligned, stretches

texts = st.lists(st.sampled_from("абвгд"), max_size=12)


def test_a_line_that_stands_once_goes_before_those_that_stand_often():
    assert aligned(["у", "а", "а"], ["а", "а", "у"]) == [(0, 2)]


def test_without_such_a_line_the_most_lines_stay():
    assert aligned("абаб", "баба") == [(0, 1), (1, 2), (2, 3)] or aligned("абаб", "баба") == [
        (1, 0),
        (2, 1),
        (3, 2),
    ]


def test_a_stretch_too_long_to_compare_is_replaced_but_for_its_ends():
    count = int(aligning.MOST_PAIRS**0.5) + 2
    before, after = ["н", *"аб" * count, "с"], ["н", *"ббаа" * count, "с"]
    assert aligned(before, after) == [(0, 0), (len(before) - 1, len(after) - 1)]


@given(texts, texts)
def test_pairs_are_equal_lines_in_order(before, after):
    pairs = aligned(before, after)
    assert all(before[a] == after[b] for a, b in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert aligned(before, before) == [(at, at) for at in range(len(before))]


@given(texts, texts)
def test_stretches_follow_one_another_and_leave_nothing_out(before, after):
    a = b = 0
    for same, start, end, other, other_end in stretches(before, after):
        assert (start, other) == (a, b)
        assert (end, other_end) != (a, b)
        assert not same or before[start:end] == after[other:other_end]
        a, b = end, other_end
    assert (a, b) == (len(before), len(after))
