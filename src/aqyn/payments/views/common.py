"""What the desk of payments shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from aqyn.core.ledger.money import AmountError, read
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Payment
from aqyn.ui.refusal import Refusal


def payment_or_404(reference: str) -> Payment:
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


def do(request: HttpRequest, deed: Callable[[], Any], done: str, back: str) -> HttpResponse:
    """Do it, say so, and go back; or say why not."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)
