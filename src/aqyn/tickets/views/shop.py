"""The shop of a show: what is on offer, and why a wish was refused."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aqyn.core.ledger.money import DIGITS, SIGNS
from aqyn.core.places import MOST_PLACES
from aqyn.shows import selectors as shows
from aqyn.shows.selectors.page import wave_of
from aqyn.shows.selectors.written import card, when
from aqyn.tickets.selectors import sale as sales
from aqyn.tickets.selectors.event import offers_json_ld
from aqyn.tickets.sentences import buying as refuse
from aqyn.ui.access import never_stored
from aqyn.ui.context import origin
from aqyn.ui.languages import current_code
from aqyn.ui.pages import public_page

MODULES = ("tickets/shop/shop.js", "tickets/shop/stepper.js", "tickets/shop/money.js", "tickets/shop/ask.js")


@public_page
@require_safe
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be had for a show. Whoever knows a code says it in the query, and sees what it opens."""
    context = _of_show(slug) | {"code": request.GET.get("code", "")[:40]}
    found, sale, now = context["row"], context["sale"], timezone.now()
    context["offers"] = offers = sales.on_offer(slug, code=context["code"], now=now)
    context["known"] = not context["code"] or any(offer.hidden for offer in offers)
    context["windows"] = {
        offer.id: when(offer.starts_at, found, current_code())
        for offer in offers
        if offer.starts_at and offer.starts_at > now
    }
    context["sold_out"] = bool(offers) and all(offer.sold_out for offer in offers)
    context["codes"] = sales.has_hidden(sale)
    context["json_ld"] = offers_json_ld(found, offers, origin=origin(request), code=current_code(), now=now)
    return render(request, "tickets/shop/shop.html", context)


@require_safe
def refused(request: HttpRequest, slug: str) -> HttpResponse:
    """Why a form's wish was refused, with the refusal's own status, and the way back."""
    why, left = request.GET.get("why", ""), request.GET.get("left", "")
    kind: type[refuse.BuyingRefusal] | None = _REFUSALS.get(why)
    if kind is None:
        raise Http404
    values: dict[str, Any] = {"most": MOST_PLACES, "left": left if left.isdigit() and len(left) < 7 else "0"}
    if kind is refuse.SoldOut and values["left"] != "0":
        kind = refuse.TooFewLeft
    context = _of_show(slug) | {"sentence": str(kind(**values))}
    return never_stored(render(request, "tickets/shop/refused.html", context, status=kind.status))  # type: ignore[return-value]


_REFUSALS: dict[str, type[refuse.BuyingRefusal]] = {
    kind.code: kind
    for kind in (
        refuse.NothingAsked,
        refuse.TooManyAsked,
        refuse.NoSuchType,
        refuse.PriceIsOff,
        refuse.NotOnSale,
        refuse.OverLimit,
        refuse.SoldOut,
        refuse.KeyWasTaken,
        refuse.BadEmail,
        refuse.NotUnderstood,
    )
}


def _of_show(slug: str) -> dict[str, Any]:
    """The show and its sale, for a page in the language in force. Raises Http404."""
    found, sale = shows.public_show(slug), sales.sale_of(slug)
    if found is None or sale is None:
        raise Http404
    return {
        "row": found,
        "sale": sale,
        "card": card(found, current_code(), timezone.now()),
        "wave": wave_of(found.artist.slug),
        "sign": SIGNS.get(sale.currency, sale.currency),
        "digits": DIGITS[sale.currency],
        "modules": MODULES,
    }
