"""The worker's part of the sale: what is over goes back, and what is to be told is written.

Every look asks for rows that need something; an idle house is asked once in `LOOK_EVERY`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from time import sleep
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from aqyn.payments import selectors as money
from aqyn.tickets import claims
from aqyn.tickets.letters.writing import write_of_hold, write_of_order
from aqyn.tickets.models import Channel, Hold, Mark, Order
from aqyn.tickets.selectors.orders import orders_of_payments
from aqyn.tickets.services import orders

LOOK_EVERY = timedelta(seconds=5)
"""A buyer waits for a letter so long at most, and an idle house asks a dozen questions so seldom."""
LOOK_BACK = timedelta(days=7)
"""What happened longer ago than this, and was never told, is not told any more."""
HOLD_LETTER_AFTER = timedelta(minutes=2)
"""Whoever orders sooner needs no letter about what is held."""
AT_ONCE = 250
"""Letters between two looks at what is due: each look passes over all that were written already."""
BREATH_SECONDS = 0.01
"""Between two letters, so that those who are buying find the database free (SQLite has one writer)."""
DECENT = range(10, 20)
"""The hours, at the show's place, in which one is told of tomorrow."""

_looked: datetime | None = None


def run_next(*, now: datetime, stop: Callable[[], bool]) -> bool:
    """Do one thing that is due; whether there was any."""
    global _looked
    if _looked is not None and timedelta() <= now - _looked < LOOK_EVERY:
        return False
    if give_back_over(now=now) or orders.lapse_due(now=now) or orders.cancel_with_show(now=now):
        return True
    if any(write(now) for write in (_holds, _placed, _reminders, _changed, _refunded, _tomorrow)):
        return True
    _looked = now
    return False


def give_back_over(*, now: datetime) -> int:
    """Holds whose time is over give their places back; how many did."""
    sales = Hold.objects.filter(ended_at=None, expires_at__lte=now).values_list("sale", flat=True)
    ids = sorted(set(sales[:1000]))
    if not ids:
        return 0
    with transaction.atomic():
        # Any of the sale's: one that waited a moment ago may be ordered by now.
        one_each = [Hold.objects.filter(sale=sale).values_list("pk", flat=True)[0] for sale in ids]
        claims.lock_all(claims.of_django(), holds=one_each)
        return len(claims.give_back_expired(claims.of_django(), ids, now=now))


def _holds(now: datetime) -> bool:
    rows = Hold.objects.filter(
        ended_at=None, expires_at__gt=now + HOLD_LETTER_AFTER, created_at__lte=now - HOLD_LETTER_AFTER
    ).filter(channel=Channel.ONLINE)
    fresh = _unmarked(rows.select_related("sale__show__artist"), "hold", Value("hold"))
    return _any(write_of_hold(row, now=now) for row in fresh.order_by("created_at")[:AT_ONCE])


def _placed(now: datetime) -> bool:
    """Letters about what became of orders lately: placed, confirmed, lapsed, cancelled."""
    since = now - LOOK_BACK
    live = {"lapsed_at": None, "cancelled_at": None}
    told = (
        ("order", Q(placed_at__gt=since, confirmed_at=None, payment__isnull=False, **live)),
        ("paid", Q(confirmed_at__gt=since, payment__isnull=False, **live) & ~Q(way="door")),
        ("tickets", Q(confirmed_at__gt=since, **live) & (Q(payment=None) | Q(way="door"))),
        ("lapsed", Q(lapsed_at__gt=since, cancelled_at=None)),
        ("cancelled", Q(cancelled_at__gt=since)),
    )
    return any(_write_all(kind, Order.objects.filter(which), now) for kind, which in told)


def _reminders(now: datetime) -> bool:
    rows = Order.objects.filter(
        confirmed_at=None,
        lapsed_at=None,
        cancelled_at=None,
        payment__due_at__gt=now,
        payment__due_at__lte=now + timedelta(hours=2160),
        placed_at__lte=now - timedelta(hours=1),
        sale__remind_hours__gt=0,
    ).select_related("sale__show__artist", "payment__way")
    due = [
        row
        for row in _unmarked(rows, "order", Value("reminder"))
        if row.payment
        and row.payment.due_at
        and row.payment.due_at - timedelta(hours=row.sale.remind_hours) <= now
    ]
    return _any(write_of_order(row, "reminder", now=now) for row in due[:AT_ONCE])


def _changed(now: datetime) -> bool:
    """A show was put off after the order was placed: told for each time that it was."""
    rows = (
        Order.objects.filter(
            sale__show__postponements__at__gt=F("placed_at"),
            lapsed_at=None,
            cancelled_at=None,
        )
        .filter(sale__show__postponements__at__gt=now - LOOK_BACK)
        .annotate(put_off=F("sale__show__postponements__pk"))
        .select_related("sale__show__artist")
    )
    marks = Concat(Value("changed-"), Cast("put_off", CharField()))
    fresh = _unmarked(rows, "order", marks).distinct()
    return _any(
        write_of_order(row, "changed", mark=f"changed-{row.put_off}", now=now) for row in fresh[:AT_ONCE]
    )


def _refunded(now: datetime) -> bool:
    sent = money.refunds_sent(since=now - LOOK_BACK)
    if not sent:
        return False
    orders_ = orders_of_payments(refund.payment_id for refund in sent)
    return _any(
        write_of_order(
            orders_[refund.payment_id], "refunded", mark=f"refund-{refund.pk}", now=now, amount=refund.amount
        )
        for refund in sent
        if refund.payment_id in orders_
    )


def _tomorrow(now: datetime) -> bool:
    rows = Order.objects.filter(
        confirmed_at__isnull=False,
        lapsed_at=None,
        cancelled_at=None,
        sale__show__starts_at__gt=now + timedelta(hours=8),
        sale__show__starts_at__lte=now + timedelta(hours=36),
        sale__show__cancellation=None,
    ).select_related("sale__show__artist", "payment__way")
    fresh = _unmarked(rows, "order", Value("tomorrow"))[:AT_ONCE]
    return _any(write_of_order(row, "tomorrow", now=now) for row in fresh if _is_tomorrow(row, now))


def _is_tomorrow(order: Order, now: datetime) -> bool:
    show = order.sale.show
    there = now.astimezone(ZoneInfo(show.time_zone))
    night = show.starts_at.astimezone(ZoneInfo(show.time_zone))
    return (night.date() - there.date()).days == 1 and there.hour in DECENT


def _write_all(kind: str, rows: QuerySet[Order], now: datetime) -> bool:
    fresh = _unmarked(rows.select_related("sale__show__artist", "payment__way"), "order", Value(kind))
    return _any(write_of_order(row, kind, now=now) for row in fresh.order_by("placed_at")[:AT_ONCE])


def _unmarked(rows: QuerySet, about: str, kind) -> QuerySet:  # type: ignore[type-arg,no-untyped-def]
    """Those of which this was not written yet, and to whom there is an address."""
    name = Concat(Value(f"{about}:"), Cast(OuterRef("pk"), CharField()))
    marks = Mark.objects.filter(about=name)
    marks = marks.filter(kind=kind) if isinstance(kind, Value) else marks.filter(kind=OuterRef("mark"))
    rows = rows if isinstance(kind, Value) else rows.annotate(mark=kind)
    return rows.exclude(email="").filter(~Exists(marks))


def _any(written: Iterable[bool]) -> bool:
    """Whether any was; all are written, with a breath between them."""
    found = False
    for one in written:
        found = one or found
        sleep(BREATH_SECONDS)
    return found
