"""Areas of the hall, and their places dealt out to the channels that sell them.

Quantities change by guarded statements, under the sale's lock: never below what is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from aqyn.tickets.models import Area, Channel, HoldItem, Quota, Ticket
from aqyn.tickets.sentences import sale as refuse
from aqyn.tickets.services.sale_rows import area_held, done, sale_held
from aqyn.ui import checks

MOST_IN_AREA = 200_000
"""At most so many places of an area for one channel."""


def add_area(*, show: str, name: Mapping[str, str], places: Mapping[str, int], actor: Any = None) -> Area:
    """A new area of the show's sale. `places`: how many each channel has, by "online", "door", "paper",
    "guests"; one that is not named has none. Raises a Refusal.
    """
    told, counts = _name(name), _places(places)
    with transaction.atomic():
        sale = sale_held(show)
        last = sale.areas.aggregate(last=Max("position"))["last"]
        area = Area.objects.create(sale=sale, name=told, position=0 if last is None else last + 1)
        Quota.objects.bulk_create(
            Quota(area=area, channel=channel, quantity=counts.get(channel, 0)) for channel in Channel.values
        )
        done("area added", show, actor)
    return area


def change_area(
    *,
    area: int,
    name: Mapping[str, str] | None = None,
    places: Mapping[str, int] | None = None,
    actor: Any = None,
) -> Area:
    """Another name, or other numbers of places; a channel that is not named keeps its number.

    Raises BelowTaken where more are taken than there would be; then nothing is changed.
    """
    counts = _places(places or {})
    told = None if name is None else _name(name)
    with transaction.atomic():
        row = area_held(area)
        if told is not None:
            row.name = told
            row.save(update_fields=["name"])
        for channel, count in counts.items():
            if not Quota.objects.filter(area=row, channel=channel, taken__lte=count).update(quantity=count):
                raise refuse.BelowTaken(taken=Quota.objects.get(area=row, channel=channel).taken)
        done("area changed", row.sale.show.slug, actor)
    return row


def move_places(*, area: int, from_: str, to: str, count: int, actor: Any = None) -> None:
    """Give `count` free places of the area from one channel to another. Raises TooFewToMove, …"""
    _channels(from_, to)
    if from_ == to or count < 1:
        raise refuse.NothingToMove
    with transaction.atomic():
        row = area_held(area)
        quotas = Quota.objects.filter(area=row)
        taken_from = quotas.filter(channel=from_, quantity__gte=F("taken") + count)
        if not taken_from.update(quantity=F("quantity") - count):
            there = quotas.get(channel=from_)
            raise refuse.TooFewToMove(left=there.quantity - there.taken)
        given_to = quotas.filter(channel=to, quantity__lte=MOST_IN_AREA - count)
        if not given_to.update(quantity=F("quantity") + count):
            raise refuse.BadPlaces(most=MOST_IN_AREA)
        done("places moved", row.sale.show.slug, actor)


def remove_area(*, area: int, actor: Any = None) -> None:
    """The area with its places, as long as no type lets into it and nothing of it was ever taken.

    It cannot be undone.
    """
    with transaction.atomic():
        row = area_held(area)
        used = HoldItem.objects.filter(quota__area=row), Ticket.objects.filter(quota__area=row)
        if row.types.exists() or any(rows.exists() for rows in used):
            raise refuse.AreaIsUsed
        slug = row.sale.show.slug
        row.delete()
        done("area removed", slug, actor)


def _name(said: Mapping[str, str]) -> dict[str, str]:
    name = checks.short_texts(said, "name")
    if not name:
        raise refuse.NoAreaName
    return name


def _places(said: Mapping[str, int]) -> dict[str, int]:
    _channels(*said)
    if any(not 0 <= count <= MOST_IN_AREA for count in said.values()):
        raise refuse.BadPlaces(most=MOST_IN_AREA)
    return {str(channel): count for channel, count in said.items()}


def _channels(*said: str) -> None:
    for channel in said:
        if channel not in Channel.values:
            raise refuse.UnknownChannel(channel=str(channel)[:20])
