"""What every view of the desk does: find the song or answer 404, do the deed or say why not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from aqyn.songs.models import Recording
from aqyn.songs.selectors.desk import DeskSong, desk_song
from aqyn.songs.sentences import Refusal


def do(request: HttpRequest, deed: Callable[[datetime], Any], said: str, slug: str) -> HttpResponse:
    """Do it and go back to the song's page, or show the one sentence why not, with an honest status."""
    try:
        deed(timezone.now())
    except Refusal as refusal:
        context = {"sentence": str(refusal), "slug": slug}
        return render(request, "songs/studio/refused.html", context, status=409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("songs-studio:song", args=[slug]))


def problem(status: int, title: str, **more: Any) -> JsonResponse:
    """One sentence for a script that asked (RFC 9457)."""
    said = {"title": title, "status": status, **more}
    return JsonResponse(said, status=status, content_type="application/problem+json")


def desk_or_404(slug: str) -> DeskSong:
    found = desk_song(slug)
    if found is None:
        raise Http404
    return found


def recording_or_404(slug: str, recording: int) -> Recording:
    """The recording, if it is one of this song's."""
    row = next((row for row in desk_or_404(slug).recordings if row.pk == recording), None)
    if row is None:
        raise Http404
    return row
