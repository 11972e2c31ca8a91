"""The doors of a show as the crew sees them in the studio."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Sum

from aqyn.core.ledger.money import written
from aqyn.core.passes.merging import Seen
from aqyn.tickets.models import Channel, Door, HoldItem, Order, Sale, Scan, Ticket
from aqyn.tickets.selectors.door import counts_by_type, merged
from aqyn.tickets.services.doors import TELLS_FOR, token_of

LIVE = timedelta(seconds=90)
"""Heard of within so long, a door is in touch."""


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One door: what it did, and when it was last heard of. `path`: what its link opens, "" once closed."""

    id: int
    name: str
    path: str
    made_at: datetime
    seen_at: datetime | None
    closed_at: datetime | None
    live: bool
    tells: bool
    let_in: int
    turned_away: int
    stock: int


@dataclass(frozen=True, slots=True)
class Twice:
    """A ticket that let in more than once: the admission, and the later ones, as (moment, door's name)."""

    number: int
    name: str
    first: tuple[datetime, str]
    again: list[tuple[datetime, str]]


@dataclass(frozen=True, slots=True)
class DoorDesk:
    """`types`: (name by tag, came, expected). `sales`: (way, orders, sum as written)."""

    show: Any
    rows: list[DoorRow]
    came: int
    expected: int
    types: list[tuple[dict[str, str], int, int]]
    twice: list[Twice]
    sales: list[tuple[str, int, str]] = field(default_factory=list)


def doors_of(sale: Sale, now: datetime) -> DoorDesk:
    """Everything that the studio's page of the doors shows."""
    whole = merged(sale)
    doors = list(Door.objects.filter(sale=sale))
    let_in = Counter(one.door for one in whole.first.values())
    let_in += Counter(one.door for later in whole.again.values() for one in later)
    refused: dict[int, int] = dict(
        Scan.objects.filter(door__sale=sale, let_in=False)
        .exclude(verdict="undone")
        .values_list("door")
        .annotate(Count("pk"))
        .order_by("door")
    )
    stock: dict[int, int] = dict(
        HoldItem.objects.filter(hold__in=[one.stock_id for one in doors if one.stock_id], hold__ended_at=None)
        .values_list("hold")
        .annotate(Sum("quantity"))
        .order_by("hold")
    )
    types = counts_by_type(sale, whole.first)
    return DoorDesk(
        show=sale.show,
        rows=[
            DoorRow(
                id=one.pk,
                name=one.name,
                path="" if one.closed_at else f"/door/{token_of(one.pk)}/",
                made_at=one.made_at,
                seen_at=one.seen_at,
                closed_at=one.closed_at,
                live=one.seen_at is not None and now - one.seen_at <= LIVE,
                tells=one.closed_at is None or now < one.closed_at + TELLS_FOR,
                let_in=let_in[one.pk],
                turned_away=refused.get(one.pk, 0),
                stock=stock.get(one.stock_id or 0, 0),
            )
            for one in doors
        ],
        came=sum(came for _type, came, _expected in types),
        expected=sum(expected for _type, _came, expected in types),
        types=[(type_.name, came, expected) for type_, came, expected in types],
        twice=_twice(whole.first, whole.again, {one.pk: one.name for one in doors}),
        sales=_sales(sale),
    )


def _twice(first: dict[int, Seen], again: dict[int, tuple[Seen, ...]], names: dict[int, str]) -> list[Twice]:
    tickets = Ticket.objects.select_related("order").in_bulk(list(again))
    found = [
        Twice(
            number=tickets[ticket].number,
            name=tickets[ticket].order.name,
            first=(first[ticket].at, names[first[ticket].door]),
            again=[(one.at, names[one.door]) for one in later],
        )
        for ticket, later in again.items()
    ]
    return sorted(found, key=lambda one: one.again[-1][0], reverse=True)


def _sales(sale: Sale) -> list[tuple[str, int, str]]:
    """What was sold at the doors, by way of paying."""
    places: defaultdict[str, int] = defaultdict(int)
    sums: defaultdict[str, int] = defaultdict(int)
    orders = Order.objects.filter(sale=sale, channel=Channel.DOOR, cancelled_at=None)
    for way, price in Ticket.objects.filter(order__in=orders, gone_at=None).values_list(
        "order__way", "price"
    ):
        places[way] += 1
        sums[way] += price
    return [(way, places[way], written(sums[way], sale.currency)) for way in sorted(places)]
