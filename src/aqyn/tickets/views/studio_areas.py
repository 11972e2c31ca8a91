"""Areas of the hall on the desk: made, told anew, their places moved from channel to channel."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aqyn.people.access import crew_only
from aqyn.tickets.forms.sale import AreaForm, MoveForm
from aqyn.tickets.models import Area, Sale
from aqyn.tickets.selectors.sale import counts
from aqyn.tickets.services import sale as setup
from aqyn.tickets.views.studio_common import READ_OR_POST, do, head_of, sale_or_404, to_sale
from aqyn.tickets.views.studio_sale import area_rows
from aqyn.ui.refusal import Refusal


@crew_only
@require_http_methods(READ_OR_POST)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Another area."""
    sale = sale_or_404(slug)
    form = AreaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            setup.add_area(show=slug, name=form.name, places=form.places, actor=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The area is there."))
            return HttpResponseRedirect(to_sale(slug, "areas"))
    return _page(request, sale, None, form, MoveForm())


@crew_only
@require_http_methods(READ_OR_POST)
def area(request: HttpRequest, slug: str, area: int) -> HttpResponse:
    """An area's name and numbers."""
    sale, row = sale_or_404(slug), _area_or_404(slug, area)
    form = AreaForm.of(row)
    if request.method == "POST":
        form = AreaForm(request.POST, before=row)
        if form.is_valid():
            try:
                setup.change_area(area=area, name=form.name, places=form.places, actor=request.user)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Kept."))
                return HttpResponseRedirect(to_sale(slug, "areas"))
    return _page(request, sale, row, form, MoveForm())


@crew_only
@require_POST
def move(request: HttpRequest, slug: str, area: int) -> HttpResponse:
    """Places from one channel to another."""
    sale, row = sale_or_404(slug), _area_or_404(slug, area)
    form = MoveForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            setup.move_places(area=area, **told, actor=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Moved. Move them back to undo it."))
            return HttpResponseRedirect(to_sale(slug, "areas"))
    return _page(request, sale, row, AreaForm.of(row), form)


@crew_only
@require_POST
def remove(request: HttpRequest, slug: str, area: int) -> HttpResponse:
    _area_or_404(slug, area)

    def deed(now: datetime) -> None:
        setup.remove_area(area=area, actor=request.user)

    return do(request, deed, _("The area is gone."), to_sale(slug, "areas"))


def _area_or_404(slug: str, area: int) -> Area:
    found = Area.objects.prefetch_related("quotas").filter(pk=area, sale__show__slug=slug).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, sale: Sale, row: Area | None, form: AreaForm, move_form: MoveForm
) -> HttpResponse:
    channels = [rows for area, rows in area_rows(sale, counts(sale)) if row and area.pk == row.pk]
    context = head_of(sale) | {
        "area": row,
        "form": form,
        "move": move_form,
        "channels": channels[0] if channels else [],
        "removable": row is not None and not row.types.exists(),
    }
    status = 400 if form.errors or move_form.errors else 200
    return render(request, "tickets/studio/area.html", context, status=status)
