"""What becomes of an order: it is paid, lapses, is taken again, is cancelled in part or whole.

One rule holds all of it together: what is owed back is always what came in beyond what is charged, and the
open refunds add up to it (`_fit`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.shows import selectors as shows
from aqyn.tickets import claims
from aqyn.tickets.letters.writing import write_of_order
from aqyn.tickets.models import Order
from aqyn.tickets.selectors.admissions import merged
from aqyn.tickets.selectors.orders import kept_until, put_off_since, state_of, within_limits
from aqyn.tickets.sentences import orders as refuse
from aqyn.tickets.services.rows import noted, order_held

AT_ONCE = 100
"""So many orders lapse or are cancelled with their show in one transaction."""
AFTER_REVERSAL = timedelta(hours=24)
"""So long at least the places are kept for one whose payment was taken back."""


def money_moved(*, payment: int, now: datetime, came: bool = True) -> None:
    """Money came for a payment or went: its order is confirmed, waits again, or is owed something back.

    `came`: it came. Then places that lapsed are taken again, if they are there.
    """
    pk = Order.objects.filter(payment=payment).values_list("pk", flat=True).first()
    if pk is None:
        return
    with transaction.atomic():
        order = order_held(pk)
        standing = money.standing(payment)
        if came and _late(order, now) and standing.received >= _lapsed_price(order):
            _try_again(order, now)
        _settle(order, now)
        double = standing.charged and standing.owed >= standing.charged
        _fit(order, "late" if order.lapsed_at else "double" if double else "over", now)
        if state_of(order, now) == "waiting" and 0 < standing.received < standing.charged:
            write_of_order(order, "rest", mark=f"rest-{standing.received}", now=now)


def cancel_places(
    *, order: int, tickets: Sequence[int], now: datetime, actor: Any = None, why: str = "part"
) -> Order:
    """These places go back; what was paid for them is owed back. `tickets`: their ids. Raises a Refusal."""
    with transaction.atomic():
        row = order_held(order)
        if row.cancelled_at or row.lapsed_at:
            raise refuse.OrderIsOver
        mine = row.tickets.filter(pk__in=tickets, gone_at=None)
        if not tickets or mine.count() != len(set(tickets)):
            raise refuse.NoSuchTicket
        _cancel(row, sorted(set(tickets)), why=why, now=now, actor=actor)
    return row


def cancel_order(*, order: int, now: datetime, actor: Any = None, why: str = "cancelled") -> Order:
    """All its places go back; what was paid is owed back. Raises a Refusal."""
    with transaction.atomic():
        row = order_held(order)
        if row.cancelled_at:
            raise refuse.OrderIsOver
        live = list(row.tickets.filter(gone_at=None).values_list("pk", flat=True))
        _cancel(row, live, why=why, now=now, actor=actor)
    return row


def reduce_price(*, order: int, amount: int, now: datetime, actor: Any = None, note: str = "") -> Order:
    """The order costs so much less; what was paid beyond is owed back. The places stay. Raises a Refusal."""
    with transaction.atomic():
        row = order_held(order)
        if row.payment_id is None or amount > money.standing(row.payment_id).charged:
            raise refuse.BeyondPrice
        payments.discharge(payment=row.payment_id, amount=amount, now=now, actor=actor, note=note)
        _settle(row, now)
        _fit(row, "asked", now)
    return row


def give_up(*, order: int, now: datetime) -> Order:
    """A buyer gives the whole order back: a free one until the show begins, any one of a show that was put
    off. Raises a Refusal."""
    with transaction.atomic():
        row = order_held(order)
        show = row.sale.show
        put_off = put_off_since(row)
        if show.starts_at and show.starts_at <= now:
            raise refuse.ShowHasBegun
        if merged(row.sale, row.tickets.values_list("pk", flat=True)).first:
            raise refuse.WasLetIn
        paid = row.payment_id is not None and money.standing(row.payment_id).received > 0
        if paid and not put_off:
            raise refuse.AskTheCrew
        return cancel_order(order=order, now=now, why="postponed" if put_off else "cancelled")


def take_again(*, order: int, now: datetime, actor: Any = None) -> Order:
    """The places of an order that lapsed are its own again, and are to be paid for. Raises a Refusal."""
    with transaction.atomic():
        row = order_held(order)
        if row.cancelled_at:
            raise refuse.OrderIsOver
        if not row.lapsed_at:
            raise refuse.NotLapsed
        if not _try_again(row, now, by_crew=True):
            raise refuse.PlacesAreGone
        _settle(row, now)
        _fit(row, "over", now)
        if row.confirmed_at is None and row.payment_id:
            due = kept_until(row.sale.show, now + timedelta(hours=row.sale.pay_hours), now)
            payments.set_due(payment=row.payment_id, due_at=due, now=now)
        noted("places taken again", str(row), actor)
    return row


def extend(*, order: int, due_at: datetime, now: datetime, actor: Any = None) -> Order:
    """The places are kept until then. Raises a Refusal."""
    with transaction.atomic():
        row = order_held(order)
        if row.payment_id is None or row.confirmed_at:
            raise refuse.NothingDue
        if row.lapsed_at or row.cancelled_at:
            raise refuse.OrderIsOver
        if due_at <= now:
            raise refuse.DueInThePast
        payments.set_due(payment=row.payment_id, due_at=due_at, now=now)
        noted("time to pay extended", str(row), actor)
    return row


def lapse_due(*, now: datetime) -> int:
    """Orders that were not paid in time give their places back; how many were, at most `AT_ONCE`."""
    due = Order.objects.filter(
        payment__due_at__lte=now, confirmed_at=None, lapsed_at=None, cancelled_at=None
    ).order_by("payment__due_at", "pk")
    lapsed = 0
    for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            lapsed += _lapse(order_held(pk), now)
    return lapsed


def cancel_with_show(*, now: datetime) -> int:
    """Orders of shows that were cancelled are cancelled with them; how many, at most `AT_ONCE`."""
    left = Order.objects.filter(sale__show__cancellation__isnull=False, cancelled_at=None)
    # By their sales, as `claims.lock_all` holds them: two who do so never wait in a circle.
    left = left.filter(lapsed_at=None).order_by("sale", "pk")
    pks = list(left.values_list("pk", flat=True)[:AT_ONCE])
    with transaction.atomic():
        for pk in pks:
            row = order_held(pk)
            live = list(row.tickets.filter(gone_at=None).values_list("pk", flat=True))
            if row.cancelled_at is None:
                _cancel(row, live, why="cancelled", now=now, actor=None)
    return len(pks)


def _cancel(row: Order, tickets: list[int], *, why: str, now: datetime, actor: Any) -> None:
    live = dict(row.tickets.filter(gone_at=None).values_list("pk", "price"))
    gone = claims.give_back_tickets(claims.of_django(), tickets, why="cancelled", now=now)
    if not row.tickets.filter(gone_at=None).exists():
        row.cancelled_at = now
        row.save(update_fields=["cancelled_at"])
    if row.payment_id is not None:
        charged = money.standing(row.payment_id).charged
        less = share_of(charged, [live[pk] for pk in gone], list(live.values()))
        if less:
            payments.discharge(payment=row.payment_id, amount=less, now=now, actor=actor)
        if not row.cancelled_at:
            _settle(row, now)
        _fit(row, why, now)
    noted(f"{len(gone)} places cancelled", str(row), actor)


def share_of(charged: int, gone: Sequence[int], live: Sequence[int]) -> int:
    """What is charged for the places that go, of all that were there: by their prices, whatever the whole was
    lowered to; the last ones take all that is left."""
    if len(gone) == len(live):
        return charged
    return charged * sum(gone) // sum(live) if sum(live) else 0


def _lapse(row: Order, now: datetime) -> bool:
    if row.confirmed_at or row.lapsed_at or row.cancelled_at or row.payment is None:
        return False
    if row.payment.due_at is None or row.payment.due_at > now:
        return False
    live = list(row.tickets.filter(gone_at=None).values_list("pk", flat=True))
    claims.give_back_tickets(claims.of_django(), live, why="lapsed", now=now)
    charged = money.standing(row.payment.pk).charged
    if charged:
        payments.discharge(payment=row.payment.pk, amount=charged, now=now)
    row.lapsed_at = now
    row.save(update_fields=["lapsed_at"])
    _fit(row, "late", now)
    noted("not paid in time", str(row), None)
    return True


def _late(row: Order, now: datetime) -> bool:
    """Whether money that comes now is for places that lapsed and can still be of use."""
    show = row.sale.show
    if row.lapsed_at is None or row.cancelled_at is not None:
        return False
    return not (shows.is_over(show, now) or shows.state_of(show, now) == "cancelled")


def _lapsed_price(row: Order) -> int:
    """What the places that lapsed cost: as much as was taken off when they did, whatever the price was
    lowered to before."""
    if row.payment_id is None:
        return 0
    entries = money.entries_of([row.payment_id])
    return next((entry.amount for entry in reversed(entries) if entry.kind == "discharge"), 0)


def _try_again(row: Order, now: datetime, *, by_crew: bool = False) -> bool:
    """Take the places that lapsed, and charge for them; False, and nothing changed, where they are gone.

    `by_crew`: limits for one buyer do not bind.
    """
    database = claims.of_django()
    lapsed = list(row.tickets.filter(gone_why="lapsed").values_list("pk", flat=True))
    claims.give_back_expired(database, [row.sale_id], now=now)
    if not by_crew and not within_limits(row):
        return False
    try:
        with transaction.atomic():
            claims.take_again(database, sorted(lapsed))
    except claims.Contended:
        return False
    row.lapsed_at = None
    row.save(update_fields=["lapsed_at"])
    if row.payment_id is not None:
        payments.charge(payment=row.payment_id, amount=_lapsed_price(row), now=now)
    return True


def _settle(row: Order, now: datetime) -> None:
    """Confirm what is paid for; let wait again what is not any more."""
    if row.lapsed_at or row.cancelled_at or row.payment is None:
        return
    settled = money.standing(row.payment.pk).settled
    at_once = row.payment.way is not None and money.adapter_of(row.payment.way).at_once
    if settled and row.confirmed_at is None:
        row.confirmed_at = now
    elif not settled and row.confirmed_at is not None and not at_once:
        row.confirmed_at = None
        due = max(row.payment.due_at or now, kept_until(row.sale.show, now + AFTER_REVERSAL, now))
        payments.set_due(payment=row.payment.pk, due_at=due, now=now)
    else:
        return
    row.save(update_fields=["confirmed_at"])


def _fit(row: Order, why: str, now: datetime) -> None:
    """Let the open refunds add up to what is owed back."""
    if row.payment_id is None:
        return
    more = money.standing(row.payment_id).owed - money.still_owed(row.payment_id)
    if more > 0:
        payments.owe_back(payment=row.payment_id, amount=more, why=why, now=now)
        return
    for refund in reversed(money.open_refunds([row.payment_id])):
        if more >= 0:
            return
        payments.let_go(refund=refund.pk, now=now, note="")
        more += refund.amount
        if more > 0:
            payments.owe_back(payment=row.payment_id, amount=more, why=refund.why, now=now)
            return
