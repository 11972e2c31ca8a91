"""What programs read: the favicon, the share picture, robots.txt and the sitemap."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from aqyn.people import selectors as people
from aqyn.shows import selectors as shows
from aqyn.songs import selectors as songs
from aqyn.ui.context import origin
from aqyn.ui.languages import switch
from aqyn.ui.ornament import SILENCE, sign
from aqyn.ui.pages import public_page


@public_page
def favicon(request: HttpRequest) -> HttpResponse:
    """The horns of the house's first song, in the hue of its first artist."""
    artists, cards = people.artists(), songs.public_songs()
    wave = cards[0].wave if cards else SILENCE
    return HttpResponse(sign(wave, artists[0].hue if artists else 28), content_type="image/svg+xml")


@public_page
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that goes with a shared link to an artist: her first song's carpet, 1200 by 630."""
    found = people.artist(slug)
    if found is None:
        raise Http404
    cards = songs.public_songs(slug)
    wave = cards[0].wave if cards else SILENCE
    # Only here: it needs numpy, which a house without such a request need not hold.
    from aqyn.ui.picture import share_picture

    return HttpResponse(share_picture(tuple(wave), found.hue), content_type="image/png")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the studio's door is of no use to a robot."""
    lines = [
        "User-agent: *",
        "Disallow: /studio/",
        "Disallow: /sign-in/",
        f"Sitemap: {origin(request)}{reverse('site-plain:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language, each naming the others (https://www.sitemaps.org, with
    hreflang)."""
    at = origin(request)
    entries = [
        (f"{at}{language.url}", [(other.hreflang, f"{at}{other.url}") for other in languages])
        for languages in map(switch, _paths())
        for language in languages
    ]
    return render(request, "site/sitemap.xml", {"entries": entries}, content_type="application/xml")


def _paths() -> Iterator[str]:
    """The public pages, in one language."""
    with translation.override("en"):
        artists, cards = people.artists(), songs.public_songs()
        yield reverse("site:home")
        if len(artists) > 1:
            yield from (reverse("site:artist", args=[artist.slug]) for artist in artists)
        if cards:
            yield reverse("site:songs")
        yield from (reverse("songs:song", args=[song.slug]) for song in cards)
        evenings = shows.public_shows()
        if evenings:
            yield reverse("shows:shows")
        yield from (reverse("shows:show", args=[show.slug]) for show in evenings)
        yield from (reverse("shows:tour", args=[tour.slug]) for tour in shows.public_tours())
