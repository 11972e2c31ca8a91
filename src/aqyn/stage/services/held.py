"""The evening that is on, held until what was pressed is done; and whether a press may count at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from aqyn.shows import selectors as shows
from aqyn.stage import sentences as refuse
from aqyn.stage.models import Performance
from aqyn.stage.telling import Channel

OLDEST_PRESS_MS = 1500
"""What was pressed longer ago is not done any more: the hall has gone on by the clock."""
EARLIEST_PRESS_MS = 1000
"""A console's clock may be so far ahead of the house's."""
LARGEST_PRESS_NUMBER = 2**53

_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def performance_held(show: str) -> Performance:
    """The evening or rehearsal that is open, locked until the transaction around this call ends.

    Raises NoSuchShow or HallIsShut.
    """
    # First statement on purpose: whoever presses at the same time waits here, and then sees this press done.
    going = Performance.objects.select_for_update().filter(show__slug=show, closed_at=None).first()
    if going is None:
        raise refuse.NoSuchShow(slug=show[:80]) if shows.shown(show) is None else refuse.HallIsShut
    return going


def await_turn(show: str) -> None:
    """Wait, inside a transaction, until what others pressed before is done. Raises as `performance_held`.

    What time it is then is known only afterwards: whoever waited too long has pressed too late.
    """
    performance_held(show)


def check_press(*, key: str, number: int, at_ms: float, now_ms: int) -> None:
    """Raises NotAPress, PressedLate or ClockIsWrong."""
    if not _KEY.fullmatch(key) or not 0 < number < LARGEST_PRESS_NUMBER:
        raise refuse.NotAPress
    if now_ms - at_ms > OLDEST_PRESS_MS:
        raise refuse.PressedLate
    if at_ms - now_ms > EARLIEST_PRESS_MS:
        raise refuse.ClockIsWrong


def check_wheel(going: Performance, *, person: int, key: str) -> None:
    """Raises NoWheel where another console holds it, or none."""
    if going.wheel_key != key or going.wheel_person_id != person:
        raise refuse.NoWheel


def channel_of(going: Performance, show: str) -> Channel:
    return Channel(show, going.key if going.rehearsal else "")


def moment(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000, UTC)
