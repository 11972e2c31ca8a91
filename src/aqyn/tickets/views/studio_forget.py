"""Forgetting a buyer, asked for on one of their orders. The owner alone may."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from aqyn.payments import selectors as payments
from aqyn.people.access import owner_only
from aqyn.tickets.models import Order
from aqyn.tickets.selectors import orders as select
from aqyn.tickets.sentences.orders import IsForgotten
from aqyn.tickets.services.forgetting import forget_buyer, orders_of
from aqyn.tickets.views.studio_common import do, refused
from aqyn.tickets.views.studio_order import head_of_order, here, order_or_404


@owner_only
def forget(request: HttpRequest, id_: str) -> HttpResponse:
    """Says what goes and what stays; a POST forgets the buyer of this order, in all their orders."""
    row = order_or_404(id_)
    if not row.email:
        return refused(request, IsForgotten(), here(row))
    if request.method == "POST":
        return do(
            request,
            lambda now: forget_buyer(email=row.email, now=now, actor=request.user),
            _("The buyer is forgotten. The tickets stay good."),
            here(row),
        )
    rows, now = list(Order.objects.filter(pk__in=orders_of(row.email))), timezone.now()
    pks = [one.payment_id for one in rows if one.payment_id]
    context = head_of_order(row) | {
        "count": len(rows),
        "waiting": sum(select.state_of(one, now) == "waiting" for one in rows),
        "owed": len(payments.open_refunds(pks)),
    }
    return render(request, "tickets/studio/forget.html", context)
