"""The songbook's page: choose songs and how they are set, and take the book away as a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from aqyn.core.script import slug as slug_of
from aqyn.core.texts import choose
from aqyn.people.access import crew_only
from aqyn.songs import selectors
from aqyn.songs.sentences import Refusal
from aqyn.songs.songbook import cancelling
from aqyn.songs.songbook.choice import MOST_SONGS, Over, Paper
from aqyn.songs.songbook.forms import Book
from aqyn.songs.songbook.making import make_book
from aqyn.songs.views.deeds import problem


@crew_only
def songbook(request: HttpRequest) -> HttpResponse:
    """The book, or the page with the one sentence why not; as a problem for a script that asks for a PDF."""
    cards = selectors.all_songs()
    if request.method != "POST":
        return _page(request, Book(cards=cards, initial=_usual(cards)))
    if "up" in request.POST or "down" in request.POST:
        return _page(request, Book(cards=cards, initial=request.POST.dict(), listed=request.POST))
    form, status = Book(request.POST, cards=cards, listed=request.POST), 400
    if form.is_valid():
        try:
            book = make_book(form.choice, token=request.POST.get("token", ""))
            return _saved(book, form.choice.title)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409
    if "application/pdf" in request.headers.get("Accept", ""):
        [first, *_others] = [str(error) for errors in form.errors.values() for error in errors]
        return problem(status, first)
    return _page(request, form, status)


@crew_only
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Nobody waits any more for the book that was asked for with this token."""
    cancelling.cancel(request.POST.get("token", ""))
    return HttpResponse(status=204)


def _usual(cards: list[selectors.SongCard]) -> dict[str, str]:
    """A book that can be had at once: all songs as they were written, with the artist's name for a title."""
    first = cards[0].language if cards else ""
    title = choose(cards[0].artist_name, [first]).text if cards else ""
    return {"title": title, "first": first, "over": Over.NOTHING, "paper": Paper.A4}


def _page(request: HttpRequest, form: Book, status: int = 200) -> HttpResponse:
    return render(request, "songs/studio/songbook.html", {"form": form, "most": MOST_SONGS}, status=status)


def _saved(book: bytes, title: str) -> HttpResponse:
    answer = HttpResponse(book, content_type="application/pdf")
    name = f"{slug_of(title) or 'songbook'}.pdf"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
