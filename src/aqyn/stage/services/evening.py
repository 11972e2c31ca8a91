"""The hall is opened for an evening or a rehearsal, and closed again."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.live import number_after, write_message
from aqyn.shows.selectors import state_of
from aqyn.shows.services import hold_show
from aqyn.stage import sentences as refuse
from aqyn.stage.models import Performance
from aqyn.stage.selectors.current import last_number, open_performance, position_of
from aqyn.stage.services.played import end_played
from aqyn.stage.services.rows import done, show_of
from aqyn.stage.telling import tell


def open_hall(*, show: str, rehearsal: bool, now: datetime, actor: Any = None) -> Performance:
    """The evening, or a rehearsal that is seen only with its key, from now on. Raises a Refusal.

    One at a time. A hall that was closed may be opened again: whoever still follows goes on.
    """
    with transaction.atomic():
        # First on purpose: whoever opens, cancels or removes it at the same time waits here.
        hold_show(show)
        row = show_of(show)
        if not rehearsal:
            _may_open(row, now)
        refuse_while_open(show=show)
        now_ms = round(now.timestamp() * 1000)
        performance = Performance.objects.create(
            show=row,
            rehearsal=rehearsal,
            key=secrets.token_urlsafe(32),
            opened_at=now,
            number=number_after(last_number(row.pk), now_ms),
            time_ms=now_ms,
        )
        _told(performance, show)
        done("rehearsal opened" if rehearsal else "hall opened", show, actor)
    return performance


def close_hall(*, show: str, now: datetime, actor: Any = None) -> Performance:
    """End what is open, the evening or its rehearsal. Raises HallIsShut where nothing is."""
    with transaction.atomic():
        row = show_of(show)
        performance = (
            Performance.objects.select_for_update(of=("self",)).filter(show=row, closed_at=None).first()
        )
        if performance is None:
            raise refuse.HallIsShut
        end_played(performance, now)
        performance.number = number_after(performance.number, round(now.timestamp() * 1000))
        performance.closed_at = now
        performance.save(update_fields=["number", "closed_at"])
        _told(performance, show)
        done("rehearsal closed" if performance.rehearsal else "hall closed", show, actor)
    return performance


def refuse_while_open(*, show: str, **_told: Any) -> None:
    """Raises HallIsOpen or RehearsalIsOn. Hears `show_leaving` too: nobody who follows is left alone."""
    going = open_performance(show)
    if going is not None:
        raise refuse.RehearsalIsOn if going.rehearsal else refuse.HallIsOpen


def _may_open(show: Any, now: datetime) -> None:
    state = state_of(show, now)
    if state == "draft":
        raise refuse.NotAnnounced
    if state == "cancelled":
        raise refuse.IsCancelled


def _told(performance: Performance, show: str) -> None:
    channel = (show, performance.key if performance.rehearsal else "")
    tell(channel, write_message(position_of(performance)))
