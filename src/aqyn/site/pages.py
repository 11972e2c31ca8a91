"""The public pages that compose several capabilities: the first page, an artist's own, and the list of
songs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from aqyn.core.texts import Chosen, choose
from aqyn.people import selectors as people
from aqyn.songs import selectors as songs
from aqyn.songs.selectors import SongCard
from aqyn.ui.context import origin
from aqyn.ui.languages import WANTED, current_code
from aqyn.ui.ornament import SILENCE
from aqyn.ui.pages import public_page

LONGEST_LINE = 170


@dataclass(frozen=True, slots=True)
class ArtistPage:
    """An artist as her page shows her. `line` is the bio's first paragraph where it is short enough to
    stand large."""

    slug: str
    name: dict[str, str]
    hue: int
    url: str
    line: Chosen
    about: tuple[str, ...]
    songs: list[SongCard]
    wave: tuple[int, ...]

    @property
    def lead(self) -> SongCard | None:
        """The song that the one button plays: the first that can be heard, else the first."""
        heard = (song for song in self.songs if song.duration_ms)
        return next(heard, self.songs[0] if self.songs else None)

    @property
    def preparing(self) -> bool:
        return any(song.preparing for song in self.songs)


def first(request: HttpRequest) -> HttpResponse:
    """`/`: on to the first page in the language that the reader asks for. Never kept: the next one asks for
    another."""
    answer = HttpResponseRedirect(f"/{current_code()}/")
    patch_vary_headers(answer, ("Accept-Language",))
    answer["Cache-Control"] = "no-store"
    return answer


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The artist's page where there is one artist, a list where there are several, a welcome where there is
    none."""
    artists = people.artists()
    if len(artists) == 1:
        return _artist(request, artists[0])
    if not artists:
        return render(request, "site/empty.html", {"wave": SILENCE})
    return render(request, "site/artists.html", {"artists": _pages(artists)})


@public_page
def artist(request: HttpRequest, slug: str) -> HttpResponse:
    """One artist's page."""
    found = people.artist(slug)
    if found is None:
        raise Http404
    return _artist(request, found)


@public_page
def song_list(request: HttpRequest) -> HttpResponse:
    """Every public song of the house."""
    artists = people.artists()
    context = {
        "songs": songs.public_songs(),
        "artists": len(artists),
        "hue": artists[0].hue if artists else 28,
        "wave": SILENCE,
    }
    return render(request, "site/songs.html", context)


def _artist(request: HttpRequest, row: Any) -> HttpResponse:
    page = _page(row, songs.public_songs(row.slug))
    return render(
        request, "site/artist.html", {"artist": page, "json_ld": json_ld(page, origin(request)), "row": row}
    )


def _pages(rows: Iterable[Any]) -> list[ArtistPage]:
    everything = songs.public_songs()
    return [_page(row, [song for song in everything if song.artist_slug == row.slug]) for row in rows]


def _page(row: Any, cards: list[SongCard]) -> ArtistPage:
    bio = choose(row.bio, WANTED[current_code()])
    line, *rest = [part.strip() for part in bio.text.split("\n\n") if part.strip()] or [""]
    if len(line) > LONGEST_LINE:
        line, rest = "", [line, *rest]
    lead = next((song for song in cards if song.duration_ms), cards[0] if cards else None)
    return ArtistPage(
        slug=row.slug,
        name=row.name,
        hue=row.hue,
        url=reverse("site:artist", args=[row.slug]),
        line=Chosen(line, bio.tag),
        about=tuple(rest),
        songs=cards,
        wave=tuple(lead.wave) if lead else SILENCE,
    )


def json_ld(page: ArtistPage, at: str) -> dict[str, Any]:
    """What search engines read of an artist: schema.org's MusicGroup, with her public songs."""
    wanted = WANTED[current_code()]
    name = choose(page.name, wanted).text
    others = sorted({text for text in page.name.values() if text and text != name})
    return {
        "@context": "https://schema.org",
        "@type": "MusicGroup",
        "@id": f"{at}{page.url}#artist",
        "name": name,
        **({"alternateName": others} if others else {}),
        **({"description": page.line.text} if page.line.text else {}),
        "url": f"{at}{page.url}",
        "image": f"{at}/artists/{page.slug}/picture.png",
        "track": [
            {
                "@type": "MusicRecording",
                "name": choose(song.title, wanted).text,
                "url": f"{at}{reverse('songs:song', args=[song.slug])}",
                "inLanguage": song.language,
                **({"duration": f"PT{round(song.duration_ms / 1000)}S"} if song.duration_ms else {}),
            }
            for song in page.songs
        ],
    }
