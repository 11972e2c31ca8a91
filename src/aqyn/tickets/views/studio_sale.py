"""The desk of a sale: how it stands, its types and areas, its terms; it opens and closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.people.access import crew_only
from aqyn.shows import selectors as shows
from aqyn.tickets.forms.sale import CHANNELS, StartForm, TermsForm, way_choices
from aqyn.tickets.models import Area, Channel, Hold, Sale, TicketType
from aqyn.tickets.selectors.sale import Counts, Places, counts, sale_of, types_of
from aqyn.tickets.services import sale as setup
from aqyn.tickets.services.sale import SaleFacts, TypeFacts
from aqyn.tickets.views.studio_common import READ_OR_POST, do, head_of, sale_or_404, to_sale
from aqyn.ui.languages import TAGS, current_code
from aqyn.ui.refusal import Refusal


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A ticket type on the desk. `share`: how much of what it could sell is taken, from 0 to 1."""

    row: TicketType
    places: Places
    left: int
    share: float
    state: str


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """The places of one channel in one area."""

    id: int
    channel: str
    label: Any
    places: Places
    share: float


@crew_only
@require_http_methods(READ_OR_POST)
def sale(request: HttpRequest, slug: str) -> HttpResponse:
    """The sale of a show, or the form that begins one."""
    found = sale_of(slug)
    if found is None:
        return _start(request, slug)
    return _page(request, found, TermsForm.of(found, _used(found)))


@crew_only
@require_POST
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """The sale told anew."""
    found = sale_or_404(slug)
    form = TermsForm(request.POST, fixed=_used(found), initial=TermsForm.told(found))
    if form.is_valid():
        try:
            setup.change_sale(show=slug, facts=form.facts(), now=timezone.now(), actor=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return HttpResponseRedirect(to_sale(slug))
    return _page(request, found, form, status=400)


@crew_only
@require_POST
def open_it(request: HttpRequest, slug: str) -> HttpResponse:
    def deed(now: datetime) -> None:
        setup.open_sale(show=slug, now=now, actor=request.user)

    return do(request, deed, _("The sale is open: places can be held now."), to_sale(slug))


@crew_only
@require_POST
def close_it(request: HttpRequest, slug: str) -> HttpResponse:
    def deed(now: datetime) -> None:
        setup.close_sale(show=slug, now=now, actor=request.user)

    return do(request, deed, _("The sale is closed. What is held can still be ordered."), to_sale(slug))


@crew_only
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    def deed(now: datetime) -> None:
        setup.remove_sale(show=slug, now=now, actor=request.user)

    return do(request, deed, _("The sale is gone."), to_sale(slug))


@crew_only
@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """The numbers of the page, by the names that its elements carry in `data-count` and `data-share`."""
    found = sale_or_404(slug)
    told = counts(found)
    numbers: dict[str, int] = {}
    shares: dict[str, float] = {}
    named = [(f"t{row.row.pk}", row.places, row.left, row.share) for row in type_rows(found, told)]
    for _area, quotas in area_rows(found, told):
        named += [(f"q{row.id}", row.places, row.places.left or 0, row.share) for row in quotas]
    named.append(("all", told.whole, told.whole.left or 0, _share(told.whole.taken, told.whole.quantity)))
    for name, places, left, share in named:
        numbers |= {f"{name}.{key}": getattr(places, key) for key in ("held", "waiting", "sold", "taken")}
        numbers[f"{name}.left"], shares[name] = left, share
    answer = JsonResponse({"counts": numbers, "shares": shares})
    answer["Cache-Control"] = "no-store"
    return answer


def type_rows(found: Sale, told: Counts) -> list[TypeRow]:
    """Every type in its order. What is left of a type is bounded by its area too: by the channel
    of the guests where it is for them, else by the others."""
    free: dict[tuple[int, bool], int] = {}
    for area, rows in area_rows(found, told):
        for guests in (False, True):
            own = [row for row in rows if (row.channel == Channel.GUESTS) == guests]
            free[area.pk, guests] = sum(row.places.left or 0 for row in own)
    made = []
    for row in types_of(found):
        places = told.types[row.pk]
        left = free.get((row.area_id, row.guests), 0)
        left = left if places.left is None else min(places.left, left)
        state = "closed" if row.closed_at else "guests" if row.guests else "hidden" if row.code else ""
        made.append(TypeRow(row, places, left, _share(places.taken, places.taken + left), state))
    return made


def area_rows(found: Sale, told: Counts) -> list[tuple[Area, list[QuotaRow]]]:
    """Every area with its channels."""
    order = list(CHANNELS)
    rows = []
    for area in found.areas.prefetch_related("quotas"):
        quotas = sorted(area.quotas.all(), key=lambda quota: order.index(quota.channel))  # type: ignore[arg-type]
        rows.append((area, [_quota_row(quota, told) for quota in quotas]))
    return rows


def _quota_row(quota: Any, told: Counts) -> QuotaRow:
    places = told.quotas[quota.pk]
    label = dict(CHANNELS)[quota.channel]
    return QuotaRow(quota.pk, quota.channel, label, places, _share(places.taken, places.quantity))


def _start(request: HttpRequest, slug: str) -> HttpResponse:
    show = shows.shown(slug)
    if show is None:
        raise Http404
    initial = {"currency": "KZT", "ways": [pk for pk, _title in way_choices()]}
    form = StartForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _begin(request, slug, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The sale is set up. Look it over, then open it."))
            return HttpResponseRedirect(to_sale(slug))
    context = {"show": show, "hue": shows.hue_of(show), "form": form}
    return render(request, "tickets/studio/start.html", context, status=400 if form.errors else 200)


def _begin(request: HttpRequest, slug: str, told: dict[str, Any]) -> None:
    setup.start_sale(
        show=slug,
        facts=SaleFacts(currency=told["currency"], ways=told.get("ways", ())),
        area={"kk-Cyrl": "Зал", "ru": "Зал", "en": "Hall"},
        places={"online": told["places"] - told["door"], "door": told["door"]},
        type_=TypeFacts(area=0, name={TAGS[current_code()]: told["name"]}, price=told["amount"] or 0),
        now=timezone.now(),
        actor=request.user,
    )


def _page(request: HttpRequest, found: Sale, form: TermsForm, status: int = 200) -> HttpResponse:
    told, now = counts(found), timezone.now()
    areas = area_rows(found, told)
    context = head_of(found) | {
        "state": "open"
        if found.opened_at and not found.closed_at
        else "closed"
        if found.opened_at
        else "new",
        "show_state": shows.state_of(found.show, now),
        "types": type_rows(found, told),
        "areas": areas,
        "whole": told.whole,
        "whole_share": _share(told.whole.taken, told.whole.quantity),
        "form": form,
        "used": _used(found),
    }
    return render(request, "tickets/studio/sale.html", context, status=status)


def _used(found: Sale) -> bool:
    return Hold.objects.filter(sale=found).exists()


def _share(taken: int, quantity: int | None) -> float:
    return taken / quantity if quantity else 0.0
