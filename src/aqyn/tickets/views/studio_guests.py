"""The guest list, and places sold on paper."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from aqyn.core.passes.serials import letters
from aqyn.core.places import Wanted
from aqyn.people.access import crew_only
from aqyn.tickets.forms.orders import GuestForm, PaperForm
from aqyn.tickets.models import Channel, Order, Quota, Sale
from aqyn.tickets.numbers import secret_of
from aqyn.tickets.selectors.orders import orders, with_tickets
from aqyn.tickets.selectors.sale import types_of
from aqyn.tickets.services import sale as setup
from aqyn.tickets.services import selling
from aqyn.tickets.services.sale import TypeFacts
from aqyn.tickets.views.studio_common import READ_OR_POST, do, head_of, sale_or_404
from aqyn.ui.languages import current_code
from aqyn.ui.refusal import Refusal

GUESTS = {"kk-Cyrl": "Қонақ", "ru": "Гость", "en": "Guest"}


@crew_only
@require_http_methods(READ_OR_POST)
def guests(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes for nothing: a line for each guest."""
    sale = sale_or_404(slug)
    types = [row for row in types_of(sale) if row.guests and row.closed_at is None]
    here = reverse("tickets-studio:guests", args=[slug])
    if request.method == "POST" and "make" in request.POST:
        return do(request, lambda now: _make_type(request, sale), _("Now write the guests."), here)
    initial = {"key": secrets.token_hex(16)}
    form = GuestForm(request.POST if request.method == "POST" else None, types=types, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            count = _add(request, sale, form)
        except Refusal as refusal:
            form.add_error("lines", str(refusal))
        else:
            said = ngettext("%(n)s place on the list.", "%(n)s places on the list.", count) % {"n": count}
            messages.success(request, said)
            return HttpResponseRedirect(here)
    listed = with_tickets(orders(slug).filter(way=selling.GUEST, cancelled_at=None))
    context = head_of(sale) | {
        "form": form,
        "types": types,
        "guests": [(row, letters(row.pk), _live(row)) for row in listed],
        "left": _left(sale, Channel.GUESTS),
    }
    return render(request, "tickets/studio/guests.html", context, status=400 if form.errors else 200)


@crew_only
@require_http_methods(READ_OR_POST)
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Numbered tickets to print and to sell by hand."""
    sale = sale_or_404(slug)
    types = [row for row in types_of(sale) if not row.guests and row.closed_at is None]
    initial = {"key": secrets.token_hex(16)}
    form = PaperForm(request.POST if request.method == "POST" else None, types=types, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def deed(now: datetime) -> None:
            selling.sell(
                show=slug,
                items=(Wanted(told["type"], told["count"]),),
                channel=Channel.PAPER,
                way="paper",
                name=told["name"],
                language=current_code(),
                now=now,
                actor=request.user,
                key=told["key"],
            )

        try:
            deed(timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are numbered: print the sheet."))
            return HttpResponseRedirect(reverse("tickets-studio:paper", args=[slug]))
    sold = with_tickets(orders(slug).filter(channel=Channel.PAPER))
    context = head_of(sale) | {
        "form": form,
        "types": types,
        "sheets": [(row, letters(row.pk), _live(row), sheet_of(row)) for row in sold],
        "left": _left(sale, Channel.PAPER),
    }
    return render(request, "tickets/studio/paper.html", context, status=400 if form.errors else 200)


def sheet_of(row: Order) -> str:
    """The address of an order's tickets as a PDF."""
    return reverse("tickets-plain:pdf", args=[letters(row.pk), secret_of("order", row.pk)])


def _add(request: HttpRequest, sale: Sale, form: GuestForm) -> int:
    """Every guest of the form, or none."""
    found, now = form.guests(), timezone.now()
    with transaction.atomic():
        for place, guest in enumerate(found):
            selling.add_guests(
                show=sale.show.slug,
                type=form.cleaned_data["type"],
                name=guest.name,
                email=guest.email,
                count=guest.count,
                language=current_code(),
                now=now,
                actor=request.user,
                key=f"{form.cleaned_data['key']}-{place}",
            )
    return sum(guest.count for guest in found)


def _make_type(request: HttpRequest, sale: Sale) -> None:
    area = sale.areas.first()
    facts = TypeFacts(area=area.pk if area else 0, name=GUESTS, guests=True)
    setup.add_type(show=sale.show.slug, facts=facts, actor=request.user)


def _live(row: Order) -> int:
    return sum(ticket.gone_at is None for ticket in row.tickets.all())


def _left(sale: Sale, channel: str) -> int:
    return sum(
        quota.quantity - quota.taken for quota in Quota.objects.filter(area__sale=sale, channel=channel)
    )
