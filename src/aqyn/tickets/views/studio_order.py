"""Orders on the desk: found by anything that is known of one, and all that can become of one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from aqyn.core.ledger.book import Standing
from aqyn.core.moments import wall_time
from aqyn.core.passes.serials import letters, number, serial
from aqyn.payments import selectors as payments
from aqyn.people.access import crew_only, is_owner
from aqyn.shows.selectors.written import when
from aqyn.tickets.forms.orders import ExtendForm, ReduceForm, SearchForm
from aqyn.tickets.letters.writing import write_of_order
from aqyn.tickets.models import Mark, Order, Ticket
from aqyn.tickets.numbers import secret_of
from aqyn.tickets.selectors import orders as select
from aqyn.tickets.sentences import sale as refuse
from aqyn.tickets.services import orders as deeds
from aqyn.tickets.services import passes
from aqyn.tickets.views.studio_common import do, head_of, refused, sale_or_404
from aqyn.tickets.views.studio_guests import sheet_of
from aqyn.ui.languages import current_code

ON_A_PAGE = 50
WAYS = {
    "free": gettext_noop("Free"),
    "guest": gettext_noop("Guest list"),
    "paper": gettext_noop("On paper"),
    "door": gettext_noop("At the door"),
    "cash": gettext_noop("Cash"),
    "terminal": gettext_noop("Card terminal"),
}
KINDS = {
    "charge": gettext_noop("Charged"),
    "discharge": gettext_noop("Taken off"),
    "receipt": gettext_noop("Came in"),
    "assign": gettext_noop("Came in without a reference"),
    "refund": gettext_noop("Sent back"),
}

LETTERS = {
    "order": gettext_noop("What is to be paid, and how"),
    "paid": gettext_noop("The money came"),
    "tickets": gettext_noop("The tickets"),
    "rest": gettext_noop("What is still due"),
    "reminder": gettext_noop("A reminder"),
    "lapsed": gettext_noop("The places went back"),
    "changed": gettext_noop("The show changed"),
    "cancelled": gettext_noop("The places were cancelled"),
    "refund": gettext_noop("Money was sent back"),
    "refunded": gettext_noop("Money was sent back"),
    "tomorrow": gettext_noop("It is tomorrow"),
}
AGAIN = "again-"
"""How the marks of letters begin that were asked for on the desk."""


@crew_only
@require_safe
def orders(request: HttpRequest, slug: str) -> HttpResponse:
    """The orders of a show: those that are looked for, the newest first."""
    sale = sale_or_404(slug)
    form = SearchForm(request.GET)
    told = form.cleaned_data if form.is_valid() else {"q": "", "state": ""}
    found = select.orders(slug, query=told["q"], state=told["state"])
    page = Paginator(select.with_tickets(found), ON_A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    standings = payments.standings(row.payment_id for row in page if row.payment_id)
    context = head_of(sale) | {
        "form": form,
        "asked": told,
        "page": page,
        "rows": [_row(row, now, standings.get(row.payment_id or 0)) for row in page],
    }
    return render(request, "tickets/studio/orders.html", context)


@crew_only
@require_safe
def order(request: HttpRequest, id_: str) -> HttpResponse:
    """One order: its places, its money, what can become of it."""
    return _page(request, order_or_404(id_))


@crew_only
def cancel(request: HttpRequest, id_: str) -> HttpResponse:
    """Says what will be owed back for the places that were chosen; a POST cancels them."""
    row = order_or_404(id_)
    said = request.POST if request.method == "POST" else request.GET
    live = select.tickets_of(row, live=True)
    numbers = set(said.getlist("place"))
    chosen = [one for one in live if "all" in said or str(one.number) in numbers]
    if not chosen:
        return refused(request, refuse.NoPlacesChosen(), here(row))
    if request.method == "POST":

        def deed(now: datetime) -> None:
            if len(chosen) == len(live):
                deeds.cancel_order(order=row.pk, now=now, actor=request.user)
            else:
                pks = [one.pk for one in chosen]
                deeds.cancel_places(order=row.pk, tickets=pks, now=now, actor=request.user)

        return do(request, deed, _("Cancelled. What was paid for it is owed back."), here(row))
    standing = payments.standing(row.payment_id) if row.payment_id else Standing(0, 0)
    whole = len(chosen) == len(live)
    less = deeds.share_of(standing.charged, [one.price for one in chosen], [one.price for one in live])
    after = Standing(standing.charged - less, standing.received)
    context = head_of_order(row) | {"chosen": chosen, "whole": whole, "standing": standing, "after": after}
    return render(request, "tickets/studio/cancel.html", context)


@crew_only
@require_POST
def reduce(request: HttpRequest, id_: str) -> HttpResponse:
    """The order costs less from now on, and its places stay: what was paid beyond is owed back."""
    row = order_or_404(id_)
    form = ReduceForm(request.POST, currency=row.sale.currency)
    if not form.is_valid():
        return _page(request, row, reduced=form, status=400)

    def deed(now: datetime) -> None:
        amount, note = form.cleaned_data["amount"], form.cleaned_data["note"]
        deeds.reduce_price(order=row.pk, amount=amount, now=now, actor=request.user, note=note)

    return do(request, deed, _("The order costs less. What was paid beyond is owed back."), here(row))


@crew_only
@require_POST
def extend(request: HttpRequest, id_: str) -> HttpResponse:
    """More time to pay, until a moment by the show's clocks."""
    row = order_or_404(id_)
    form = ExtendForm(request.POST)
    until = form.at(row.sale) if form.is_valid() else None
    if until is None:
        return _page(request, row, form, status=400)

    def deed(now: datetime) -> None:
        deeds.extend(order=row.pk, due_at=until, now=now, actor=request.user)

    return do(request, deed, _("The places are kept until then."), here(row))


