"""Ticket types on the desk: made, told anew, put in order, closed, removed."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aqyn.people.access import crew_only
from aqyn.tickets.forms.sale import TypeForm
from aqyn.tickets.models import HoldItem, Sale, TicketType
from aqyn.tickets.selectors.sale import types_of
from aqyn.tickets.services import sale as setup
from aqyn.tickets.views.studio_common import READ_OR_POST, do, head_of, sale_or_404, to_sale
from aqyn.ui.refusal import Refusal


@crew_only
@require_http_methods(READ_OR_POST)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Another ticket type."""
    sale = sale_or_404(slug)
    if not sale.areas.exists():
        messages.info(request, _("Add an area first: a ticket lets into one."))
        return HttpResponseRedirect(to_sale(slug, "areas"))
    form = TypeForm(request.POST if request.method == "POST" else None, sale=sale)
    if request.method == "POST" and form.is_valid():
        try:
            setup.add_type(show=slug, facts=form.facts(), actor=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The ticket type is there."))
            return HttpResponseRedirect(to_sale(slug, "types"))
    return _page(request, sale, None, form)


@crew_only
@require_http_methods(READ_OR_POST)
def type_(request: HttpRequest, slug: str, type_: int) -> HttpResponse:
    """All that is told of a type, and what can become of it."""
    sale, row = sale_or_404(slug), _type_or_404(slug, type_)
    form = TypeForm.of(row, sale)
    if request.method == "POST":
        form = TypeForm(request.POST, sale=sale, before=row)
        if form.is_valid():
            try:
                setup.change_type(type=type_, facts=form.facts(), actor=request.user)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Kept."))
                return HttpResponseRedirect(to_sale(slug, "types"))
    return _page(request, sale, row, form)


@crew_only
@require_POST
def move(request: HttpRequest, slug: str, type_: int) -> HttpResponse:
    """One place up or down, as the button says."""
    row = _type_or_404(slug, type_)
    place = [other.pk for other in types_of(row.sale)].index(row.pk)
    to = place - 1 if request.POST.get("where") == "up" else place + 1

    def deed(now: datetime) -> None:
        setup.move_type(type=type_, to=to, actor=request.user)

    return do(request, deed, _("Put in order."), to_sale(slug, f"type-{type_}"))


@crew_only
@require_POST
def close(request: HttpRequest, slug: str, type_: int) -> HttpResponse:
    _type_or_404(slug, type_)

    def deed(now: datetime) -> None:
        setup.close_type(type=type_, now=now, actor=request.user)

    return do(request, deed, _("Closed: nothing more of it is sold."), to_sale(slug, "types"))


@crew_only
@require_POST
def reopen(request: HttpRequest, slug: str, type_: int) -> HttpResponse:
    _type_or_404(slug, type_)

    def deed(now: datetime) -> None:
        setup.reopen_type(type=type_, actor=request.user)

    return do(request, deed, _("It is sold again."), to_sale(slug, "types"))


@crew_only
@require_POST
def remove(request: HttpRequest, slug: str, type_: int) -> HttpResponse:
    _type_or_404(slug, type_)

    def deed(now: datetime) -> None:
        setup.remove_type(type=type_, actor=request.user)

    return do(request, deed, _("The ticket type is gone."), to_sale(slug, "types"))


def _type_or_404(slug: str, type_: int) -> TicketType:
    found = TicketType.objects.select_related("sale").filter(pk=type_, sale__show__slug=slug).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, sale: Sale, row: TicketType | None, form: TypeForm) -> HttpResponse:
    used = row is not None and HoldItem.objects.filter(type=row).exists()
    context = head_of(sale) | {"type": row, "form": form, "used": used}
    return render(request, "tickets/studio/type.html", context, status=400 if form.errors else 200)
