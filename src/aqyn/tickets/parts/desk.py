"""What the sale puts into the pages of the studio."""

from __future__ import annotations

from typing import Any

from aqyn.core.passes.serials import letters
from aqyn.tickets.selectors.orders import order_of_payment
from aqyn.tickets.selectors.sale import counts, sale_of
from aqyn.ui import slots


def register() -> None:
    """Called once, when the app is ready."""
    slots.register("studio.show", "tickets/studio/parts/show.html", sale_stands, order=50)
    slots.register("payment.about", "tickets/studio/parts/of_payment.html", of_payment)


def sale_stands(show: Any) -> dict[str, Any]:
    """How the sale stands, on the show's page of the studio."""
    sale = sale_of(show.slug)
    if sale is None:
        return {"show": show, "state": "none"}
    whole = counts(sale).whole
    state = "new" if sale.opened_at is None else "open" if sale.closed_at is None else "closed"
    share = whole.taken / whole.quantity if whole.quantity else 0.0
    return {"show": show, "state": state, "whole": whole, "share": share}


def of_payment(payment: Any) -> dict[str, Any] | None:
    """The order that a payment is for."""
    order = order_of_payment(payment.pk)
    return {"order": order, "id": letters(order.pk), "show": order.sale.show} if order else None
