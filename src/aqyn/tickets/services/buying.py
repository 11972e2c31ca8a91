"""Holding places and ordering them. The lane does the same over its own connection (`tickets.claims`)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from aqyn.core.passes.serials import letters
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.tickets import claims
from aqyn.tickets.claims import FREE, Held, HoldAsked, OrderAsked, Ordered
from aqyn.tickets.models import Hold, Order, Sale
from aqyn.tickets.selectors.orders import kept_until
from aqyn.tickets.sentences import buying as refuse
from aqyn.tickets.sentences.buying import refusal_of
from aqyn.tickets.services.rows import noted
from aqyn.ui import checks

LINE = "ticket"
"""The kind of the lines of payments for places; their reference is the order's id in letters."""


def hold_places(*, asked: HoldAsked, now: datetime) -> Held:
    """The places are kept. Raises a BuyingRefusal."""
    with transaction.atomic():
        outcome = claims.claim(claims.of_django(), [asked], now=now)[0]
    if refusal := refusal_of(outcome):
        raise refusal
    assert isinstance(outcome, Held)  # noqa: S101 — what is no refusal
    return outcome


def give_back(*, hold: int, now: datetime) -> bool:
    """The hold ends, and its places are free; False where it had ended before."""
    with transaction.atomic():
        claims.lock_all(claims.of_django(), holds=[hold])
        return bool(claims.give_back_holds(claims.of_django(), [hold], now=now))


def place_order(
    *, hold: int, name: str, language: str, way: str, email: str = "", now: datetime, actor: Any = None
) -> Order:
    """The hold becomes an order; where something is to be paid, with its payment. The same order again for
    a hold that has become one.

    `way`: the number of one of the sale's ways, as text; it does not matter where nothing is to be paid.
    Raises a BuyingRefusal.
    """
    said = checks.one_line(name, "name")
    if not said:
        raise refuse.NoName
    with transaction.atomic():
        held = Hold.objects.filter(pk=hold).select_related("sale__show").first()
        if held is None:
            raise refuse.NoSuchHold
        before = Order.objects.filter(hold=held).first()
        if before is not None:
            return before
        chosen = _way(held.sale, way) if held.total else None
        adapter = money.adapter_of(chosen) if chosen else None
        asked = OrderAsked(
            hold=hold,
            name=said,
            language=language,
            email=email,
            way=adapter.name if adapter else FREE,
            confirmed=bool(adapter and adapter.at_once),
        )
        order = ordered(asked, now=now)
        if chosen is not None and order.payment_id is None:
            due_at = (
                None
                if adapter and adapter.at_once
                else kept_until(order.sale.show, now + timedelta(hours=order.sale.pay_hours), now)
            )
            charge(order, way=chosen.pk, due_at=due_at, now=now, actor=actor)
    return order


def ordered(asked: OrderAsked, *, now: datetime) -> Order:
    """The order that a hold becomes, within the caller's transaction. Raises a BuyingRefusal."""
    outcome = claims.order(claims.of_django(), [asked], now=now, paid_too=True)[0]
    if refusal := refusal_of(outcome):
        raise refusal
    assert isinstance(outcome, Ordered)  # noqa: S101 — what is no refusal
    order = Order.objects.select_related("sale__show").get(pk=outcome.id)
    noted(f"{len(outcome.tickets)} places ordered", order.sale.show.slug, None)
    return order


def charge(order: Order, *, way: int, due_at: datetime | None, now: datetime, actor: Any = None) -> None:
    """What the order costs is to be paid from now on."""
    of_type: dict[int, int] = {}
    for ticket in order.tickets.all():
        of_type[ticket.type_id] = of_type.get(ticket.type_id, 0) + ticket.price
    name = letters(order.pk)
    order.payment = payments.open_payment(
        payer_name=order.name,
        payer_email=order.email,
        language=order.language,
        currency=order.sale.currency,
        lines=[payments.LineFacts(LINE, name, amount) for amount in of_type.values() if amount],
        way=way,
        due_at=due_at,
        now=now,
        actor=actor,
    )
    order.save(update_fields=["payment"])


def _way(sale: Sale, said: str) -> Any:
    if said.isascii() and said.isdigit() and len(said) < 19:
        found = sale.ways.filter(pk=int(said), closed_at=None).first()
        if found is not None and money.adapter_of(found).public:
            return found
    raise refuse.WayNotOffered
