"""What the crew does with a show: each deed one address, done by a POST; those that ask something first have
a page of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aqyn.people.access import crew_only
from aqyn.shows import selectors, services
from aqyn.shows.forms import PostponeForm, ReasonForm, times_initial
from aqyn.shows.models import Show
from aqyn.shows.selectors.written import card, hue_of
from aqyn.shows.sentences import Refusal
from aqyn.ui.languages import current_code

READ_OR_POST = ["GET", "HEAD", "POST"]


@crew_only
@require_POST
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    return do(
        request,
        lambda now: services.announce(show=slug, now=now, actor=request.user),
        _("Announced: everybody can see it now."),
        slug,
    )


@crew_only
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    return do(
        request,
        lambda now: services.withdraw(show=slug, now=now, actor=request.user),
        _("It is a draft again: its page is gone until you announce it."),
        slug,
    )


@crew_only
@require_http_methods(READ_OR_POST)
def postpone(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for the new day, or none, and the reason; then puts the show off."""
    row = show_or_404(slug)
    times = times_initial(row)
    initial = {name: times[name] for name in ("doors", "start", "end") if name in times}
    form = PostponeForm(request.POST if request.method == "POST" else None, show=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _asked(
            request,
            form,
            lambda now: services.postpone(
                show=slug, to=form.times, reason=form.reason, now=now, actor=request.user
            ),
            _("Postponed: its page and the calendars say so now."),
            row,
            "shows/studio/postpone.html",
        )
    return _form_page(request, form, row, "shows/studio/postpone.html")


@crew_only
@require_POST
def undo_postponement(request: HttpRequest, slug: str) -> HttpResponse:
    return do(
        request,
        lambda now: services.undo_postponement(show=slug, now=now, actor=request.user),
        _("It has the date again that it had before."),
        slug,
    )


@crew_only
@require_http_methods(READ_OR_POST)
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for the reason; then cancels the show."""
    row = show_or_404(slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _asked(
            request,
            form,
            lambda now: services.cancel(show=slug, reason=form.reason, now=now, actor=request.user),
            _("Cancelled: its page and the calendars say so now."),
            row,
            "shows/studio/cancel.html",
        )
    return _form_page(request, form, row, "shows/studio/cancel.html")


@crew_only
@require_POST
def undo_cancellation(request: HttpRequest, slug: str) -> HttpResponse:
    return do(
        request,
        lambda now: services.undo_cancellation(show=slug, now=now, actor=request.user),
        _("It will be after all: its page and the calendars say so now."),
        slug,
    )


@crew_only
@require_http_methods(READ_OR_POST)
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once, then removes the show."""
    if request.method == "POST":
        return do(
            request,
            lambda now: services.remove_show(show=slug, now=now, actor=request.user),
            _("The show is gone."),
            slug,
            back=reverse("shows-studio:shows"),
        )
    return render(request, "shows/studio/remove.html", _context(show_or_404(slug)))


def do(
    request: HttpRequest, deed: Callable[[datetime], Any], said: str, slug: str, back: str = ""
) -> HttpResponse:
    """Do it and go back, to the show's page unless told otherwise, or show the one sentence why not."""
    row = show_or_404(slug)
    try:
        deed(timezone.now())
    except Refusal as refusal:
        context = _context(row) | {"sentence": str(refusal)}
        return render(request, "shows/studio/refused.html", context, status=409)
    messages.success(request, said)
    return HttpResponseRedirect(back or reverse("shows-studio:show", args=[slug]))


def show_or_404(slug: str) -> Show:
    found = selectors.shown(slug)
    if found is None:
        raise Http404
    return found


def _asked(
    request: HttpRequest,
    form: ReasonForm,
    deed: Callable[[datetime], Any],
    said: str,
    row: Show,
    template: str,
) -> HttpResponse:
    try:
        deed(timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, form, row, template, status=409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("shows-studio:show", args=[row.slug]))


def _form_page(
    request: HttpRequest, form: ReasonForm, row: Show, template: str, status: int = 400
) -> HttpResponse:
    context = _context(row) | {"form": form}
    return render(request, template, context, status=status if form.errors else 200)


def _context(row: Show) -> dict[str, Any]:
    return {"show": card(row, current_code(), timezone.now()), "hue": hue_of(row)}
