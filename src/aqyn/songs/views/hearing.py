"""The house hears a recording's words, all or some of them anew; and what it has learnt."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aqyn import media
from aqyn.people.access import crew_only
from aqyn.songs import services
from aqyn.songs.models import Recording
from aqyn.songs.selectors.sync import heard_state, last_hearing
from aqyn.songs.selectors.voices import learnt_voices
from aqyn.songs.sentences import (
    NoSuchEar,
    NoSuchRecording,
    Refusal,
    TimesAreNoJson,
    TooManyTimes,
    media_sentence,
)
from aqyn.songs.views.deeds import problem
from aqyn.songs.views.sync import MOST_KIB


@crew_only
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """Where the hearing stands; or, sent, begin one. `{"all": true}`: what a person has timed, too;
    `{"ear": name}`: with another ear than the house's own."""
    if not _is_there(slug, recording):
        return problem(404, str(NoSuchRecording()))
    if request.method == "POST":
        try:
            told = _json(request)
            everything = told.get("all") is True
            ear = str(told.get("ear") or "")
            services.ask_to_hear(
                recording=recording, everything=everything, ear=ear, now=timezone.now(), actor=request.user
            )
        except NoSuchEar as refusal:
            return problem(400, str(refusal))
        except Refusal as refusal:
            return problem(409, str(refusal))
    status = 202 if request.method == "POST" else 200
    return JsonResponse({"hearing": heard_state(last_hearing(recording))}, status=status)


@crew_only
@require_POST
def cancel(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """Stop listening; whatever was there stays."""
    last = last_hearing(recording) if _is_there(slug, recording) else None
    if last is None:
        return problem(404, str(NoSuchRecording()))
    services.cancel_preparation(preparation=last.pk, now=timezone.now(), actor=request.user)
    return JsonResponse({"hearing": heard_state(last_hearing(recording))})


@crew_only
@require_POST
def again(request: HttpRequest, slug: str, recording: int) -> HttpResponse:
    """Some lines heard again, where the others are as they are sent: `{"cues": {id: json}, "lines": [id]}`.

    Answers their times; nothing is kept of it.
    """
    if not _is_there(slug, recording):
        return problem(404, str(NoSuchRecording()))
    try:
        told = _json(request)
        cues, lines = told.get("cues"), told.get("lines")
        if not isinstance(cues, dict) or not isinstance(lines, list):
            raise TimesAreNoJson
        heard = services.hear_lines(recording=recording, cues=cues, lines=[str(line) for line in lines])
    except TooManyTimes as refusal:
        return problem(413, str(refusal))
    except TimesAreNoJson as refusal:
        return problem(400, str(refusal))
    except Refusal as refusal:
        return problem(409, str(refusal))
    except media.MediaError as error:
        return problem(409, media_sentence(error.code, error.details))
    return JsonResponse({"lines": heard})


@crew_only
def voices(request: HttpRequest) -> HttpResponse:
    """What was learnt of each singer's voice, and from which songs."""
    return render(request, "songs/studio/voices.html", {"singers": learnt_voices()})


@crew_only
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget what one recording taught, or all that was learnt of a singer."""
    said = request.POST.get("recording", "")
    services.forget_voice(
        recording=int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None,
        artist=request.POST.get("artist", ""),
        now=timezone.now(),
        actor=request.user,
    )
    messages.success(request, _("Forgotten."))
    return HttpResponseRedirect(reverse("songs-studio:voices"))


def _is_there(slug: str, recording: int) -> bool:
    return Recording.objects.filter(pk=recording, song__slug=slug).exists()


def _json(request: HttpRequest) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > MOST_KIB << 10:
        raise TooManyTimes(most=MOST_KIB)
    try:
        told = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise TimesAreNoJson from None
    if not isinstance(told, dict):
        raise TimesAreNoJson
    return told
