"""What a door's device takes with it, so that it can let people in without a network."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from aqyn.core.dates import written_day, written_time
from aqyn.core.ledger.money import DIGITS, SIGNS
from aqyn.core.passes.merging import Seen
from aqyn.core.passes.serials import letters
from aqyn.core.script import fold
from aqyn.core.texts import choose
from aqyn.payments import selectors as money
from aqyn.tickets.models import (
    Channel,
    Door,
    HoldItem,
    Order,
    Quota,
    Revocation,
    Sale,
    Ticket,
    TicketType,
)
from aqyn.tickets.numbers import fingerprint
from aqyn.tickets.selectors.admissions import merged
from aqyn.tickets.selectors.passes import public_keys
from aqyn.ui.languages import TAGS, WANTED

GOOD, UNPAID, LAPSED, GONE = range(4)
"""How a ticket stands, as the list says it."""
NEAR = timedelta(days=60)
"""Tickets of shows within so many days are told by their show's name at another one's door."""


def door_by(token: str) -> Door | None:
    """The door that this token opens, open or closed."""
    doors = Door.objects.select_related("sale__show__artist")
    return doors.filter(token_sha256=fingerprint(token)).first()


def list_for(door: Door, language: str, now: datetime) -> dict[str, Any]:
    """The list of a door as JSON: see docs/door.md. Names of types are in `language`."""
    sale = door.sale
    types = _types(door, WANTED[language])
    place_of_type = {one["id"]: place for place, one in enumerate(types)}
    orders = list(
        Order.objects.filter(sale=sale)
        .order_by("name", "id")
        .values_list("pk", "name", "payment", "confirmed_at")
    )
    place_of_order = {row[0]: place for place, row in enumerate(orders)}
    confirmed = [row[3] is not None for row in orders]
    tickets = Ticket.objects.filter(sale=sale).order_by("number")
    came = merged(sale).first
    serial_of = dict(Ticket.objects.filter(pk__in=came).values_list("pk", "serial")) if came else {}
    doors = dict(Door.objects.filter(sale=sale).values_list("pk", "name"))
    return {
        "door": door.name,
        "closed": door.closed_at is not None,
        "sale": sale.pk,
        "zone": sale.show.time_zone,
        "currency": {"code": sale.currency, "digits": DIGITS[sale.currency], "sign": _sign(sale.currency)},
        "keys": {str(number): base64.b64encode(key).decode() for number, key in public_keys().items()},
        "types": types,
        "orders": [
            [letters(pk), name, _folded(name), owes]
            for (pk, name, _payment, _at), owes in zip(orders, _owed(orders), strict=True)
        ],
        "tickets": [
            [serial, number, place_of_type[type_], place, _state(gone, why, confirmed[place])]
            for serial, number, type_, place, gone, why in (
                (serial, number, type_, place_of_order[order], gone, why)
                for serial, number, type_, order, gone, why in tickets.values_list(
                    "serial", "number", "type", "order", "gone_at", "gone_why"
                )
            )
        ],
        "revoked": list(
            Revocation.objects.filter(ticket__sale=sale).order_by("serial").values_list("serial", flat=True)
        ),
        "came": sorted([serial_of[ticket], _ms(one.at), doors[one.door]] for ticket, one in came.items()),
        "others": _others(sale, language, now),
    }


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _state(gone: datetime | None, why: str, confirmed: bool) -> int:
    if gone is not None:
        return LAPSED if why == "lapsed" else GONE
    return GOOD if confirmed else UNPAID


def _types(door: Door, wanted: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every type of the sale: what it is called and costs, how many can still be sold here, and how many the
    door has with it and at which price."""
    free = {
        area: quantity - taken
        for area, quantity, taken in Quota.objects.filter(
            area__sale=door.sale, channel=Channel.DOOR
        ).values_list("area", "quantity", "taken")
    }
    stock = {
        type_: (count, price)
        for type_, count, price in HoldItem.objects.filter(
            hold=door.stock_id, hold__ended_at=None, hold__isnull=False
        ).values_list("type", "quantity", "price")
    }
    types = []
    for one in TicketType.objects.filter(sale=door.sale):
        left = free.get(one.area_id, 0)
        if one.quantity is not None:
            left = min(left, one.quantity - one.taken)
        sold_here = one.closed_at is None and not one.guests
        with_it, at = stock.get(one.pk, (0, one.price))
        chosen = choose(one.name, wanted)
        types.append(
            {
                "id": one.pk,
                "name": chosen.text,
                "tag": chosen.tag,
                "price": one.price,
                "left": max(0, left) if sold_here else 0,
                "sold": sold_here,
                "guests": one.guests,
                "stock": with_it,
                "at": at,
            }
        )
    return types


def _owed(orders: Iterable[tuple[Any, ...]]) -> list[int]:
    """What is to be paid at the door for each order that lets in."""
    rows = list(orders)
    standings = money.standings([row[2] for row in rows if row[2] is not None])
    return [
        standings[row[2]].due if row[2] is not None and row[3] is not None and row[2] in standings else 0
        for row in rows
    ]


def _others(sale: Sale, language: str, now: datetime) -> dict[str, str]:
    """The other shows whose tickets somebody may bring, by the sale in the code: "One Light, 12 November"."""
    near = Sale.objects.select_related("show").exclude(pk=sale.pk)
    near = near.filter(show__starts_at__gte=now - NEAR, show__starts_at__lte=now + NEAR)
    return {str(other.pk): titled(other.show, language) for other in near}


def titled(show: Any, language: str) -> str:
    """A show's name with its day and hour, in one line."""
    name = choose(show.title, WANTED[language]).text
    if show.starts_at is None:
        return name
    at = show.starts_at.astimezone(ZoneInfo(show.time_zone))
    return f"{name}, {written_day(at.date(), TAGS[language]).whole}, {written_time(at)}"


def _sign(currency: str) -> str:
    return SIGNS.get(currency, currency)


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    return fold(name)


def counts_by_type(sale: Sale, came: Mapping[int, Seen]) -> list[tuple[TicketType, int, int]]:
    """(type, came, expected) for each type with places that let in, in the order of the sale."""
    expected: dict[int, int] = {}
    here: dict[int, int] = {}
    good = Ticket.objects.filter(sale=sale, gone_at=None, order__confirmed_at__isnull=False)
    for pk, type_ in good.values_list("pk", "type"):
        expected[type_] = expected.get(type_, 0) + 1
        here[type_] = here.get(type_, 0) + (pk in came)
    types = TicketType.objects.filter(sale=sale)
    return [(one, here[one.pk], expected[one.pk]) for one in types if one.pk in expected]
