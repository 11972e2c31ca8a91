"""What the sale does when something happens below it: money came, a show is cancelled or leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aqyn.payments.signals import money_came, money_gone, money_moving
from aqyn.shows.signals import show_leaving
from aqyn.tickets.models import Hold, Order, Sale, Ticket
from aqyn.tickets.sentences import orders as refuse
from aqyn.tickets.services.orders import money_moved
from aqyn.tickets.services.rows import order_held
from aqyn.tickets.services.sale import remove_sale


def connect() -> None:
    """Called once, when the app is ready."""
    money_moving.connect(moving, dispatch_uid="aqyn.tickets.moving")
    money_came.connect(moved, dispatch_uid="aqyn.tickets.came")
    money_gone.connect(went, dispatch_uid="aqyn.tickets.gone")
    show_leaving.connect(leaving, dispatch_uid="aqyn.tickets.leaving")


def moving(payment: int, **_sent: Any) -> None:
    """The sale is held before the payment, as in every deed of ours: two at once would wait in a circle."""
    if pk := Order.objects.filter(payment=payment).values_list("pk", flat=True).first():
        order_held(pk)


def moved(payment: int, now: datetime, **_sent: Any) -> None:
    money_moved(payment=payment, now=now)


def went(payment: int, now: datetime, **_sent: Any) -> None:
    money_moved(payment=payment, now=now, came=False)


def leaving(show: str, why: str, now: datetime, **_sent: Any) -> None:
    """A show that is cancelled or withdrawn sells no more; the worker cancels the orders of a cancelled one.
    Where places were taken it is neither withdrawn nor removed. Raises a Refusal."""
    if why == "moved":
        return
    if why == "withdrawn":
        held = Hold.objects.filter(sale__show__slug=show, ended_at=None, expires_at__gt=now)
        if held.exists() or Ticket.objects.filter(sale__show__slug=show, gone_at=None).exists():
            raise refuse.PlacesAreSold
    if why == "removed" and Sale.objects.filter(show__slug=show).exists():
        remove_sale(show=show, now=now)
    Sale.objects.filter(show__slug=show, closed_at=None).update(closed_at=now)
