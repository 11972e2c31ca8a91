"""What the desk's pages of a sale share: its sale, a deed done or one sentence why not, the page's head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from aqyn.shows import selectors as shows
from aqyn.tickets.models import Sale
from aqyn.tickets.selectors.sale import sale_of
from aqyn.ui.refusal import Refusal

READ_OR_POST = ["GET", "HEAD", "POST"]


def sale_or_404(slug: str) -> Sale:
    found = sale_of(slug)
    if found is None:
        raise Http404
    return found


def head_of(sale: Sale) -> dict[str, Any]:
    """What every page of a sale's desk says of its show."""
    return {"sale": sale, "show": sale.show, "hue": shows.hue_of(sale.show), "currency": sale.currency}


def do(request: HttpRequest, deed: Callable[[datetime], Any], said: str, back: str) -> HttpResponse:
    """Do it and go back, or show the one sentence why not."""
    try:
        deed(timezone.now())
    except Refusal as refusal:
        return refused(request, refusal, back)
    messages.success(request, said)
    return HttpResponseRedirect(back)


def refused(request: HttpRequest, refusal: Refusal, back: str) -> HttpResponse:
    """The sentence on a page of its own."""
    status = getattr(refusal, "status", 409)
    return render(
        request, "tickets/studio/refused.html", {"sentence": str(refusal), "back": back}, status=status
    )


def to_sale(slug: str, at: str = "") -> str:
    return reverse("tickets-studio:sale", args=[slug]) + (f"#{at}" if at else "")
