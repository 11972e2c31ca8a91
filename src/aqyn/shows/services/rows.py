"""The row a deed is about, held until the deed is done; and the word of what was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from aqyn.people.selectors import artist as artist_of
from aqyn.shows.models import Show, Tour
from aqyn.shows.sentences import NoSuchArtist, NoSuchShow, NoSuchTour
from aqyn.shows.signals import show_leaving
from aqyn.ui.journal import Journal

_journal = Journal("aqyn.shows")
done = _journal.done


def show_held(slug: str) -> Show:
    """The show, locked until the transaction around this call ends. Raises NoSuchShow."""
    # On SQLite the transaction itself holds the one write lock from its first statement.
    show = Show.objects.select_for_update().filter(slug=slug).first()
    if show is None:
        raise NoSuchShow(slug=slug)
    return show


def hold_show(slug: str) -> None:
    """Keep others from cancelling, moving or removing it until the transaction around this call ends."""
    Show.objects.select_for_update().filter(slug=slug).first()


def leave(show: Show, why: str, now: datetime) -> None:
    """Ask the apps above whether guests may lose it; `why` as the signal says. Raises their Refusal."""
    show_leaving.send(sender=Show, show=show.slug, why=why, now=now)


def tour_held(slug: str) -> Tour:
    """The tour, locked as `show_held` does it. Raises NoSuchTour."""
    tour = Tour.objects.select_for_update().filter(slug=slug).first()
    if tour is None:
        raise NoSuchTour(slug=slug)
    return tour


def singer(slug: str) -> Any:
    """The artist. Raises NoSuchArtist."""
    artist = artist_of(slug)
    if artist is None:
        raise NoSuchArtist(slug=slug)
    return artist


def addresses(*names: str) -> Iterator[str]:
    """Slugs to try, the nicest first: each name as it is, then the last one with numbers."""
    told = [name for name in names if name]
    yield from told
    number = 2
    while True:
        yield f"{told[-1][:74].rstrip('-')}-{number}"
        number += 1
