"""Who gets places: one sale after another of what was asked for, decided from how much is free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

MOST_PLACES = 100
"""At most so many places in one hold."""
MOST_ITEMS = 20
"""At most so many different ticket types in one hold."""
DEAREST = 10**11
"""Every price is below this many minor units, so that whatever is bought at once stays below `money.MOST`."""


class No(Enum):
    """Why a hold is not given. The values are what the API says."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    NO_SUCH_TYPE = "no_such_type"
    PRICE = "price"
    NOT_ON_SALE = "not_on_sale"
    LIMIT = "limit"
    SOLD_OUT = "sold_out"


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many places of one type; `price`: what the buyer names, in minor units, where that is asked for."""

    type: int
    quantity: int
    price: int | None = None


@dataclass(slots=True)
class Offer:
    """One type as it stands now. `quota`: whose places it sells. `code`: it is sold to those alone who know
    it."""

    type: int
    price: int
    floor: int | None
    quota: int
    limit: int | None
    on_sale: bool
    code: str = ""


@dataclass(slots=True)
class Stock:
    """What is there, changed by every hold that is given. `free`: places by quota. `left`: places by type,
    where it has a number of its own. `used`: places by (buyer, type), for types with a limit."""

    offers: Mapping[int, Offer]
    free: dict[int, int]
    left: dict[int, int] = field(default_factory=dict)
    used: dict[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """The places of one item: `price` for each."""

    type: int
    quota: int
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing is given. `type`: the one it failed at; `left`: how many of it could still be had."""

    why: No
    type: int | None = None
    left: int = 0


def give(stock: Stock, wanted: tuple[Wanted, ...], *, buyer: str, code: str = "") -> list[Given] | Refused:
    """The places, all of them or none; what was given is taken out of `stock`.

    `buyer`: whom limits are counted for. `code`: opens the types that are hidden behind it.
    """
    wanted = _together(wanted)
    if not wanted or any(want.quantity < 1 for want in wanted):
        return Refused(No.EMPTY)
    if len(wanted) > MOST_ITEMS or sum(want.quantity for want in wanted) > MOST_PLACES:
        return Refused(No.TOO_MANY, left=MOST_PLACES)
    given: list[Given] = []
    for want in wanted:
        one = _one(stock, want, buyer, code)
        if isinstance(one, Refused):
            for earlier in given:
                take(stock, earlier, buyer, sign=-1)
            return one
        take(stock, one, buyer)
        given.append(one)
    return given


def _one(stock: Stock, want: Wanted, buyer: str, code: str) -> Given | Refused:
    offer = stock.offers.get(want.type)
    # Whoever does not know the code learns nothing of the type, not even that it is there.
    if offer is None or (offer.code and offer.code.casefold() != code.strip().casefold()):
        return Refused(No.NO_SUCH_TYPE, want.type)
    if not offer.on_sale:
        return Refused(No.NOT_ON_SALE, want.type)
    price = _price(offer, want)
    if price is None:
        return Refused(No.PRICE, want.type)
    if offer.limit is not None:
        used = stock.used.get((buyer, want.type), 0)
        if used + want.quantity > offer.limit:
            return Refused(No.LIMIT, want.type, max(0, offer.limit - used))
    left = stock.free.get(offer.quota, 0)
    left = min(left, stock.left.get(want.type, left))
    if want.quantity > left:
        return Refused(No.SOLD_OUT, want.type, max(0, left))
    return Given(want.type, offer.quota, want.quantity, price)


def take(stock: Stock, given: Given, buyer: str, sign: int = 1) -> None:
    """Take `given` out of the stock, or put it back with `sign` -1."""
    offer = stock.offers[given.type]
    stock.free[given.quota] -= sign * given.quantity
    if given.type in stock.left:
        stock.left[given.type] -= sign * given.quantity
    if offer.limit is not None:
        key = (buyer, given.type)
        stock.used[key] = stock.used.get(key, 0) + sign * given.quantity


def _price(offer: Offer, want: Wanted) -> int | None:
    if offer.floor is None:
        return offer.price if want.price in (None, offer.price) else None
    price = offer.price if want.price is None else want.price
    return price if offer.floor <= price < DEAREST else None


def _together(wanted: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """One item for each type and price."""
    if len(wanted) < 2:
        return wanted
    sums: dict[tuple[int, int | None], int] = {}
    for want in wanted:
        if want.quantity < 1:
            return (want,)
        key = (want.type, want.price)
        sums[key] = sums.get(key, 0) + want.quantity
    return tuple(Wanted(type_, quantity, price) for (type_, price), quantity in sums.items())
