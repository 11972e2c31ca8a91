"""The console: what the crew drives the hall with. All of it works as plain forms; a script makes it live."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aqyn.core.live.steering import Press, SteeringError, read_press
from aqyn.people.access import crew_only
from aqyn.songs.selectors.page import SECTION_LABELS
from aqyn.stage import services
from aqyn.stage.poster.codes import code, in_ascii, to_type
from aqyn.stage.selectors.console import Console, present
from aqyn.stage.selectors.console import console as console_of
from aqyn.stage.sentences import CannotPress, NoSuchShow, Refusal
from aqyn.ui.context import house, origin
from aqyn.ui.languages import TAGS, current_code

DARKNESS = {"dark": True, "light": False}
"""What the form's buttons for the dark stand for."""


class Phone(NamedTuple):
    """Where a phone comes in: the address, as it is typed, and its QR code."""

    address: str
    typed: str
    svg: SafeString


@crew_only
@require_safe
def console(request: HttpRequest, slug: str) -> HttpResponse:
    """Before the hall is open what tonight is; while it is open the console itself."""
    desk = _console_or_404(slug)
    if desk.performance is None:
        return render(request, "stage/console_before.html", {"desk": desk})
    now_ms = timezone.now().timestamp() * 1000
    context = {
        "desk": desk,
        "rehearsal": desk.performance.key if desk.performance.rehearsal else "",
        "phone": _phone(request, desk),
        "present": present(desk, wanted=house(request)["house"].wanted, now_ms=now_ms),
        "sections": SECTION_LABELS,
        "mine": desk.performance.wheel_key == _own_key(request, slug),
    }
    return render(request, "stage/console.html", context)


@crew_only
@require_POST
def open_hall(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the hall, or with `rehearsal` its rehearsal."""
    rehearsal = bool(request.POST.get("rehearsal"))
    said = _("The rehearsal is on.") if rehearsal else _("The hall is open.")
    return _do(
        request,
        slug,
        lambda now: services.open_hall(show=slug, rehearsal=rehearsal, actor=request.user, now=now),
        said,
    )


@crew_only
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once, then closes the hall or the rehearsal."""
    desk = _console_or_404(slug)
    rehearsal = desk.performance is not None and desk.performance.rehearsal
    if request.method == "POST":
        said = _("The rehearsal is closed.") if rehearsal else _("The hall is closed.")
        return _do(
            request, slug, lambda now: services.close_hall(show=slug, actor=request.user, now=now), said
        )
    if desk.performance is None:
        return HttpResponseRedirect(reverse("stage-studio:console", args=[slug]))
    return render(request, "stage/console_close.html", {"desk": desk})


@crew_only
@require_POST
def deed(request: HttpRequest, slug: str) -> HttpResponse:
    """What the console's form presses, done as by a console of this session's own; then back to the page."""
    now_ms = round(timezone.now().timestamp() * 1000)
    told: dict[str, Any] = {
        "show": slug,
        "person": request.user,
        "key": _own_key(request, slug),
        "number": now_ms,
        "at_ms": now_ms,
        "now_ms": now_ms,
    }
    do = request.POST.get("do", "")
    try:
        if do in services.WHEEL:
            services.turn_wheel(**told, do=do)
        else:
            services.press(**told, press=_press(request, do))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("stage-studio:console", args=[slug]))


def _press(request: HttpRequest, do: str) -> Press:
    """The deed that a button of the form stands for; one of the setlist's carries its entry."""
    told: dict[str, object] = {"do": do}
    if do in DARKNESS:
        told = {"do": "dark", "on": DARKNESS[do]}
    elif not do:
        entry = request.POST.get("entry", "")
        told = {"do": "choose", "entry": int(entry) if entry.isdecimal() else None}
    try:
        return read_press(told)
    except SteeringError as error:
        raise CannotPress(error.code) from None


def _do(request: HttpRequest, slug: str, deed: Callable[[datetime], Any], said: str) -> HttpResponse:
    """Do it and go to the console, or say there why not."""
    try:
        deed(timezone.now())
    except NoSuchShow:
        raise Http404 from None
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("stage-studio:console", args=[slug]))


def _console_or_404(slug: str) -> Console:
    found = console_of(slug, tag=TAGS[current_code()], now=timezone.now())
    if found is None:
        raise Http404
    return found


def _own_key(request: HttpRequest, slug: str) -> str:
    """The secret of the console that this session's forms are: the same as long as the session is."""
    digest = salted_hmac("aqyn.stage.console", f"{request.session.session_key} {slug}", algorithm="sha256")
    return urlsafe_b64encode(digest.digest()).decode("ascii").rstrip("=")


def _phone(request: HttpRequest, desk: Console) -> Phone:
    """Where a phone comes in, tonight or with the rehearsal's key."""
    address = in_ascii(origin(request)) + reverse("stage-plain:door", args=[desk.slug])
    if desk.performance is not None and desk.performance.rehearsal:
        address += f"?{urlencode({'rehearsal': desk.performance.key})}"
    # The code is drawn from numbers; its colours are the page's (panels.css).
    return Phone(address, to_type(address), mark_safe(code(address, colour="#000")["svg"]))  # noqa: S308
