"""The morning after: what was sold, paid, sent back and is owed, and who came, by ticket type and by way of
paying; all of it from the rows, and held against the ledger.

An order's money is given to its places in the order of their numbers: first what is charged, then what was
paid. What is left over belongs to places that went back, and then to none ("beyond"). So every column adds
up to what the ledger says, to the last tiyn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aqyn.core.ledger.book import MONEY, PAYER, SALES, UNASSIGNED, Standing
from aqyn.payments import selectors as payments
from aqyn.tickets.models import Order, Ticket
from aqyn.tickets.selectors.admissions import merged
from aqyn.tickets.selectors.sale import types_of

GUEST = "guest"


@dataclass(slots=True)
class Line:
    """One type or one way of paying; amounts in minor units.

    `places`: confirmed; `came`: of these, let in; `waiting`: ordered and not confirmed; `back`: cancelled or
    lapsed. `sold`: what is charged for; `paid`: what came in for it; `refunded`: what was sent back; `due`:
    what is owed to us; `owed`: what we owe.
    """

    key: str
    name: Mapping[str, str] | str
    places: int = 0
    came: int = 0
    waiting: int = 0
    back: int = 0
    sold: int = 0
    paid: int = 0
    refunded: int = 0
    due: int = 0
    owed: int = 0

    @property
    def missed(self) -> int:
        """Confirmed places whose guests did not come."""
        return self.places - self.came

    @property
    def kept(self) -> int:
        """What came in and has not gone back."""
        return self.paid - self.refunded

    @property
    def empty(self) -> bool:
        return not any(getattr(self, name) for name in _FIGURES)


_FIGURES = ("places", "came", "waiting", "back", "sold", "paid", "refunded", "due", "owed")


@dataclass(frozen=True, slots=True)
class Check:
    """One sum of this page beside what the ledger says."""

    name: str
    here: int
    ledger: int

    @property
    def agrees(self) -> bool:
        return self.here == self.ledger


@dataclass(frozen=True, slots=True)
class Settlement:
    """The whole night. `guests`: on the guest list, with those who came of them."""

    currency: str
    types: list[Line]
    ways: list[Line]
    whole: Line
    guests: int
    guests_came: int
    checks: list[Check]

    @property
    def agrees(self) -> bool:
        return all(check.agrees for check in self.checks)


@dataclass(slots=True)
class _Placed:
    """An order with its tickets: (type, price, whether its place went back, whether it was let in)."""

    payment: int | None
    way: str
    way_pk: int | None
    way_title: Mapping[str, str] | None
    confirmed: bool
    tickets: list[tuple[int, int, bool, bool]] = field(default_factory=list)


def settlement(sale: Any) -> Settlement:
    """How the sale stands, in nine queries whatever its size."""
    types = {row.pk: Line(f"type-{row.pk}", row.name) for row in types_of(sale)}
    orders = _orders(sale)
    pks = [order.payment for order in orders.values() if order.payment is not None]
    standings = payments.standings(pks)
    refunds: dict[int, int] = defaultdict(int)
    for row in payments.refunds_of(pks):
        if row.entry is not None and not row.reversed:
            refunds[row.payment_id] += row.amount
    beyond = Line("beyond", "")
    ways: dict[str, Line] = {}
    for order in orders.values():
        standing = standings.get(order.payment or 0, Standing(0, 0))
        lines = [types[type_] for type_, *_rest in order.tickets]
        _count(lines, order)
        _share(lines, order, beyond, standing, refunds.get(order.payment or 0, 0))
        way = ways.setdefault(_way_key(order), Line(_way_key(order), order.way_title or order.way))
        _count([way] * len(order.tickets), order)
        way.sold, way.due, way.owed = (
            way.sold + standing.charged,
            way.due + standing.due,
            way.owed + standing.owed,
        )
    moved = payments.money_by_way(pks)
    _money(ways, moved)
    whole = _whole(list(types.values()), beyond)
    guests = [ticket for order in orders.values() if order.way == GUEST for ticket in order.tickets]
    return Settlement(
        currency=sale.currency,
        types=[*types.values(), *([] if beyond.empty else [beyond])],
        ways=[line for line in ways.values() if not line.empty],
        whole=whole,
        guests=sum(not gone for _type, _price, gone, _in in guests),
        guests_came=sum(came and not gone for _type, _price, gone, came in guests),
        checks=_checks(whole, list(ways.values()), payments.balances(sale.currency, pks)),
    )


def _orders(sale: Any) -> dict[int, _Placed]:
    orders = {
        pk: _Placed(payment, way, way_pk, title, confirmed is not None)
        for pk, payment, way, way_pk, title, confirmed in Order.objects.filter(sale=sale)
        .order_by("placed_at", "pk")
        .values_list("pk", "payment", "way", "payment__way", "payment__way__title", "confirmed_at")
    }
    let_in = merged(sale).first
    tickets = Ticket.objects.filter(sale=sale).order_by("number")
    for pk, order, type_, price, gone in tickets.values_list("pk", "order", "type", "price", "gone_at"):
        orders[order].tickets.append((type_, price, gone is not None, pk in let_in))
    return orders


def _count(lines: Iterable[Line], order: _Placed) -> None:
    for line, (_type, _price, gone, came) in zip(lines, order.tickets, strict=True):
        if gone:
            line.back += 1
        elif order.confirmed:
            line.places += 1
            line.came += came
        else:
            line.waiting += 1


def _share(lines: list[Line], order: _Placed, beyond: Line, standing: Standing, refunded: int) -> None:
    """Give an order's money to its places, and what is left to `beyond`."""
    charged, received, back = standing.charged, standing.received, refunded
    for line, (_type, price, gone, _came) in zip(lines, order.tickets, strict=True):
        if gone:
            continue
        sold = min(price, charged)
        paid = min(sold, received)
        line.sold, line.paid, line.due = line.sold + sold, line.paid + paid, line.due + sold - paid
        charged, received = charged - sold, received - paid
    for line, (_type, price, gone, _came) in zip(lines, order.tickets, strict=True):
        if not gone:
            continue
        owed = min(price, received)
        sent = min(price - owed, back)
        line.owed, line.refunded = line.owed + owed, line.refunded + sent
        line.paid += owed + sent
        received, back = received - owed, back - sent
    due = max(0, charged - received)
    beyond.sold, beyond.due, beyond.owed = (
        beyond.sold + charged,
        beyond.due + due,
        beyond.owed + received - charged + due,
    )
    beyond.paid += received + back
    beyond.refunded += back


def _way_key(order: _Placed) -> str:
    return order.way if order.way_pk is None else f"way-{order.way_pk}"


def _money(ways: dict[str, Line], moved: Mapping[int | None, tuple[int, int]]) -> None:
    """What came in and went back by each way, also by one that no order chose."""
    for pk, (came, gone) in moved.items():
        key = "" if pk is None else f"way-{pk}"
        if key not in ways:
            row = None if pk is None else payments.way(pk)
            ways[key] = Line(key, row.title if row else "")
        ways[key].paid += came
        ways[key].refunded += gone


def _whole(lines: list[Line], beyond: Line) -> Line:
    whole = Line("whole", "")
    for line in (*lines, beyond):
        for name in _FIGURES:
            setattr(whole, name, getattr(whole, name) + getattr(line, name))
    return whole


def _checks(whole: Line, ways: list[Line], ledger: Mapping[str, int]) -> list[Check]:
    money = ledger[MONEY] + ledger[UNASSIGNED]
    return [
        Check("sold", whole.sold, -ledger[SALES]),
        Check("kept", whole.kept, money),
        Check("kept_by_way", sum(way.kept for way in ways), money),
        Check("open", whole.due - whole.owed, ledger[PAYER]),
    ]
