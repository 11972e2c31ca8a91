"""One payment: what it is for, what came, and all that was booked."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse as address_of
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aqyn.core.ledger.money import plain
from aqyn.payments import services
from aqyn.payments.models import Advice, Payment
from aqyn.payments.selectors.refunds import refunds_of
from aqyn.payments.selectors.standing import entries_of, standing
from aqyn.payments.selectors.ways import adapter_of
from aqyn.payments.services.advice import picture_path
from aqyn.payments.views.common import amount_of, do, payment_or_404
from aqyn.ui.access import crew_only

_KINDS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@crew_only
@require_safe
def payment(request: HttpRequest, reference: str) -> HttpResponse:
    """The payment with its whole history."""
    found = payment_or_404(reference)
    stands = standing(found.pk)
    entries = entries_of([found.pk])
    undone = {entry.reverses_id for entry in entries if entry.reverses_id}
    context = {
        "payment": found,
        "standing": stands,
        "lines": found.lines.all(),
        "entries": [
            (entry, entry.kind in ("receipt", "refund", "assign") and entry.pk not in undone)
            for entry in entries
        ],
        "advices": found.advices.all(),
        "refunds": refunds_of([found.pk]),
        "receipts": found.fiscal_receipts.all(),
        "prefilled": plain(stands.due, found.currency) if stands.due else "",
        "today": timezone.now().date().isoformat(),
        "at_once": found.way is not None and adapter_of(found.way).at_once,
    }
    return render(request, "payments/payment.html", context)


@require_POST
@crew_only
def receive(request: HttpRequest, reference: str) -> HttpResponse:
    """Money came."""
    found = payment_or_404(reference)

    def deed() -> None:
        now = timezone.now()
        services.receive(
            payment=found.pk,
            amount=amount_of(request.POST.get("amount", ""), found.currency),
            paid_at=_day(request.POST.get("paid_at", "")),
            note=request.POST.get("note", "")[:300],
            key=request.POST.get("key", "")[:64],
            now=now,
            actor=request.user,
        )
        services.answer_advices(payment=found.pk, now=now)

    return do(request, deed, _("The payment is booked."), _back(found))


@require_POST
@crew_only
def fiscal(request: HttpRequest, reference: str) -> HttpResponse:
    """The till's receipt has this number."""
    found = payment_or_404(reference)

    def deed() -> None:
        number = request.POST.get("number", "")
        services.add_fiscal_receipt(payment=found.pk, number=number, now=timezone.now(), actor=request.user)

    return do(request, deed, _("The receipt's number is kept."), _back(found))


@require_POST
@crew_only
def reverse(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """An entry was a mistake."""
    found = payment_or_404(reference)

    def deed() -> None:
        if not found.entries.filter(pk=pk).exists():
            raise Http404
        note = request.POST.get("note", "")
        services.reverse(entry=pk, now=timezone.now(), actor=request.user, note=note)

    return do(request, deed, _("The entry is reversed by another one."), _back(found))


@crew_only
@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a payer showed, for the crew alone."""
    advice = Advice.objects.filter(pk=pk).exclude(picture="").first()
    if advice is None or not picture_path(advice).is_file():
        raise Http404
    kind = _KINDS[advice.picture.rsplit(".", 1)[1]]
    answer = FileResponse(picture_path(advice).open("rb"), content_type=kind)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _back(found: Payment) -> str:
    return address_of("payments-studio:payment", args=[found.reference])


def _day(said: str) -> datetime | None:
    try:
        day = parse_date(said)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
