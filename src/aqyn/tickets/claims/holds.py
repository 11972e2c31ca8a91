"""Claiming places: many holds in one transaction, each decided by itself, written by guarded statements."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aqyn.core.places import Given, No, Offer, Refused, Stock, Wanted, give
from aqyn.shows.selectors.states import UNTOLD_LENGTH
from aqyn.tickets.claims.back import give_back_expired
from aqyn.tickets.claims.rows import Contended, Database, as_json, read_moment
from aqyn.tickets.numbers import new_id

ONLINE = "online"


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """What a buyer asks for. `email` as it is written; `key`: an Idempotency-Key or "".

    `code`: opens hidden types. `channel`: whose places. `for_good`: the hold does not run out. `by_crew`: at
    the crew's word the sale need not be on, and types for guests may be had.
    """

    show: str
    items: tuple[Wanted, ...]
    email: str
    language: str = "en"
    key: str = ""
    code: str = ""
    channel: str = ONLINE
    for_good: bool = False
    by_crew: bool = False

    def digest(self) -> str:
        """The same for the same wish: a key that comes with another one is refused."""
        # Where no price is named, -1: None and a number have no order.
        items = sorted((w.type, w.quantity, -1 if w.price is None else w.price) for w in self.items)
        said = repr((self.show, items, buyer_of(self.email), self.code, self.channel))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Held:
    """The places are kept. `expires_at` None: for good. `again`: it is the answer to a key given before."""

    id: int
    sale: int
    total: int
    currency: str
    expires_at: datetime | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class NoSale:
    """There is no sale for a show of this name."""


@dataclass(frozen=True, slots=True)
class KeyTaken:
    """The Idempotency-Key came before, with another wish."""


HoldOutcome = Held | Refused | NoSale | KeyTaken


@dataclass(frozen=True, slots=True)
class LockedSale:
    """A sale that is held until the transaction ends. `open`: places are sold."""

    id: int
    currency: str
    hold_minutes: int
    open: bool


def buyer_of(email: str) -> str:
    """Whom limits are counted for: the address in small letters."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def claim(database: Database, asked: Sequence[HoldAsked], *, now: datetime) -> list[HoldOutcome]:
    """The outcome of each wish, in their order. Within a transaction of the caller's.

    Places whose holds are over by `now` are free. Raises Contended: then the caller rolls back, and asks
    again one by one.
    """
    before = _before(database, asked)
    sales = lock_sales(database, sorted({one.show for one in asked}), now)
    if not sales:
        return [_again(one, before) or NoSale() for one in asked]
    give_back_expired(database, [sale.id for sale in sales.values()], now=now)
    # What was asked for with the same key meanwhile: the locks are ours only since a moment.
    if database.vendor != "sqlite" and any(one.key for one in asked):
        before = _before(database, asked)
    stocks = _stocks(database, asked, sales, now)
    new = _New()
    outcomes: list[HoldOutcome] = []
    for one in asked:
        outcome = _again(one, before)
        if outcome is None:
            outcome = _decide(one, sales, stocks, new, now)
            if isinstance(outcome, Held) and one.key:
                before[one.key] = (one.digest(), outcome)
        outcomes.append(outcome)
    new.write(database, now)
    return outcomes


def lock_sales(
    database: Database, shows: Sequence[str], now: datetime | None = None
) -> dict[str, LockedSale]:
    """The sales of these shows by slug, held until the transaction ends: whoever changes counts asks here
    first, so that nobody waits in a circle. Open is none whose show is over at `now`; without it, at present.
    """
    names = as_json([show] for show in shows)
    now = now or datetime.now(UTC)
    found = database.ask(
        "SELECT sale.id, show.slug, CASE WHEN show.starts_at IS NULL "
        f"OR show.ends_at > {database.now} "
        f"OR (show.ends_at IS NULL AND show.starts_at > {database.now}) THEN 1 ELSE 0 END "
        "FROM tickets_sale AS sale JOIN shows_show AS show ON show.id = sale.show_id "
        f"WHERE show.slug IN (SELECT slug FROM {database.listed(slug='text')} AS l) "
        "ORDER BY sale.id",
        [database.moment(now), database.moment(now - UNTOLD_LENGTH), names],
    )
    if not found:
        return {}
    slugs: dict[int, str] = {id_: slug for id_, slug, _to_come in found}
    to_come = {id_ for id_, _slug, there in found if there}
    # Read once they are held: what another process has changed meanwhile is seen.
    rows = database.ask(
        "SELECT sale.id, sale.currency, sale.hold_minutes, "
        "CASE WHEN sale.opened_at IS NOT NULL AND sale.closed_at IS NULL THEN 1 ELSE 0 END "
        f"FROM tickets_sale AS sale WHERE sale.id IN (SELECT id FROM {database.listed(id='int')} AS l) "
        f"ORDER BY sale.id {database.locked}",
        [as_json([id_] for id_ in slugs)],
    )
    return {
        slugs[id_]: LockedSale(id_, currency, minutes, bool(open_) and id_ in to_come)
        for id_, currency, minutes, open_ in rows
    }


