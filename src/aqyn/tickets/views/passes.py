"""A ticket on a phone, an order's tickets to print, the night in a calendar; the crew's list and keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aqyn.core.passes.serials import serial
from aqyn.payments import selectors as money
from aqyn.shows.selectors.calendars import calendar as written
from aqyn.tickets.models import Order
from aqyn.tickets.passes.contents import ticket_values
from aqyn.tickets.passes.door_list import door_list_values
from aqyn.tickets.passes.making import make_pages
from aqyn.tickets.passes.qr import qr_svg
from aqyn.tickets.selectors import passes as selectors
from aqyn.tickets.selectors.admissions import merged
from aqyn.tickets.selectors.orders import state_of, tickets_of
from aqyn.tickets.selectors.sale import sale_of
from aqyn.tickets.sentences import passes as refuse
from aqyn.tickets.services import passes
from aqyn.tickets.views.private import of_order, of_sale, said
from aqyn.ui.access import crew_only, owner_only
from aqyn.ui.context import origin
from aqyn.ui.languages import TAGS, current_code
from aqyn.ui.refusal import Refusal


@require_safe
@of_order
def ticket(request: HttpRequest, found: Order, name: str, secret: str, number: int) -> HttpResponse:
    """One ticket, to be shown at the door."""
    now = timezone.now()
    all_of_it = tickets_of(found)
    one = next((row for row in all_of_it if row.number == number), None)
    if one is None:
        return said(request, str(refuse.NoSuchTicket()), 404, found.sale)
    live = [row for row in all_of_it if row.gone_at is None]
    state = "gone" if one.gone_at else state_of(found, now)
    place = live.index(one) if one in live else -1
    context = of_sale(found.sale) | {
        "order": found,
        "ticket": one,
        "state": state,
        "name": name,
        "secret": secret,
        "serial": serial(one.serial),
        "code": qr_svg(selectors.code_of(one)) if state == "confirmed" else "",
        "came": merged(found.sale, [one.pk]).first,
        "owes": money.standing(found.payment_id).due if found.payment_id else 0,
        "of": len(live),
        "nth": place + 1,
        "before": live[place - 1].number if place > 0 else None,
        "after": live[place + 1].number if 0 <= place < len(live) - 1 else None,
    }
    return render(request, "tickets/pass/ticket.html", context)


@require_safe
@of_order
def pdf(request: HttpRequest, found: Order, name: str, secret: str) -> HttpResponse:
    """All good tickets of the order, a page each, in the order's language."""
    if found.confirmed_at is None:
        return said(request, str(refuse.NotPaidYet()), 409, found.sale)
    live = tickets_of(found, live=True)
    if not live:
        return said(request, str(refuse.NoTickets()), 410, found.sale)
    try:
        values = ticket_values(found, live, language=_language(found), now=timezone.now())
        body = make_pages("ticket.typ", values)
    except Refusal as refusal:
        return said(request, str(refusal), 503, found.sale)
    return _pdf(body, f"{found.sale.show.slug}-{live[0].number:04d}")


@require_safe
@of_order
def calendar(request: HttpRequest, found: Order, name: str, secret: str) -> HttpResponse:
    """The evening for the buyer's calendar."""
    body = written([found.sale.show], code=_language(found), origin=origin(request))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer["Content-Disposition"] = f'inline; filename="{found.sale.show.slug}.ics"'
    return answer


@require_safe
@crew_only
def door_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every good ticket by name, for the door without a battery."""
    sale = sale_of(slug)
    if sale is None:
        raise Http404
    try:
        values = door_list_values(sale, language=current_code(), now=timezone.now())
        body = make_pages("door_list.typ", values)
    except Refusal as refusal:
        return render(request, "ui/refused.html", {"sentence": str(refusal)}, status=503)
    return _pdf(body, f"{slug}-door")


@require_safe
@crew_only
def keys(request: HttpRequest) -> HttpResponse:
    """The keys that sign tickets."""
    rows = selectors.keys()
    context = {"keys": rows, "current": selectors.current_key(), "first": selectors.FIRST_KEY}
    return render(request, "tickets/pass/keys.html", context)


@require_POST
@owner_only
def rotate(request: HttpRequest) -> HttpResponse:
    """A new key signs from now on."""
    passes.rotate_key(now=timezone.now(), actor=request.user)
    messages.success(request, _("A new key signs tickets from now on. Those that are out stay good."))
    return redirect("tickets-studio:keys")


@require_POST
@owner_only
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Codes of this key let nobody in any more."""
    try:
        passes.revoke_key(number=number, now=timezone.now(), actor=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("This key was revoked. Every ticket shows another code now."))
    return redirect("tickets-studio:keys")


def _language(found: Order) -> str:
    return found.language if found.language in TAGS else "en"


def _pdf(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
