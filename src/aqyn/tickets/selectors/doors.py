"""The doors of a show as the crew sees them in the studio."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from aqyn.core.ledger.money import written
from aqyn.core.passes.merging import Seen
from aqyn.tickets.models import Channel, Door, HoldItem, Order, Sale, Scan, Ticket
from aqyn.tickets.selectors.admissions import merged
from aqyn.tickets.selectors.door import counts_by_type

LIVE = timedelta(seconds=90)
"""Heard of within so long, a door is in touch."""


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One door: what it did. `seen`: when it was last heard of, by clocks at the show's place, or ""."""

    id: int
    name: str
    seen: str
    closed_at: datetime | None
    live: bool
    let_in: int
    turned_away: int
    stock: int


@dataclass(frozen=True, slots=True)
class Twice:
    """A ticket that let in more than once: the admission, and the later ones, as (time, door's name)."""

    number: int
    name: str
    first: tuple[str, str]
    again: list[tuple[str, str]]


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
    whole, zone = merged(sale), ZoneInfo(sale.show.time_zone)
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
                seen=f"{one.seen_at.astimezone(zone):%H:%M}" if one.seen_at else "",
                closed_at=one.closed_at,
                live=one.seen_at is not None and now - one.seen_at <= LIVE,
                let_in=let_in[one.pk],
                turned_away=refused.get(one.pk, 0),
                stock=stock.get(one.stock_id or 0, 0),
            )
            for one in doors
        ],
        came=sum(came for _type, came, _expected in types),
        expected=sum(expected for _type, _came, expected in types),
        types=[(type_.name, came, expected) for type_, came, expected in types],
        twice=_twice(whole.first, whole.again, {one.pk: one.name for one in doors}, zone),
        sales=_sales(sale),
    )


def _twice(
    first: dict[int, Seen], again: dict[int, tuple[Seen, ...]], names: dict[int, str], zone: ZoneInfo
) -> list[Twice]:
    def told(one: Seen) -> tuple[str, str]:
        return f"{one.at.astimezone(zone):%H:%M:%S}", names[one.door]

    tickets = Ticket.objects.select_related("order").in_bulk(list(again))
    latest = sorted(again, key=lambda ticket: again[ticket][-1].at, reverse=True)
    return [
        Twice(
            number=tickets[ticket].number,
            name=tickets[ticket].order.name,
            first=told(first[ticket]),
            again=[told(one) for one in again[ticket]],
        )
        for ticket in latest
    ]


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
