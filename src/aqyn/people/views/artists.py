"""The artists in the studio."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.people import selectors, services
from aqyn.people.access import crew_only, owner_only
from aqyn.people.errors import Refused
from aqyn.people.forms import ArtistForm
from aqyn.people.models import Artist

READ_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@crew_only
def artists(request: HttpRequest) -> HttpResponse:
    """All artists of the house."""
    return render(request, "people/artists.html", {"artists": selectors.artists()})


@require_http_methods(READ_OR_POST)
@crew_only
def add(request: HttpRequest) -> HttpResponse:
    form = ArtistForm(request.POST or None)
    if form.is_bound and form.is_valid():
        artist = services.make_artist(**form.values())
        messages.success(request, _("%(name)s is in the house.") % {"name": artist})
        return redirect("people-studio:artists")
    return _form_page(request, form, None)


@require_http_methods(READ_OR_POST)
@crew_only
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    artist = _artist(slug)
    form = ArtistForm(request.POST or None, artist=artist)
    if form.is_bound and form.is_valid():
        services.change_artist(artist, **form.values())
        messages.success(request, _("Kept. The public page shows it now."))
        return redirect("people-studio:artist", slug=slug)
    return _form_page(request, form, artist)


@require_POST
@owner_only
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove an artist for good, once the box was ticked that says so."""
    artist = _artist(slug)
    if "sure" not in request.POST:
        messages.error(request, _("Nothing was removed: tick the box that it cannot be undone."))
        return redirect("people-studio:artist", slug=slug)
    try:
        services.remove_artist(artist)
    except Refused as problem:
        messages.error(request, problem.sentence)
        return redirect("people-studio:artist", slug=slug)
    messages.success(request, _("%(name)s is removed.") % {"name": artist})
    return redirect("people-studio:artists")


def _form_page(request: HttpRequest, form: ArtistForm, artist: Artist | None) -> HttpResponse:
    hue = form["hue"].value()
    shown = int(hue) if str(hue).isdecimal() and int(hue) < 360 else 28
    context = {"form": form, "artist": artist, "hue": shown}
    return render(request, "people/artist_form.html", context, status=422 if form.is_bound else 200)


def _artist(slug: str) -> Artist:
    artist = selectors.artist(slug)
    if artist is None:
        raise Http404
    return artist