def lock_all(database: Database, *, shows: Sequence[str] = (), holds: Sequence[int] = ()) -> None:
    """Hold the sales of these shows and of these holds, in one order for all who ask, so that two who need
    several of them never wait for each other. On SQLite the transaction itself does."""
    if not database.locked:
        return
    ids = database.ask(
        "SELECT sale.id FROM tickets_sale AS sale JOIN shows_show AS show ON show.id = sale.show_id "
        f"WHERE show.slug IN (SELECT slug FROM {database.listed(slug='text')} AS l) "
        "UNION SELECT sale_id FROM tickets_hold "
        f"WHERE id IN (SELECT id FROM {database.listed(id='int')} AS l)",
        [as_json([show] for show in set(shows)), as_json([hold] for hold in set(holds))],
    )
    database.ask(
        f"SELECT id FROM tickets_sale WHERE id IN (SELECT id FROM {database.listed(id='int')} AS l) "
        f"ORDER BY id {database.locked}",
        [as_json(ids)],
    )


def _before(database: Database, asked: Sequence[HoldAsked]) -> dict[str, tuple[str, Held]]:
    """What was given before for these keys: the digest of the wish, and the hold."""
    keys = {one.key for one in asked if one.key}
    if not keys:
        return {}
    rows = database.ask(
        f"SELECT hold.key, hold.asked, hold.id, hold.sale_id, hold.total, sale.currency, "
        f"{database.told('hold.expires_at')} FROM tickets_hold AS hold "
        "JOIN tickets_sale AS sale ON sale.id = hold.sale_id "
        f"WHERE hold.key IN (SELECT key FROM {database.listed(key='text')} AS l)",
        [as_json([key] for key in keys)],
    )
    return {
        key: (digest, Held(id_, sale, total, currency, read_moment(expires)))
        for key, digest, id_, sale, total, currency, expires in rows
    }


def _again(one: HoldAsked, before: dict[str, tuple[str, Held]]) -> HoldOutcome | None:
    if not one.key or one.key not in before:
        return None
    digest, held = before[one.key]
    if digest != one.digest():
        return KeyTaken()
    return Held(held.id, held.sale, held.total, held.currency, held.expires_at, again=True)


def _stocks(
    database: Database, asked: Sequence[HoldAsked], sales: dict[str, LockedSale], now: datetime
) -> dict[tuple[int, str, bool], Stock]:
    """What is there, by sale, channel and whether the crew asks."""
    moment = database.moment(now)
    rows = database.ask(
        "SELECT type.sale_id, type.id, type.price, type.floor, type.quantity - type.taken, type.limit_, "
        "type.code, type.guests, type.due, quota.id, quota.channel, quota.quantity - quota.taken FROM "
        '(SELECT id, sale_id, area_id, price, floor, quantity, taken, "limit" AS limit_, code, '
        "CASE WHEN guests THEN 1 ELSE 0 END AS guests, "
        "CASE WHEN (starts_at IS NULL OR starts_at <= %s) AND (ends_at IS NULL OR ends_at > %s) "
        "THEN 1 ELSE 0 END AS due FROM tickets_tickettype WHERE closed_at IS NULL) AS type "
        "JOIN tickets_quota AS quota ON quota.area_id = type.area_id "
        f"WHERE type.sale_id IN (SELECT id FROM {database.listed(id='int')} AS l)",
        [moment, moment, as_json([sale.id] for sale in sales.values())],
    )
    on = {sale.id: sale.open for sale in sales.values()}
    wanted = {(sales[one.show].id, one.channel, one.by_crew) for one in asked if one.show in sales}
    offers: dict[tuple[int, str, bool], dict[int, Offer]] = {key: {} for key in wanted}
    free: dict[int, int] = {}
    type_left: dict[int, int] = {}
    limited: set[int] = set()
    for sale, type_, price, floor, left, limit, code, guests, due, quota, channel, there in rows:
        free[quota] = there
        if left is not None:
            type_left[type_] = left
        if limit is not None:
            limited.add(type_)
        if (sale, channel, False) in offers:
            on_sale = on[sale] and bool(due) and not guests
            offers[sale, channel, False][type_] = Offer(type_, price, floor, quota, limit, on_sale, code)
        if (sale, channel, True) in offers:
            offers[sale, channel, True][type_] = Offer(type_, price, floor, quota, None, True)
    used = _used(database, asked, limited)
    # One count for all: what one channel takes of a type is missing from the other.
    return {key: Stock(offers[key], free, type_left, used) for key in wanted}


