"""Who may open a page of the studio: `@crew_only`, `@owner_only`, for every app (`people.access` says them
again)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]

studio_opened = Signal()
"""Sent with `request` before a page of the studio is shown to someone who is signed in."""


def crew_only(view: View) -> View:
    """The view for those who are signed in; others are sent to sign in and then back. Never stored."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return never_stored(_to_sign_in(request))
        studio_opened.send(sender=None, request=request)
        return never_stored(view(request, *args, **kwargs))

    return guarded


def owner_only(view: View) -> View:
    """The view for owners; crew get a 403 that says so. Never stored."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_owner(request) else refused(request)

    return crew_only(guarded)


def is_owner(request: HttpRequest) -> bool:
    """Whether an owner is asking: for links that only owners see."""
    return bool(getattr(request.user, "is_owner", False))


def refused(request: HttpRequest) -> HttpResponse:
    """403 with the sentence for crew on an owner's page."""
    sentence = _("This page is for the owner of the house. Ask the owner, or sign in as one.")
    return render(request, "ui/refused.html", {"sentence": sentence}, status=403)


def never_stored(answer: HttpResponseBase) -> HttpResponseBase:
    """The answer, with `Cache-Control: no-store` and nothing beside it."""
    answer["Cache-Control"] = "no-store"
    return answer


def safe_next(target: str | None, default: str = "/studio/") -> str:
    """A path of this house to go to after signing in; anything else becomes `default`."""
    if target and target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return default


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    # A form that was sent while signed out cannot be sent again by a redirect: begin at the studio's door.
    target = request.get_full_path() if request.method in ("GET", "HEAD") else "/studio/"
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': target})}")
