"""What becomes of a show: it is announced, put off, cancelled, and each of these may be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.shows import facts
from aqyn.shows import sentences as refuse
from aqyn.shows.facts import Times
from aqyn.shows.models import Announcement, Cancellation, Postponement, Show
from aqyn.shows.selectors.states import is_over
from aqyn.shows.services.rows import done, leave, show_held


def announce(*, show: str, now: datetime, actor: Any = None) -> Show:
    """The world knows of the show. One whose date is over goes straight to the past ones."""
    with transaction.atomic():
        row = show_held(show)
        if Announcement.objects.filter(show=row).exists():
            raise refuse.IsAnnounced
        if row.starts_at is None:
            raise refuse.NoDateYet
        Announcement.objects.create(show=row, at=now)
        _touched(row, now)
        done("announced", show, actor)
    return row


def withdraw(*, show: str, now: datetime, actor: Any = None) -> Show:
    """The show is a draft again. What was put off or cancelled since has to be taken back first."""
    with transaction.atomic():
        row = _announced(show)
        if Cancellation.objects.filter(show=row).exists() or row.postponements.exists():
            raise refuse.UndoFirst
        leave(row, "withdrawn", now)
        Announcement.objects.filter(show=row).delete()
        _touched(row, now)
        done("withdrawn", show, actor)
    return row


def postpone(
    *,
    show: str,
    now: datetime,
    to: Times | None = None,
    reason: Mapping[str, str] | None = None,
    actor: Any = None,
) -> Show:
    """The show is put off: `to` its new times, or, without them, to a date that is still to come.

    The times it had are kept. Raises a Refusal.
    """
    times, why = (to or Times()).checked(), facts.reason(reason or {})
    with transaction.atomic():
        row = _changeable(show, now)
        if row.starts_at is None:
            raise refuse.NoDateYet
        if times.starts_at == row.starts_at:
            raise refuse.SameDate
        if times.starts_at and times.starts_at <= now:
            raise refuse.DateIsOver
        Postponement.objects.create(
            show=row,
            at=now,
            old_doors_at=row.doors_at,
            old_starts_at=row.starts_at,
            old_ends_at=row.ends_at,
            reason=why,
        )
        row.starts_at, row.doors_at, row.ends_at = times.starts_at, times.doors_at, times.ends_at
        _touched(row, now)
        done("put off", show, actor)
    return row


def undo_postponement(*, show: str, now: datetime, actor: Any = None) -> Show:
    """The show has the times again that it had before it was last put off."""
    with transaction.atomic():
        row = _changeable(show, now)
        last = row.postponements.last()
        if last is None:
            raise refuse.NotPostponed
        row.starts_at, row.doors_at, row.ends_at = last.old_starts_at, last.old_doors_at, last.old_ends_at
        last.delete()
        _touched(row, now)
        done("no longer put off", show, actor)
    return row


def cancel(*, show: str, now: datetime, reason: Mapping[str, str] | None = None, actor: Any = None) -> Show:
    """The show will not be. Its page stays and says so, with the reason if there is one."""
    why = facts.reason(reason or {})
    with transaction.atomic():
        row = _changeable(show, now)
        leave(row, "cancelled", now)
        Cancellation.objects.create(show=row, at=now, reason=why)
        _touched(row, now)
        done("cancelled", show, actor)
    return row


def undo_cancellation(*, show: str, now: datetime, actor: Any = None) -> Show:
    """The show will be after all, as it was told before."""
    with transaction.atomic():
        row = _announced(show)
        if not Cancellation.objects.filter(show=row).delete()[0]:
            raise refuse.NotCancelled
        _touched(row, now)
        done("no longer cancelled", show, actor)
    return row


def _announced(slug: str) -> Show:
    """The show, held. Raises NoSuchShow, NotAnnounced."""
    row = show_held(slug)
    if not Announcement.objects.filter(show=row).exists():
        raise refuse.NotAnnounced
    return row


def _changeable(slug: str, now: datetime) -> Show:
    """The show, held, which the world knows of and which is still to be. Raises a Refusal."""
    row = _announced(slug)
    if Cancellation.objects.filter(show=row).exists():
        raise refuse.IsCancelled
    if is_over(row, now):
        raise refuse.ShowIsOver
    return row


def _touched(row: Show, now: datetime) -> None:
    """Calendars must learn of it."""
    row.sequence += 1
    row.changed_at = now
    row.save()
