"""What everyone who follows a show loads of it: its setlist, the words of a song, a text of the crew's.

The same for all, and kept, except what a rehearsal is shown under its key.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from aqyn.core.script import direction
from aqyn.shows import selectors as shows
from aqyn.stage.models import Notice, Performance
from aqyn.stage.selectors import setlist as lists
from aqyn.stage.selectors.words import words_json
from aqyn.stage.views.unkept import unkept
from aqyn.ui.pages import public_page


@public_page
@require_safe
def setlist(request: HttpRequest, slug: str) -> HttpResponse:
    """The setlist of an announced show, cancelled or past ones too."""
    show, rehearsal = _show(request, slug)
    return _json(lists.setlist_json(show, rehearsal=rehearsal), rehearsal)


@public_page
@require_safe
def words(request: HttpRequest, slug: str, entry: int) -> HttpResponse:
    """The words of one entry, if they may be read now."""
    _row, rehearsal = _show(request, slug)
    row = lists.entry_of(slug, entry)
    if row is None or not (rehearsal or lists.may_be_read(row)):
        raise Http404
    told = words_json(row)
    if told is None:
        raise Http404
    return _json(told, rehearsal)


@public_page
@require_safe
def notice(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A text that the crew wrote for the hall that is open now."""
    show, rehearsal = _show(request, slug)
    going = Performance.objects.filter(show=show, rehearsal=bool(rehearsal), closed_at=None)
    row = Notice.objects.filter(performance__in=going, number=number).first()
    if row is None:
        raise Http404
    told = {"number": row.number, "text": row.text, "lang": row.language, "dir": direction(row.language)}
    return _json(told, rehearsal)


def _show(request: HttpRequest, slug: str) -> tuple[Any, str]:
    """The show, and the key by which a rehearsal of it is seen, "" for the hall."""
    key = request.GET.get("rehearsal", "")
    if key and not lists.opened_by(slug, key):
        raise Http404
    show = shows.shown(slug) if key else shows.public_show(slug)
    if show is None:
        raise Http404
    return show, key


def _json(told: dict[str, Any], rehearsal: str) -> HttpResponse:
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    return unkept(answer) if rehearsal else answer
