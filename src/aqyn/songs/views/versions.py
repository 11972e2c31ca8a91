"""The versions of a song's words: all of them, the difference between any two, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aqyn.core.lyrics.difference import difference as told
from aqyn.core.script import direction
from aqyn.people.access import crew_only
from aqyn.songs import services
from aqyn.songs.models import Song
from aqyn.songs.selectors.writing import changed_lines, kept_text, open_text, version_numbers, version_text
from aqyn.songs.selectors.writing import versions as versions_of
from aqyn.songs.sentences import Refusal

KEPT, WRITTEN = "kept", "written"
"""What may be compared beside the numbers of versions: the song's words, and those that are being written."""


@crew_only
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, the newest first."""
    song = _song(slug)
    rows, page = versions_of(song, request.GET.get("page", "1"))
    context = _about(song) | {"versions": rows, "list": page}
    return render(request, "songs/studio/versions.html", context)


@crew_only
def difference(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from one text to another: `?from=1&to=3`, each a number, "kept" or "written"."""
    song = _song(slug)
    before, after = request.GET.get("from", KEPT), request.GET.get("to", WRITTEN)
    texts = [_text(song, which) for which in (before, after)]
    context = _about(song) | {
        "before": before,
        "after": after,
        "changes": told(*texts),
        "changed": changed_lines(*texts),
    }
    return render(request, "songs/studio/difference.html", context)


@crew_only
@require_POST
def back(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Make an older version the song's words again."""
    song = _song(slug)
    try:
        now = services.go_back(song=slug, version=version, now=timezone.now(), actor=request.user)
    except Refusal as refusal:
        context = {"sentence": str(refusal), "slug": song.slug}
        return render(request, "songs/studio/refused.html", context, status=409)
    messages.success(
        request,
        _("The words of version %(old)s are the song's again, as version %(new)s.")
        % {"old": version, "new": now.number},
    )
    return HttpResponseRedirect(reverse("songs-studio:versions", args=[slug]))


def _song(slug: str) -> Song:
    return get_object_or_404(Song.objects.select_related("artist"), slug=slug)


def _about(song: Song) -> dict[str, object]:
    return {
        "song": song,
        "hue": song.artist.hue if song.hue is None else song.hue,
        "numbers": version_numbers(song),
        "there": open_text(song),
        "dir": direction(song.language),
    }


def _text(song: Song, which: str) -> str:
    if which == KEPT:
        return kept_text(song)
    if which == WRITTEN:
        return open_text(song).text
    found = version_text(song, int(which)) if which.isascii() and which.isdigit() and len(which) < 9 else None
    if found is None:
        raise Http404
    return found
