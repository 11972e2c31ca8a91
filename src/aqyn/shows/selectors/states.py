"""How a show stands at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from aqyn.shows.models import Show

UNTOLD_LENGTH = timedelta(hours=6)
"""A show of which no end is told is over so long after its start."""


def state_of(show: Show, now: datetime) -> str:
    """ "draft", "announced", "postponed", "cancelled" or "past"."""
    if getattr(show, "announcement", None) is None:
        return "draft"
    if getattr(show, "cancellation", None) is not None:
        return "cancelled"
    if is_over(show, now):
        return "past"
    return "postponed" if show.postponements.all() else "announced"


def over_at(show: Show) -> datetime | None:
    """When the show is over; None while its date is still to come."""
    if show.starts_at is None:
        return None
    return show.ends_at or show.starts_at + UNTOLD_LENGTH


def is_over(show: Show, now: datetime) -> bool:
    """Whether its time is over, whatever became of it."""
    over = over_at(show)
    return over is not None and over <= now
