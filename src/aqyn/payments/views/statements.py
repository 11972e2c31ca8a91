"""An account statement: what each transfer seems to be for, and what is booked of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from aqyn.payments import services
from aqyn.payments.models import Statement, StatementRow
from aqyn.payments.selectors import statements as select
from aqyn.payments.selectors.payments import payment_by_reference
from aqyn.payments.sentences import NotAsShown
from aqyn.payments.views.common import do
from aqyn.ui.access import crew_only
from aqyn.ui.refusal import Refusal

AT_ONCE = 200
"""So many transfers stand on one page: as many as one form can carry."""


@crew_only
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Each transfer beside what it seems to be for; what is ticked, and was shown so, is booked."""
    found = select.statement(pk)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _confirm(request, found)
    return _page(request, found, select.matches(found))


@require_POST
@crew_only
def unassigned(request: HttpRequest, pk: int) -> HttpResponse:
    """It came, and nobody knows for what."""

    def deed() -> None:
        services.book_unassigned(row=pk, now=timezone.now(), actor=request.user)

    return do(request, deed, _("It is booked as money without a name."), _of_row(pk))


@require_POST
@crew_only
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """It is none of ours."""

    def deed() -> None:
        services.set_aside(row=pk, now=timezone.now(), actor=request.user)

    return do(request, deed, _("It is set aside."), _of_row(pk))


@require_POST
@crew_only
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """It may be ours after all."""

    def deed() -> None:
        services.take_up(row=pk, actor=request.user)

    return do(request, deed, _("It is among the others again."), _of_row(pk))


@require_POST
@crew_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """It was read wrongly: it goes, and may be uploaded again."""
    found = select.statement(pk)
    if found is None:
        raise Http404
    try:
        services.remove_statement(statement=pk, actor=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("payments-studio:statement", pk)
    messages.success(request, _("The statement is removed; its file can be uploaded again."))
    return redirect("payments-studio:upload")


def _confirm(request: HttpRequest, found: Statement) -> HttpResponse:
    """Book what is ticked, where the page showed what becomes of it; show it first otherwise."""
    ticked = [int(row) for row in request.POST.getlist("row") if row.isdecimal() and len(row) < 19]
    chosen: dict[int, int] = {}
    unknown = []
    for row in ticked[:AT_ONCE]:
        payment = payment_by_reference(request.POST.get(f"for-{row}", ""))
        if payment is None:
            unknown.append(row)
        else:
            chosen[row] = payment.pk
    told = select.matches(found, chosen)
    if unknown:
        messages.error(request, _("What is ticked needs the reference of its payment."))
        return _page(request, found, told, status=400)
    if any(one.chosen and request.POST.get(f"shown-{one.row.pk}", "") != shown(one) for one in told):
        messages.warning(request, _("Nothing is booked yet: look at what becomes of it, then press again."))
        return _page(request, found, told)
    open_ = [one for one in told if one.chosen]
    done = services.confirm(
        choices={one.row.pk: one.payment.pk for one in open_ if one.payment},
        shown={one.row.pk: one.becomes for one in open_ if one.becomes},
        now=timezone.now(),
        actor=request.user,
    )
    count = len(done.booked)
    if count:
        said = ngettext("%(count)s payment is booked.", "%(count)s payments are booked.", count)
        messages.success(request, said % {"count": count})
    if done.gone or len(open_) < len(chosen):
        messages.warning(request, _("Some transfers were booked or set aside meanwhile."))
    for sentence in dict.fromkeys(str(refusal) for refusal in done.refused.values()):
        messages.error(request, sentence)
    if anew := {row: chosen[row] for row, why in done.refused.items() if isinstance(why, NotAsShown)}:
        return _page(request, found, select.matches(found, anew))
    return redirect("payments-studio:statement", found.pk)


def shown(one: select.Matched) -> str:
    """What a page has told of a transfer, as its form says it back."""
    if one.payment is None or one.becomes is None:
        return ""
    return f"{one.payment.reference}:{one.becomes}"


def _page(
    request: HttpRequest, found: Statement, told: list[select.Matched], *, status: int = 200
) -> HttpResponse:
    page = Paginator(told, AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "statement": found,
        "page": page,
        "matches": [(one, shown(one)) for one in page],
        "may_go": not select.is_booked(found),
        "set_aside": select.rows_set_aside(found)[:AT_ONCE],
    }
    return render(request, "payments/statement.html", context, status=status)


def _of_row(pk: int) -> str:
    row = StatementRow.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return reverse("payments-studio:statement", args=[row.statement_id])