@crew_only
@require_POST
def again(request: HttpRequest, id_: str) -> HttpResponse:
    """The places of an order that lapsed are taken again, if they are there."""
    row = order_or_404(id_)

    def deed(now: datetime) -> None:
        deeds.take_again(order=row.pk, now=now, actor=request.user)

    return do(request, deed, _("The places are taken again."), here(row))


@crew_only
@require_POST
def send(request: HttpRequest, id_: str) -> HttpResponse:
    """The letter with the tickets once more, or with how to pay while the order waits for money."""
    row, now = order_or_404(id_), timezone.now()
    state = select.state_of(row, now)
    if state not in ("confirmed", "waiting"):
        return refused(request, refuse.NothingToSend(), here(row))
    kind = "tickets" if state == "confirmed" else "order"
    if write_of_order(row, kind, now=now, mark=f"{AGAIN}{now:%y%m%d%H%M%S}"):
        messages.success(request, _("The letter is in the outbox."))
    else:
        messages.warning(request, _("No letter was written: the address cannot be written to."))
    return HttpResponseRedirect(here(row))


@crew_only
@require_POST
def reissue(request: HttpRequest, id_: str, ticket: int) -> HttpResponse:
    """A ticket's code made anew: the one that is out lets nobody in any more. `ticket`: its number."""
    row = order_or_404(id_)
    one = next((one for one in select.tickets_of(row, live=True) if one.number == ticket), None)
    if one is None:
        raise Http404

    def deed(now: datetime) -> None:
        passes.reissue(ticket=one.pk, now=now, actor=request.user)

    said = _("Ticket № %(number)s has another code: the one before lets nobody in.")
    return do(request, deed, said % {"number": ticket}, here(row))


