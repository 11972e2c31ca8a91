"""What a visitor sees of the shows, and what calendars read. A draft answers 404 everywhere."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aqyn.core.texts import choose
from aqyn.people import selectors as people
from aqyn.shows import selectors
from aqyn.shows.models import Show
from aqyn.shows.selectors.calendars import calendar as written
from aqyn.shows.selectors.calendars import language_for
from aqyn.shows.selectors.page import show_page, wave_of
from aqyn.shows.selectors.written import ShowCard, card, hue_of
from aqyn.ui.context import origin
from aqyn.ui.languages import TAGS, WANTED, current_code
from aqyn.ui.ornament import SILENCE
from aqyn.ui.pages import public_page


@public_page
@require_safe
def shows(request: HttpRequest) -> HttpResponse:
    """Every show that the world knows of: those that will be, and those that were."""
    artists, found = people.artists(), selectors.public_shows()
    context = _lists(found) | {
        "artists": [artist for artist in artists if any(show.artist_id == artist.pk for show in found)],
        "several": len(artists) > 1,
        "hue": artists[0].hue if artists else 28,
        "wave": wave_of(artists[0].slug) if artists else SILENCE,
    }
    return render(request, "shows/shows.html", context)


@public_page
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A show that the world knows of."""
    return page(request, _public(slug))


@public_page
@require_safe
def tour(request: HttpRequest, slug: str) -> HttpResponse:
    """A tour with its shows. One of which the world knows no show answers 404."""
    found = selectors.tour(slug)
    dates = selectors.shows_of_tour(found) if found else []
    if found is None or not dates:
        raise Http404
    context = {"tour": found, "wave": wave_of(found.artist.slug)}
    return render(request, "shows/tour.html", context | _lists(dates))


@public_page(query=("language",))
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One show for a calendar: in the language that is asked for, else in the artist's own."""
    found = _public(slug)
    code = _language(request, found.artist.main_language)
    return _ics(written([found], code=code, origin=origin(request)), slug)


@public_page(query=("language",))
@require_safe
def artist_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """All shows of an artist that the world knows of, for a calendar that follows her."""
    artist = people.artist(slug)
    if artist is None:
        raise Http404
    code = _language(request, artist.main_language)
    name = choose(artist.name, WANTED[code]).text
    shows = selectors.public_shows(slug)
    return _ics(written(shows, code=code, origin=origin(request), name=name), slug)


@public_page
@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that goes with a shared link: the evening's carpet in its hue, 1200 by 630."""
    found = _public(slug)
    # Only here: it needs numpy, which a house without such a request need not hold.
    from aqyn.ui.picture import share_picture

    png = share_picture(wave_of(found.artist.slug), hue_of(found))
    return HttpResponse(png, content_type="image/png")


def page(request: HttpRequest, found: Show) -> HttpResponse:
    """The show's page as everyone sees it, whatever its state."""
    told = show_page(found, code=current_code(), now=timezone.now(), origin=origin(request))
    return render(request, "shows/show.html", {"show": told})


def _public(slug: str) -> Show:
    found = selectors.public_show(slug)
    if found is None:
        raise Http404
    return found


def _lists(shows: list[Show]) -> dict[str, list[ShowCard]]:
    now, code = timezone.now(), current_code()
    return {
        "coming": [card(one, code, now) for one in selectors.coming(shows, now)],
        "gone": [card(one, code, now) for one in selectors.gone(shows, now)],
    }


def _language(request: HttpRequest, main: str) -> str:
    """The language of a calendar; 404 for one that the house does not speak."""
    asked = request.GET.get("language", "")
    if asked and asked not in TAGS:
        raise Http404
    return asked or language_for(main)


def _ics(body: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer
