"""The big screen of a hall: a page that nobody touches, for a projector or a video mixer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aqyn.shows import selectors as shows
from aqyn.stage.poster.codes import code
from aqyn.stage.screen.settings import NAMES, read_settings
from aqyn.stage.selectors.hall import hall_page
from aqyn.stage.selectors.setlist import entry_of, may_be_read, opened_by
from aqyn.stage.selectors.words import words_json
from aqyn.stage.sentences import Refusal
from aqyn.stage.views.unkept import unkept
from aqyn.ui.languages import TAGS, current_code
from aqyn.ui.pages import public_page

MODULES = (
    "songs/score.js",
    "songs/rows.js",
    "songs/light.js",
    "songs/teeth.js",
    "songs/awake.js",
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
    "stage/hall/dark.js",
    "stage/hall/lines.js",
    "stage/hall/course.js",
    "stage/hall/fit.js",
    "stage/hall/rise.js",
    "stage/screen/layers.js",
    "stage/screen/room.js",
    "stage/screen/teeth.js",
    "stage/screen/signal.js",
    "stage/screen/cause.js",
)
"""What the screen's main module brings in, so that the browser asks for all of it at once."""


@public_page(query=NAMES)
@require_safe
def screen(request: HttpRequest, slug: str) -> HttpResponse:
    """The screen of an announced show, or with its key of a rehearsal, as the query sets it."""
    rehearsal = request.GET.get("rehearsal", "")
    show = hall_page(slug, tag=TAGS[current_code()], rehearsal=rehearsal)
    if show is None:
        raise Http404
    try:
        settings = read_settings(request.GET)
    except Refusal as refusal:
        return render(request, "ui/refused.html", {"sentence": str(refusal)}, status=400)
    context = {"show": show, "settings": settings, "modules": MODULES}
    answer = render(request, "stage/screen.html", context)
    return unkept(answer) if rehearsal else answer


@public_page
@require_safe
def cause_code(request: HttpRequest, slug: str, entry: int) -> HttpResponse:
    """The code of the link of what a song stands for, where its words may be read."""
    rehearsal = request.GET.get("rehearsal", "")
    row = entry_of(slug, entry)
    seen = opened_by(slug, rehearsal) if rehearsal else shows.public_show(slug) is not None
    if row is None or not seen or not (rehearsal or may_be_read(row)):
        raise Http404
    cause = (words_json(row) or {}).get("cause")
    if not cause or not cause["link"]:
        raise Http404
    drawn = code(cause["link"], colour="#000", ground="#fff")["svg"]
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    return unkept(answer) if rehearsal else answer
