"""Finding payments."""

from __future__ import annotations

from collections.abc import Iterable

from aqyn.core.ledger import references
from aqyn.payments.models import Payment


def payment(pk: int) -> Payment | None:
    """The payment with this number."""
    return Payment.objects.select_related("way").filter(pk=pk).first()


def payment_by_reference(text: str) -> Payment | None:
    """The payment whose reference stands somewhere in this text."""
    found = references.find(text)
    return Payment.objects.select_related("way").filter(reference__in=found).first() if found else None


def payments_of(kind: str, names: Iterable[str]) -> dict[str, Payment]:
    """The payments over these things, by the names that the app which asked for them gave to them."""
    rows = Payment.objects.filter(lines__kind=kind, lines__reference__in=list(names)).select_related("way")
    return {line.reference: row for row in rows.distinct() for line in row.lines.all()}
