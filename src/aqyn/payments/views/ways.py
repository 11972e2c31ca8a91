"""The ways in which people may pay here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.payments import adapters, services
from aqyn.payments.adapters import Adapter
from aqyn.payments.models import Way
from aqyn.payments.selectors.ways import ways as all_ways
from aqyn.payments.views.common import do
from aqyn.ui.access import owner_only
from aqyn.ui.refusal import Refusal

TAGS = ("kk-Cyrl", "ru", "en")


@owner_only
@require_safe
def ways(request: HttpRequest) -> HttpResponse:
    """Every way, open ones first; and the kinds that there are."""
    rows = sorted(all_ways(open_only=False), key=lambda row: row.closed_at is not None)
    kinds = [one for one in adapters.ADAPTERS.values() if one.public]
    return render(
        request, "payments/ways.html", {"ways": rows, "kinds": [(k.name, _(k.label)) for k in kinds]}
    )


@owner_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, adapter: str) -> HttpResponse:
    """Another way of this kind."""
    kind = adapters.ADAPTERS.get(adapter)
    if kind is None or not kind.public:
        raise Http404
    if request.method != "POST":
        return _form(request, kind, {"title-" + tag: _(kind.label) for tag in TAGS if tag == "en"})
    try:
        services.make_way(
            adapter=adapter,
            title=_title(request),
            details=request.POST,
            now=timezone.now(),
            actor=request.user,
        )
    except Refusal as refusal:
        return _form(request, kind, request.POST, trouble=str(refusal))
    messages.success(request, _("People can pay this way now, wherever a sale offers it."))
    return redirect("payments-studio:ways")


@owner_only
@require_http_methods(["GET", "HEAD", "POST"])
def way(request: HttpRequest, pk: int) -> HttpResponse:
    """One way, told anew."""
    row = Way.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    kind = adapters.adapter(row.adapter)
    if request.method != "POST":
        told = {f"title-{tag}": text for tag, text in row.title.items()} | row.details
        return _form(request, kind, told, row=row)
    try:
        services.change_way(way=pk, title=_title(request), details=request.POST, actor=request.user)
    except Refusal as refusal:
        return _form(request, kind, request.POST, row=row, trouble=str(refusal))
    messages.success(request, _("Kept. Payments that wait are told the new details."))
    return redirect("payments-studio:ways")


@require_POST
@owner_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Offered no more."""
    deed = lambda: services.close_way(way=pk, now=timezone.now(), actor=request.user)  # noqa: E731
    return do(
        request, deed, _("It is offered no more; what was begun goes on."), reverse("payments-studio:ways")
    )


@require_POST
@owner_only
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Offered again."""
    deed = lambda: services.reopen_way(way=pk, actor=request.user)  # noqa: E731
    return do(request, deed, _("It is offered again."), reverse("payments-studio:ways"))


def _title(request: HttpRequest) -> dict[str, str]:
    return {tag: request.POST.get(f"title-{tag}", "") for tag in TAGS}


def _form(
    request: HttpRequest, kind: Adapter, told: Any, *, row: Way | None = None, trouble: str = ""
) -> HttpResponse:
    context = {
        "kind": _(kind.label),
        "way": row,
        "trouble": trouble,
        "titles": [(tag, told.get(f"title-{tag}", "")) for tag in TAGS],
        "details": [(one, _(one.label), told.get(one.name, "")) for one in kind.details],
    }
    return render(request, "payments/way.html", context, status=400 if trouble else 200)
