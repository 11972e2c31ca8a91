"""The queue: what is told as paid, what waits, what came without a name, what is to go back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aqyn.payments import sentences as refuse
from aqyn.payments import services
from aqyn.payments.selectors import queue as select
from aqyn.payments.selectors.payments import payment_by_reference
from aqyn.payments.selectors.refunds import open_refunds
from aqyn.payments.views.common import do
from aqyn.ui.access import crew_only


@crew_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the crew, one list under the other."""
    asked = request.GET.get("q", "")[:100]
    context = {
        "asked": asked,
        "queue": select.queue(asked),
        "arrivals": select.arrivals(),
        "refunds": open_refunds(),
        "statements": select.statements()[:5],
        "most": select.MOST_SHOWN,
    }
    return render(request, "payments/queue.html", context)


@require_POST
@crew_only
def send_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """The money was sent back."""
    key = f"refund:{pk}"
    deed = lambda: services.send_refund(refund=pk, now=timezone.now(), actor=request.user, key=key)  # noqa: E731
    return do(request, deed, _("The refund is booked as sent."), reverse("payments-studio:queue"))


@require_POST
@crew_only
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not go back."""
    note = request.POST.get("note", "")
    deed = lambda: services.let_go(refund=pk, now=timezone.now(), actor=request.user, note=note)  # noqa: E731
    return do(request, deed, _("The refund was let go."), reverse("payments-studio:queue"))


@require_POST
@crew_only
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Money without a name is for this payment."""

    def deed() -> None:
        found = payment_by_reference(request.POST.get("reference", ""))
        if found is None:
            raise refuse.NoSuchPayment
        services.assign(entry=pk, payment=found.pk, now=timezone.now(), actor=request.user)

    return do(request, deed, _("The money is given to its payment."), reverse("payments-studio:queue"))


@require_POST
@crew_only
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Money without a name was sent back."""
    deed = lambda: services.give_back_arrival(entry=pk, now=timezone.now(), actor=request.user)  # noqa: E731
    return do(request, deed, _("It is booked as sent back."), reverse("payments-studio:queue"))
