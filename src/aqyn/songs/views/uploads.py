"""Resumable uploads by the tus protocol, version 1.0.0, with its extensions creation, termination and
expiration (https://tus.io/protocols/resumable-upload).

What does not go is told as `application/problem+json` with one sentence.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable
from typing import IO, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from aqyn import media
from aqyn.songs import services
from aqyn.songs.sentences import BadUpload, NoSuchRecording, NoSuchSong, Refusal, media_sentence
from aqyn.songs.services.recordings import OF_THE_HOUSE, media_limits
from aqyn.songs.services.uploads import Arrived
from aqyn.songs.views.deeds import problem
from aqyn.ui.access import never_stored
from aqyn.ui.context import origin

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
PIECE_TYPE = "application/offset+octet-stream"
LARGEST_NUMBER = 18
"""Digits that a length or an offset may have."""


def uploads(request: HttpRequest, slug: str) -> HttpResponse:
    """OPTIONS says what is spoken here; POST begins an upload and answers where its pieces go."""
    return _spoken(request, {"POST": lambda: _begin(request, slug)})


def upload(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """HEAD says how much has arrived, PATCH brings the next piece, DELETE forgets it all."""
    deeds = {
        "HEAD": lambda: _state(slug, key),
        "PATCH": lambda: _piece(request, slug, key),
        "DELETE": lambda: _stop(request, slug, key),
    }
    return _spoken(request, deeds)


def _spoken(request: HttpRequest, deeds: dict[str, Callable[[], HttpResponse]]) -> HttpResponse:
    """The answer to one request of the protocol, with the headers that every answer carries."""
    method = request.method or ""
    if method == "POST":
        # For whoever has a proxy before him that lets nothing else through.
        method = request.headers.get("X-HTTP-Method-Override", method).upper()
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
        answer["Tus-Version"] = VERSION
        answer["Tus-Extension"] = EXTENSIONS
        answer["Tus-Max-Size"] = str(media_limits()["max_bytes"])
    elif not request.user.is_authenticated:
        answer = problem(401, _("Sign in again, then go on: what has arrived stays for a day."))
    elif request.headers.get("Tus-Resumable") != VERSION:
        answer = problem(412, _("This house speaks tus 1.0.0 and nothing else."))
        answer["Tus-Version"] = VERSION
    elif method not in deeds:
        answer = problem(405, _("This cannot be done here."))
        answer["Allow"] = ", ".join([*deeds, "OPTIONS"])
    else:
        answer = _done_or_told(deeds[method])
    answer["Tus-Resumable"] = VERSION
    never_stored(answer)
    return answer


def _done_or_told(deed: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return deed()
    except media.MediaError as error:
        return problem(507 if error.code in OF_THE_HOUSE else 422, media_sentence(error.code, error.details))
    except (NoSuchSong, NoSuchRecording) as refusal:
        return problem(404, str(refusal))
    except Refusal as refusal:
        return problem(getattr(refusal, "status", 422), str(refusal))


def _begin(request: HttpRequest, slug: str) -> HttpResponse:
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    replaces = told.get("replaces", "")
    arrived = services.begin_upload(
        song=slug,
        length=_number(request, "Upload-Length"),
        filename=told.get("filename", ""),
        kind=told.get("kind") or "studio",
        name=told.get("name", ""),
        replaces=_whole(replaces) if replaces else None,
        now=timezone.now(),
        actor=request.user,
    )
    answer = _told(arrived, 201)
    answer["Location"] = origin(request) + reverse("songs-studio:upload", args=[slug, arrived.key])
    return answer


def _state(slug: str, key: str) -> HttpResponse:
    arrived = services.upload_state(song=slug, key=key, now=timezone.now())
    answer = _told(arrived, 200)
    answer["Upload-Length"] = str(arrived.bytes)
    return answer


def _piece(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    if request.content_type != PIECE_TYPE:
        return problem(415, _("A piece of a file is sent as application/offset+octet-stream."))
    arrived = services.take_piece(
        song=slug,
        key=key,
        offset=_number(request, "Upload-Offset"),
        piece=cast(IO[bytes], request),
        now=timezone.now(),
        actor=request.user,
    )
    answer = _told(arrived, 204)
    if arrived.recording is not None:
        answer["Aqyn-Recording"] = str(arrived.recording.pk)
    return answer


def _stop(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    services.stop_upload(song=slug, key=key, now=timezone.now(), actor=request.user)
    return HttpResponse(status=204)


def _told(arrived: Arrived, status: int) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer["Upload-Offset"] = str(arrived.offset)
    answer["Upload-Expires"] = http_date(arrived.expires.timestamp())
    return answer


def _metadata(header: str) -> dict[str, str]:
    """Upload-Metadata: pairs of a key and its value in Base64, with commas between them."""
    told: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _space, value = pair.partition(" ")
        try:
            told[name] = b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, ValueError):
            raise BadUpload from None
    return told


def _number(request: HttpRequest, header: str) -> int:
    return _whole(request.headers.get(header, ""))


def _whole(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) <= LARGEST_NUMBER):
        raise BadUpload
    return int(said)
