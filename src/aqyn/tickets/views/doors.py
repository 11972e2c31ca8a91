"""The doors of a show in the studio: made, shown, closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.people.access import crew_only
from aqyn.shows import selectors as shows
from aqyn.tickets.models import Door, Sale
from aqyn.tickets.selectors.doors import doors_of
from aqyn.tickets.services import doors as services
from aqyn.ui.context import origin
from aqyn.ui.refusal import Refusal


@crew_only
@require_http_methods(["GET", "HEAD", "POST"])
def doors(request: HttpRequest, slug: str) -> HttpResponse:
    """What every door did, and a form for a new one; handing it in opens the page with the door's link."""
    sale = _sale_or_404(slug)
    if request.method != "POST":
        return _page(request, sale)
    try:
        made = services.make_door(
            show=slug, name=request.POST.get("name", ""), now=timezone.now(), actor=request.user
        )
    except Refusal as refusal:
        return _page(request, sale, fault=str(refusal), status=getattr(refusal, "status", 400))
    return HttpResponseRedirect(reverse("tickets-studio:door-link", args=[slug, made.pk]))


@crew_only
@require_safe
def link(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The link of an open door, and its code for the device's camera; whoever has it lets people in."""
    door = _door_or_404(slug, number)
    if door.closed_at is not None:
        raise Http404
    address = origin(request) + reverse("tickets-plain:door", args=[services.token_of(door.pk)])
    secure = address.startswith("https://") or "://localhost" in address or "://127.0.0.1" in address
    told = {
        "show": door.sale.show,
        "hue": shows.hue_of(door.sale.show),
        "door": door,
        "address": address,
        "code": _drawn(address),
        "secure": secure,
    }
    return render(request, "tickets/studio/doors/link.html", told)


@crew_only
@require_POST
def close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    door = _door_or_404(slug, number)
    return _do(
        request,
        slug,
        lambda now: services.close_door(door=door.pk, now=now, actor=request.user),
        _("Closed. Its device is told once it has a network; what it saw is still taken for a day."),
    )


@crew_only
@require_POST
def give_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a closed door took along, free again without having heard from its device."""
    door = _door_or_404(slug, number)
    return _do(
        request,
        slug,
        lambda now: services.give_back_stock(door=door.pk, now=now, actor=request.user),
        _("Its places can be sold again."),
    )


def _do(request: HttpRequest, slug: str, deed: Callable[[datetime], None], said: str) -> HttpResponse:
    try:
        deed(timezone.now())
    except Refusal as refusal:
        return _page(request, _sale_or_404(slug), fault=str(refusal), status=409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("tickets-studio:doors", args=[slug]))


def _page(request: HttpRequest, sale: Sale, *, fault: str = "", status: int = 200) -> HttpResponse:
    told = {
        "desk": doors_of(sale, timezone.now()),
        "show": sale.show,
        "hue": shows.hue_of(sale.show),
        "fault": fault,
    }
    return render(request, "tickets/studio/doors/doors.html", told, status=status)


def _sale_or_404(slug: str) -> Sale:
    found = Sale.objects.select_related("show__artist").filter(show__slug=slug).first()
    if found is None:
        raise Http404
    return found


def _door_or_404(slug: str, number: int) -> Door:
    doors = Door.objects.select_related("sale__show__artist")
    found = doors.filter(pk=number, sale__show__slug=slug).first()
    if found is None:
        raise Http404
    return found


def _drawn(address: str) -> str:
    """The address as a code, black on white in both themes: that is what cameras find at once."""
    return segno.make_qr(address, error="m").svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
