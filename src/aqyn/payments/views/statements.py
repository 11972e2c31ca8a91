"""An account statement: its columns, and what each transfer seems to be for."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from aqyn.core.ledger.money import known
from aqyn.payments import sentences as refuse
from aqyn.payments import services
from aqyn.payments.models import StatementRow
from aqyn.payments.selectors import queue as select
from aqyn.payments.selectors.payments import payment_by_reference
from aqyn.payments.selectors.ways import ways
from aqyn.payments.services.statements import MEANINGS, Table
from aqyn.payments.views.common import do
from aqyn.ui.access import crew_only
from aqyn.ui.refusal import Refusal

LABELS = {
    "date": gettext_noop("Date"),
    "amount": gettext_noop("Amount"),
    "payer": gettext_noop("Who paid"),
    "text": gettext_noop("Purpose"),
    "currency": gettext_noop("Currency"),
}
SHOWN = 5


@crew_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """First the file, then its columns where they are not known, then what it matches."""
    if request.method != "POST":
        return _first(request)
    try:
        name, content = _content(request)
        table = services.read_table(content)
    except Refusal as refusal:
        return _first(request, trouble=str(refusal))
    chosen = [request.POST.get(f"column-{n}", "") for n in range(len(table.head))]
    if not any(chosen):
        return _columns(request, name, content, table)
    try:
        currency = request.POST.get("currency", "KZT").upper()
        if not known(currency):
            raise refuse.StatementInOther(currency=currency[:3], wanted="KZT")
        found = services.upload(
            name=name,
            content=content,
            columns=services.as_columns(chosen),
            way=int(request.POST.get("way", "0") or 0) if request.POST.get("way", "0").isdigit() else 0,
            currency=currency,
            now=timezone.now(),
            actor=request.user,
        )
    except Refusal as refusal:
        return _columns(request, name, content, table, trouble=str(refusal), chosen=chosen)
    return redirect("payments-studio:statement", found.pk)


@crew_only
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Each transfer beside what it seems to be for; what is ticked is booked."""
    found = select.statement(pk)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _confirm(request, pk)
    context = {"statement": found, "matches": select.matches(found)}
    return render(request, "payments/statement.html", context)


@require_POST
@crew_only
def unassigned(request: HttpRequest, pk: int) -> HttpResponse:
    """It came, and nobody knows for what."""
    deed = lambda: services.book_unassigned(row=pk, now=timezone.now(), actor=request.user)  # noqa: E731
    return do(request, deed, _("It is booked as money without a name."), _of_row(pk))


@require_POST
@crew_only
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """It is none of ours."""
    deed = lambda: services.set_aside(row=pk, now=timezone.now(), actor=request.user)  # noqa: E731
    return do(request, deed, _("It is set aside."), _of_row(pk))


def _confirm(request: HttpRequest, pk: int) -> HttpResponse:
    choices = {}
    for row in request.POST.getlist("row"):
        payment = payment_by_reference(request.POST.get(f"for-{row}", ""))
        if row.isdigit() and payment is not None:
            choices[int(row)] = payment.pk
    mine = set(StatementRow.objects.filter(statement=pk, pk__in=choices).values_list("pk", flat=True))
    try:
        booked, gone = services.confirm(
            choices={row: payment for row, payment in choices.items() if row in mine},
            now=timezone.now(),
            actor=request.user,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("payments-studio:statement", pk)
    count = len(booked)
    said = ngettext("%(count)s payment is booked.", "%(count)s payments are booked.", count)
    messages.success(request, said % {"count": count})
    if gone:
        messages.warning(request, _("Some transfers were booked by somebody else meanwhile."))
    return redirect("payments-studio:statement", pk)


def _content(request: HttpRequest) -> tuple[str, bytes]:
    """The file, as it was sent or as the page carries it on. Raises NotATable."""
    file = request.FILES.get("file")
    if file is not None:
        return file.name or "", file.read()
    try:
        name, encoded = signing.Signer(salt="aqyn.payments.statement").unsign_object(
            request.POST.get("kept", "")
        )
        return name, base64.b64decode(encoded)
    except (signing.BadSignature, ValueError, TypeError):
        raise refuse.NotATable from None


def _first(request: HttpRequest, trouble: str = "") -> HttpResponse:
    context = {"trouble": trouble, "statements": select.statements()}
    return render(request, "payments/upload.html", context, status=400 if trouble else 200)


def _columns(
    request: HttpRequest,
    name: str,
    content: bytes,
    table: Table,
    *,
    trouble: str = "",
    chosen: list[str] | None = None,
) -> HttpResponse:
    known_as = {n: meaning for meaning, n in table.known.items()}
    meanings = chosen or [known_as.get(n, "") for n in range(len(table.head))]
    kept = signing.Signer(salt="aqyn.payments.statement").sign_object(
        [name, base64.b64encode(content).decode()], compress=True
    )
    context = {
        "name": name,
        "kept": kept,
        "trouble": trouble,
        "head": list(zip(table.head, meanings, strict=True)),
        "rows": table.rows[:SHOWN],
        "count": len(table.rows),
        "meanings": [(meaning, _(LABELS[meaning])) for meaning in MEANINGS],
        "ways": ways(),
        "known": bool(table.known),
    }
    return render(request, "payments/columns.html", context, status=400 if trouble else 200)


def _of_row(pk: int) -> str:
    row = StatementRow.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return reverse("payments-studio:statement", args=[row.statement_id])
