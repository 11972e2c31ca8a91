"""What stands between a request and its view: whose page sent it, and in which language it is answered."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from aqyn.ui.pages import public_query

Answer = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Mail programs leave for their readers from no page at all (RFC 8058); the signed token in the path is proof.
# Music players ask from nowhere in particular, by POST too, and nothing there can be changed.
FROM_ANYWHERE = ("/leave/", "/rest/")


class SameOriginMiddleware:
    """Refuses what another site's page sends: forms carry no token, the browser's own word is asked.

    Sec-Fetch-Site where the browser sends it (https://www.w3.org/TR/fetch-metadata/), otherwise Origin or
    Referer must name this house. A request that names none of them is refused as well.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        proven = request.path_info.startswith(FROM_ANYWHERE)
        if request.method in SAFE_METHODS or proven or from_here(request):
            return self.get_response(request)
        text = _("This form was sent from another site, so nothing was changed.")
        return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")


def from_here(request: HttpRequest) -> bool:
    """Whether a page of this house sent it, by the browser's own word."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    named = request.headers.get("Origin") or request.headers.get("Referer")
    if not named or named == "null":
        return False
    try:
        parts = urlsplit(named)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}".lower() == f"{request.scheme}://{request.get_host()}".lower()


class LanguageMiddleware:
    """Chooses the interface's language: the path's, else the signed-in person's, else the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_path = language_in_path(request.path_info)
        language = (
            in_path or self._of_person(request) or negotiated(request.headers.get("Accept-Language", ""))
        )
        translation.activate(language)
        request.LANGUAGE_CODE = language
        try:
            response = self.get_response(request)
        finally:
            translation.deactivate()
        if _in_no_language(request, response):
            return response
        if not in_path and not hasattr(response, "path"):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response

    def _of_person(self, request: HttpRequest) -> str | None:
        # Only a request that carries the session's cookie may open the session: reading it sets Vary: Cookie.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        language = getattr(request.user, "language", None)
        return language if language in dict(settings.LANGUAGES) else None


def _in_no_language(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this is what a program reads, the same for everyone: a public page at an address without a
    language. Why there is none is still told in the reader's own."""
    match = request.resolver_match
    public = match is not None and public_query(match.func) is not None
    return public and response.status_code == 200 and language_in_path(request.path_info) is None


def language_in_path(path: str) -> str | None:
    """The interface language that `path` begins with, or None."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in dict(settings.LANGUAGES) else None


def negotiated(accept_language: str) -> str:
    """The language of the house that a browser asking with `accept_language` likes best (RFC 9110, 12.5.4).

    Kazakh in another script is asked for by its BCP 47 tag: `kk-Latn`, `kk-Arab`, or by a region that writes
    so (`kk-CN`).
    """
    asked: list[tuple[float, int, str]] = []
    for part in accept_language.lower().split(","):
        tag, _sep, parameter = part.strip().partition(";")
        weight = parameter.strip().removeprefix("q=")
        try:
            share = float(weight) if weight else 1.0
        except ValueError:
            continue
        if tag and share > 0:
            asked.append((-share, len(asked), tag.strip()))
    for _share, _order, tag in sorted(asked):
        if language := _language_for(tag):
            return language
    return settings.LANGUAGE_CODE


def _language_for(tag: str) -> str | None:
    parts = tag.split("-")
    if parts[0] == "kk":
        if "arab" in parts or "cn" in parts or "ir" in parts:
            return "kk-arab"
        return "kk-latn" if "latn" in parts else "kk"
    return parts[0] if parts[0] in dict(settings.LANGUAGES) else None
