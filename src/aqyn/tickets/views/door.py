"""The door's own pages: the app that a device keeps, the list it takes along, and what it tells."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aqyn.shows import selectors as shows
from aqyn.tickets.models import Door
from aqyn.tickets.selectors.door import door_by, list_for, titled
from aqyn.tickets.sentences.door import DoorIsClosed, DoorRefusal, NoSuchDoor, NotUnderstood
from aqyn.tickets.services import doors as services
from aqyn.tickets.services.scans import take_scans
from aqyn.tickets.views.door_texts import door_texts
from aqyn.ui.languages import current_code
from aqyn.ui.refusal import Refusal

# What the door needs of the house's static files while there is no network.
KEPT = ("ui/css/base.css", "ui/css/hues.css", "ui/css/parts.css", "ui/js/theme.js", "tickets/door/door.css")
FOLDERS = ("tickets/door/", "tickets/qr/")

View = Callable[..., HttpResponse]


def _of_door(view: View) -> View:
    """The view with the door that the token opens. Nobody keeps the answer, no other site learns of it."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        door = door_by(token)
        if door is not None:
            answer = view(request, door)
        elif view.__name__ == "app":
            sentence = str(NoSuchDoor())
            answer = render(request, "ui/refused.html", {"sentence": sentence}, status=NoSuchDoor.status)
        else:
            answer = _refused(NoSuchDoor())
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return guarded


@require_safe
@_of_door
def app(request: HttpRequest, door: Door) -> HttpResponse:
    """The door: one page, kept by the device, which then needs no network."""
    if door.closed_at is not None:
        return render(
            request, "ui/refused.html", {"sentence": str(DoorIsClosed())}, status=DoorIsClosed.status
        )
    return _page(request, door)


def _page(request: HttpRequest, door: Door) -> HttpResponse:
    show = door.sale.show
    told = {
        "door": door,
        "hue": shows.hue_of(show),
        "show": titled(show, current_code()),
        "texts": door_texts(),
    }
    return render(request, "tickets/door/door.html", told)


@require_safe
@_of_door
def worker(request: HttpRequest, door: Door) -> HttpResponse:
    """The service worker: it lies beside the page, so that this door is all it sees.

    A device takes it anew when its bytes differ, and the page with it: so they tell of the page as well,
    which changes with the show and with the reader's language.
    """
    names = [name for name in sorted(settings.STATIC_FILES) if name.startswith(FOLDERS) or name in KEPT]
    page = hashlib.blake2b(_page(request, door).content, digest_size=6).hexdigest()
    kept = {"build": f"{settings.STATIC_BUILD}-{page}", "files": [static(name) for name in names]}
    script = (
        f"self.kept = {json.dumps(kept)};\nimportScripts({json.dumps(static('tickets/door/worker.js'))});\n"
    )
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@_of_door
def manifest(request: HttpRequest, door: Door) -> HttpResponse:
    """What a phone needs to keep the door on its home screen."""
    told = {
        "name": f"{door.name} · {titled(door.sale.show, current_code())}",
        "short_name": door.name,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#120c09",
        "theme_color": "#120c09",
        "icons": [{"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(
        told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@require_safe
@_of_door
def list_(request: HttpRequest, door: Door) -> HttpResponse:
    """The list, or 304 where the device has it as it is. A closed door is told so, by 410."""
    now = timezone.now()
    if door.closed_at is not None:
        return _refused(DoorIsClosed())
    services.seen(door=door, now=now)
    body = json.dumps(list_for(door, current_code(), now), ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    answer["ETag"] = etag
    return _timed(answer, now)


@require_POST
@_of_door
def scans(request: HttpRequest, door: Door) -> HttpResponse:
    """Keep what the device tells; it may drop what is answered as taken or refused."""
    now = timezone.now()
    try:
        told = take_scans(door=door, told=_body(request), language=current_code(), now=now)
    except DoorRefusal as refusal:
        return _refused(refusal)
    answer = {
        "taken": told.taken,
        "refused": told.refused,
        "sold": told.sold,
        "closed": door.closed_at is not None,
    }
    return _timed(JsonResponse(answer), now)


@require_POST
@_of_door
def stock(request: HttpRequest, door: Door) -> HttpResponse:
    """Make what the door has with it just what it asks for: {"counts": [[type, count], …]}."""
    now = timezone.now()
    try:
        counts = _counts(_body(request))
        services.take_along(door=door.pk, counts=counts, now=now)
    except DoorRefusal as refusal:
        return _refused(refusal)
    except Refusal as refusal:
        return JsonResponse({"why": str(refusal)}, status=409)
    return _timed(JsonResponse({}), now)


def _body(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error


def _counts(told: Any) -> dict[int, int]:
    pairs = told.get("counts") if isinstance(told, dict) else None
    if not isinstance(pairs, list):
        raise NotUnderstood
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(number) is int for number in pair)):
            raise NotUnderstood
        if not (0 <= pair[0] < 1 << 63 and 0 <= pair[1] < 100_000):
            raise NotUnderstood
    return dict(pairs)


def _timed(answer: HttpResponse, now: datetime) -> HttpResponse:
    """The house's time goes with it: the device sets its own by it."""
    answer["Aqyn-Now"] = str(round(now.timestamp() * 1000))
    return answer


def _refused(refusal: DoorRefusal) -> HttpResponse:
    return JsonResponse({"why": str(refusal)}, status=refusal.status)
