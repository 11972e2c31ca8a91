"""Who may open a page of the studio: `@crew_only`, `@owner_only`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from aqyn.people import services

View = Callable[..., HttpResponseBase]


def crew_only(view: View) -> View:
    """The view for those who are signed in; others are sent to sign in and then back. Never stored."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return never_stored(_to_sign_in(request))
        services.note_seen(request, now=timezone.now())
        return never_stored(view(request, *args, **kwargs))

    return guarded


def owner_only(view: View) -> View:
    """The view for owners; crew get a 403 that says so. Never stored."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not getattr(request.user, "is_owner", False):
            return refused(request)
        return view(request, *args, **kwargs)

    return crew_only(guarded)


def refused(request: HttpRequest) -> HttpResponse:
    """403 with the sentence for crew on an owner's page."""
    sentence = _("This page is for the owner of the house. Ask her, or sign in as an owner.")
    return render(request, "people/refused.html", {"sentence": sentence}, status=403)


def never_stored(answer: HttpResponseBase) -> HttpResponseBase:
    """The answer, with `Cache-Control: no-store`."""
    del answer["Cache-Control"]
    patch_cache_control(answer, no_store=True)
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
