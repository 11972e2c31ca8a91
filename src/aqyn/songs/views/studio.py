"""The crew's desk: every song, and all that can be done with one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aqyn.people.access import crew_only
from aqyn.songs import selectors, services
from aqyn.songs.forms import KINDS, Facts, Sound
from aqyn.songs.selectors.desk import DeskSong
from aqyn.songs.selectors.recordings import desk_recordings
from aqyn.songs.sentences import Refusal, media_sentence
from aqyn.songs.views.deeds import desk_or_404, do
from aqyn.ui.context import origin


@crew_only
def songs(request: HttpRequest) -> HttpResponse:
    return render(
        request, "songs/studio/songs.html", {"songs": selectors.all_songs(), "jobs": selectors.jobs()}
    )


@crew_only
def song(request: HttpRequest, slug: str) -> HttpResponse:
    """A song with everything that is told of it, its lines in every layer, and its recordings."""
    desk = desk_or_404(slug)
    form = Facts.of(desk.facts, desk.hue)
    if request.method == "POST":
        form = Facts(request.POST, language=desk.facts.language)
        if form.is_valid():
            try:
                changed = services.change_facts(
                    song=slug, facts=form.facts(desk.facts), now=timezone.now(), actor=request.user
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Kept."))
                return HttpResponseRedirect(reverse("songs-studio:song", args=[changed.slug]))
    return song_page(request, desk, form=form, status=400 if form.errors else 200)


def song_page(
    request: HttpRequest,
    desk: DeskSong,
    *,
    form: Facts | None = None,
    sound: Sound | None = None,
    status: int = 200,
) -> HttpResponse:
    """The song's page with its forms as they stand: what is wrong with them is told there."""
    publication, recordings = desk.publication, desk_recordings(desk.recordings)
    playable = sorted((one for one in recordings if one.sources), key=lambda one: not one.preferred)
    context = {
        "song": desk,
        "form": form or Facts.of(desk.facts, desk.hue),
        "sound": sound or Sound(recordings=desk.recordings),
        "recordings": recordings,
        "heard": playable[0].id if playable else None,
        "timed": bool(playable and playable[0].timed),
        "kinds": KINDS,
        "jobs": [job | {"stop": _stop(job)} for job in selectors.song_jobs(desk.slug)],
        "heard_url": origin(request) + reverse("songs:heard", args=[publication.key]) if publication else "",
        "failure": media_sentence(desk.failed.error, desk.failed.details) if desk.failed else "",
    }
    return render(request, "songs/studio/song.html", context, status=status)


def _stop(job: dict[str, Any]) -> str:
    return reverse("songs-studio:cancel", args=[job["song"], job["id"]])


@crew_only
@require_POST
def reach(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft, by link or for all, as the button says."""
    wanted = request.POST.get("reach", "")
    if wanted == "draft":
        return do(
            request,
            lambda now: services.withdraw(song=slug, now=now, actor=request.user),
            _("It is a draft again; its old link opens nothing any more."),
            slug,
        )
    said = (
        _("Everybody can hear it now.") if wanted == "public" else _("Whoever has the link can hear it now.")
    )
    return do(
        request,
        lambda now: services.publish(song=slug, reach=wanted, now=now, actor=request.user),
        said,
        slug,
    )


@crew_only
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once, then removes the whole song."""
    desk = desk_or_404(slug)
    if request.method == "POST":
        services.remove_song(song=slug, now=timezone.now(), actor=request.user)
        messages.success(request, _("The song is gone."))
        return HttpResponseRedirect(reverse("songs-studio:songs"))
    return render(request, "songs/studio/remove.html", {"song": desk, "recording": None})
