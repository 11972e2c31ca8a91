"""What the crew sells and gives away: at the door, on paper, to guests. All of it is confirmed at once."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.places import MOST_PLACES, Wanted
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.tickets.claims import FREE, HoldAsked, OrderAsked
from aqyn.tickets.models import Channel, Order, TicketType
from aqyn.tickets.sentences import orders as refuse
from aqyn.tickets.services.buying import charge, hold_places, ordered
from aqyn.tickets.services.rows import noted
from aqyn.ui import checks

GUEST = "guest"


def sell(
    *,
    show: str,
    items: tuple[Wanted, ...],
    channel: str,
    way: str,
    name: str = "",
    email: str = "",
    language: str,
    now: datetime,
    actor: Any = None,
    key: str = "",
) -> Order:
    """A whole sale at once: held, ordered, paid and confirmed. The same key gives the same order again.

    `channel`: "door" or "paper"; `way`: "cash", "terminal" or "paper". Raises a BuyingRefusal.
    """
    asked = HoldAsked(
        show=show, items=items, email=email, language=language, key=key, channel=channel, by_crew=True
    )
    with transaction.atomic():
        held = hold_places(asked=asked, now=now)
        order = ordered(
            OrderAsked(held.id, name, language, email, way=way if held.total else FREE, confirmed=True),
            now=now,
        )
        if held.total and order.payment_id is None:
            row = payments.crew_way(way, now=now)
            charge(order, way=row.pk, due_at=None, now=now, actor=actor)
            payments.receive(
                payment=order.payment_id or 0,
                amount=held.total,
                now=now,
                actor=actor,
                paid_at=now,
                key=key and f"sold:{hashlib.sha256(key.encode()).hexdigest()[:40]}",
            )
        noted(f"sold at the {channel}", show, actor)
        return Order.objects.select_related("sale__show", "payment").get(pk=order.pk)


def add_guests(
    *,
    show: str,
    type: int,
    name: str,
    email: str = "",
    count: int = 1,
    language: str = "en",
    now: datetime,
    actor: Any = None,
    key: str = "",
) -> Order:
    """So many come on the guest list under one name. `type`: one that is for guests. Raises a Refusal."""
    said = checks.one_line(name, "name")
    if not 1 <= count <= MOST_PLACES:
        raise refuse.NoGuests(most=MOST_PLACES)
    if not TicketType.objects.filter(pk=type, guests=True, sale__show__slug=show).exists():
        raise refuse.NotForGuests
    asked = HoldAsked(
        show=show,
        items=(Wanted(type, count),),
        email=email,
        language=language,
        key=key,
        channel=Channel.GUESTS,
        by_crew=True,
    )
    with transaction.atomic():
        held = hold_places(asked=asked, now=now)
        order = ordered(OrderAsked(held.id, said, language, email, way=GUEST, confirmed=True), now=now)
        noted(f"{count} guests", show, actor)
    return order


def owed_at_door(order: Order) -> int:
    """What is still to be taken when this order's people come, in minor units."""
    return money.standing(order.payment_id).due if order.payment_id else 0
