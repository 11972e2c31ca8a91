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

from aqyn.core.ledger.book import Fate, fate
from aqyn.core.ledger.money import plain, written
from aqyn.payments import adapters, services
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Advice, Payment
from aqyn.payments.selectors.refunds import refunds_of
from aqyn.payments.selectors.standing import entries_of, standing
from aqyn.payments.selectors.ways import way as way_of
from aqyn.payments.selectors.ways import ways
from aqyn.payments.services.advice import picture_path
from aqyn.payments.views.common import amount_of, do, payment_or_404
from aqyn.ui import checks
from aqyn.ui.access import crew_only
from aqyn.ui.refusal import Refusal

# What the crew may take a payment by besides the ways that buyers are offered.
BY_CREW = ("cash", "terminal")
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
        becomes = fate(standing(found.pk), amount)
        seen = f"{amount}:{becomes.value}"
        if becomes is not Fate.FITS and request.POST.get("seen") != seen:
            return _page(request, found, becomes=becomes, amount=amount)
        key = request.POST.get("key", "")[:40]
        services.receive(
            payment=found.pk,
            amount=amount,
            way=_way(request.POST.get("way", ""), now),
            paid_at=_day(request.POST.get("paid_at", "")),
            note=checks.one_line(request.POST.get("note", ""), _("Note"), 300),
            key=f"desk:{found.pk}:{key}" if key else "",
            now=now,
            actor=request.user,
        )
        services.answer_advices(payment=found.pk, now=now)
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
    request: HttpRequest, found: Payment, *, becomes: Fate | None = None, amount: int = 0
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
        "ways": _ways(found),
        "way": told.get("way", str(found.way_id or "")),
        # One press is one booking, however often a form is sent.
        "key": told.get("key") or secrets.token_urlsafe(12),
        "becomes": becomes,
        "seen": f"{amount}:{becomes.value}" if becomes else "",
        "left": written(abs(stands.due - amount), found.currency),
    }
    return render(request, "payments/payment.html", context)


def _ways(found: Payment) -> list[tuple[str, dict[str, str] | str]]:
    """By which way it may have been paid: (as the form says it, its title)."""
    rows = {row.pk: row for row in ways()}
    if found.way is not None:
        rows.setdefault(found.way.pk, found.way)
    kinds = {row.adapter for row in rows.values()}
    of_crew = [(name, _(adapters.adapter(name).label)) for name in BY_CREW if name not in kinds]
    return [*((str(row.pk), row.title) for row in rows.values()), *of_crew]


def _way(said: str, now: datetime) -> int | None:
    """The way that was chosen; None for the payment's own. Raises NoSuchWay."""
    if not said:
        return None
    if said in BY_CREW:
        return services.crew_way(said, now=now).pk
    row = way_of(int(said)) if said.isdecimal() and len(said) < 19 else None
    if row is None:
        raise refuse.NoSuchWay
    return row.pk


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
