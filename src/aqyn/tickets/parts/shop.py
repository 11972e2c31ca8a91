"""What the shop puts into the page of a show."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from aqyn.shows import selectors as shows
from aqyn.tickets.selectors import sale as sales
from aqyn.ui import slots


def register() -> None:
    """Called once, when the app is ready."""
    slots.register("show.aside", "tickets/shop/parts/to_shop.html", to_shop, order=10)


def to_shop(show: Any) -> dict[str, Any] | None:
    """The way to the tickets of a show that is still to be, where there are any for everyone."""
    sale = sales.sale_of(show.slug)
    now = timezone.now()
    if sale is None or sale.closed_at or shows.is_over(show, now) or shows.state_of(show, now) == "cancelled":
        return None
    seen = [one for one in sales.on_offer(show.slug, now=now) if one.state != "ended"]
    if not seen or sale.opened_at is None:
        return None
    return {
        "show": show,
        "least": min(one.price if one.floor is None else one.floor for one in seen),
        "several": len(seen) > 1,
        "currency": sale.currency,
    }
