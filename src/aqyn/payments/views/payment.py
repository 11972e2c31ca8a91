"""One payment: what it is for, what came, and all that was booked."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse as address_of
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aqyn.core.ledger.book import Fate
from aqyn.core.ledger.money import plain, written
from aqyn.payments import sentences as refuse
from aqyn.payments import services
from aqyn.payments.models import Advice, Payment
from aqyn.payments.selectors.refunds import refunds_of
from aqyn.payments.selectors.standing import Becoming, becoming, entries_of, standing
from aqyn.payments.selectors.ways import ways
from aqyn.payments.services.advice import picture_path
from aqyn.payments.views.common import amount_of, do, payment_or_404, way_chosen, ways_to_choose
from aqyn.ui import checks
from aqyn.ui.access import crew_only
from aqyn.ui.refusal import Refusal

_KINDS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@crew_only
@require_safe
def payment(request: HttpRequest, reference: str) -> HttpResponse:
    """The payment with its whole history."""
    return _page(request, payment_or_404(reference))


@require_POST
@crew_only
def receive(request: HttpRequest, reference: str) -> HttpResponse:
    """Money came. Where it is not just what is due, what becomes of it is shown before it is booked."""
    found, now = payment_or_404(reference), timezone.now()
    try:
        amount = amount_of(request.POST.get("amount", ""), found.currency)
        becomes = becoming(standing(found.pk), amount)
        if becomes.fate is not Fate.FITS and request.POST.get("seen") != _seen(amount, becomes):
            return _page(request, found, becomes=becomes, amount=amount)
        key = checks.one_line(request.POST.get("key", "")[:40], "key", 40)
        services.receive(
            payment=found.pk,
            amount=amount,
            way=way_chosen(request.POST.get("way", ""), now),
            paid_at=_day(request.POST.get("paid_at", "")),
            note=checks.one_line(request.POST.get("note", ""), _("Note"), 300),
            key=f"desk:{found.pk}:{key}" if key else "",
            shown=becomes,
            now=now,
            actor=request.user,
        )
        services.answer_advices(payment=found.pk, now=now)
    except refuse.NotAsShown as refusal:
        messages.warning(request, str(refusal))
        return _page(request, found, becomes=becoming(standing(found.pk), amount), amount=amount)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The payment is booked."))
    return redirect(_back(found))


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


def _page(
    request: HttpRequest, found: Payment, *, becomes: Becoming | None = None, amount: int = 0
) -> HttpResponse:
    stands = standing(found.pk)
    entries = entries_of([found.pk])
    undone = {entry.reverses_id for entry in entries if entry.reverses_id}
    told = request.POST if becomes else {}
    due = plain(stands.due, found.currency) if stands.due else ""
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
        "prefilled": told.get("amount", due),
        "day": told.get("paid_at", timezone.now().date().isoformat()),
        "note": told.get("note", ""),
        "ways": ways_to_choose(ways(), found.way),
        "way": told.get("way", str(found.way_id or "")),
        # One press is one booking, however often a form is sent.
        "key": told.get("key") or secrets.token_urlsafe(12),
        "becomes": becomes.fate if becomes and becomes.fate is not Fate.FITS else None,
        "seen": _seen(amount, becomes) if becomes else "",
        "left": written(abs(becomes.due - amount), found.currency) if becomes else "",
    }
    return render(request, "payments/payment.html", context)


def _seen(amount: int, becomes: Becoming) -> str:
    """What the page has told of an amount, as its form says it back."""
    return f"{amount}:{becomes}"


def _back(found: Payment) -> str:
    return address_of("payments-studio:payment", args=[found.reference])


def _day(said: str) -> datetime | None:
    try:
        day = parse_date(said)
    except ValueError:
        return None
    if day is None or not 2000 <= day.year < 2200:
        return None
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
