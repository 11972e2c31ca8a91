"""The postman: one due letter at a time. Runs in the worker process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from aqyn.post import delivery, kinds, services
from aqyn.post.models import Letter, MailServer

MINUTE = timedelta(minutes=1)
NEWS_SHARE = 0.8
"""How much of what may be sent in a minute news may take: letters that somebody waits for find room."""


def run_next(*, now: datetime, stop: Callable[[], bool]) -> bool:
    """Do one thing that is due: end letters that are of no use, then send one or print one. Whether there
    was any.

    Reads first and writes only where a row needs it, so that an idle house stays silent.
    """
    if stop():
        return False
    if _end_expired(now) or _end_hopeless(now) or _remove_old(now):
        return True
    server = MailServer.objects.filter(pk=1).first()
    return _print_one(now) if server is None else _send_one(server, now)


def _send_one(server: MailServer, now: datetime) -> bool:
    tried = Letter.objects.filter(tried_at__gt=now - MINUTE).count()
    if tried >= server.per_minute:
        return False
    due = delivery.waiting(now).filter(attempts__lt=delivery.MOST_ATTEMPTS).order_by("due_at", "pk")
    letter = due.exclude(kinds.is_news()).first()
    if letter is None and tried < max(1, int(server.per_minute * NEWS_SHARE)):
        letter = due.filter(kinds.is_news()).first()
    if letter is None or not delivery.lease(letter, now=now):
        return False
    delivery.deliver(letter, now=now)
    return True


def _print_one(now: datetime) -> bool:
    """Print a letter that somebody waits for, once. One conditional update: two workers print it once."""
    printed = [name for name, kind in kinds.all_kinds().items() if kind.printed]
    letter = delivery.waiting(now).filter(kind__in=printed, printed_at=None).order_by("due_at", "pk").first()
    if letter is None or not Letter.objects.filter(pk=letter.pk, printed_at=None).update(printed_at=now):
        return False
    sys.stdout.write(f"\n  {letter.to} · {letter.subject}\n")
    sys.stdout.writelines(f"  {line}\n" if line else "\n" for line in letter.text.strip().splitlines())
    sys.stdout.write("\n")
    sys.stdout.flush()
    return True


def _end_expired(now: datetime) -> bool:
    """Close letters whose time is over and wipe what they said, where that was a key."""
    over = Letter.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), expires_at__lte=now)
    over = over.filter(sent_at=None, failed_at=None, carried_at=None)
    letter = over.first()
    if letter is None:
        return False
    return _closed(over, letter, problem="expired", now=now)


def _end_hopeless(now: datetime) -> bool:
    """Close letters whose last attempt died with its worker."""
    spent = delivery.waiting(now).filter(attempts__gte=delivery.MOST_ATTEMPTS)
    letter = spent.first()
    if letter is None:
        return False
    return _closed(spent, letter, problem="gave-up", now=now)


def _closed(still: QuerySet[Letter], letter: Letter, *, problem: str, now: datetime) -> bool:
    ended = kinds.wiped(letter.kind) | {"problem": problem, "failed_at": now, "leased_until": None}
    return bool(still.filter(pk=letter.pk).update(**ended))


def _remove_old(now: datetime) -> bool:
    old = Letter.objects.filter(created_at__lt=now - services.KEPT)
    old = old.exclude(sent_at=None, failed_at=None, carried_at=None)
    return old.exists() and bool(old.delete()[0])
