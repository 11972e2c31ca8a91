"""What is on offer, for search engines: schema.org's Offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from aqyn.core.ledger.money import plain
from aqyn.core.texts import choose
from aqyn.shows.selectors.page import show_page
from aqyn.tickets.selectors.sale import Offered
from aqyn.ui.languages import WANTED

_THERE = {"on_sale": "InStock", "soon": "PreOrder", "ended": "Discontinued", "sold_out": "SoldOut"}


def offers_json_ld(
    show: Any, offers: Sequence[Offered], *, origin: str, code: str, now: datetime
) -> dict[str, Any]:
    """The show as its own page tells it, with an offer for each type that everyone may see."""
    told = show_page(show, code=code, now=now, origin=origin).json_ld
    if not told:
        return {}
    url = origin + reverse("tickets:shop", args=[show.slug])
    return told | {"offers": [_offer(one, url, code) for one in offers if not one.hidden]}


def _offer(one: Offered, url: str, code: str) -> dict[str, Any]:
    told = {
        "@type": "Offer",
        "name": choose(one.name, WANTED[code]).text,
        "url": url,
        "price": plain(one.price if one.floor is None else one.floor, one.currency),
        "priceCurrency": one.currency,
        "availability": f"https://schema.org/{_THERE[one.state]}",
    }
    if one.starts_at:
        told["validFrom"] = one.starts_at.isoformat()
    if one.ends_at:
        told["validThrough"] = one.ends_at.isoformat()
    return told
