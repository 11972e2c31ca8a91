"""Ordering what is held: the hold ends, an order and its tickets stand in its place, many in one transaction.

The places stay counted as they are: what was held is sold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from aqyn.tickets.claims.back import give_back_expired
from aqyn.tickets.claims.holds import lock_all
from aqyn.tickets.claims.rows import Contended, Database, Row, as_json
from aqyn.tickets.numbers import new_id, new_serial

FREE = "free"


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """What a buyer says to a hold. `email`: as it is to be written to; "" takes the hold's own.

    `way`: how it is to be paid. `confirmed`: the tickets let in at once; without it they do where nothing is
    to be paid.
    """

    hold: int
    name: str
    language: str = ""
    email: str = ""
    way: str = FREE
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class TicketMade:
    """One place: `type` is its ticket type's id."""

    number: int
    serial: int
    type: int
    price: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order stands. `again`: it stood already. `confirmed`: its tickets let in."""

    id: int
    hold: int
    sale: int
    total: int
    currency: str
    confirmed: bool
    tickets: tuple[TicketMade, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class NoHold:
    """There is no such hold."""


@dataclass(frozen=True, slots=True)
class HoldOver:
    """Its time is over, or it was given back."""


@dataclass(frozen=True, slots=True)
class ToBePaid:
    """Something is to be paid, so that more has to be written than tickets: see `services.order`."""

    total: int
    currency: str


OrderOutcome = Ordered | NoHold | HoldOver | ToBePaid


@dataclass(frozen=True, slots=True)
class _Hold:
    id: int
    sale: int
    currency: str
    email: str
    language: str
    channel: str
    total: int
    kept: bool


def order(
    database: Database, asked: Sequence[OrderAsked], *, now: datetime, paid_too: bool = False
) -> list[OrderOutcome]:
    """The outcome of each wish, in their order. Within a transaction of the caller's.

    `paid_too`: the caller writes what is to be paid; without it such a hold is answered `ToBePaid` and stays.
    A second wish for the same hold gets the first one's order. Raises Contended, as `claim` does.
    """
    wanted = as_json([one.hold] for one in asked)
    sales = database.ask(
        "SELECT DISTINCT sale_id FROM tickets_hold WHERE id IN "
        f"(SELECT id FROM {database.listed(id='int')} AS l) ORDER BY sale_id",
        [wanted],
    )
    if not sales:
        return [NoHold() for _one in asked]
    lock_all(database, holds=[one.hold for one in asked])
    give_back_expired(database, [sale for (sale,) in sales], now=now)
    holds = _holds(database, wanted)
    standing = _standing(database, wanted)
    new: list[tuple[_Hold, OrderAsked]] = []
    begun: set[int] = set()
    outcomes: list[OrderOutcome | None] = []
    for one in asked:
        hold = holds.get(one.hold)
        if hold is None:
            outcomes.append(NoHold())
        elif one.hold in standing:
            outcomes.append(standing[one.hold])
        elif one.hold in begun:
            outcomes.append(None)
        elif not hold.kept:
            outcomes.append(HoldOver())
        elif hold.total and not paid_too:
            outcomes.append(ToBePaid(hold.total, hold.currency))
        else:
            begun.add(one.hold)
            new.append((hold, one))
            outcomes.append(None)
    made = _write(database, new, now) if new else {}
    return [outcome or made[one.hold] for one, outcome in zip(asked, outcomes, strict=True)]


def _holds(database: Database, wanted: str) -> dict[int, _Hold]:
    rows = database.ask(
        "SELECT hold.id, hold.sale_id, sale.currency, hold.email, hold.language, hold.channel, hold.total, "
        "CASE WHEN hold.ended_at IS NULL THEN 1 ELSE 0 END "
        "FROM tickets_hold AS hold JOIN tickets_sale AS sale ON sale.id = hold.sale_id "
        f"WHERE hold.id IN (SELECT id FROM {database.listed(id='int')} AS l)",
        [wanted],
    )
    return {row[0]: _Hold(*(*row[:-1], bool(row[-1]))) for row in rows}


def _standing(database: Database, wanted: str) -> dict[int, Ordered]:
    """The orders that these holds have become already."""
    rows = database.ask(
        "SELECT placed.hold_id, placed.id, placed.sale_id, placed.total, sale.currency, "
        "CASE WHEN placed.confirmed_at IS NOT NULL THEN 1 ELSE 0 END, "
        "ticket.number, ticket.serial, ticket.type_id, ticket.price "
        "FROM tickets_order AS placed JOIN tickets_sale AS sale ON sale.id = placed.sale_id "
        "JOIN tickets_ticket AS ticket ON ticket.order_id = placed.id AND ticket.gone_at IS NULL "
        f"WHERE placed.hold_id IN (SELECT id FROM {database.listed(id='int')} AS l) ORDER BY ticket.number",
        [wanted],
    )
    found: dict[int, Row] = {}
    tickets: dict[int, list[TicketMade]] = {}
    for hold, *facts, number, serial, type_, price in rows:
        found[hold] = tuple(facts)
        tickets.setdefault(hold, []).append(TicketMade(number, serial, type_, price))
    return {
        hold: Ordered(id_, hold, sale, total, currency, bool(confirmed), tuple(tickets[hold]), again=True)
        for hold, (id_, sale, total, currency, confirmed) in found.items()
    }


def _write(database: Database, new: Sequence[tuple[_Hold, OrderAsked]], now: datetime) -> dict[int, Ordered]:
    """Raises Contended."""
    at = database.moment(now)
    wanted = as_json([hold.id] for hold, _one in new)
    ended = database.ask(
        f"UPDATE tickets_hold SET ended_at = {database.now} WHERE ended_at IS NULL "
        f"AND id IN (SELECT id FROM {database.listed(id='int')} AS l) RETURNING id",
        [at, wanted],
    )
    if len(ended) != len(new):
        raise Contended
    places = _places(database, wanted)
    made: dict[int, Ordered] = {}
    numbers = _numbers(database, [(hold.sale, len(places[hold.id])) for hold, _one in new])
    for hold, one in new:
        confirmed = one.confirmed or not hold.total
        tickets = tuple(
            TicketMade(next(numbers[hold.sale]), new_serial(), type_, price)
            for type_, _quota, price in places[hold.id]
        )
        made[hold.id] = Ordered(new_id(), hold.id, hold.sale, hold.total, hold.currency, confirmed, tickets)
    _insert_orders(database, new, made, at)
    _insert_tickets(database, places, made)
    return made


def _places(database: Database, wanted: str) -> dict[int, list[tuple[int, int, int]]]:
    """(type, quota, price) of each single place, by hold."""
    rows = database.ask(
        "SELECT hold_id, type_id, quota_id, quantity, price FROM tickets_holditem "
        f"WHERE hold_id IN (SELECT id FROM {database.listed(id='int')} AS l) ORDER BY id",
        [wanted],
    )
    places: dict[int, list[tuple[int, int, int]]] = {}
    for hold, type_, quota, quantity, price in rows:
        places.setdefault(hold, []).extend([(type_, quota, price)] * quantity)
    return places


def _numbers(database: Database, counts: Sequence[tuple[int, int]]) -> dict[int, Iterator[int]]:
    """So many new ticket numbers of each sale."""
    wanted: Counter[int] = Counter()
    for sale, count in counts:
        wanted[sale] += count
    rows = database.ask(
        "UPDATE tickets_sale AS counted SET last_number = counted.last_number + l.n "
        f"FROM {database.listed(which='int', n='int')} AS l WHERE counted.id = l.which "
        "RETURNING id, last_number",
        [as_json(wanted.items())],
    )
    return {sale: iter(range(last - wanted[sale] + 1, last + 1)) for sale, last in rows}


def _insert_orders(
    database: Database, new: Sequence[tuple[_Hold, OrderAsked]], made: dict[int, Ordered], at: str | None
) -> None:
    columns = dict(
        id="int",
        hold_id="int",
        sale_id="int",
        name="text",
        email="text",
        language="text",
        channel="text",
        way="text",
        total="int",
        confirmed_at="time",
    )
    rows = [
        (
            made[hold.id].id,
            hold.id,
            hold.sale,
            one.name,
            one.email or hold.email,
            one.language or hold.language,
            hold.channel,
            one.way if hold.total or one.way != FREE else FREE,
            hold.total,
            at if made[hold.id].confirmed else None,
        )
        for hold, one in new
    ]
    written = database.ask(
        f"INSERT INTO tickets_order ({', '.join(columns)}, placed_at) "
        f"SELECT {', '.join('l.' + name for name in columns)}, {database.now} "
        f"FROM {database.listed(**columns)} AS l WHERE true ON CONFLICT DO NOTHING RETURNING id",
        [at, as_json(rows)],
    )
    if len(written) != len(rows):
        raise Contended


def _insert_tickets(
    database: Database, places: dict[int, list[tuple[int, int, int]]], made: dict[int, Ordered]
) -> None:
    columns = dict(
        order_id="int", sale_id="int", type_id="int", quota_id="int", number="int", serial="int", price="int"
    )
    rows = [
        (placed.id, placed.sale, type_, quota, ticket.number, ticket.serial, price)
        for hold, placed in made.items()
        for (type_, quota, price), ticket in zip(places[hold], placed.tickets, strict=True)
    ]
    written = database.ask(
        f"INSERT INTO tickets_ticket ({', '.join(columns)}, gone_why) "
        f"SELECT {', '.join('l.' + name for name in columns)}, '' "
        f"FROM {database.listed(**columns)} AS l WHERE true ON CONFLICT DO NOTHING RETURNING id",
        [as_json(rows)],
    )
    if len(written) != len(rows):
        raise Contended
