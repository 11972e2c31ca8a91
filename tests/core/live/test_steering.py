"""Where the song begins, and how it goes from line to line."""

from dataclasses import replace

import pytest
from tests.core.live.night import (
    BY_HAND,
    HELD,
    LEAD,
    NOW,
    OVER,
    PARTLY,
    RUNS,
    SECONDS,
    SONG,
    UNTIMED,
    WAITS,
    at,
    cannot,
    steered,
    told,
)

from aqyn.core.live import Cannot, Do, LineSpan, Position, State, score_of, where

# Beginning


def test_a_chosen_entry_shows_its_title():
    chosen = steered(RUNS, Do.CHOOSE, entry=6, planned=(0, 1, 1, 3))
    assert chosen == Position(SECONDS + 1, NOW, State.WAIT, entry=6, order=(0, 1, 1, 3))


def test_what_the_crew_wrote_and_the_dark_stay_over_the_next_entry():
    told_it = replace(RUNS, dark=True, notice=3, tempo=1200)
    assert steered(told_it, Do.CHOOSE, entry=6) == Position(
        SECONDS + 1, NOW, State.WAIT, entry=6, dark=True, notice=3
    )


def test_a_start_turns_the_whole_hall_together():
    assert steered(WAITS, Do.START) == told(WAITS, time_ms=NOW + LEAD, state=State.RUN)
    assert steered(WAITS, Do.START, entry=6, planned=(3, 0)) == Position(
        SECONDS + 1, NOW + LEAD, State.RUN, entry=6, at_ms=19_550, order=(3, 0)
    )


def test_a_start_anew_keeps_the_order_and_the_tempo_of_tonight():
    changed = replace(RUNS, order=(0, 3), tempo=900)
    assert steered(changed, Do.START, entry=5, planned=(1,)) == told(changed, time_ms=NOW + LEAD)


def test_an_order_may_begin_with_what_nobody_times():
    assert steered(replace(WAITS, order=(2, 1)), Do.START).step == 1


def test_a_song_without_times_begins_by_hand_at_its_first_line():
    assert steered(WAITS, Do.START, score=UNTIMED) == told(WAITS, time_ms=NOW + LEAD, state=State.HAND)
    turned = steered(replace(WAITS, order=(1, 0)), Do.START, score=UNTIMED)
    assert (turned.state, turned.step, turned.line) == (State.HAND, 0, 2)


def test_talk_begins_too_and_has_no_lines():
    talk = steered(WAITS, Do.START, score=None)
    assert talk == told(WAITS, time_ms=NOW + LEAD, state=State.HAND)
    assert cannot(talk, Do.NEXT, score=None) is Cannot.NO_LINE
    assert cannot(talk, Do.BACK, score=None) is Cannot.NO_LINE
    assert cannot(talk, Do.CLOCK, score=None) is Cannot.NO_LINE
    assert cannot(talk, Do.REPEAT, score=None) is Cannot.NO_STEP
    assert steered(talk, Do.FINISH, score=None).state is State.OVER


def test_nothing_can_be_started_before_it_is_chosen():
    empty = replace(WAITS, entry=0)
    for do in (Do.START, Do.HAND, Do.CHOOSE):
        assert cannot(empty, do) is Cannot.NOTHING_CHOSEN


@pytest.mark.parametrize("state", [State.SHUT, State.END])
@pytest.mark.parametrize("do", Do)
def test_a_hall_that_is_not_open_is_not_steered(state, do):
    assert cannot(replace(WAITS, state=state), do) is Cannot.SHUT


@pytest.mark.parametrize("do", [Do.NEXT, Do.BACK, Do.HOLD, Do.CLOCK, Do.NUDGE, Do.REPEAT, Do.SKIP, Do.FINISH])
def test_what_needs_a_song_waits_for_it(do):
    assert cannot(WAITS, do, step=0) is Cannot.NOT_BEGUN


# Lines by the clock


def test_next_jumps_to_where_the_next_line_begins_to_be_sung():
    assert steered(at(RUNS, 1200), Do.NEXT) == told(RUNS, time_ms=NOW, at_ms=5000)
    assert steered(at(RUNS, 12_000), Do.NEXT) == told(RUNS, time_ms=NOW, step=3, at_ms=20_000)
    assert steered(at(RUNS, 100), Do.NEXT) == told(RUNS, time_ms=NOW, at_ms=1000)


