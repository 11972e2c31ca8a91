"""A buyer's order: how it stands, how it is paid, what can still be done."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from aqyn.core.moments import moments
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.shows.facts import zone
from aqyn.shows.selectors.written import when
from aqyn.tickets.models import Order
from aqyn.tickets.passes.qr import qr_svg
from aqyn.tickets.selectors.orders import put_off_since, state_of, tickets_of
from aqyn.tickets.sentences.orders import NothingDue
from aqyn.tickets.services import orders as deeds
from aqyn.tickets.views.private import of_order, of_sale, said
from aqyn.ui.languages import current_code
from aqyn.ui.refusal import Refusal

ADVISED = ("waiting", "lapsed")
"""How orders stand whose buyers may say that they were paid: money can be on its way when time runs out."""


@require_safe
@of_order
def order(request: HttpRequest, found: Order, name: str, secret: str) -> HttpResponse:
    """The order as it stands now."""
    return _page(request, found, name, secret)


@require_POST
@of_order
def advise(request: HttpRequest, found: Order, name: str, secret: str) -> HttpResponse:
    """“I have paid”: the crew is told, and nothing is booked by it."""
    try:
        if found.payment_id is None or state_of(found, timezone.now()) not in ADVISED:
            raise NothingDue
        payments.advise(
            payment=found.payment_id,
            payer=request.POST.get("payer", ""),
            paid_at=_moment(found, request.POST.get("paid_at", "")),
            picture=request.FILES.get("picture"),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _page(request, found, name, secret, trouble=str(refusal), status=400)
    return HttpResponseRedirect(f"{reverse('tickets:order', args=[name, secret])}?told=1")


@require_POST
@of_order
def give_up(request: HttpRequest, found: Order, name: str, secret: str) -> HttpResponse:
    """The places go back; what was paid for those of a show that was put off is owed back."""
    try:
        deeds.give_up(order=found.pk, now=timezone.now())
    except Refusal as refusal:
        return said(request, str(refusal), 409, found.sale)
    return HttpResponseRedirect(reverse("tickets:order", args=[name, secret]))


def _page(
    request: HttpRequest, found: Order, name: str, secret: str, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    now, code = timezone.now(), current_code()
    payment, state = found.payment, state_of(found, now)
    standing = money.standing(payment.pk) if payment else None
    told = money.instructions(payment) if payment else None
    show = found.sale.show
    starts = show.starts_at
    context = of_sale(found.sale) | {
        "order": found,
        "name": name,
        "secret": secret,
        "state": state,
        "tickets": tickets_of(found, live=True),
        "due": standing.due if standing else 0,
        "received": standing.received if standing else 0,
        "until": when(payment.due_at, show, code) if payment else None,
        "way": payment.way if payment else None,
        "reference": payment.reference if payment else "",
        # At the door nobody asks for it.
        "asks_reference": state in ADVISED,
        "told": told,
        "told_qr": qr_svg(told.code) if told and told.code else "",
        "may_advise": payment is not None and state in ADVISED,
        "refunds": [one for one in money.refunds_of([payment.pk]) if not one.reversed] if payment else [],
        "may_give_up": state in ("waiting", "confirmed")
        and not (starts and starts <= now)
        and (not (standing and standing.received) or put_off_since(found)),
        "trouble": trouble,
        "thanks": request.GET.get("told") == "1",
    }
    return render(request, "tickets/shop/order.html", context, status=status)


def _moment(found: Order, said_at: str) -> datetime | None:
    """When it was paid, as the clocks of the show's place had it; None where nobody said."""
    try:
        wall = parse_datetime(said_at)
    except ValueError:
        return None
    if wall is None or wall.tzinfo is not None or not 2000 < wall.year < 2200:
        return None
    found_moments = moments(wall, zone(found.sale.show.time_zone))
    return found_moments[0] if found_moments else None
