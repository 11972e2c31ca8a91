"""The crew's desk: every show, and all that is told of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aqyn.people import selectors as people
from aqyn.people.access import crew_only
from aqyn.shows import facts, selectors, services
from aqyn.shows.forms import ShowForm
from aqyn.shows.models import Show
from aqyn.shows.selectors.page import wave_of
from aqyn.shows.selectors.written import card, hue_of
from aqyn.shows.sentences import Refusal
from aqyn.shows.views import public
from aqyn.shows.views.deeds import READ_OR_POST, show_or_404
from aqyn.ui.context import origin
from aqyn.ui.languages import current_code
from aqyn.ui.templatetags.aqyn import said_text


@crew_only
@require_safe
def shows(request: HttpRequest) -> HttpResponse:
    """Every show by what is to be done with it: those to come, drafts without a date among them, and past
    ones."""
    now, found = timezone.now(), selectors.all_shows()
    context = {
        "groups": [
            (heading, [card(show, current_code(), now) for show in part])
            for heading, part in (
                (_("To come"), selectors.coming(found, now)),
                (_("Past"), selectors.gone(found, now)),
            )
            if part
        ],
        "tours": [(tour, len(selectors.shows_of_tour(tour, drafts=True))) for tour in selectors.tours()],
        "several": len(people.artists()) > 1,
    }
    return render(request, "shows/studio/shows.html", context)


@crew_only
@require_http_methods(READ_OR_POST)
def new(request: HttpRequest) -> HttpResponse:
    """A new show, a draft."""
    artists = people.artists()
    if not artists:
        messages.info(request, _("Add the artist first: a show is somebody's."))
        return HttpResponseRedirect(reverse("people-studio:add-artist"))
    initial = {"hue": artists[0].hue, "time_zone": _usual_zone()}
    form = ShowForm(request.POST if request.method == "POST" else None, initial=initial, **_lists())
    if request.method == "POST" and form.is_valid():
        artist = next(one for one in artists if one.slug == form.cleaned_data["artist"])
        try:
            made = services.make_show(
                artist=artist.slug, facts=form.facts(artist.hue), now=timezone.now(), actor=request.user
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The show is a draft: nobody else sees it yet."))
            return HttpResponseRedirect(reverse("shows-studio:show", args=[made.slug]))
    context = {"form": form, "zones": facts.zones(), "hue": artists[0].hue, "wave": wave_of(artists[0].slug)}
    return render(request, "shows/studio/new.html", context, status=400 if form.errors else 200)


@crew_only
@require_http_methods(READ_OR_POST)
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A show with everything that is told of it, how it stands, and what can be done."""
    row = show_or_404(slug)
    form = ShowForm.of(row, hue_of(row), **_lists(row))
    if request.method == "POST":
        form = ShowForm(request.POST, before=row, acts=len(row.acts.all()), **_lists(row))
        if form.is_valid():
            try:
                changed = services.change_show(
                    show=slug, facts=form.facts(row.artist.hue), now=timezone.now(), actor=request.user
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Kept."))
                return HttpResponseRedirect(reverse("shows-studio:show", args=[changed.slug]))
    context = {
        "row": row,
        "show": card(row, current_code(), timezone.now()),
        "form": form,
        "zones": facts.zones(),
        "wave": wave_of(row.artist.slug),
        "address": f"{origin(request)}/{current_code()}/shows/{row.slug}/",
        "calendar": origin(request) + reverse("shows-plain:calendar", args=[row.slug]),
    }
    return render(request, "shows/studio/show.html", context, status=400 if form.errors else 200)


@crew_only
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The show's page as it will be, for the crew, whatever its state; followed by no search engine."""
    answer = public.page(request, show_or_404(slug))
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _lists(row: Show | None = None) -> dict[str, Any]:
    """What may be chosen from: the artists, and the tours, of this show's artist where there is one."""
    found = selectors.tours(row.artist.slug if row else "")
    return {
        "artists": [(artist.slug, said_text(artist.name)) for artist in people.artists()],
        "tours": [(tour.slug, said_text(tour.name)) for tour in found],
    }


def _usual_zone() -> str:
    """The time zone of the show that was told last."""
    last = max(selectors.all_shows(), key=lambda show: show.changed_at, default=None)
    return last.time_zone if last else facts.USUAL_ZONE
