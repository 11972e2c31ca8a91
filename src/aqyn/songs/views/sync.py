"""The sync desk: when each word of a recording is sung."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aqyn.people.access import crew_only
from aqyn.songs import services
from aqyn.songs.models import Recording
from aqyn.songs.selectors.sync import SyncDesk, has_ear, recording_cues, sync_desk, waveform_levels
from aqyn.songs.sentences import (
    BadTimes,
    NoSuchRecording,
    Refusal,
    TimedElsewhere,
    TimesAreNoJson,
    TooManyTimes,
    media_sentence,
)
from aqyn.songs.services.timing import Change
from aqyn.songs.views.deeds import problem
from aqyn.ui.languages import current_code

MOST_KIB = 1024
"""What is sent at once: the times of the longest song, as they were and as they are to be."""


@crew_only
@require_safe
def sync(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """The desk itself. A recording without a waveform is prepared once more, unless that failed before."""
    desk = _desk_or_404(request, slug, recording)
    if not desk.drawn and desk.preparing is None and desk.failed is None:
        services.prepare_again(recording=recording, now=timezone.now(), actor=request.user)
        desk = _desk_or_404(request, slug, recording)
    failure = media_sentence(desk.failed.error, desk.failed.details) if desk.failed else ""
    return render(request, "songs/studio/sync.html", {"desk": desk, "failure": failure})


@crew_only
@require_safe
def waveform(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """One byte for each hundredth of a second."""
    levels = waveform_levels(slug, recording)
    if levels is None:
        return problem(404, _("This recording's waveform has not been drawn yet."))
    return HttpResponse(levels, content_type="application/octet-stream")


@crew_only
@require_http_methods(["GET", "HEAD", "POST"])
def cues(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """The recording's times by line and whether it has an `ear`, or, sent, the lines that changed to keep:
    `{"lines": {id: {"was": json | null, "now": json | null}}}`.

    Answers what is kept of them; 409 with what is there where they were changed meanwhile.
    """
    if request.method != "POST":
        there = recording_cues(slug, recording)
        if there is None:
            return problem(404, str(NoSuchRecording()))
        return JsonResponse({"lines": there, "ear": has_ear(recording)})
    try:
        if not Recording.objects.filter(pk=recording, song__slug=slug).exists():
            raise NoSuchRecording
        changes = _changes(request)
        lines = services.set_lines(recording=recording, lines=changes, now=timezone.now(), actor=request.user)
    except TimedElsewhere as refusal:
        return problem(409, str(refusal), lines=refusal.lines)
    except TooManyTimes as refusal:
        return problem(413, str(refusal))
    except (TimesAreNoJson, BadTimes) as refusal:
        return problem(400, str(refusal))
    except NoSuchRecording as refusal:
        return problem(404, str(refusal))
    except Refusal as refusal:
        return problem(409, str(refusal))
    return JsonResponse({"lines": lines})


def _desk_or_404(request: HttpRequest, slug: str, recording: int) -> SyncDesk:
    desk = sync_desk(slug, recording, code=current_code(), layer=request.GET.get("layer", ""))
    if desk is None:
        raise Http404
    return desk


def _changes(request: HttpRequest) -> dict[str, Change]:
    if int(request.headers.get("Content-Length") or 0) > MOST_KIB << 10:
        raise TooManyTimes(most=MOST_KIB)
    try:
        lines = json.loads(request.body)["lines"]
        return {str(line): Change(change["was"], change["now"]) for line, change in lines.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise TimesAreNoJson from None
