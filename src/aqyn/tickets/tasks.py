"""The worker's part of the sale: what is over goes back, and what is to be told is written.

Every look asks for rows that need something; an idle house is asked once in `LOOK_EVERY`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from aqyn.payments import selectors as money
from aqyn.tickets import claims
from aqyn.tickets.letters.changes import changes
from aqyn.tickets.letters.marks import about, last_of, occasion, unmarked, written_so_far
from aqyn.tickets.letters.writing import write_of_hold, write_of_order
from aqyn.tickets.models import Channel, Hold, Mark, Order, Sale, Ticket
from aqyn.tickets.selectors.orders import orders_of_payments
from aqyn.tickets.services import orders

LOOK_EVERY = timedelta(seconds=5)
"""A buyer waits for a letter so long at most, and an idle house asks a dozen questions so seldom."""
LOOK_BACK = timedelta(days=7)
"""What happened longer ago than this, and was never told, is not told any more."""
HOLD_LETTER_AFTER = timedelta(minutes=2)
"""Whoever orders sooner needs no letter about what is held."""
NO_REMINDER_FOR = timedelta(hours=1)
"""So soon after it was told what is to be paid, nobody is reminded of it."""
AT_ONCE = 250
"""Letters between two looks at what is due: each look passes over all that were written already."""
BREATH_SECONDS = 0.01
"""Between two letters, so that those who are buying find the database free (SQLite has one writer)."""
DECENT = range(10, 20)
"""The hours, at the show's place, in which one is told of tomorrow."""

LIVE: dict[str, Any] = {"lapsed_at": None, "cancelled_at": None}

_looked: datetime | None = None


def run_next(*, now: datetime, stop: Callable[[], bool]) -> bool:
    """Do one thing that is due; whether there was any."""
    global _looked
    if _looked is not None and timedelta() <= now - _looked < LOOK_EVERY:
        return False
    if give_back_over(now=now) or orders.lapse_due(now=now) or orders.cancel_with_show(now=now):
        return True
    # What changed goes first: it notes what stands, for those who order while other letters are written.
    letters = (_changed, _holds, _to_pay, _placed, _gone_in_part, _reminders, _refunded, _tomorrow)
    if any(write(now) for write in letters):
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
    fresh = unmarked(rows.select_related("sale__show__artist"), "hold", "hold")
    return _any(write_of_hold(row, now=now) for row in fresh.order_by("created_at")[:AT_ONCE])


def _to_pay(now: datetime) -> bool:
    """Orders that wait for money, where the last that was told of it is something else: nothing yet, another
    time to pay, that it came, or that the places went back."""
    rows = Order.objects.filter(payment__isnull=False, **LIVE, confirmed_at=None).exclude(email="")
    rows = rows.annotate(last=last_of("order", "paid", "lapsed"), mark=occasion("order", "payment__due_at"))
    # A bare "order" is of an earlier version, and holds for any time to pay; a number may follow the time.
    fresh = _whole(rows.exclude(last="order").exclude(last__startswith=F("mark"))).order_by("placed_at")
    return _any(_write_to_pay(row, now) for row in fresh[:AT_ONCE])


def _write_to_pay(row: Any, now: datetime) -> bool:
    # The same time to pay may be told again, after the money that came was taken back.
    before = written_so_far(row.pk, "order")
    mark = f"{row.mark}-{before}" if before else row.mark
    return write_of_order(row, "order", mark=mark, now=now, after=row.last.partition("-")[0])


def _placed(now: datetime) -> bool:
    """Letters about what became of orders lately: confirmed, lapsed, cancelled."""
    since = now - LOOK_BACK
    confirmed = Q(confirmed_at__gt=since, **LIVE)
    told = (
        ("paid", "confirmed_at", confirmed & Q(payment__isnull=False) & ~Q(way="door")),
        ("tickets", "confirmed_at", confirmed & (Q(payment=None) | Q(way="door"))),
        ("lapsed", "lapsed_at", Q(lapsed_at__gt=since, cancelled_at=None)),
        ("cancelled", "cancelled_at", Q(cancelled_at__gt=since)),
    )
    return any(
        _write_all(Order.objects.filter(which), kind, occasion(kind, at), now) for kind, at, which in told
    )


