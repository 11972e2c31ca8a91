"""The order a deed is about, its sale held until the deed is done."""

from __future__ import annotations

from django.db import connection

from aqyn.tickets import claims
from aqyn.tickets.models import Order
from aqyn.tickets.sentences import orders as refuse
from aqyn.ui.journal import Journal

noted = Journal("aqyn.tickets").noted


def order_held(pk: int) -> Order:
    """The order as it stands once its sale is held, until the transaction ends. Raises NoSuchOrder."""
    hold = Order.objects.filter(pk=pk).values_list("hold", flat=True).first()
    if hold is None:
        raise refuse.NoSuchOrder
    if connection.vendor != "sqlite":
        claims.lock_all(claims.of_django(), holds=[hold])
    return Order.objects.select_related("sale__show", "payment__way").get(pk=pk)
