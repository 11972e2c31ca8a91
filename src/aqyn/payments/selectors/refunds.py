"""Refunds, followed to the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from aqyn.payments.models import Refund


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
    return list(Refund.objects.filter(payment__in=list(payments)).select_related("payment__way", "entry"))


def refunds_sent(*, since: datetime) -> list[Refund]:
    """Refunds that were sent after `since`."""
    return list(Refund.objects.filter(entry__at__gt=since).select_related("entry"))