def _gone_in_part(now: datetime) -> bool:
    """Places that were cancelled while others of their order stay."""
    told = Mark.objects.filter(
        about=about("order", "order"), kind__startswith="cancelled-t", at__gte=OuterRef("gone_at")
    )
    gone = Ticket.objects.filter(gone_at__gt=now - LOOK_BACK, order__lapsed_at=None, order__cancelled_at=None)
    gone = gone.exclude(gone_why="lapsed").exclude(order__email="").filter(~Exists(told)).order_by("pk")
    orders_ = _whole(Order.objects.filter(pk__in=gone.order_by().values("order"))).order_by("placed_at")
    fresh = list(orders_[:AT_ONCE])
    of_order = defaultdict(list)
    for ticket in gone.filter(order__in=fresh).select_related("type"):
        of_order[ticket.order_id].append(ticket)
    return _any(_write_gone(row, of_order[row.pk], now) for row in fresh if of_order[row.pk])


def _write_gone(row: Order, gone: Sequence[Ticket], now: datetime) -> bool:
    at = max([now, *(ticket.gone_at for ticket in gone if ticket.gone_at)])
    return write_of_order(row, "cancelled", mark=f"cancelled-t{gone[-1].pk}", now=at, gone=gone)


def _reminders(now: datetime) -> bool:
    lately = Mark.objects.filter(about=about("order"), kind__startswith="order", at__gt=now - NO_REMINDER_FOR)
    waiting = Order.objects.filter(**LIVE, confirmed_at=None, placed_at__lte=now - NO_REMINDER_FOR)
    found = False
    for hours in Sale.objects.filter(remind_hours__gt=0).values_list("remind_hours", flat=True).distinct():
        due = waiting.filter(
            sale__remind_hours=hours,
            payment__due_at__gt=now,
            payment__due_at__lte=now + timedelta(hours=hours),
        ).filter(~Exists(lately))
        found = _write_all(due, "reminder", occasion("reminder", "payment__due_at"), now) or found
    return found


def _changed(now: datetime) -> bool:
    """What a buyer was told of the hours, the venue or the city stands no more."""
    found = False
    for change in changes(now=now, since=now - LOOK_BACK):
        # Told from the change on, whichever clock is ahead.
        at = max(now, change.at)
        fresh = list(change.untold()[:AT_ONCE])
        if not fresh:
            change.settle(now)
        found = (
            _any(write_of_order(row, "changed", mark=row.mark, now=at, since=row.told_at) for row in fresh)
            or found
        )
    return found


def _refunded(now: datetime) -> bool:
    sent = money.refunds_sent(since=now - LOOK_BACK)
    if not sent:
        return False
    of = Order.objects.filter(payment__in={refund.payment_id for refund in sent}).exclude(email="")
    names = {payment: f"order:{pk}" for payment, pk in of.values_list("payment", "pk")}
    marks = Mark.objects.filter(about__in=names.values(), kind__startswith="refund-")
    told = set(marks.values_list("kind", flat=True))
    fresh = [one for one in sent if one.payment_id in names and f"refund-{one.pk}" not in told][:AT_ONCE]
    orders_ = orders_of_payments(one.payment_id for one in fresh) if fresh else {}
    return _any(
        write_of_order(
            orders_[one.payment_id], "refunded", mark=f"refund-{one.pk}", now=now, amount=one.amount
        )
        for one in fresh
    )


def _tomorrow(now: datetime) -> bool:
    near = Sale.objects.filter(
        show__starts_at__gt=now + timedelta(hours=8),
        show__starts_at__lte=now + timedelta(hours=36),
        show__cancellation=None,
    ).select_related("show")
    found = False
    for sale in near:
        if night := _tomorrow_there(sale.show, now):
            rows = Order.objects.filter(**LIVE, confirmed_at__isnull=False, sale=sale)
            found = _write_all(rows, "tomorrow", Value(f"tomorrow-{night:%y%m%d}"), now) or found
    return found


def _tomorrow_there(show: Any, now: datetime) -> date | None:
    """The show's day, where that is tomorrow at its place, and one may be written to there."""
    zone = ZoneInfo(show.time_zone)
    there, night = now.astimezone(zone), show.starts_at.astimezone(zone).date()
    return night if (night - there.date()).days == 1 and there.hour in DECENT else None


def _write_all(rows: QuerySet[Order], kind: str, mark: Combinable, now: datetime) -> bool:
    fresh = unmarked(_whole(rows), "order", kind, mark).order_by("placed_at")[:AT_ONCE]
    return _any(write_of_order(row, kind, mark=row.mark, now=now) for row in fresh)


def _whole(rows: QuerySet[Order]) -> QuerySet[Order]:
    return rows.select_related("sale__show__artist", "payment__way")


def _any(written: Iterable[bool]) -> bool:
    """Whether any was; all are written, with a breath between them."""
    found = False
    for one in written:
        found = one or found
        sleep(BREATH_SECONDS)
    return found
