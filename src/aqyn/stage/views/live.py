"""What a guest opens in the hall: the phone's page and the captions. What is sung comes afterwards."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from aqyn.shows import selectors as shows
from aqyn.stage.selectors.hall import hall_page, part_labels
from aqyn.stage.views.unkept import unkept
from aqyn.ui.languages import TAGS, current_code
from aqyn.ui.pages import public_page

_SHARED = (
    "songs/score.js",
    "stage/live/position.js",
    "stage/live/clock.js",
    "stage/live/link.js",
    "stage/live/song.js",
    "stage/live/setlist.js",
    "stage/live/follower.js",
    "stage/hall/live.js",
    "stage/hall/view.js",
    "stage/hall/texts.js",
    "stage/hall/views.js",
    "stage/hall/notice.js",
    "stage/hall/signal.js",
    "stage/hall/dark.js",
    "stage/hall/choice.js",
    "stage/hall/sizes.js",
    "stage/hall/course.js",
    "songs/rows.js",
    "stage/hall/fit.js",
    "songs/awake.js",
    "stage/hall/awake.js",
)
MODULES = {
    "stage/live.html": (
        *_SHARED,
        "songs/light.js",
        "stage/hall/lines.js",
        "stage/hall/rise.js",
    ),
    "stage/captions.html": (*_SHARED, "stage/captions/lines.js", "stage/captions/looks.js"),
}
"""What each page's main module brings in, so that the browser asks for all of it at once."""


@public_page
@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """The hall on a phone: one page for every guest of an announced show, before, during and after it."""
    return _page(request, slug, "stage/live.html")


@public_page
@require_safe
def captions(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for those who do not hear it."""
    return _page(request, slug, "stage/captions.html")


@require_safe
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """The short address on the poster: on to the phone's page in the reader's language."""
    rehearsal = request.GET.get("rehearsal", "")
    if hall_page(slug, tag=TAGS[current_code()], rehearsal=rehearsal) is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    answer = HttpResponseRedirect(reverse("stage:live", args=[slug]) + (f"?{query}" if query else ""))
    patch_vary_headers(answer, ("Accept-Language",))
    answer["Cache-Control"] = "no-store"
    return answer


def doors(show: Any) -> dict[str, str] | None:
    """The ways into the hall, for the slot `show.aside`; None where there will be no evening, or was one."""
    if shows.state_of(show, timezone.now()) not in ("announced", "postponed"):
        return None
    return {"slug": show.slug}


def _page(request: HttpRequest, slug: str, template: str) -> HttpResponse:
    rehearsal = request.GET.get("rehearsal", "")
    show = hall_page(slug, tag=TAGS[current_code()], rehearsal=rehearsal)
    if show is None:
        raise Http404
    told = {"show": show, "modules": MODULES[template], "labels": part_labels()}
    answer = render(request, template, told)
    return unkept(answer) if rehearsal else answer
