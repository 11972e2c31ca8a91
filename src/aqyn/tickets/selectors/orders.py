"""Orders: one, many, how each stands, and who bought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from aqyn.core.ledger.references import find
from aqyn.core.passes.serials import number, read_serial
from aqyn.core.script import fold
from aqyn.shows import selectors as shows
from aqyn.tickets.models import HoldItem, Order, Sale, Ticket
from aqyn.tickets.selectors.admissions import merged

STATES = ("waiting", "confirmed", "lapsed", "cancelled")


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who has places. `name` as on the order."""

    email: str
    name: str
    language: str


def order(pk: int) -> Order | None:
    """The order with this id, its sale, show and payment with it."""
    return _whole().filter(pk=pk).first()


def order_of_payment(payment: int) -> Order | None:
    """The order that this payment is for."""
    return _whole().filter(payment=payment).first()


def orders_of_payments(payments: Iterable[int]) -> dict[int, Order]:
    """The orders that these payments are for, by the payment's number."""
    return {row.payment_id: row for row in _whole().filter(payment__in=list(payments)) if row.payment_id}


def state_of(row: Order, now: datetime) -> str:
    """One of `STATES`."""
    if row.cancelled_at is not None:
        return "cancelled"
    if row.lapsed_at is not None:
        return "lapsed"
    return "confirmed" if row.confirmed_at is not None else "waiting"


def orders(show: str, *, query: str = "", state: str = "") -> QuerySet[Order]:
    """The orders of a show, the newest first; those that `query` finds: by name in any script, e-mail,
    reference, number, serial or id."""
    rows = _whole().filter(sale__show__slug=show)
    if state in STATES:
        rows = rows.filter(_IN[state])
    said = query.strip()
    return rows.filter(pk__in=_found(show, said)) if said else rows


def tickets_of(row: Order, *, live: bool = False) -> list[Ticket]:
    """The tickets of the order in the order of their numbers, their types with them."""
    rows = row.tickets.select_related("type", "type__area")
    return list(rows.filter(gone_at=None) if live else rows)


def within_limits(row: Order) -> bool:
    """Whether the places of this order that lapsed, with all else that its buyer holds or has, keep the
    limits of their types."""
    buyer = row.hold.email
    lapsed = row.tickets.filter(gone_why="lapsed", type__limit__isnull=False)
    wanted = lapsed.order_by().values_list("type", "type__limit").annotate(n=Count("pk"))
    if not buyer:
        return True
    for type_, limit, n in wanted:
        held = HoldItem.objects.filter(hold__email=buyer, hold__ended_at=None, type=type_)
        has = Ticket.objects.filter(order__hold__email=buyer, gone_at=None, type=type_).count()
        if n + has + (held.aggregate(n=Sum("quantity"))["n"] or 0) > limit:
            return False
    return True


def buyers(show: str, came: bool | None = None) -> list[Buyer]:
    """Who has confirmed places for the show, each address once, by the name of its last order.

    `came`: only those of whom somebody was let in, or only those of whom nobody was.
    """
    rows = Order.objects.filter(sale__show__slug=show, confirmed_at__isnull=False, cancelled_at=None)
    rows = rows.filter(lapsed_at=None).exclude(email="")
    there = _came(show) if came is not None else set()
    told = rows.order_by("placed_at", "pk").values_list("pk", "email", "name", "language")
    found = {
        email.strip().lower(): Buyer(email.strip(), name, language)
        for pk, email, name, language in told
        if came is None or came == (pk in there)
    }
    return list(found.values())


def _came(show: str) -> set[int]:
    """The orders of which somebody was let in."""
    sale = Sale.objects.filter(show__slug=show).first()
    first = merged(sale).first if sale else {}
    return {order for pk, order in Ticket.objects.filter(sale=sale).values_list("pk", "order") if pk in first}


def kept_until(show: Any, due: datetime, now: datetime) -> datetime:
    """Until when places are kept for the money: not past the show's beginning; once it has begun, not past
    its end."""
    if show.starts_at is None:
        return due
    return min(due, show.starts_at if show.starts_at > now else max(now, shows.over_at(show) or due))


def put_off_since(order: Order) -> bool:
    """Whether the show was put off after this was ordered."""
    return order.sale.show.postponements.filter(at__gt=order.placed_at).exists()


_IN = {
    "waiting": Q(confirmed_at=None, lapsed_at=None, cancelled_at=None),
    "confirmed": Q(confirmed_at__isnull=False, lapsed_at=None, cancelled_at=None),
    "lapsed": Q(lapsed_at__isnull=False, cancelled_at=None),
    "cancelled": Q(cancelled_at__isnull=False),
}


def _whole() -> QuerySet[Order]:
    return Order.objects.select_related("sale__show", "payment__way")


def _found(show: str, said: str) -> list[int]:
    """The ids of the orders that this finds."""
    mine = Order.objects.filter(sale__show__slug=show)
    if references := find(said):
        return list(mine.filter(payment__reference__in=references).values_list("pk", flat=True))
    if (id_ := number(said)) is not None and mine.filter(pk=id_).exists():
        return [id_]
    # Many a name could be a serial as well.
    if (serial := read_serial(said)) is not None and (mine_too := mine.filter(tickets__serial=serial)):
        return [order.pk for order in mine_too]
    bare = said.lstrip("№# ")
    if bare.isascii() and bare.isdigit() and len(bare) < 10:
        return list(mine.filter(tickets__number=int(bare)).values_list("pk", flat=True))
    folded, small = fold(said), said.lower()
    return [
        pk
        for pk, name, email in mine.values_list("pk", "name", "email")
        if (folded and folded in fold(name)) or small in email.lower()
    ]


def with_tickets(rows: QuerySet[Order]) -> QuerySet[Order]:
    """The same orders, each with its tickets and their types, in two more queries."""
    return rows.prefetch_related(Prefetch("tickets", Ticket.objects.select_related("type")))