def test_next_begins_a_line_that_has_risen_early():
    risen = at(RUNS, 4700)
    assert where(risen, SONG, NOW).line == 1
    assert steered(risen, Do.NEXT).at_ms == 5000


def test_next_goes_through_the_order_as_sung_tonight():
    twice = at(replace(RUNS, order=(0, 1, 1, 3)), 12_000)
    again = steered(twice, Do.NEXT)
    assert again == told(twice, time_ms=NOW, step=2, at_ms=10_000)
    assert steered(again, Do.NEXT).step == 3


def test_the_next_line_is_the_one_that_is_sung_next_wherever_it_is_written():
    turned = score_of(1, [LineSpan(0, 5000, 6000), LineSpan(0, 1000, 2000)], duration=9000)
    first = steered(at(RUNS, 100), Do.NEXT, score=turned)
    assert (first.at_ms, steered(first, Do.NEXT, score=turned).at_ms) == (1000, 5000)


def test_nothing_follows_the_last_line_by_the_clock():
    assert cannot(at(RUNS, 22_000), Do.NEXT) is Cannot.LAST_LINE
    assert cannot(at(RUNS, 40_000), Do.NEXT) is Cannot.OVER


def test_back_begins_a_line_again_that_has_been_sung_for_a_while():
    assert steered(at(RUNS, 6501), Do.BACK).at_ms == 5000
    assert steered(at(RUNS, 6500), Do.BACK).at_ms == 1000
    assert steered(at(RUNS, 1200), Do.BACK).at_ms == 1000
    assert cannot(at(RUNS, 500), Do.BACK) is Cannot.FIRST_LINE


def test_back_counts_the_singers_time_not_the_recordings():
    slow = replace(RUNS, tempo=500, at_ms=5000)
    assert steered(at(slow, 1400), Do.BACK).at_ms == 1000
    assert steered(at(slow, 1600), Do.BACK).at_ms == 5000


def test_back_crosses_to_the_section_that_was_sung_before():
    twice = replace(RUNS, order=(0, 1, 1, 3), step=2, at_ms=10_000)
    assert steered(at(twice, 500), Do.BACK) == told(twice, time_ms=NOW, step=1)
    risen = replace(twice, at_ms=9600)
    assert steered(at(risen, 0), Do.BACK) == told(risen, time_ms=NOW, step=1, at_ms=10_000)
    risen = replace(RUNS, step=3, at_ms=19_600)
    assert steered(at(risen, 0), Do.BACK) == told(risen, time_ms=NOW, step=1, at_ms=10_000)


def test_back_after_the_last_word_sings_the_last_line_again():
    assert steered(at(RUNS, 40_000), Do.BACK) == told(RUNS, time_ms=NOW, step=3, at_ms=20_000)


def test_any_line_is_lit_where_it_comes_next():
    assert steered(at(RUNS, 12_000), Do.LINE, line=3) == told(RUNS, time_ms=NOW, step=3, at_ms=20_000)
    twice = replace(RUNS, order=(0, 1, 0, 1))
    assert steered(at(twice, 100), Do.LINE, line=2).step == 1
    assert steered(at(twice, 12_000), Do.LINE, line=1).step == 2
    assert steered(at(twice, 6000), Do.LINE, line=0).step == 0
    assert steered(at(replace(twice, step=3, at_ms=9550), 100), Do.LINE, line=0).step == 2
    assert steered(at(twice, 100), Do.LINE, line=2, step=3).step == 3


def test_a_line_that_tonight_leaves_out_is_sung_now_and_then_what_followed():
    without = at(replace(RUNS, order=(0, 3)), 6000)
    assert steered(without, Do.LINE, line=2) == told(
        without, time_ms=NOW, order=(0, 1, 3), step=1, at_ms=10_000
    )


def test_there_are_no_other_lines_and_places():
    assert cannot(RUNS, Do.LINE, line=4) is Cannot.NO_LINE
    assert cannot(RUNS, Do.LINE, line=-1) is Cannot.NO_LINE
    assert cannot(RUNS, Do.LINE, line=2, step=0) is Cannot.NO_STEP
    assert cannot(RUNS, Do.LINE, line=2, step=9) is Cannot.NO_STEP
    assert cannot(RUNS, Do.SECTION, step=4) is Cannot.NO_STEP
    assert cannot(RUNS, Do.SECTION, step=2) is Cannot.NO_LINE


