"""Booking: each deed adds entries, and never changes one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.ledger import references
from aqyn.core.ledger.book import KINDS
from aqyn.core.ledger.money import MOST, known, written
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Entry, Line, Payment, StatementRow
from aqyn.payments.selectors.standing import Becoming, becoming, standing
from aqyn.payments.selectors.statements import is_answered
from aqyn.payments.signals import money_came, money_gone, money_moving
from aqyn.ui import checks
from aqyn.ui.journal import Journal

noted = Journal("aqyn.payments").noted


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is paid for. `kind` and `reference` are the word of the app that asks; `amount` in minor units."""

    kind: str
    reference: str
    amount: int


def open_payment(
    *,
    payer_name: str,
    payer_email: str,
    language: str,
    currency: str,
    lines: Sequence[LineFacts],
    way: int | None,
    due_at: datetime | None,
    now: datetime,
    actor: Any = None,
) -> Payment:
    """A new payment over these lines, charged at once. Raises NothingMoved."""
    total = sum(line.amount for line in lines)
    if total <= 0 or not known(currency):
        raise refuse.NothingMoved
    with transaction.atomic():
        payment = Payment.objects.create(
            reference=_new_reference(),
            payer_name=payer_name,
            payer_email=payer_email,
            language=language,
            currency=currency,
            way_id=way,
            created_at=now,
            due_at=due_at,
        )
        Line.objects.bulk_create(
            Line(payment=payment, kind=line.kind, reference=line.reference, amount=line.amount)
            for line in lines
        )
        book(payment, "charge", total, now=now, actor=actor)
    return payment


def charge(*, payment: int, amount: int, now: datetime, actor: Any = None, note: str = "") -> Entry:
    """More is to be paid for. Raises a Refusal."""
    with transaction.atomic():
        return book(payment_held(payment), "charge", amount, now=now, actor=actor, note=note)


def discharge(*, payment: int, amount: int, now: datetime, actor: Any = None, note: str = "") -> Entry:
    """Less is to be paid for. Raises BeyondCharged where there is not so much."""
    with transaction.atomic():
        row = payment_held(payment)
        if amount > standing(row.pk).charged:
            raise refuse.BeyondCharged
        return book(row, "discharge", amount, now=now, actor=actor, note=note)


def receive(
    *,
    payment: int,
    amount: int,
    now: datetime,
    currency: str = "",
    actor: Any = None,
    way: int | None = None,
    paid_at: datetime | None = None,
    row: int | None = None,
    key: str = "",
    note: str = "",
    shown: Becoming | None = None,
) -> Entry:
    """Money came for this payment; tells `money_came`. A key that came before gets the same entry.

    `row`: the row of a statement that tells of it. `shown`: what somebody was told becomes of it; where that
    is so no more, nothing is booked (`NotAsShown`). Raises a Refusal.
    """
    with transaction.atomic():
        held = payment_moving(payment)
        if key and (before := Entry.objects.filter(key=key).first()):
            return before
        if currency and currency != held.currency:
            raise refuse.OtherCurrency(currency=held.currency)
        # Asked again with the payment held: two of the crew who press at once were both shown that it fits.
        if shown is not None and shown != becoming(standing(held.pk), amount):
            raise refuse.NotAsShown
        source = StatementRow.objects.filter(pk=row).first() if row else None
        entry = book(
            held,
            "receipt",
            amount,
            now=now,
            actor=actor,
            way=way or held.way_id,
            paid_at=paid_at,
            row=source,
            key=key,
            note=note,
        )
        money_came.send(sender=Payment, payment=held.pk, now=now)
    return entry


def reverse(
    *, entry: int, now: datetime, actor: Any = None, note: str = "", unassigned: bool = False
) -> Entry:
    """Money that was booked by mistake, as come or gone, is taken back by another entry. The transfer that it
    was booked for is open again. `unassigned`: only money that is of no payment. Raises a Refusal."""
    said = checks.one_line(note, "note", 300)
    with transaction.atomic():
        wrong = Entry.objects.select_related("payment").filter(pk=entry).first()
        if wrong is None or (unassigned and wrong.payment is not None):
            raise refuse.NoSuchEntry
        if wrong.kind not in ("receipt", "refund", "assign", "arrival", "return"):
            raise refuse.CannotReverse
        if wrong.payment is None:
            Entry.objects.select_for_update().get(pk=wrong.pk)
        else:
            payment_moving(wrong.payment.pk)
        if Entry.objects.filter(reverses=wrong).exists():
            raise refuse.IsReversed
        if wrong.kind == "arrival" and is_answered(wrong):
            raise refuse.ArrivalIsAnswered
        made = Entry.objects.create(
            payment=wrong.payment,
            kind="reversal",
            debit=wrong.credit,
            credit=wrong.debit,
            amount=wrong.amount,
            currency=wrong.currency,
            way=wrong.way,
            at=now,
            reverses=wrong,
            note=said,
            actor=_number(actor),
        )
        if wrong.payment is not None:
            told = money_came if wrong.kind == "refund" else money_gone
            told.send(sender=Payment, payment=wrong.payment.pk, now=now)
        noted("entry reversed", wrong.payment.reference if wrong.payment else "unassigned", actor)
    return made


def set_due(*, payment: int, due_at: datetime | None, now: datetime) -> None:
    """What is paid for is kept until then; None: for good."""
    Payment.objects.filter(pk=payment).update(due_at=due_at)


def payment_held(pk: int) -> Payment:
    """The payment, locked until the transaction ends. Raises NoSuchPayment."""
    row = Payment.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise refuse.NoSuchPayment
    return row


def payment_moving(pk: int) -> Payment:
    """The payment, locked after what apps above lock for it (`money_moving`). Raises NoSuchPayment."""
    money_moving.send(sender=Payment, payment=pk)
    return payment_held(pk)


def book(
    payment: Payment | None,
    kind: str,
    amount: int,
    *,
    now: datetime,
    currency: str = "",
    actor: Any = None,
    way: int | None = None,
    paid_at: datetime | None = None,
    row: StatementRow | None = None,
    key: str = "",
    note: str = "",
) -> Entry:
    """One entry of this kind (`core.ledger.book.KINDS`), within the caller's transaction."""
    if not 0 < amount < MOST:
        raise refuse.NothingMoved
    said = checks.one_line(note[:300], "note", 300)
    debit, credit = KINDS[kind]
    entry = Entry.objects.create(
        payment=payment,
        kind=kind,
        debit=debit,
        credit=credit,
        amount=amount,
        currency=payment.currency if payment else currency,
        way_id=way,
        at=now,
        paid_at=paid_at,
        row=row,
        key=key or None,
        note=said,
        actor=_number(actor),
    )
    of = payment.reference if payment else "unassigned"
    noted(f"{kind} of {written(amount, entry.currency)}", of, actor)
    return entry


def _number(actor: Any) -> int | None:
    pk: int | None = getattr(actor, "pk", None)
    return pk


def _new_reference() -> str:
    while True:
        reference = references.make(secrets.randbelow(references.MOST))
        if not Payment.objects.filter(reference=reference).exists():
            return reference
