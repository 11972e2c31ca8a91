"""A song's words and times as files: for everyone, for the holders of its link, for the crew."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from aqyn.people.access import crew_only
from aqyn.songs import selectors
from aqyn.songs.selectors.files import lyrics_file
from aqyn.songs.sentences import Refusal
from aqyn.songs.views.public import one, unlisted, whole
from aqyn.ui.pages import public_page


@public_page
def lyrics(request: HttpRequest, slug: str, ending: str, tag: str = "") -> HttpResponse:
    """`lyrics.lrc`, `lyrics.kk-Latn.lrc` … of a public song."""
    answer = _file(one(selectors.public_rows(slug=slug)), ending, tag)
    # A player that runs in a browser comes from another site. Whoever can ask for the file may read it.
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def heard_lyrics(request: HttpRequest, key: str, ending: str, tag: str = "") -> HttpResponse:
    return unlisted(_file(one(whole(publication__key=key)), ending, tag))


@crew_only
def draft_lyrics(request: HttpRequest, slug: str, ending: str, tag: str = "") -> HttpResponse:
    return unlisted(_file(one(whole(slug=slug)), ending, tag))


def _file(rows: selectors.SongRows, ending: str, tag: str) -> HttpResponse:
    """The file to be saved, or 404 with the sentence why this song cannot be had in this format."""
    try:
        found = lyrics_file(rows, ending, tag)
    except Refusal as refusal:
        return HttpResponse(f"{refusal}\n", status=404, content_type="text/plain; charset=utf-8")
    if found is None:
        raise Http404
    answer = HttpResponse(found.data, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name)
    return answer
