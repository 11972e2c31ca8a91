"""What the desk of payments shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from aqyn.core.ledger.money import AmountError, read
from aqyn.payments import adapters, services
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Payment, Way
from aqyn.payments.selectors.ways import way as way_of
from aqyn.ui.refusal import Refusal

# By what the crew takes money, or sends it back, besides the ways that buyers are offered.
BY_CREW = ("cash", "terminal")


def payment_or_404(reference: str) -> Payment:
    if not reference.isprintable():
        raise Http404
    found = Payment.objects.select_related("way").filter(reference=reference.upper()).first()
    if found is None:
        raise Http404
    return found


def amount_of(said: str, currency: str) -> int:
    """Raises BadAmount."""
    try:
        amount = read(said, currency)
    except AmountError:
        raise refuse.BadAmount(amount=said[:40], currency=currency) from None
    if amount <= 0:
        raise refuse.NothingMoved
    return amount


def ways_to_choose(offered: Iterable[Way], own: Way | None) -> list[tuple[str, dict[str, str] | str]]:
    """By which way money may have come or gone: (as the form says it, its title); `own` is always in it."""
    rows = {row.pk: row for row in offered}
    if own is not None:
        rows.setdefault(own.pk, own)
    kinds = {row.adapter for row in rows.values()}
    of_crew = [(name, _(adapters.adapter(name).label)) for name in BY_CREW if name not in kinds]
    return [*((str(row.pk), row.title) for row in rows.values()), *of_crew]


def way_chosen(said: str, now: datetime) -> int | None:
    """The way that was chosen; None where nobody said so. Raises NoSuchWay."""
    if not said:
        return None
    if said in BY_CREW:
        return services.crew_way(said, now=now).pk
    row = way_of(int(said)) if said.isdecimal() and len(said) < 19 else None
    if row is None:
        raise refuse.NoSuchWay
    return row.pk


def do(request: HttpRequest, deed: Callable[[], Any], done: str, back: str) -> HttpResponse:
    """Do it, say so, and go back; or say why not."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)
