"""The queue: what is told as paid, what waits, what came without a name, what is to go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aqyn.payments import sentences as refuse
from aqyn.payments import services
from aqyn.payments.models import Refund
from aqyn.payments.selectors import queue as select
from aqyn.payments.selectors.payments import payment_by_reference
from aqyn.payments.selectors.refunds import open_refunds, ways_back
from aqyn.payments.selectors.standing import sums
from aqyn.payments.selectors.statements import arrivals, arrivals_sent_back, statements
from aqyn.payments.selectors.ways import ways
from aqyn.payments.views.common import do, way_chosen, ways_to_choose
from aqyn.ui.access import crew_only


@crew_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the crew, one list under the other."""
    asked = request.GET.get("q", "")[:100]
    rows = select.queue(asked)
    full = len(rows) == select.MOST_SHOWN
    context = {
        "asked": asked,
        "queue": rows,
        "more": select.waiting_count() - len(rows) if full and not asked else 0,
        "arrivals": arrivals(),
        "sent_back": arrivals_sent_back(),
        "refunds": _refunds(),
        "statements": statements()[:5],
        "sums": sums(),
    }
    return render(request, "payments/queue.html", context)


@require_POST
@crew_only
def send_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """The money was sent back."""

    def deed() -> None:
        now = timezone.now()
        way = way_chosen(request.POST.get("way", ""), now)
        services.send_refund(refund=pk, way=way, now=now, actor=request.user, key=f"refund:{pk}")

    return _do(request, deed, _("The refund is booked as sent."))


@require_POST
@crew_only
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not go back."""

    def deed() -> None:
        note = request.POST.get("note", "")
        services.let_go(refund=pk, now=timezone.now(), actor=request.user, note=note)

    return _do(request, deed, _("The refund was let go."))


@require_POST
@crew_only
def tell_where(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the money is to be sent."""

    def deed() -> None:
        to = request.POST.get("to", "")
        services.tell_where(refund=pk, to=to, now=timezone.now(), actor=request.user)

    return _do(request, deed, _("It is noted where the money goes."))


@require_POST
@crew_only
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Money without a name is for this payment."""

    def deed() -> None:
        found = payment_by_reference(request.POST.get("reference", ""))
        if found is None:
            raise refuse.NoSuchPayment
        services.assign(entry=pk, payment=found.pk, now=timezone.now(), actor=request.user)

    return _do(request, deed, _("The money is given to its payment."))


@require_POST
@crew_only
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Money without a name was sent back."""

    def deed() -> None:
        services.give_back_arrival(entry=pk, now=timezone.now(), actor=request.user)

    return _do(request, deed, _("It is booked as sent back."))


@require_POST
@crew_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What was booked of money without a name was a mistake."""

    def deed() -> None:
        note = request.POST.get("note", "")
        services.reverse(entry=pk, now=timezone.now(), actor=request.user, note=note, unassigned=True)

    return _do(request, deed, _("The entry is reversed by another one."))


def _refunds() -> list[tuple[Refund, list[tuple[str, dict[str, str] | str]], str]]:
    """What is to go back, each with the ways by which it may go and the one by which the money came."""
    rows, offered = open_refunds(), ways()
    came_by = ways_back(row.payment_id for row in rows)
    told = []
    for row in rows:
        own = came_by.get(row.payment_id, row.payment.way)
        told.append((row, ways_to_choose(offered, own), str(own.pk) if own else ""))
    return told


def _do(request: HttpRequest, deed: Callable[[], Any], done: str) -> HttpResponse:
    return do(request, deed, done, reverse("payments-studio:queue"))
