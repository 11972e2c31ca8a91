"""The crew's desk: tours."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aqyn.people import selectors as people
from aqyn.people.access import crew_only
from aqyn.shows import selectors, services
from aqyn.shows.forms import TourForm
from aqyn.shows.selectors.written import card
from aqyn.shows.sentences import Refusal
from aqyn.shows.views.deeds import READ_OR_POST
from aqyn.ui.languages import current_code
from aqyn.ui.templatetags.aqyn import said_text


@crew_only
@require_http_methods(READ_OR_POST)
def new(request: HttpRequest) -> HttpResponse:
    artists = [(artist.slug, said_text(artist.name)) for artist in people.artists()]
    if not artists:
        messages.info(request, _("Add the artist first: a tour is somebody's."))
        return HttpResponseRedirect(reverse("people-studio:add-artist"))
    form = TourForm(request.POST if request.method == "POST" else None, artists=artists)
    if request.method == "POST" and form.is_valid():
        try:
            tour = services.make_tour(
                artist=form.cleaned_data["artist"], name=form.name({}), now=timezone.now(), actor=request.user
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The tour is here. Choose it on the page of each of its shows."))
            return HttpResponseRedirect(reverse("shows-studio:tour", args=[tour.slug]))
    return render(request, "shows/studio/tour.html", {"form": form}, status=400 if form.errors else 200)


@crew_only
@require_http_methods(READ_OR_POST)
def tour(request: HttpRequest, slug: str) -> HttpResponse:
    """A tour's name, and its shows in any state."""
    row = selectors.tour(slug)
    if row is None:
        raise Http404
    initial = {f"name.{'kk-Cyrl' if tag == 'kk' else tag}": text for tag, text in row.name.items()}
    form = TourForm(request.POST if request.method == "POST" else None, initial=initial | {"slug": row.slug})
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_tour(
                tour=slug,
                name=form.name(row.name),
                slug=form.cleaned_data["slug"],
                now=timezone.now(),
                actor=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return HttpResponseRedirect(reverse("shows-studio:tour", args=[changed.slug]))
    now = timezone.now()
    shows = selectors.shows_of_tour(row, drafts=True)
    context = {
        "tour": row,
        "form": form,
        "shows": [card(show, current_code(), now) for show in shows],
        "public": row in selectors.public_tours(),
    }
    return render(request, "shows/studio/tour.html", context, status=400 if form.errors else 200)


@crew_only
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove the tour, once the box was ticked that says it cannot be undone; its shows stay."""
    if selectors.tour(slug) is None:
        raise Http404
    if "sure" not in request.POST:
        messages.error(request, _("Nothing was removed: tick the box that it cannot be undone."))
        return HttpResponseRedirect(reverse("shows-studio:tour", args=[slug]))
    services.remove_tour(tour=slug, now=timezone.now(), actor=request.user)
    messages.success(request, _("The tour is gone; its shows are still here."))
    return HttpResponseRedirect(reverse("shows-studio:shows"))
