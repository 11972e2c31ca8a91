"""The ways to pay, and what a payer is told."""

from __future__ import annotations

from aqyn.core.ledger.money import written
from aqyn.payments import adapters
from aqyn.payments.adapters import Adapter, Due, Instructions
from aqyn.payments.models import Payment, Way
from aqyn.payments.selectors.standing import standing


def way(pk: int) -> Way | None:
    """The way with this number, open or closed."""
    return Way.objects.filter(pk=pk).first()


def ways(open_only: bool = True) -> list[Way]:
    """The ways that buyers may be offered, in the crew's order."""
    public = [name for name, one in adapters.ADAPTERS.items() if one.public]
    rows = Way.objects.filter(adapter__in=public)
    return list(rows.filter(closed_at=None) if open_only else rows)


def adapter_of(row: Way) -> Adapter:
    """The way's adapter. Raises UnknownAdapter."""
    return adapters.adapter(row.adapter)


def instructions(payment: Payment) -> Instructions:
    """What whoever owes this payment is told, in the language in force: over what is still due."""
    if payment.way is None:
        return Instructions()
    due = standing(payment.pk).due
    told = Due(payment.reference, due, payment.currency, written(due, payment.currency))
    return adapter_of(payment.way).instructions(payment.way.details, told)
