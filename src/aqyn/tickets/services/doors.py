"""Doors: made and closed in the studio; what they take along and sell."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from aqyn.core.passes.serials import letters
from aqyn.core.places import Wanted
from aqyn.payments import services as payments
from aqyn.tickets import claims
from aqyn.tickets.models import Channel, Door, HoldItem, Order, Sale, TicketType
from aqyn.tickets.numbers import fingerprint
from aqyn.tickets.sentences import door as refuse
from aqyn.tickets.sentences.buying import NoSuchSale, refusal_of
from aqyn.tickets.services.selling import sell
from aqyn.ui import checks
from aqyn.ui.journal import Journal

MOST_DOORS = 40
LONGEST_NAME = 60
TELLS_FOR = timedelta(days=1)
"""So long after it was closed, a door may still tell what it saw."""
WAYS = ("cash", "terminal")

_journal = Journal("aqyn.tickets")


def token_of(door: int) -> str:
    """What opens this door: the house makes it anew from its own secret whenever it is to be shown."""
    digest = salted_hmac("aqyn.tickets.door", str(door), algorithm="sha256").digest()
    return letters(int.from_bytes(digest[:16]) >> 1, 127).lower()


def make_door(*, show: str, name: str, now: datetime, actor: Any = None) -> Door:
    """A door to a show that has a sale. Raises a Refusal."""
    clean = checks.one_line(name, "name", LONGEST_NAME)
    if not clean:
        raise refuse.NoDoorName
    with transaction.atomic():
        sale = _sale_held(show)
        if Door.objects.filter(sale=sale, closed_at=None).count() >= MOST_DOORS:
            raise refuse.TooManyDoors(most=MOST_DOORS)
        by = actor if getattr(actor, "pk", None) else None
        door = Door.objects.create(
            sale=sale, name=clean, token_sha256=secrets.token_hex(32), made_at=now, made_by=by
        )
        door.token_sha256 = fingerprint(token_of(door.pk))
        door.save(update_fields=["token_sha256"])
        _journal.noted(f"door {door.pk} made", show, actor)
    return door


def close_door(*, door: int, now: datetime, actor: Any = None) -> None:
    """The door lets nobody in any more, once its device hears of it.

    What it took along stays with it until it has told what it sold, or `give_back_stock` is asked for.
    """
    with transaction.atomic():
        if not Door.objects.filter(pk=door, closed_at=None).update(closed_at=now):
            raise refuse.DoorIsClosed
        _journal.noted(f"door {door} closed", "door", actor)


def seen(*, door: Door, now: datetime) -> None:
    """The door's device was heard of."""
    Door.objects.filter(pk=door.pk).update(seen_at=now)


def take_along(*, door: int, counts: Mapping[int, int], now: datetime, actor: Any = None) -> None:
    """Make what the door may sell without a network just this: so many places by type, or none.

    The places are held for good out of those for the door. Raises a Refusal; then it keeps what it had.
    """
    with transaction.atomic():
        row, slug = _door_held(door)
        if row.closed_at is not None and any(counts.values()):
            raise refuse.DoorIsClosed
        _let_go(row, now)
        wanted = tuple(Wanted(type_, count) for type_, count in sorted(counts.items()) if count)
        if wanted:
            _hold(row, slug, wanted, now)
        row.save(update_fields=["stock"])
        _journal.noted(f"door {door} took {sum(counts.values())} places along", slug, actor)


def give_back_stock(*, door: int, now: datetime, actor: Any = None) -> None:
    """Free what a closed door took along, though its device has not been heard of. Raises StillSelling."""
    with transaction.atomic():
        row, slug = _door_held(door)
        if row.closed_at is None:
            raise refuse.StillSelling
        _let_go(row, now)
        row.save(update_fields=["stock"])
        _journal.noted(f"the places of door {door} given back", slug, actor)