def _page(
    request: HttpRequest,
    row: Order,
    form: ExtendForm | None = None,
    reduced: ReduceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now, code = timezone.now(), current_code()
    tickets = select.tickets_of(row)
    pks = [row.payment_id] if row.payment_id else []
    due_at = row.payment.due_at if row.payment else None
    if form is None:
        zone = ZoneInfo(row.sale.show.time_zone)
        later = max(due_at or now, now) + timedelta(days=1)
        form = ExtendForm(initial={"until": wall_time(later, zone).replace(second=0, microsecond=0)})
    show = row.sale.show
    context = head_of_order(row) | {
        "tickets": [(one, serial(one.serial)) for one in tickets],
        "live": sum(one.gone_at is None for one in tickets),
        "state": select.state_of(row, now),
        "standing": payments.standing(row.payment_id) if row.payment_id else None,
        "entries": [_entry(entry, show, code) for entry in payments.entries_of(pks)],
        "refunds": [(one, when(one.opened_at, show, code)) for one in payments.refunds_of(pks)],
        "placed": when(row.placed_at, show, code),
        "due_at": when(due_at, show, code),
        "way": _way(row),
        "extend": form,
        "reduce": reduced or ReduceForm(currency=row.sale.currency),
        "sheet": sheet_of(row),
        "letters": _letters(row, code),
        "address": _address(row),
        "owner": is_owner(request),
    }
    return render(request, "tickets/studio/order.html", context, status=status)


def head_of_order(row: Order) -> dict[str, Any]:
    return head_of(row.sale) | {"order": row, "id": letters(row.pk)}


def _row(row: Order, now: datetime, standing: Standing | None) -> dict[str, Any]:
    live = [ticket for ticket in row.tickets.all() if ticket.gone_at is None]
    return {
        "row": row,
        "id": letters(row.pk),
        "state": select.state_of(row, now),
        "standing": standing,
        "live": len(live),
        "numbers": _numbers(live),
        "way": _way(row),
        "placed": when(row.placed_at, row.sale.show, current_code()),
    }


def _numbers(tickets: list[Ticket]) -> str:
    """The numbers as runs: "12–15, 18"."""
    runs: list[list[int]] = []
    for one in sorted(ticket.number for ticket in tickets):
        if runs and runs[-1][-1] == one - 1:
            runs[-1][-1:] = [runs[-1][-1], one] if len(runs[-1]) == 1 else [one]
        else:
            runs.append([one])
    return ", ".join("–".join(map(str, run)) for run in runs)


def _entry(entry: Any, show: Any, code: str) -> dict[str, Any]:
    kind = KINDS.get(entry.kind)
    said = _("Taken back") if entry.kind == "reversal" or kind is None else _(kind)
    title = entry.way.title if entry.way else {}
    return {"row": entry, "kind": said, "at": when(entry.at, show, code), "way": title}


def _letters(row: Order, code: str) -> list[tuple[str, Any]]:
    """What was written to the buyer, and when, the oldest first."""
    marks = Mark.objects.filter(about=f"order:{row.pk}").order_by("at", "pk")
    again = _("Sent again from here")
    return [
        (again if mark.kind.startswith(AGAIN) else _letter(mark.kind), when(mark.at, row.sale.show, code))
        for mark in marks
    ]


def _letter(kind: str) -> str:
    """A kind of letter in words; a mark may have a number after it."""
    said = LETTERS.get(kind) or LETTERS.get(kind.partition("-")[0])
    return _(said) if said else kind


def _way(row: Order) -> Any:
    if row.payment is not None and row.payment.way is not None and row.way not in WAYS:
        return row.payment.way.title
    return _(WAYS[row.way]) if row.way in WAYS else row.way


def _address(row: Order) -> str:
    """The buyer's own page of the order, in the buyer's language."""
    language = row.language if row.language else current_code()
    return f"/{language}/orders/{letters(row.pk)}/{secret_of('order', row.pk)}/"


def here(row: Order) -> str:
    return reverse("tickets-studio:order", args=[letters(row.pk)])


def order_or_404(id_: str) -> Order:
    pk = number(id_)
    found = None if pk is None else select.order(pk)
    if found is None:
        raise Http404
    return found
