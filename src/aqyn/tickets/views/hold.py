"""What a buyer holds: the page on which it becomes an order."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aqyn.core.ledger.money import written
from aqyn.core.passes.serials import letters
from aqyn.payments import selectors as money
from aqyn.payments.adapters import Due
from aqyn.shows.selectors.written import when
from aqyn.tickets.models import Hold, Order
from aqyn.tickets.numbers import secret_of
from aqyn.tickets.sentences import buying as refuse
from aqyn.tickets.services import buying
from aqyn.tickets.views.private import of_hold, of_sale, said
from aqyn.ui.languages import current_code

_TROUBLES = {kind.code: kind for kind in (refuse.NoName, refuse.BadEmail, refuse.WayNotOffered)}


@require_safe
@of_hold
def hold(request: HttpRequest, found: Hold, name: str, secret: str) -> HttpResponse:
    """What is held, until when, and the form that orders it. What was ordered leads to the order."""
    now = timezone.now()
    order = Order.objects.filter(hold=found).values_list("pk", flat=True).first()
    if order is not None:
        return redirect("tickets:order", letters(order), secret_of("order", order))
    if found.ended_at is not None or found.expires_at is None or found.expires_at <= now:
        return said(request, str(refuse.HoldIsOver()), refuse.HoldIsOver.status, found.sale)
    trouble = _TROUBLES.get(request.GET.get("why", ""))
    # Rounded up: the page that looks again at its end finds the hold over.
    left = ceil((found.expires_at - now).total_seconds())
    context = of_sale(found.sale) | {
        "hold": found,
        "name": name,
        "secret": secret,
        "items": found.items.select_related("type"),
        "total": found.total,
        "email": found.email,
        "until": when(found.expires_at, found.sale.show, current_code()),
        "seconds": left,
        "minutes": f"{left // 60}:{left % 60:02}",
        "ways": _ways(found) if found.total else [],
        "trouble": str(trouble()) if trouble else "",
    }
    return render(request, "tickets/shop/hold.html", context)


@require_POST
@of_hold
def give_back(request: HttpRequest, found: Hold, name: str, secret: str) -> HttpResponse:
    """The places are free for others; back to the shop."""
    buying.give_back(hold=found.pk, now=timezone.now())
    return HttpResponseRedirect(reverse("tickets:shop", args=[found.sale.show.slug]))


def _ways(found: Hold) -> list[dict[str, Any]]:
    """The sale's open ways, each with what it means for this hold."""
    due = Due("", found.total, found.sale.currency, written(found.total, found.sale.currency))
    rows = found.sale.ways.filter(closed_at=None).order_by("position", "pk")
    return [
        {
            "pk": way.pk,
            "title": way.title,
            "meaning": money.adapter_of(way).instructions(way.details, due).note,
        }
        for way in rows
    ]
