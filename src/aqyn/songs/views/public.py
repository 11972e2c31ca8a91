"""What a visitor sees of a song, and what her player reads. A draft answers 404 everywhere."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from aqyn.people.access import crew_only
from aqyn.songs import selectors
from aqyn.songs.models import Song
from aqyn.songs.selectors.media import CONTENT_TYPES
from aqyn.ui.context import origin
from aqyn.ui.files import FileAnswer
from aqyn.ui.languages import current_code
from aqyn.ui.ornament import ornament as drawn
from aqyn.ui.pages import public_page


@public_page(query=("under",))
def song(request: HttpRequest, slug: str, layer: str = "") -> HttpResponse:
    """A public song, in the reader's own layer or in the one that the address names."""
    return _page(request, slug=slug, layer=layer)


def heard(request: HttpRequest, key: str, layer: str = "") -> HttpResponse:
    """A song for those who hold its link: kept by nobody, found by no search engine."""
    return unlisted(_page(request, key=key, layer=layer))


@crew_only
def draft(request: HttpRequest, slug: str, layer: str = "") -> HttpResponse:
    """The song's page as it will be, for the crew, whatever its state."""
    return unlisted(_page(request, slug=slug, layer=layer, draft=True))


def _page(
    request: HttpRequest, *, layer: str, slug: str = "", key: str = "", draft: bool = False
) -> HttpResponse:
    under = request.GET.get("under", "")
    page = selectors.song_page(
        slug, code=current_code(), layer=layer, under=under, key=key, draft=draft, origin=origin(request)
    )
    if page is None:
        raise Http404
    return render(request, "songs/song.html", {"song": page})


def unlisted(answer: HttpResponse) -> HttpResponse:
    """The answer, kept by nobody and followed by no search engine."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    # The key stands in the address: no other site may learn it from a link followed.
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@public_page
def lyrics(request: HttpRequest, slug: str) -> HttpResponse:
    return _json(one(selectors.public_rows(slug=slug)))


@public_page
def ornament(request: HttpRequest, slug: str) -> HttpResponse:
    return _svg(one(selectors.public_rows(slug=slug)))


def heard_lyrics(request: HttpRequest, key: str) -> HttpResponse:
    return unlisted(_json(one(whole(publication__key=key)), key))


def heard_ornament(request: HttpRequest, key: str) -> HttpResponse:
    return unlisted(_svg(one(whole(publication__key=key))))


@crew_only
def draft_lyrics(request: HttpRequest, slug: str) -> HttpResponse:
    return unlisted(_json(one(whole(slug=slug))))


@crew_only
def draft_ornament(request: HttpRequest, slug: str) -> HttpResponse:
    return unlisted(_svg(one(whole(slug=slug))))


def whole(**which: str) -> list[selectors.SongRows]:
    return selectors.whole_songs(Song.objects.filter(**which))


def one(found: list[selectors.SongRows]) -> selectors.SongRows:
    if not found:
        raise Http404
    return found[0]


def _json(rows: selectors.SongRows, key: str = "") -> HttpResponse:
    return JsonResponse(selectors.lyrics_json(rows, key=key), json_dumps_params={"ensure_ascii": False})


def _svg(rows: selectors.SongRows) -> HttpResponse:
    hue = rows.song.artist.hue if rows.song.hue is None else rows.song.hue
    return HttpResponse(drawn(selectors.wave(rows), hue=hue), content_type="image/svg+xml")


@public_page
def media(request: HttpRequest, shelf: str, name: str) -> HttpResponseBase:
    """A sound file, after its right was checked: anyone's, or for the crew and the holders of its link."""
    file = f"{shelf}/{name}"
    reach = selectors.media_reach(file)
    path = settings.MEDIA / shelf / name
    if reach is None or (reach == "private" and not _let_in(request, file)) or not path.is_file():
        raise Http404
    kind = CONTENT_TYPES.get(path.suffix.lstrip("."), "application/octet-stream")
    return FileAnswer(path, kind, immutable=True, private=reach == "private")


def _let_in(request: HttpRequest, file: str) -> bool:
    # The key first: whoever brings one is answered without a look at the session.
    return selectors.key_opens(file, request.GET.get("key", "")) or request.user.is_authenticated
