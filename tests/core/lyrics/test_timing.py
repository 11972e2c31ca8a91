"""Times that can be sung, and those that cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics.timing import (
    Cue,
    LineCues,
    Origin,
    TimingError,
    bare,
    check,
    ended,
    from_json,
    lines_at,
    shifted,
    stamped,
    to_json,
)

GOOD = LineCues.of([Cue(100, 200, (100, 150)), Cue(200, 300, (200,))])


def test_what_was_written_as_json_comes_back():
    assert from_json(to_json(GOOD)) == GOOD
    assert from_json([5, 9]) == LineCues(5, 9)


def test_times_tell_where_they_come_from_and_how_sure_they_are():
    words = from_json([[100, 200, [100, 150], "spread", 50], [200, 300, [200], "placed", None]])
    assert [(word.origin, word.sure) for word in words.words] == [(Origin.SPREAD, 50), (Origin.PLACED, None)]
    assert to_json(words) == [[100, 200, [100, 150], "spread", 50], [200, 300, [200], "placed", None]]
    assert to_json(from_json([5, 9, "tapped", 90])) == [5, 9, "tapped", 90]
    assert to_json(stamped(LineCues(5, 9), Origin.IMPORTED)) == [5, 9, "imported", 80]
    assert to_json(stamped(GOOD, Origin.TAPPED))[1] == [200, 300, [200], "tapped", 90]


def test_a_listeners_player_is_not_told_where_times_come_from():
    assert bare([[100, 200, [100], "spread", 50]]) == [[100, 200, [100]]]
    assert bare([5, 9, "tapped", 90]) == [5, 9]


@pytest.mark.parametrize(
    "told", [["heard", 90], ["tapped", 101], ["tapped", -1], ["tapped", "sure"], ["", 1]]
)
def test_an_unknown_origin_or_share_is_refused(told):
    with pytest.raises(TimingError, match="Where a time comes from"):
        from_json([5, 9, *told])


@given(
    st.recursive(
        st.one_of(st.integers(), st.booleans(), st.none(), st.text(max_size=3), st.floats(allow_nan=True)),
        lambda inner: st.lists(inner, max_size=4),
        max_leaves=12,
    )
)
def test_any_json_is_cues_or_one_refusal(value):
    try:
        cues = from_json(value)
    except TimingError:
        return
    assert from_json(to_json(cues)) == cues


def test_good_times_pass():
    check([GOOD, None, LineCues(300, 900)], [2, 7, 4], duration_ms=900)


@pytest.mark.parametrize(
    ("lines", "counts", "told"),
    [
        ([GOOD], [2, 1], "There are times for 1 lines, but the song has 2."),
        ([GOOD], [3], "line 1: there are times for 2 words, but it has 3."),
        ([LineCues(-1, 5)], [1], "line 1: it begins before the recording does."),
        ([GOOD, LineCues(90, 95)], [2, 1], "line 2: it begins before the line above it."),
        ([LineCues(9, 5)], [1], "line 1: it ends before it begins."),
        (
            [LineCues(9, 1001)],
            [1],
            "line 1: it ends at 1001 ms, after the end of the recording at 1000 ms.",
        ),
        ([LineCues(0, 300, GOOD.words)], [2], "line 1: it does not begin and end with its words."),
        (
            [LineCues.of([Cue(0, 50), Cue(40, 60)])],
            [2],
            "line 1: word 2 begins before the one in front of it has ended.",
        ),
        (
            [LineCues.of([Cue(0, 9, (0, 8, 7))])],
            [1],
            "line 1: the syllables of word 1 do not follow one another.",
        ),
        ([LineCues.of([Cue(0, 9, (0, 10))])], [1], "line 1: a syllable of word 1 begins after its end."),
        ([LineCues.of([Cue(0, 9, (1,))])], [1], "line 1: the syllables of word 1 do not follow one another."),
        (
            [LineCues.of([Cue(3, 2), Cue(5, 9)])],
            [2],
            "line 1: word 1 ends before it begins.",
        ),
    ],
)
def test_times_that_cannot_be_sung_are_told_in_one_sentence(lines, counts, told):
    with pytest.raises(TimingError) as refused:
        check(lines, counts, duration_ms=1000)
    assert str(refused.value) == told


def test_shifting_moves_everything():
    assert shifted(GOOD, 7) == LineCues.of([Cue(107, 207, (107, 157)), Cue(207, 307, (207,))])


def test_two_lines_may_be_sung_at_once():
    assert lines_at({1: LineCues(0, 10), 2: LineCues(5, 15)}, 7) == [1, 2]


def test_a_last_line_left_open_ends_with_the_recording():
    open_end = LineCues(2000, 2000, (), Origin.IMPORTED, 80)
    lines = [LineCues(1000, 2000), open_end, None]
    assert ended(lines, 9000) == [lines[0], LineCues(2000, 9000, (), Origin.IMPORTED, 80), None]
    assert ended(lines, 2000) == lines
    assert ended(lines[:1], 9000) == lines[:1]
