"""What a console may send, and what holds whatever is pressed."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.live.night import LEAD, NOW, PARTLY, RUNS, SONG, UNTIMED

from aqyn.core.live import (
    LONGEST_MESSAGE,
    Cannot,
    Do,
    Position,
    Press,
    State,
    SteeringError,
    Where,
    read_message,
    read_press,
    steer,
    where,
    write_message,
)

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
        assert position.number == max(before.number + 1, now // 1000)
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