def sell_at_door(
    *,
    door: int,
    key: str,
    counts: Mapping[int, int],
    way: str,
    language: str,
    now: datetime,
    from_stock: bool = False,
) -> Order:
    """The order of a sale at this door, paid and confirmed; the same key gives the same order again.

    `from_stock`: it was sold without a network, out of what the door took along, at the price of then. What
    that does not hold is taken from the places for the door. Raises a Refusal.
    """
    if way not in WAYS:
        raise refuse.NotUnderstood
    with transaction.atomic():
        row, slug = _door_held(door)
        before = Order.objects.filter(hold__key=_key(key), sale=row.sale).first()
        if before is not None:
            return before
        # What it took along it may have sold before it was closed.
        if row.closed_at is not None and not from_stock:
            raise refuse.DoorIsClosed
        stock = _stock_of(row) if from_stock else {}
        wanted = tuple(
            Wanted(type_, count, stock[type_][1] if type_ in stock else None)
            for type_, count in sorted(counts.items())
        )
        if stock:
            _let_go(row, now)
        with _as_taken_along(row.sale, stock):
            order = sell(
                show=slug,
                items=wanted,
                channel="door",
                way="cash" if way == "cash" else "terminal",
                name=row.name,
                language=language,
                now=now,
                actor=None,
                key=_key(key),
            )
            left = tuple(
                Wanted(type_, rest, price)
                for type_, (count, price) in sorted(stock.items())
                if (rest := count - counts.get(type_, 0)) > 0
            )
            if left:
                _hold(row, slug, left, now)
        if stock:
            row.save(update_fields=["stock"])
    return order


def take_money(
    *, door: int, key: str, order: int, amount: int, way: str, at: datetime, now: datetime
) -> None:
    """What somebody paid at this door for an order that was to be paid here. Same key, same entry."""
    if way not in WAYS:
        raise refuse.NotUnderstood
    with transaction.atomic():
        row, _slug = _door_held(door)
        found = Order.objects.filter(pk=order, sale=row.sale).first()
        if found is None or found.payment_id is None or amount <= 0:
            raise refuse.NothingOwed
        payments.receive(
            payment=found.payment_id,
            amount=amount,
            now=now,
            way=payments.crew_way(way, now=now).pk,
            paid_at=at,
            key=_key(key),
        )


def _key(key: str) -> str:
    return f"door:{key}"


def _sale_held(slug: str) -> Sale:
    """The show's sale, until the transaction ends. Raises NoSuchSale."""
    locked = claims.lock_sales(claims.of_django(), [slug])
    if slug not in locked:
        raise NoSuchSale
    return Sale.objects.select_related("show").get(pk=locked[slug].id)


def _door_held(door: int) -> tuple[Door, str]:
    """The door as it stands once its sale is held, and the show's slug. Raises NoSuchDoor."""
    slug = Door.objects.filter(pk=door).values_list("sale__show__slug", flat=True).first()
    if slug is None:
        raise refuse.NoSuchDoor
    claims.lock_sales(claims.of_django(), [slug])
    return Door.objects.select_related("sale").get(pk=door), slug


def _stock_of(row: Door) -> dict[int, tuple[int, int]]:
    """(count, price) by type of what the door has with it."""
    if row.stock_id is None:
        return {}
    items = HoldItem.objects.filter(hold=row.stock_id, hold__ended_at=None)
    return {item.type_id: (item.quantity, item.price) for item in items}


def _let_go(row: Door, now: datetime) -> None:
    if row.stock_id is not None:
        claims.give_back_holds(claims.of_django(), [row.stock_id], now=now)
        row.stock = None


def _hold(row: Door, slug: str, wanted: tuple[Wanted, ...], now: datetime) -> None:
    """Raises a Refusal."""
    asked = claims.HoldAsked(
        show=slug,
        items=wanted,
        email="",
        language=settings.LANGUAGE_CODE,
        channel=Channel.DOOR,
        for_good=True,
        by_crew=True,
    )
    outcome = claims.claim(claims.of_django(), [asked], now=now)[0]
    refusal = refusal_of(outcome)
    if refusal is not None:
        raise refusal
    row.stock_id = outcome.id  # type: ignore[union-attr]


@contextmanager
def _as_taken_along(sale: Sale, stock: Mapping[int, tuple[int, int]]) -> Iterator[None]:
    """While it lasts, the types of the stock are as they were when it was taken along: a price that was
    changed since, or a type that was closed, does not undo what was sold. Nobody else sees it: the sale is
    held, and it is over before the transaction ends."""
    changed = []
    for type_ in TicketType.objects.filter(sale=sale, pk__in=stock):
        price = stock[type_.pk][1]
        if type_.closed_at is not None or type_.price != price:
            changed.append(
                (type_.pk, {"price": type_.price, "floor": type_.floor, "closed_at": type_.closed_at})
            )
            TicketType.objects.filter(pk=type_.pk).update(price=price, floor=None, closed_at=None)
    yield
    for pk, before in changed:
        TicketType.objects.filter(pk=pk).update(**before)