def _used(database: Database, asked: Sequence[HoldAsked], limited: set[int]) -> dict[tuple[str, int], int]:
    """How many places of the limited types these buyers hold or have."""
    types = sorted(limited & {want.type for one in asked for want in one.items})
    if not types:
        return {}
    buyers = sorted({buyer_of(one.email) for one in asked})
    names, numbers = as_json([buyer] for buyer in buyers), as_json([type_] for type_ in types)
    among = (
        f"hold.email IN (SELECT email FROM {database.listed(email='text')} AS b) "
        # The plus keeps SQLite from going through all places of the type rather than those of the buyer.
        f"AND +item.type_id IN (SELECT id FROM {database.listed(id='int')} AS t)"
    )
    rows = database.ask(
        "SELECT hold.email, item.type_id, SUM(item.quantity) FROM tickets_hold AS hold "
        "JOIN tickets_holditem AS item ON item.hold_id = hold.id "
        f"WHERE hold.ended_at IS NULL AND {among} GROUP BY hold.email, item.type_id "
        "UNION ALL SELECT hold.email, item.type_id, COUNT(*) FROM tickets_hold AS hold "
        "JOIN tickets_order AS placed ON placed.hold_id = hold.id "
        "JOIN tickets_ticket AS item ON item.order_id = placed.id "
        f"WHERE item.gone_at IS NULL AND {among} GROUP BY hold.email, item.type_id",
        [names, numbers, names, numbers],
    )
    used: dict[tuple[str, int], int] = defaultdict(int)
    for email, type_, count in rows:
        used[email, type_] += int(count)
    return dict(used)


class _New:
    """The holds that are given, until they are written."""

    def __init__(self) -> None:
        self._holds: list[tuple[object, ...]] = []
        self._items: list[tuple[int, Given]] = []
        self._expires: list[datetime | None] = []

    def add(self, one: HoldAsked, held: Held, buyer: str, given: list[Given]) -> None:
        row = (
            held.id,
            held.sale,
            buyer,
            one.language,
            one.channel,
            one.key or None,
            one.digest(),
            held.total,
        )
        self._holds.append(row)
        self._expires.append(held.expires_at)
        self._items.extend((held.id, item) for item in given)

    def write(self, database: Database, now: datetime) -> None:
        """Guarded: what is not there any more is not taken. Raises Contended."""
        if not self._holds:
            return
        types: Counter[int] = Counter()
        quotas: Counter[int] = Counter()
        for _hold, item in self._items:
            types[item.type] += item.quantity
            quotas[item.quota] += item.quantity
        take(database, "tickets_tickettype", types)
        take(database, "tickets_quota", quotas)
        rows = [
            (*row, database.moment(expires)) for row, expires in zip(self._holds, self._expires, strict=True)
        ]
        columns = dict(
            id="int",
            sale_id="int",
            email="text",
            language="text",
            channel="text",
            key="text",
            asked="text",
            total="int",
            expires_at="time",
        )
        written = database.ask(
            f"INSERT INTO tickets_hold ({', '.join(columns)}, created_at) "
            f"SELECT {', '.join('l.' + name for name in columns)}, {database.now} "
            f"FROM {database.listed(**columns)} AS l WHERE true ON CONFLICT DO NOTHING RETURNING id",
            [database.moment(now), as_json(rows)],
        )
        if len(written) != len(rows):
            raise Contended
        database.ask(
            "INSERT INTO tickets_holditem (hold_id, type_id, quota_id, quantity, price) "
            "SELECT l.hold, l.type, l.quota, l.quantity, l.price FROM "
            + database.listed(hold="int", type="int", quota="int", quantity="int", price="int")
            + " AS l",
            [as_json((hold, i.type, i.quota, i.quantity, i.price) for hold, i in self._items)],
        )


def take(database: Database, table: str, counts: Counter[int]) -> None:
    """Take so many places, in one statement that cannot take more than there are. Raises Contended."""
    taken = database.ask(
        f"UPDATE {table} AS counted SET taken = counted.taken + l.n "
        f"FROM {database.listed(which='int', n='int')} AS l WHERE counted.id = l.which "
        "AND (counted.quantity IS NULL OR counted.taken + l.n <= counted.quantity) RETURNING id",
        [as_json(counts.items())],
    )
    if len(taken) != len(counts):
        raise Contended


def _decide(
    one: HoldAsked,
    sales: dict[str, LockedSale],
    stocks: dict[tuple[int, str, bool], Stock],
    new: _New,
    now: datetime,
) -> HoldOutcome:
    sale = sales.get(one.show)
    if sale is None:
        return NoSale()
    if not sale.open and not one.by_crew:
        return Refused(No.NOT_ON_SALE)
    buyer = buyer_of(one.email)
    stock = stocks[sale.id, one.channel, one.by_crew]
    given = give(stock, one.items, buyer=buyer, code=one.code)
    if isinstance(given, Refused):
        return given
    expires = None if one.for_good else now + timedelta(minutes=sale.hold_minutes)
    total = sum(item.quantity * item.price for item in given)
    held = Held(new_id(), sale.id, total, sale.currency, expires)
    new.add(one, held, buyer, given)
    return held
