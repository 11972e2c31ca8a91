"""Where the song is as the clock goes on, and what travels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.live import (
    LONGEST_MESSAGE,
    LineSpan,
    Position,
    State,
    Where,
    read_message,
    score_of,
    where,
    write_message,
)

# Verse 0–10 s (two lines), chorus 10–20 s (one line), an instrumental that nobody times, verse 20–30 s.
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
NOW = 1_795_658_400_000


def run(**told):
    return Position(number=1, time_ms=NOW, state=State.RUN, entry=5, **told)


def test_sections_last_until_the_next_one_rises():
    assert SONG.spans == ((0, 9550), (9550, 19_550), None, (19_550, 32_000))


def test_the_clock_goes_through_the_song_as_written():
    assert where(run(), SONG, NOW) == Where(0, 0, -1)
    assert where(run(), SONG, NOW + 1000) == Where(0, 1000, 0)
    assert where(run(), SONG, NOW + 12_000) == Where(1, 12_000, 2)
    assert where(run(), SONG, NOW + 19_550) == Where(3, 19_550, 3)
    assert where(run(), SONG, NOW + 31_999).over is False
    assert where(run(), SONG, NOW + 32_000).over is True


def test_before_its_time_a_start_waits_at_its_beginning():
    assert where(run(at_ms=10_000, step=1), SONG, NOW - 200) == Where(1, 10_000, 2)


def test_a_repeated_chorus_is_sung_twice():
    twice = run(order=(0, 1, 1, 3))
    assert where(twice, SONG, NOW + 19_550) == Where(2, 9550, 2)
    assert where(twice, SONG, NOW + 29_550) == Where(3, 19_550, 3)


def test_a_section_left_out_is_passed_over_and_two_may_change_places():
    assert where(run(order=(0, 3)), SONG, NOW + 9_650) == Where(1, 19_650, 3)
    assert where(run(order=(3, 0), at_ms=19_550), SONG, NOW + 12_450 + 1000) == Where(1, 1000, 0)


def test_half_the_tempo_takes_twice_the_time():
    assert where(run(tempo=500), SONG, NOW + 20_000) == Where(1, 10_000, 2)


def test_a_held_song_stays():
    held = Position(number=1, time_ms=NOW, state=State.HOLD, step=1, at_ms=12_000)
    assert where(held, SONG, NOW + 60_000) == Where(1, 12_000, 2)


def test_by_hand_only_the_line_counts():
    by_hand = Position(number=1, time_ms=NOW, state=State.HAND, step=1, line=2)
    assert where(by_hand, SONG, NOW + 60_000) == Where(1, 0, 2)


def test_a_song_without_times_is_over_for_the_clock():
    silent = score_of(2, [LineSpan(0), LineSpan(1)], duration=None)
    assert not silent.timed
    assert where(run(), silent, NOW).over is True


@given(st.integers(0, 60_000), st.sampled_from([500, 900, 1000, 1250, 2000]), st.integers(0, 40_000))
def test_telling_the_position_anew_changes_nothing(passed, tempo, later):
    """What a phone works out from an old message is what a new one would say."""
    first = run(tempo=tempo, order=(0, 1, 1, 3))
    then = where(first, SONG, NOW + passed)
    if then.over:
        return
    again = Position(
        number=2,
        time_ms=NOW + passed,
        state=State.RUN,
        step=then.step,
        at_ms=int(then.at_ms),
        tempo=tempo,
        order=(0, 1, 1, 3),
    )
    soon, anew = where(first, SONG, NOW + passed + later), where(again, SONG, NOW + passed + later)
    # The message holds whole milliseconds; at the very seam of two sections one may be a step ahead.
    if (soon.step, soon.over) == (anew.step, anew.over):
        assert anew.at_ms == pytest.approx(soon.at_ms, abs=1.5)


positions = st.builds(
    Position,
    number=st.integers(0, 10**10),
    time_ms=st.integers(0, 9_999_999_999_999),
    state=st.sampled_from(State),
    entry=st.integers(0, 10**9),
    step=st.integers(0, 63),
    at_ms=st.integers(-5000, 3_600_000),
    tempo=st.integers(500, 2000),
    order=st.lists(st.integers(0, 63), max_size=64).map(tuple),
    line=st.integers(0, 9999),
    dark=st.booleans(),
    notice=st.integers(0, 9999),
)


@given(positions)
def test_a_message_is_short_and_says_it_all(position):
    event = write_message(position)
    assert len(event) <= LONGEST_MESSAGE
    assert event.endswith(b"\n\n")
    assert read_message(event) == position


@pytest.mark.parametrize("wrong", [b"", b"data: 1\n\n", b"data: {}\n\n", b'data: {"n":1,"t":2,"s":"x"}\n\n'])
def test_anything_else_is_no_position(wrong):
    with pytest.raises(ValueError):
        read_message(wrong)
