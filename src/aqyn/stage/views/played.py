"""What was really played: the crew's list with its times, to be corrected and published; the public page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aqyn.people.access import crew_only
from aqyn.shows import selectors as shows
from aqyn.shows.selectors.page import wave_of
from aqyn.songs import selectors as songs
from aqyn.stage import services
from aqyn.stage.selectors.played import (
    Evening,
    PlayedRow,
    evenings,
    played_json_ld,
    played_snapshot,
    public_evenings,
)
from aqyn.stage.selectors.setlist import QUIET
from aqyn.stage.sentences import NoSuchPlayed, NothingToUndo, Refusal
from aqyn.stage.views.undoing import keep_undo, take_undo, undo_of
from aqyn.ui.context import origin
from aqyn.ui.languages import TAGS, current_code
from aqyn.ui.pages import public_page

KIND = "played"


@public_page
@require_safe
def played(request: HttpRequest, slug: str) -> HttpResponse:
    """The setlist of an evening for everyone, once it is published."""
    show = shows.public_show(slug)
    listed = public_evenings(show, TAGS[current_code()]) if show is not None else []
    if show is None or not listed:
        raise Http404
    context = {
        "show": show,
        "hue": shows.hue_of(show),
        "evenings": listed,
        "wave": wave_of(show.artist.slug),
        "json_ld": played_json_ld(show, listed, code=current_code(), origin=origin(request)),
    }
    return render(request, "stage/played.html", context)


@crew_only
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Every evening of the show with its list."""
    return _page(request, _show_or_404(slug))


@crew_only
@require_POST
def add(request: HttpRequest, slug: str, evening: int) -> HttpResponse:
    """A song, or something else by its title in the language of the page."""
    song, title = request.POST.get("song", ""), request.POST.get("title", "")

    def deed(now: datetime) -> None:
        services.add_played(
            performance=evening,
            song=song,
            title={} if song else {TAGS[current_code()]: title},
            now=now,
            actor=request.user,
        )

    return _do(request, slug, evening, deed, _("Added at the end"))


@crew_only
@require_POST
def move(request: HttpRequest, slug: str, evening: int, row: int) -> HttpResponse:
    """One place up or down, as the button says."""

    def deed(now: datetime) -> None:
        number = _row(slug, evening, row).number
        to = number - 2 if request.POST.get("where") == "up" else number
        services.move_played(played=row, to=to, now=now, actor=request.user)

    return _do(request, slug, evening, deed, _("Moved"))


@crew_only
@require_POST
def mark(request: HttpRequest, slug: str, evening: int, row: int) -> HttpResponse:
    """An encore or none, as the button says."""
    encore = request.POST.get("encore") == "yes"

    def deed(now: datetime) -> None:
        services.mark_played(played=_row(slug, evening, row).id, encore=encore, now=now, actor=request.user)

    return _do(request, slug, evening, deed, _("Marked"))


@crew_only
@require_POST
def remove(request: HttpRequest, slug: str, evening: int, row: int) -> HttpResponse:
    def deed(now: datetime) -> None:
        services.remove_played(played=_row(slug, evening, row).id, now=now, actor=request.user)

    return _do(request, slug, evening, deed, _("Taken off"))


@crew_only
@require_POST
def reach(request: HttpRequest, slug: str, evening: int) -> HttpResponse:
    """For everyone or for the crew alone, as the button says; the other button undoes it."""
    change = services.publish_setlist if request.POST.get("reach") == "public" else services.withdraw_setlist

    def deed(now: datetime) -> None:
        change(performance=evening, now=now, actor=request.user)

    return _do(request, slug, evening, deed, "")


@crew_only
@require_POST
def undo(request: HttpRequest, slug: str, evening: int) -> HttpResponse:
    """The last change of this list by this browser, taken back."""
    _evening_or_404(slug, evening)
    last = take_undo(request, KIND, str(evening))
    try:
        if last is None:
            raise NothingToUndo
        services.restore_played(
            performance=evening,
            before=last["before"],
            after=last["after"],
            now=timezone.now(),
            actor=request.user,
        )
    except Refusal as refusal:
        return _page(request, _show_or_404(slug), fault=str(refusal), status=409)
    return HttpResponseRedirect(reverse("stage-studio:played", args=[slug]))


def _do(
    request: HttpRequest, slug: str, evening: int, deed: Callable[[datetime], None], said: str
) -> HttpResponse:
    """Do it and go back to the page, or show it with the one sentence why not."""
    _evening_or_404(slug, evening)
    before = played_snapshot(evening)
    try:
        deed(timezone.now())
    except Refusal as refusal:
        return _page(request, _show_or_404(slug), fault=str(refusal), status=409)
    keep_undo(request, KIND, str(evening), said=said, before=before, after=played_snapshot(evening))
    return HttpResponseRedirect(reverse("stage-studio:played", args=[slug]))


def _page(request: HttpRequest, show: Any, *, fault: str = "", status: int = 200) -> HttpResponse:
    listed = evenings(show, TAGS[current_code()])
    context = {
        "show": show,
        "hue": shows.hue_of(show),
        "evenings": [(one, undo_of(request, KIND, str(one.id))) for one in listed],
        "songs": songs.all_songs() if listed else [],
        "quiet": QUIET,
        "fault": fault,
    }
    return render(request, "stage/studio/played.html", context, status=status)


def _row(slug: str, evening: int, row: int) -> PlayedRow:
    """The row, if it stands on the list of this evening. Raises NoSuchPlayed."""
    found = next((one for one in _evening_or_404(slug, evening).rows if one.id == row), None)
    if found is None:
        raise NoSuchPlayed
    return found


def _show_or_404(slug: str) -> Any:
    show = shows.shown(slug)
    if show is None:
        raise Http404
    return show


def _evening_or_404(slug: str, evening: int) -> Evening:
    """The evening, if it is one of this show's."""
    found = evenings(_show_or_404(slug), TAGS[current_code()])
    one = next((one for one in found if one.id == evening), None)
    if one is None:
        raise Http404
    return one
