"""A song, and where it stands when something is pressed."""

from dataclasses import replace

import pytest

from aqyn.core.live import LineSpan, Position, Press, State, SteeringError, score_of, steer

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
SECONDS = NOW // 1000
WAITS = Position(number=SECONDS, time_ms=NOW - 60_000, state=State.WAIT, entry=5)
RUNS = Position(number=SECONDS, time_ms=NOW - 12_000, state=State.RUN, entry=5)
HELD = Position(number=SECONDS, time_ms=NOW - 60_000, state=State.HOLD, entry=5, step=1, at_ms=12_000)
BY_HAND = Position(number=SECONDS, time_ms=NOW - 60_000, state=State.HAND, entry=5, step=1, line=2)
OVER = Position(number=SECONDS, time_ms=NOW - 60_000, state=State.OVER, entry=5, step=1, at_ms=12_000)


def steered(position, do, *, score=SONG, planned=(), now=NOW, notice=0, **told):
    return steer(
        position, Press(do, **told), score=score, planned=planned, now_ms=now, lead_ms=LEAD, notice=notice
    )


def told(position, **changed):
    """The next position, with what has changed."""
    return replace(position, **{"number": position.number + 1} | changed)


def cannot(position, do, **pressed):
    with pytest.raises(SteeringError) as error:
        steered(position, do, **pressed)
    return error.value.code


def at(position, ms):
    """A song that by the clock has come to `ms` now."""
    return replace(position, time_ms=NOW - ms)
