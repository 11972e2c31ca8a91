"""Money that came and nobody knew for what: given to its payment later, or sent back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.payments import sentences as refuse
from aqyn.payments.models import Entry, Payment
from aqyn.payments.selectors.statements import is_answered
from aqyn.payments.services.booking import book, payment_moving
from aqyn.payments.signals import money_came


def assign(*, entry: int, payment: int, now: datetime, actor: Any = None) -> Entry:
    """What came without a reference is for this payment; tells `money_came`. Raises a Refusal."""
    with transaction.atomic():
        held = payment_moving(payment)
        arrival = arrival_held(entry)
        if held.currency != arrival.currency:
            raise refuse.OtherCurrency(currency=held.currency)
        made = book(
            held,
            "assign",
            arrival.amount,
            now=now,
            actor=actor,
            way=arrival.way_id,
            paid_at=arrival.paid_at,
            row=arrival.row,
            key=_key(arrival),
        )
        money_came.send(sender=Payment, payment=held.pk, now=now)
    return made


def give_back_arrival(*, entry: int, now: datetime, actor: Any = None) -> Entry:
    """What came without a reference was sent back to where it came from. Raises a Refusal."""
    with transaction.atomic():
        arrival = arrival_held(entry)
        return book(
            None,
            "return",
            arrival.amount,
            currency=arrival.currency,
            now=now,
            actor=actor,
            way=arrival.way_id,
            key=_key(arrival),
        )


def arrival_held(pk: int) -> Entry:
    """The arrival, locked until the transaction ends. Raises a Refusal where it was given away already."""
    arrival = Entry.objects.select_for_update().filter(pk=pk, kind="arrival").first()
    if arrival is None:
        raise refuse.NoSuchEntry
    if is_answered(arrival) or Entry.objects.filter(reverses=arrival).exists():
        raise refuse.RowIsTaken
    return arrival


def _key(arrival: Entry) -> str:
    """It is given away once; again only after that was reversed. The selectors read its number from here."""
    return f"of:{arrival.pk}:{Entry.objects.filter(key__startswith=f'of:{arrival.pk}:').count()}"
