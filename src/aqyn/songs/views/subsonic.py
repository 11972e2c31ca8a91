"""OpenSubsonic, read only, for music players: what anyone may hear, and its words (docs/players.md).

Names and passwords that players send are never read: they would open nothing that is not open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from aqyn.songs.selectors import subsonic as tell
from aqyn.songs.views.subsonic_answers import Fault, Found, Missing, NotFound, answer, refusal
from aqyn.ui.pages import public_page

MOST_FOUND = 500
"""How many artists, or songs, one answer lists at most."""
LONGEST_QUERY = 200
ASKED = ("f", "id", "enhanced", "query", "format")
COUNTS = ("artistCount", "artistOffset", "albumCount", "albumOffset", "songCount", "songOffset")
UNREAD = (
    *("u", "p", "t", "s", "c", "v", "apiKey", "callback", "musicFolderId"),
    *("maxBitRate", "timeOffset", "size", "estimateContentLength", "converted"),
)

EXTENSIONS = [{"name": "formPost", "versions": [1]}, {"name": "songLyrics", "versions": [1, 2]}]


class Asked:
    """What a player asks for, in the address or in a form."""

    def __init__(self, request: HttpRequest) -> None:
        self._told: Mapping[str, str] = {**request.GET.dict(), **request.POST.dict()}

    def __call__(self, name: str, default: str = "") -> str:
        return self._told.get(name, default)

    def needed(self, name: str) -> str:
        """Raises Missing."""
        if name not in self._told:
            raise Missing(name)
        return self._told[name]

    def number(self, name: str, default: int) -> int:
        """Raises Fault where it is no whole number."""
        said = self(name, str(default))
        if not (said.isascii() and said.isdecimal() and len(said) < 10):
            raise Fault(0, f"{name} is not a whole number from 0 on.")
        return int(said)


@public_page(query=(*ASKED, *COUNTS), unread=UNREAD)
def rest(request: HttpRequest, method: str) -> HttpResponse:
    """One method of the protocol, with or without `.view` at its end."""
    asked = Asked(request)
    form = asked("f", "xml")
    do = METHODS.get(method.removesuffix(".view"))
    try:
        if form not in ("xml", "json"):
            raise Fault(0, "Answers come as f=xml or f=json.")
        if do is None:
            return refusal(form, Fault(0, "This house does not know that method."), status=404)
        told = do(asked)
    except Fault as fault:
        return refusal(form, fault)
    if isinstance(told, Found):
        found = HttpResponseRedirect(told.url)
        found["Access-Control-Allow-Origin"] = "*"
        return found
    answered = answer(form, told)
    if asked("query"):
        # What can be searched for is without number: kept, it would drive the house's pages out.
        answered["Cache-Control"] = "no-store"
    return answered


def _ping(asked: Asked) -> dict[str, Any]:
    return {}


def _license(asked: Asked) -> dict[str, Any]:
    return {"license": {"valid": True}}


def _extensions(asked: Asked) -> dict[str, Any]:
    return {"openSubsonicExtensions": EXTENSIONS}


def _folders(asked: Asked) -> dict[str, Any]:
    return {"musicFolders": {"musicFolder": [tell.FOLDER]}}


def _artists(asked: Asked) -> dict[str, Any]:
    return {"artists": tell.artists(tell.heard_songs())}


def _artist(asked: Asked) -> dict[str, Any]:
    singer = tell.singer(asked.needed("id"), tell.heard_songs())
    if singer is None:
        raise NotFound
    return {"artist": tell.artist_told(singer) | {"album": []}}


def _song(asked: Asked) -> dict[str, Any]:
    return {"song": tell.song_told(_heard(asked))}


def _search(asked: Asked) -> dict[str, Any]:
    singers, songs = tell.found(asked.needed("query")[:LONGEST_QUERY], tell.heard_songs())
    return {
        "searchResult3": {
            "artist": [tell.artist_told(artist) for artist in _part(asked, "artist", singers)],
            "album": [],
            "song": [tell.song_told(song) for song in _part(asked, "song", songs)],
        }
    }


def _part(asked: Asked, name: str, found: list[Any]) -> list[Any]:
    start = asked.number(f"{name}Offset", 0)
    return found[start : start + min(asked.number(f"{name}Count", 20), MOST_FOUND)]


def _lyrics(asked: Asked) -> dict[str, Any]:
    enhanced = asked("enhanced").lower() == "true"
    return {"lyricsList": {"structuredLyrics": tell.structured_lyrics(_heard(asked).rows, enhanced=enhanced)}}


def _stream(asked: Asked) -> Found:
    return Found(f"/media/{tell.playable(_heard(asked).recording, asked('format')).file}")


def _heard(asked: Asked) -> tell.Heard:
    song = tell.heard_song(asked.needed("id"))
    if song is None:
        raise NotFound
    return song


METHODS: Mapping[str, Callable[[Asked], dict[str, Any] | Found]] = {
    "ping": _ping,
    "getLicense": _license,
    "getOpenSubsonicExtensions": _extensions,
    "getMusicFolders": _folders,
    "getArtists": _artists,
    "getArtist": _artist,
    "getSong": _song,
    "search3": _search,
    "getLyricsBySongId": _lyrics,
    "stream": _stream,
}
