"""Times move from one recording to another, all of them by as much."""

from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.lyrics.shifting import shifted
from aqyn.core.lyrics.timing import Cue, LineCues, Origin

LINES = (
    LineCues.of([Cue(100, 400, (100, 250), Origin.TAPPED, 90), Cue(450, 600, (450,), Origin.SPREAD, 50)]),
    None,
    LineCues(700, 990, (), Origin.IMPORTED, 80),
)


def test_every_time_moves_and_keeps_where_it_came_from():
    moved, left_out = shifted(LINES, 1240, duration_ms=3000)
    assert (moved, left_out) == (
        (
            LineCues.of(
                [
                    Cue(1340, 1640, (1340, 1490), Origin.TAPPED, 90),
                    Cue(1690, 1840, (1690,), Origin.SPREAD, 50),
                ]
            ),
            None,
            LineCues(1940, 2230, (), Origin.IMPORTED, 80),
        ),
        0,
    )


def test_lines_that_fall_outside_the_sound_are_left_out_and_counted():
    assert shifted(LINES, -200, duration_ms=3000) == ((None, None, LineCues(500, 790, (), "imported", 80)), 1)
    assert shifted(LINES, 500, duration_ms=1200)[0][2] is None
    assert shifted(LINES, 90_000, duration_ms=1200) == ((None, None, None), 2)


def test_a_line_that_lies_over_the_edge_by_a_hair_is_cut_there():
    moved, left_out = shifted(LINES, -110, duration_ms=875)
    assert left_out == 0
    assert moved[0].words[0] == Cue(0, 290, (0, 140), Origin.TAPPED, 90)
    assert (moved[2].start, moved[2].end) == (590, 875)


@given(by=st.integers(-5000, 5000))
def test_there_and_back_is_where_it_was(by):
    there, _ = shifted(LINES, by + 10_000, duration_ms=100_000)
    assert shifted(there, -by - 10_000, duration_ms=100_000) == (LINES, 0)
