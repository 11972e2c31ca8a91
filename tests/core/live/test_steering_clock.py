"""The clock held, moved and quickened, the order of tonight, and what does not touch the song."""

from dataclasses import replace

import pytest
from tests.core.live.night import (
    BY_HAND,
    HELD,
    LEAD,
    NOW,
    OVER,
    RUNS,
    SECONDS,
    UNTIMED,
    WAITS,
    at,
    cannot,
    steered,
    told,
)

from aqyn.core.live import Cannot, Do, LineSpan, State, score_of

# The clock


def test_hold_and_go_go_on_where_it_stood():
    held = steered(RUNS, Do.HOLD)
    assert held == told(RUNS, time_ms=NOW, state=State.HOLD, step=1, at_ms=12_000)
    assert steered(held, Do.GO, now=NOW + 9000) == told(
        held, number=SECONDS + 9, time_ms=NOW + 9000, state=State.RUN
    )
    assert cannot(held, Do.HOLD) is Cannot.NOT_RUNNING
    assert cannot(RUNS, Do.GO) is Cannot.NOT_HELD


def test_a_start_can_be_held_before_it_is_due():
    begun = steered(WAITS, Do.START)
    assert steered(begun, Do.HOLD, now=NOW + 50) == told(begun, time_ms=NOW + 50, state=State.HOLD)


def test_a_start_that_is_still_to_come_stays_where_it_is():
    begun = steered(WAITS, Do.START)
    assert steered(begun, Do.TEMPO, tempo=900, now=NOW + 50) == told(begun, tempo=900)


def test_a_clock_that_was_set_back_does_not_stop_the_song():
    assert steered(replace(RUNS, time_ms=NOW + 3_600_000), Do.TEMPO, tempo=900).time_ms == NOW


def test_a_nudge_moves_the_words():
    assert steered(RUNS, Do.NUDGE, ms=250) == told(RUNS, time_ms=NOW, step=1, at_ms=12_250)
    assert steered(HELD, Do.NUDGE, ms=-250) == told(HELD, time_ms=NOW, at_ms=11_750)


def test_a_nudge_crosses_sections_in_the_order_of_tonight():
    twice = at(replace(RUNS, order=(0, 1, 1, 3), step=2, at_ms=9550), 100)
    assert steered(twice, Do.NUDGE, ms=-200) == told(twice, time_ms=NOW, step=1, at_ms=19_450)
    twice = at(replace(twice, step=1, at_ms=19_500), 0)
    assert steered(twice, Do.NUDGE, ms=100) == told(twice, time_ms=NOW, step=2, at_ms=9600)


def test_a_nudge_never_leaves_the_song():
    assert steered(at(RUNS, 1000), Do.NUDGE, ms=-5000).at_ms == 0
    turned = replace(RUNS, order=(3, 1), at_ms=20_000)
    assert steered(at(turned, 0), Do.NUDGE, ms=-5000) == told(turned, time_ms=NOW, at_ms=19_550)
    assert steered(at(RUNS, 30_000), Do.NUDGE, ms=5000) == told(RUNS, time_ms=NOW, step=3, at_ms=31_999)


def test_a_nudge_brings_the_song_back_just_after_its_end():
    assert steered(at(RUNS, 33_000), Do.NUDGE, ms=-3000) == told(RUNS, time_ms=NOW, step=3, at_ms=30_000)
    assert cannot(at(RUNS, 40_000), Do.NUDGE, ms=-3000) is Cannot.OVER


def test_the_tempo_changes_from_here_on():
    assert steered(RUNS, Do.TEMPO, tempo=1100) == told(RUNS, time_ms=NOW, step=1, at_ms=12_000, tempo=1100)
    assert steered(WAITS, Do.TEMPO, tempo=1100) == told(WAITS, tempo=1100)
    assert cannot(OVER, Do.TEMPO, tempo=1100) is Cannot.OVER


@pytest.mark.parametrize("ms", [-5001, 5001])
def test_a_nudge_is_short(ms):
    assert cannot(RUNS, Do.NUDGE, ms=ms) is Cannot.NUDGE


@pytest.mark.parametrize("tempo", [0, 499, 2001])
def test_a_tempo_is_one_that_can_be_sung(tempo):
    assert cannot(RUNS, Do.TEMPO, tempo=tempo) is Cannot.TEMPO


# The order


def test_another_order_leaves_what_is_sung_where_it_is():
    anew = steered(RUNS, Do.ORDER, order=(1, 1, 0))
    assert anew == told(RUNS, time_ms=NOW, at_ms=12_000, order=(1, 1, 0))
    second = at(replace(RUNS, order=(0, 1, 1, 3), step=2, at_ms=9550), 0)
    assert steered(second, Do.ORDER, order=(1, 0, 1)).step == 2
    assert steered(second, Do.ORDER, order=(0, 1)).step == 1
    assert steered(second, Do.ORDER, order=()).order == ()
    assert steered(WAITS, Do.ORDER, order=(3, 1)) == told(WAITS, order=(3, 1))
    assert steered(BY_HAND, Do.ORDER, order=(3, 1)) == told(BY_HAND, order=(3, 1))


