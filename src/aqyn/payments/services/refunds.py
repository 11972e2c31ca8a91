"""Money that goes back, from the moment it is owed until it was sent or let go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.ledger.money import written
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Entry, Payment, Refund
from aqyn.payments.selectors.refunds import still_owed, ways_back
from aqyn.payments.selectors.standing import standing
from aqyn.payments.services.booking import book, noted, payment_held, payment_moving
from aqyn.payments.signals import money_gone
from aqyn.ui import checks


def owe_back(
    *, payment: int, amount: int, why: str, now: datetime, to: str = "", actor: Any = None
) -> Refund:
    """So much is to go back to the payer. Raises BeyondReceived where not so much came in, counting what is
    owed back already."""
    said = checks.one_line(to[:300], "to", 300)
    with transaction.atomic():
        held = payment_held(payment)
        if amount <= 0:
            raise refuse.NothingMoved
        left = standing(held.pk).received - still_owed(held.pk)
        if amount > left:
            raise refuse.BeyondReceived(amount=written(max(0, left), held.currency))
        row = Refund.objects.create(payment=held, amount=amount, why=why, opened_at=now, to=said)
        noted(f"{written(amount, held.currency)} owed back", held.reference, actor)
    return row


def send_refund(
    *,
    refund: int,
    now: datetime,
    way: int | None = None,
    actor: Any = None,
    key: str = "",
    note: str = "",
) -> Refund:
    """The money was sent; tells `money_gone`. A key that came before changes nothing.

    `way`: by which it went; the one by which the money came last where nobody says so, whatever the buyer had
    chosen: what was paid in cash goes back from the till. Raises a Refusal.
    """
    with transaction.atomic():
        row = _open(refund, key)
        if row.entry_id is not None:
            return row
        if row.amount > standing(row.payment_id).received:
            raise refuse.BeyondReceived(
                amount=written(max(0, standing(row.payment_id).received), row.payment.currency)
            )
        came_by = ways_back([row.payment_id]).get(row.payment_id)
        went_by = way or (came_by.pk if came_by else row.payment.way_id)
        row.entry = book(
            row.payment, "refund", row.amount, now=now, actor=actor, way=went_by, key=key, note=note
        )
        row.save(update_fields=["entry"])
        money_gone.send(sender=Payment, payment=row.payment_id, now=now)
    return row


def let_go(*, refund: int, now: datetime, actor: Any = None, note: str = "") -> Refund:
    """The payer does not want it back, or it cannot be sent. Raises a Refusal."""
    said = checks.one_line(note, "note", 300)
    with transaction.atomic():
        row = _open(refund, "")
        row.let_go_at, row.note = now, said
        row.save(update_fields=["let_go_at", "note"])
        noted("refund let go", row.payment.reference, actor)
    return row


def tell_where(*, refund: int, to: str, now: datetime, actor: Any = None) -> Refund:
    """Where the money is to be sent, as the payer said. Raises a Refusal."""
    said = checks.one_line(to, "to", 300)
    with transaction.atomic():
        row = _open(refund, "")
        row.to = said
        row.save(update_fields=["to"])
    return row


def _open(pk: int, key: str) -> Refund:
    """The refund, its payment held; one that was sent with this key comes back as it is. Raises a Refusal."""
    found = Refund.objects.filter(pk=pk).first()
    if found is None:
        raise refuse.NoSuchRefund
    payment_moving(found.payment_id)
    row = Refund.objects.select_related("payment").get(pk=pk)
    again = key and row.entry_id and Entry.objects.filter(pk=row.entry_id, key=key).exists()
    if not again and (row.entry_id is not None or row.let_go_at is not None):
        raise refuse.RefundIsClosed
    return row
