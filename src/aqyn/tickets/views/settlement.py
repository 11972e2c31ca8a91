"""The morning after: what was sold, paid, sent back and is owed, and who came; as a page, a table, a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aqyn.people.access import crew_only
from aqyn.tickets.selectors.sale import counts
from aqyn.tickets.selectors.settlement import Settlement
from aqyn.tickets.selectors.settlement import settlement as settled
from aqyn.tickets.settlement import table
from aqyn.tickets.settlement.making import make_pdf
from aqyn.tickets.settlement.plot import hall
from aqyn.tickets.views.studio_common import head_of, refused, sale_or_404
from aqyn.tickets.views.studio_sale import type_rows
from aqyn.ui.languages import current_code
from aqyn.ui.refusal import Refusal


@crew_only
@require_safe
def settlement(request: HttpRequest, slug: str) -> HttpResponse:
    """The page."""
    sale = sale_or_404(slug)
    found = settled(sale)
    left = {f"type-{row.row.pk}": row.left for row in type_rows(sale, counts(sale))}
    plot = [
        (table.name_of(line), line, mark_safe(hall(line.came, line.places, line.places + left[line.key])))  # noqa: S308 — drawn from numbers alone
        for line in found.types
        if line.key in left
    ]
    context = head_of(sale) | {
        "found": found,
        "plot": plot,
        "tables": [
            (_("By ticket type"), [(table.name_of(line), line) for line in found.types]),
            (_("By way of paying"), [(table.name_of(line), line) for line in found.ways]),
        ],
        "checks": [(_SAID[check.name](), check) for check in found.checks],
    }
    return render(request, "tickets/studio/settlement.html", context)


@crew_only
@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a table."""
    return _file(table.as_csv(settled(sale_or_404(slug))), "text/csv; charset=utf-8", slug, "csv")


@crew_only
@require_safe
def as_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on paper."""
    sale = sale_or_404(slug)
    found: Settlement = settled(sale)
    try:
        made = make_pdf(sale, found, code=current_code(), now=timezone.now())
    except Refusal as refusal:
        return refused(request, refusal, reverse("tickets-studio:settlement", args=[slug]))
    return _file(made, "application/pdf", slug, "pdf")


_SAID = {
    "sold": lambda: _("What was sold"),
    "kept": lambda: _("What came in and stayed"),
    "kept_by_way": lambda: _("The same, by way of paying"),
    "open": lambda: _("Owed to us, less what we owe"),
}


def _file(made: bytes, kind: str, slug: str, ending: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{slug}-settlement.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
