"""Orders that something is to be paid for: placed in a thread, and told with how to pay."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils import translation

from aqyn.payments import selectors as payments
from aqyn.tickets.claims import OrderAsked
from aqyn.tickets.services import buying


def order_to_pay(asked: OrderAsked, way: str) -> dict[str, Any]:
    """Places the order, or finds it where it stands; what is still to be paid, and how. Raises a Refusal.

    `way`: the number of a way to pay, as text. Told in the language of the order.
    """
    placed = buying.place_order(
        hold=asked.hold,
        name=asked.name,
        language=asked.language,
        email=asked.email,
        way=way,
        now=datetime.now(UTC),
    )
    with translation.override(placed.language):
        return {"payment": _told(placed.payment_id)} if placed.payment_id else {}


def _told(pk: int) -> dict[str, Any]:
    payment = payments.payment(pk)
    if payment is None:
        raise LookupError(pk)
    how = payments.instructions(payment)
    return {
        "reference": payment.reference,
        "amount": payments.standing(pk).due,
        "currency": payment.currency,
        "due_at": written(payment.due_at) if payment.due_at else None,
        "instructions": {
            "lines": [{"label": label, "value": value} for label, value in how.lines],
            "link": how.link,
            "code": how.code,
            "note": how.note,
        },
    }


def written(at: datetime) -> str:
    """A moment as the API tells it: ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
