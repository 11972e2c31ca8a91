"""What the crew's presses make of the position that the hall follows."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aqyn.core.live import (
    LONGEST_MESSAGE,
    Cannot,
    Do,
    LineSpan,
    Position,
    Press,
    State,
    SteeringError,
    Where,
    read_message,
    read_press,
    score_of,
    steer,
    where,
    write_message,
)

# Verse 0–10 s (two lines), chorus 10–20 s (one line), an instrumental that nobody times, verse 20–32 s.
SONG = score_of(
    4,
    [
        LineSpan(0, 1000, 4000),
        LineSpan(0, 5000, 9000),
        LineSpan(1, 10_000, 19_000),
        LineSpan(3, 20_000, 29_000),
    ],
    duration=32_000,
)
UNTIMED = score_of(2, [LineSpan(0), LineSpan(0), LineSpan(1)], duration=None)
PARTLY = score_of(2, [LineSpan(0, 1000, 2000), LineSpan(0), LineSpan(1)], duration=10_000)
NOW, LEAD = 1_795_658_400_000, 150
WAITS = Position(number=7, time_ms=NOW - 60_000, state=State.WAIT, entry=5)
RUNS = Position(number=7, time_ms=NOW - 12_000, state=State.RUN, entry=5)
HELD = Position(number=7, time_ms=NOW - 60_000, state=State.HOLD, entry=5, step=1, at_ms=12_000)
BY_HAND = Position(number=7, time_ms=NOW - 60_000, state=State.HAND, entry=5, step=1, line=2)
OVER = Position(number=7, time_ms=NOW - 60_000, state=State.OVER, entry=5, step=1, at_ms=12_000)


def steered(position, do, *, score=SONG, planned=(), now=NOW, notice=0, **told):
    return steer(
        position, Press(do, **told), score=score, planned=planned, now_ms=now, lead_ms=LEAD, notice=notice
    )


def told(position, **changed):
    """The next position, with what has changed."""
    return replace(position, number=position.number + 1, **changed)


def cannot(position, do, **pressed):
    with pytest.raises(SteeringError) as error:
        steered(position, do, **pressed)
    return error.value.code


def at(position, ms):
    """A song that by the clock has come to `ms` now."""
    return replace(position, time_ms=NOW - ms)


# Beginning


def test_a_chosen_entry_shows_its_title():
    chosen = steered(RUNS, Do.CHOOSE, entry=6, planned=(0, 1, 1, 3))
    assert chosen == Position(8, NOW, State.WAIT, entry=6, order=(0, 1, 1, 3))


def test_what_the_crew_wrote_and_the_dark_stay_over_the_next_entry():
    told_it = replace(RUNS, dark=True, notice=3, tempo=1200)
    assert steered(told_it, Do.CHOOSE, entry=6) == Position(8, NOW, State.WAIT, entry=6, dark=True, notice=3)


def test_a_start_turns_the_whole_hall_together():
    assert steered(WAITS, Do.START) == told(WAITS, time_ms=NOW + LEAD, state=State.RUN)
    assert steered(WAITS, Do.START, entry=6, planned=(3, 0)) == Position(
        8, NOW + LEAD, State.RUN, entry=6, at_ms=19_550, order=(3, 0)
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


# The clock


def test_hold_and_go_go_on_where_it_stood():
    held = steered(RUNS, Do.HOLD)
    assert held == told(RUNS, time_ms=NOW, state=State.HOLD, step=1, at_ms=12_000)
    assert steered(held, Do.GO, now=NOW + 9000) == told(held, time_ms=NOW + 9000, state=State.RUN)
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


# What a console sends


def test_a_press_is_read():
    assert read_press({"do": "next"}) == Press(Do.NEXT)
    assert read_press({"do": "start", "entry": 4}) == Press(Do.START, entry=4)
    assert read_press({"do": "line", "line": 3, "step": None}) == Press(Do.LINE, line=3)
    assert read_press({"do": "order", "order": "0113"}) == Press(Do.ORDER, order=(0, 1, 1, 3))
    assert read_press({"do": "nudge", "ms": -250}) == Press(Do.NUDGE, ms=-250)
    assert read_press({"do": "notice", "text": " Шам! "}) == Press(Do.NOTICE, text="Шам!")
    assert read_press({"do": "dark", "on": False}) == Press(Do.DARK)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"do": "sing"},
        {"do": ["next"]},
        {"do": "next", "line": 3},
        {"do": "line"},
        {"do": "line", "line": True},
        {"do": "line", "line": -1},
        {"do": "line", "line": 1.5},
        {"do": "line", "line": 2**31},
        {"do": "line", "line": "3"},
        {"do": "dark", "on": 1},
        {"do": "order", "order": "0?"},
        {"do": "order", "order": [0, 1]},
        {"do": "notice", "text": "\ud800"},
        {"do": "notice", "text": "\0"},
        {"do": "next", "forged": 1},
    ],
)
def test_anything_else_is_no_press(wrong):
    with pytest.raises(SteeringError) as error:
        read_press(wrong)
    assert error.value.code is Cannot.UNREADABLE


# Whatever is pressed

presses = st.builds(
    Press,
    st.sampled_from(Do),
    entry=st.integers(0, 3),
    line=st.integers(0, 4),
    step=st.none() | st.integers(0, 5),
    ms=st.integers(-5000, 5000),
    tempo=st.integers(500, 2000),
    order=st.lists(st.integers(0, 3), max_size=6).map(tuple),
    on=st.booleans(),
    text=st.sampled_from(["", "Шам!"]),
    lead=st.integers(0, 300),
)
nights = st.lists(st.tuples(presses, st.integers(0, 30_000)), max_size=30)
scores = st.sampled_from([SONG, UNTIMED, PARTLY])
orders = st.sampled_from([(), (0, 1, 1), (1, 0)])


@settings(deadline=None)
@given(nights, scores, orders)
def test_whatever_is_pressed_the_position_stays_one(night, score, planned):
    position, now = Position(0, NOW, State.WAIT, entry=1, order=planned), NOW
    end = max((span[1] for span in score.spans if span), default=0)
    for press, later in night:
        now += later
        before = position
        try:
            position = steer(
                position, press, score=score, planned=planned, now_ms=now, lead_ms=LEAD, notice=9
            )
        except SteeringError:
            continue
        steps = position.order or tuple(range(len(score.spans)))
        event = write_message(position)
        assert len(event) <= LONGEST_MESSAGE
        assert read_message(event) == position
        assert position.number == before.number + 1
        assert 0 <= position.step < len(steps)
        assert 0 <= position.at_ms <= end
        assert position.time_ms <= now + LEAD
        assert position.state is not State.HAND or score.lines[position.line].section == steps[position.step]
        assert position.state is not State.RUN or not where(position, score, position.time_ms).over


still = st.one_of(
    st.builds(Press, st.just(Do.TEMPO), tempo=st.integers(500, 2000)),
    st.builds(Press, st.just(Do.ORDER), order=st.lists(st.integers(0, 3), max_size=6).map(tuple)),
    st.sampled_from([Press(do) for do in (Do.REPEAT, Do.SKIP, Do.HOLD, Do.CLEAR)]),
    st.builds(Press, st.just(Do.SWAP), step=st.integers(0, 4)),
    st.builds(Press, st.just(Do.DARK), on=st.booleans()),
)


@given(still, st.integers(-LEAD, 31_999), st.integers(500, 2000), st.integers(0, 5))
def test_a_press_that_tells_the_song_anew_does_not_move_it(press, passed, tempo, later):
    runs = replace(RUNS, order=(0, 1, 1, 3), tempo=tempo)
    now = runs.time_ms + passed
    before = where(runs, SONG, now)
    try:
        after = steer(runs, press, score=SONG, now_ms=now, lead_ms=LEAD)
    except SteeringError:
        assume(False)
    assert section_at(where(after, SONG, now), after) == section_at(before, runs)
    assert where(after, SONG, now).at_ms == pytest.approx(before.at_ms, abs=1)
    if after.state is State.HOLD:
        again = steer(after, Press(Do.GO), score=SONG, now_ms=now + later, lead_ms=LEAD)
        assert where(again, SONG, now + later).at_ms == pytest.approx(before.at_ms, abs=1)


def section_at(there: Where, position):
    """What is sung, told without the number of its place, which another order changes."""
    return (position.order or (0, 1, 2, 3))[there.step], there.over
