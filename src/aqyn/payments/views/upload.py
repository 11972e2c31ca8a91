"""A bank's file: first the file, then what its columns mean, where that is not known."""

from __future__ import annotations

import base64
import zlib

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods

from aqyn.core.ledger.money import known
from aqyn.payments import sentences as refuse
from aqyn.payments import services
from aqyn.payments.selectors.statements import statements
from aqyn.payments.selectors.ways import ways
from aqyn.payments.services.tables import LARGEST, MEANINGS, Table
from aqyn.ui.access import crew_only
from aqyn.ui.refusal import Refusal

LABELS = {
    "date": gettext_noop("Date"),
    "amount": gettext_noop("Amount, or what came in"),
    "payer": gettext_noop("Who paid"),
    "text": gettext_noop("Purpose"),
    "currency": gettext_noop("Currency"),
}
SHOWN = 5
"""So many rows are shown above which the columns are chosen."""
MOST_KEPT = 2_400_000
"""What a form may carry on, in characters: a little less than Django takes."""
_signer = signing.Signer(salt="aqyn.payments.statement")


@crew_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """First the file, then its columns, then what it matches."""
    if request.method != "POST":
        return _first(request)
    try:
        name, content = _content(request)
        table = services.read_table(content)
        kept = _kept(name, content)
    except Refusal as refusal:
        return _first(request, trouble=str(refusal))
    chosen = [request.POST.get(f"column-{n}", "") for n in range(len(table.head))]
    if not any(chosen):
        return _columns(request, name, kept, table)
    way = request.POST.get("way", "")
    try:
        currency = request.POST.get("currency", "KZT").strip().upper()
        if not known(currency):
            raise refuse.NoSuchCurrency(currency=currency[:10])
        done = services.upload(
            name=name,
            content=content,
            columns=services.as_columns(chosen),
            way=int(way) if way.isdecimal() and len(way) < 19 else 0,
            currency=currency,
            now=timezone.now(),
            actor=request.user,
        )
    except Refusal as refusal:
        return _columns(request, name, kept, table, trouble=str(refusal), chosen=chosen)
    if done.skipped:
        said = ngettext(
            "%(count)s transfer was here before and is left out.",
            "%(count)s transfers were here before and are left out.",
            done.skipped,
        )
        messages.info(request, said % {"count": done.skipped})
    return redirect("payments-studio:statement", done.statement.pk)


def _content(request: HttpRequest) -> tuple[str, bytes]:
    """The file, as it was sent or as the page carries it on. Raises a Refusal."""
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > LARGEST:
            raise refuse.StatementTooLarge(mib=LARGEST >> 20)
        return file.name or "", file.read()
    try:
        name, packed = _signer.unsign_object(request.POST.get("kept", ""))
        return name, zlib.decompress(base64.urlsafe_b64decode(packed))
    except (signing.BadSignature, ValueError, TypeError, zlib.error):
        raise refuse.NoFile from None


def _kept(name: str, content: bytes) -> str:
    """The file as a form carries it on. Raises StatementTooDense where it cannot."""
    kept: str = _signer.sign_object([name, base64.urlsafe_b64encode(zlib.compress(content)).decode()])
    if len(kept) > MOST_KEPT:
        raise refuse.StatementTooDense
    return kept


def _first(request: HttpRequest, trouble: str = "") -> HttpResponse:
    context = {"trouble": trouble, "statements": statements(), "ways": ways(open_only=False)}
    return render(request, "payments/upload.html", context, status=400 if trouble else 200)


def _columns(
    request: HttpRequest,
    name: str,
    kept: str,
    table: Table,
    *,
    trouble: str = "",
    chosen: list[str] | None = None,
) -> HttpResponse:
    known_as = {n: meaning for meaning, n in table.known.items()}
    meanings = chosen or [known_as.get(n, "") for n in range(len(table.head))]
    context = {
        "name": name,
        "kept": kept,
        "trouble": trouble,
        "head": list(zip(table.head, meanings, strict=True)),
        "rows": table.rows[:SHOWN],
        "count": len(table.rows),
        "meanings": [(meaning, _(LABELS[meaning])) for meaning in MEANINGS],
        "ways": ways(open_only=False),
        "chosen_way": request.POST.get("way", ""),
        "currency": request.POST.get("currency", "KZT")[:10],
        "known": bool(table.known),
    }
    return render(request, "payments/columns.html", context, status=400 if trouble else 200)