def test_an_order_holds_what_is_sung_and_what_there_is():
    assert cannot(RUNS, Do.ORDER, order=(0, 3)) is Cannot.SECTION_MISSING
    assert cannot(RUNS, Do.ORDER, order=(0, 1, 4)) is Cannot.ORDER_UNKNOWN
    assert cannot(OVER, Do.ORDER, order=(0, 1)) is Cannot.OVER


def test_the_order_as_written_is_not_told():
    assert steered(replace(RUNS, order=(0, 1, 1, 3)), Do.ORDER, order=(0, 1, 2, 3)).order == ()


def test_a_section_is_sung_once_more_after_it_ends():
    assert steered(RUNS, Do.REPEAT) == told(RUNS, time_ms=NOW, step=1, at_ms=12_000, order=(0, 1, 1, 2, 3))
    assert steered(BY_HAND, Do.REPEAT) == told(BY_HAND, order=(0, 1, 1, 2, 3))


def test_the_next_section_is_left_out():
    assert steered(at(RUNS, 3000), Do.SKIP) == told(RUNS, time_ms=NOW, at_ms=3000, order=(0, 2, 3))
    assert steered(BY_HAND, Do.SKIP) == told(BY_HAND, order=(0, 1, 2))
    assert steered(replace(BY_HAND, step=0, line=0), Do.SKIP, score=UNTIMED).order == (0,)
    assert cannot(at(RUNS, 22_000), Do.SKIP) is Cannot.LAST_SECTION


def test_a_repeat_can_be_taken_back():
    repeated = steered(RUNS, Do.REPEAT)
    assert steered(repeated, Do.SKIP).order == ()


def test_two_sections_that_are_still_to_come_change_places():
    assert steered(at(RUNS, 3000), Do.SWAP, step=1).order == (0, 2, 1, 3)
    assert steered(WAITS, Do.SWAP, step=0).order == (1, 0, 2, 3)
    assert cannot(RUNS, Do.SWAP, step=1) is Cannot.SUNG_ALREADY
    assert cannot(RUNS, Do.SWAP, step=3) is Cannot.LAST_SECTION
    assert cannot(RUNS, Do.SWAP, step=4) is Cannot.NO_STEP


def test_an_order_is_no_longer_than_a_message_bears():
    full = replace(RUNS, order=(0, *[1] * 63))
    assert cannot(full, Do.REPEAT) is Cannot.ORDER_TOO_LONG
    long = score_of(70, [LineSpan(i) for i in range(70)], duration=None)
    assert cannot(replace(BY_HAND, step=69, line=69), Do.REPEAT, score=long) is Cannot.ORDER_TOO_LONG
    assert steered(replace(BY_HAND, step=68, line=68), Do.NEXT, score=long).step == 69


# What does not touch the song


def test_the_song_goes_on_beneath_the_dark():
    assert steered(RUNS, Do.DARK, on=True) == told(RUNS, dark=True)
    assert steered(replace(RUNS, dark=True), Do.DARK, on=False) == told(RUNS)


def test_a_text_is_shown_until_it_is_cleared():
    assert steered(RUNS, Do.NOTICE, text="Шам!", notice=4) == told(RUNS, notice=4)
    assert steered(replace(RUNS, notice=4), Do.CLEAR) == told(RUNS)
    assert cannot(RUNS, Do.NOTICE) is Cannot.TEXT_EMPTY
    assert cannot(RUNS, Do.NOTICE, text="a" * 281) is Cannot.TEXT_TOO_LONG


def test_the_lead_is_short():
    assert steered(RUNS, Do.LEAD, lead=300) == told(RUNS)
    assert cannot(RUNS, Do.LEAD, lead=301) is Cannot.LEAD
    assert cannot(RUNS, Do.LEAD, lead=-1) is Cannot.LEAD


def test_the_end_can_be_taken_back():
    over = steered(RUNS, Do.FINISH)
    assert over == told(RUNS, time_ms=NOW, state=State.OVER, step=1, at_ms=12_000)
    assert steered(over, Do.BACK) == told(over, time_ms=NOW + LEAD, state=State.RUN, at_ms=10_000)
    assert cannot(over, Do.FINISH) is Cannot.OVER
    soon = replace(OVER, at_ms=10_400)
    assert steered(soon, Do.BACK) == told(soon, time_ms=NOW + LEAD, state=State.RUN, at_ms=10_000)
    by_hand = steered(BY_HAND, Do.FINISH)
    assert by_hand == told(BY_HAND, time_ms=NOW, state=State.OVER)
    assert steered(by_hand, Do.BACK) == told(by_hand, time_ms=NOW + LEAD, state=State.HAND)


def test_a_song_whose_clock_ran_out_is_finished_where_it_ended():
    over = steered(at(RUNS, 60_000), Do.FINISH)
    assert (over.step, over.at_ms) == (3, 31_999)