def test_the_clock_does_not_go_where_nothing_is_timed():
    runs = at(RUNS, 1000)
    assert cannot(runs, Do.LINE, line=1, score=PARTLY) is Cannot.UNTIMED
    assert cannot(runs, Do.SECTION, step=1, score=PARTLY) is Cannot.UNTIMED
    by_hand = replace(BY_HAND, step=0, line=1)
    assert cannot(by_hand, Do.CLOCK, score=PARTLY) is Cannot.UNTIMED


def test_a_section_begins_with_its_first_line():
    assert steered(RUNS, Do.SECTION, step=0) == told(RUNS, time_ms=NOW, at_ms=1000)
    assert steered(HELD, Do.SECTION, step=3) == told(HELD, time_ms=NOW, step=3, at_ms=20_000)


def test_a_line_or_a_section_may_begin_the_song():
    assert steered(WAITS, Do.SECTION, step=1) == told(
        WAITS, time_ms=NOW + LEAD, state=State.RUN, step=1, at_ms=10_000
    )
    assert steered(WAITS, Do.LINE, line=2, score=UNTIMED) == told(
        WAITS, time_ms=NOW + LEAD, state=State.HAND, step=1, line=2
    )
    assert steered(OVER, Do.SECTION, step=1).state is State.RUN


# Lines by hand


def test_by_hand_each_line_comes_with_the_lead():
    first = replace(BY_HAND, step=0, line=0)
    second = steered(first, Do.NEXT)
    assert second == told(first, time_ms=NOW + LEAD, line=1)
    third = steered(second, Do.NEXT)
    assert third == told(second, time_ms=NOW + LEAD, step=1, line=2)
    assert steered(third, Do.BACK) == told(third, time_ms=NOW + LEAD, step=0, line=1)
    assert cannot(first, Do.BACK) is Cannot.FIRST_LINE


def test_by_hand_the_song_ends_after_its_last_line():
    last = replace(BY_HAND, step=3, line=3)
    over = steered(last, Do.NEXT)
    assert over == told(last, time_ms=NOW + LEAD, state=State.OVER)
    assert steered(over, Do.BACK) == told(over, time_ms=NOW + LEAD, state=State.HAND)


def test_by_hand_repeats_are_walked_through_too():
    twice = replace(BY_HAND, order=(0, 1, 1, 3))
    assert (steered(twice, Do.NEXT).step, steered(twice, Do.NEXT).line) == (2, 2)
    assert steered(twice, Do.SECTION, step=3) == told(twice, time_ms=NOW + LEAD, step=3, line=3)
    assert steered(twice, Do.LINE, line=0) == told(twice, time_ms=NOW + LEAD, step=0, line=0)


def test_hand_goes_on_from_the_lit_line():
    assert steered(at(RUNS, 6000), Do.HAND) == told(RUNS, time_ms=NOW, state=State.HAND, line=1)
    assert steered(at(RUNS, 100), Do.HAND) == told(RUNS, time_ms=NOW, state=State.HAND, line=0)
    assert steered(HELD, Do.HAND) == told(HELD, time_ms=NOW, state=State.HAND, at_ms=0, line=2)
    assert steered(WAITS, Do.HAND) == told(WAITS, time_ms=NOW + LEAD, state=State.HAND)
    assert cannot(BY_HAND, Do.HAND) is Cannot.BY_HAND
    assert cannot(OVER, Do.HAND) is Cannot.OVER


def test_the_clock_takes_over_from_the_line_that_is_lit():
    assert steered(BY_HAND, Do.CLOCK) == told(BY_HAND, time_ms=NOW, state=State.RUN, at_ms=10_000, line=0)
    assert cannot(RUNS, Do.CLOCK) is Cannot.NOT_BY_HAND


@pytest.mark.parametrize("do", [Do.HOLD, Do.NUDGE])
def test_by_hand_there_is_no_clock_to_hold_or_to_move(do):
    assert cannot(BY_HAND, do) is Cannot.BY_HAND
