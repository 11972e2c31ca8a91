"""The worker's part: the kept pages are dropped when a show's time is over, so that none of them goes on
calling it the next one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from aqyn.shows.selectors import any_ended
from aqyn.ui.pages import pages_changed

LOOK_EVERY = timedelta(seconds=5)
"""How long at most a kept page may call a show coming that is over."""
FIRST_LOOK_BACK = timedelta(days=1)
"""How far a worker that has just started looks back: the one before it may have missed an evening's end."""

_looked: datetime | None = None


def run_next(*, now: datetime, stop: Callable[[], bool]) -> bool:
    """Drop the kept pages if a show's time has ended since the last look; whether it did."""
    global _looked
    since = now - FIRST_LOOK_BACK if _looked is None else _looked
    # A clock that was set back begins anew.
    if _looked is not None and timedelta() <= now - _looked < LOOK_EVERY:
        return False
    ended = any_ended(since, now)
    if ended:
        pages_changed()
    _looked = now
    return ended
