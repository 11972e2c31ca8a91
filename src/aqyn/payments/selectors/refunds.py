"""Refunds, followed to the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from aqyn.payments.models import Entry, Refund, Way


def still_owed(payment: int) -> int:
    """What is to go back of this payment and has not gone yet."""
    rows = Refund.objects.filter(payment=payment, entry=None, let_go_at=None)
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)


def open_refunds(payments: Iterable[int] | None = None) -> list[Refund]:
    """Refunds that are still to be sent, the oldest first; of these payments, or of all."""
    rows = Refund.objects.filter(entry=None, let_go_at=None).select_related("payment__way")
    return list(rows if payments is None else rows.filter(payment__in=list(payments)))


def refunds_of(payments: Iterable[int]) -> list[Refund]:
    """Every refund of these payments, open ones and closed ones."""
    rows = Refund.objects.filter(payment__in=list(payments))
    return list(rows.select_related("payment__way", "entry__reversed_by"))


def refunds_sent(*, since: datetime) -> list[Refund]:
    """Refunds that were sent after `since`; one whose entry was reversed was not sent."""
    return list(Refund.objects.filter(entry__at__gt=since, entry__reversed_by=None).select_related("entry"))


def ways_back(payments: Iterable[int]) -> dict[int, Way]:
    """By which way money goes back, where nobody says otherwise: the one by which it came last. A payment for
    which nothing came is not in it. One query."""
    came = Entry.objects.filter(payment__in=list(payments), kind__in=("receipt", "assign"), reversed_by=None)
    rows = came.exclude(way=None).select_related("way").order_by("pk")
    return {row.payment_id: row.way for row in rows if row.payment_id and row.way}
