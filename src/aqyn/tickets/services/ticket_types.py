"""What can be bought, and for how much. What was sold keeps the price it was sold at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from aqyn.core.places import DEAREST
from aqyn.tickets.models import Area, HoldItem, Sale, Ticket, TicketType
from aqyn.tickets.sentences import sale as refuse
from aqyn.tickets.services.areas import MOST_IN_AREA
from aqyn.tickets.services.sale_rows import done, sale_held, stays_payable, type_held
from aqyn.ui import checks
from aqyn.ui.refusal import Refusal

MOST_FOR_ONE = 100
LONGEST_CODE, LONGEST_NOTE = 40, 500


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What is told of a ticket type; see `models.TicketType`. `area`: its id. Amounts in minor units."""

    area: int
    name: Mapping[str, str]
    price: int = 0
    note: Mapping[str, str] = field(default_factory=dict)
    floor: int | None = None
    quantity: int | None = None
    limit: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    code: str = ""
    guests: bool = False

    def checked(self) -> TypeFacts:
        """The same, made clean, its times in UTC. Raises a Refusal."""
        name = checks.short_texts(self.name, "name")
        if not name:
            raise refuse.NoTypeName
        if not 0 <= self.price < DEAREST or (self.floor is not None and self.floor < 0):
            raise refuse.BadPrice
        if self.floor is not None and self.floor > self.price:
            raise refuse.FloorAbovePrice
        if self.quantity is not None and not 0 <= self.quantity <= MOST_IN_AREA:
            raise refuse.BadQuantity(most=MOST_IN_AREA)
        if self.limit is not None and not 1 <= self.limit <= MOST_FOR_ONE:
            raise refuse.BadLimit(most=MOST_FOR_ONE)
        starts, ends = _utc(self.starts_at), _utc(self.ends_at)
        if starts and ends and ends <= starts:
            raise refuse.WindowIsEmpty
        code = checks.one_line(self.code, "code", LONGEST_CODE)
        if self.guests and (self.price or self.floor is not None or code):
            raise refuse.GuestsPayNothing
        return TypeFacts(
            area=self.area,
            name=name,
            price=self.price,
            note=checks.texts(self.note, "note", LONGEST_NOTE),
            floor=self.floor,
            quantity=self.quantity,
            limit=self.limit,
            starts_at=starts,
            ends_at=ends,
            code=code,
            guests=self.guests,
        )


def add_type(*, show: str, facts: TypeFacts, actor: Any = None) -> TicketType:
    """A new ticket type of the show's sale, the last in its order. Raises a Refusal."""
    told = facts.checked()
    with transaction.atomic():
        sale = sale_held(show)
        last = sale.types.aggregate(last=Max("position"))["last"]
        row = TicketType(sale=sale, position=0 if last is None else last + 1, **_columns(sale, told))
        row.save()
        stays_payable(sale)
        done("ticket type added", show, actor)
    return row


def change_type(*, type: int, facts: TypeFacts, actor: Any = None) -> TicketType:
    """Tell the type anew: what is held or sold keeps its price. Raises BelowTaken, AreaStays, …"""
    told = facts.checked()
    with transaction.atomic():
        row = type_held(type)
        if told.area != row.area_id and row.taken:
            raise refuse.AreaStays
        enough = Q() if told.quantity is None else Q(taken__lte=told.quantity)
        if not TicketType.objects.filter(enough, pk=row.pk).update(**_columns(row.sale, told)):
            raise refuse.BelowTaken(taken=row.taken)
        stays_payable(row.sale)
        done("ticket type changed", row.sale.show.slug, actor)
    return TicketType.objects.get(pk=row.pk)


def move_type(*, type: int, to: int, actor: Any = None) -> None:
    """Put the type at place `to` of the order in which types are shown, counted from 0."""
    with transaction.atomic():
        row = type_held(type)
        order = list(row.sale.types.values_list("pk", flat=True))
        order.remove(row.pk)
        order.insert(max(0, to), row.pk)
        for position, pk in enumerate(order):
            TicketType.objects.filter(pk=pk).exclude(position=position).update(position=position)
        done("ticket types put in order", row.sale.show.slug, actor)


def close_type(*, type: int, now: datetime, actor: Any = None) -> None:
    """Nothing more of this type is sold, by nobody. `reopen_type` takes it back."""
    _close(type, None, now, refuse.TypeIsClosed, "ticket type closed", actor)


def reopen_type(*, type: int, actor: Any = None) -> None:
    """The type is sold again."""
    _close(type, True, None, refuse.TypeIsOpen, "ticket type opened again", actor)


def remove_type(*, type: int, actor: Any = None) -> None:
    """The type, as long as no place of it was ever held or sold. It cannot be undone."""
    with transaction.atomic():
        row = type_held(type)
        used = HoldItem.objects.filter(type=row), Ticket.objects.filter(type=row)
        if any(rows.exists() for rows in used):
            raise refuse.TypeWasUsed
        slug = row.sale.show.slug
        row.delete()
        done("ticket type removed", slug, actor)


def _close(
    type_: int, closed: bool | None, at: datetime | None, no: type[Refusal], deed: str, actor: Any
) -> None:
    with transaction.atomic():
        row = type_held(type_)
        standing = TicketType.objects.filter(pk=row.pk, closed_at__isnull=not closed)
        if not standing.update(closed_at=at):
            raise no
        done(deed, row.sale.show.slug, actor)


def _columns(sale: Sale, facts: TypeFacts) -> dict[str, Any]:
    if not Area.objects.filter(pk=facts.area, sale=sale).exists():
        raise refuse.NoSuchArea
    names = ("price", "floor", "quantity", "limit", "starts_at", "ends_at", "code", "guests")
    return {name: getattr(facts, name) for name in names} | {
        "area_id": facts.area,
        "name": dict(facts.name),
        "note": dict(facts.note),
    }


def _utc(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    if at.tzinfo is None:
        raise ValueError("A moment says its time zone.")
    return at.astimezone(UTC).replace(second=0, microsecond=0)
