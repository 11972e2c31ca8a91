"""What the doors put into lower pages."""

from __future__ import annotations

from typing import Any

from aqyn.ui import slots


def register() -> None:
    """Called once, when the app is ready."""
    slots.register("studio.show", "tickets/studio/doors/show.html", at_the_door)


def at_the_door(show: Any) -> dict[str, Any] | None:
    """The way to the doors, on the page of a show that has a sale."""
    from aqyn.tickets.models import Door, Sale

    sale = Sale.objects.filter(show=show).first()
    if sale is None:
        return None
    return {"show": show, "doors": Door.objects.filter(sale=sale, closed_at=None).count()}
