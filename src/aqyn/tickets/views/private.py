"""What a buyer's private pages share: who may open them, and what all of them show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from aqyn.core.passes.serials import number
from aqyn.shows.selectors.page import wave_of
from aqyn.shows.selectors.written import card
from aqyn.tickets.models import Hold, Order, Sale
from aqyn.tickets.numbers import opens
from aqyn.tickets.sentences.buying import NoSuchHold, WrongSecret
from aqyn.tickets.sentences.orders import NoSuchOrder
from aqyn.ui.access import never_stored
from aqyn.ui.languages import current_code

View = Callable[..., HttpResponseBase]


def of_hold(view: View) -> View:
    """The view, given the hold that the address opens. Never stored."""

    @wraps(view)
    def opened(request: HttpRequest, name: str, secret: str) -> HttpResponseBase:
        pk = number(name)
        found = Hold.objects.select_related("sale__show__artist").filter(pk=pk).first() if pk else None
        if found is None:
            return never_stored(said(request, str(NoSuchHold()), 404))
        if not opens("hold", found.pk, secret):
            return never_stored(said(request, str(WrongSecret()), 403))
        return never_stored(view(request, found, name, secret))

    return opened


def of_order(view: View) -> View:
    """The view, given the order that the address opens. Never stored."""

    @wraps(view)
    def opened(request: HttpRequest, name: str, secret: str, **more: Any) -> HttpResponseBase:
        pk = number(name)
        rows = Order.objects.select_related("sale__show__artist", "payment__way")
        found = rows.filter(pk=pk).first() if pk else None
        if found is None:
            return never_stored(said(request, str(NoSuchOrder()), 404))
        if not opens("order", found.pk, secret):
            return never_stored(said(request, str(WrongSecret()), 403))
        return never_stored(view(request, found, name, secret, **more))

    return opened


def of_sale(sale: Sale) -> dict[str, Any]:
    """The show of this sale, for a page in the language in force."""
    show = sale.show
    if show is None:
        raise Http404
    return {
        "row": show,
        "card": card(show, current_code(), timezone.now()),
        "wave": wave_of(show.artist.slug),
        "currency": sale.currency,
    }


def said(request: HttpRequest, sentence: str, status: int, sale: Sale | None = None) -> HttpResponse:
    """A page of one sentence."""
    context = of_sale(sale) if sale else {}
    return render(request, "tickets/shop/said.html", context | {"sentence": sentence}, status=status)
