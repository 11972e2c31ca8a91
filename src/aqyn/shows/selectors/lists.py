"""Shows as rows, with everything that is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from aqyn.shows.models import Show, Tour
from aqyn.shows.selectors.states import UNTOLD_LENGTH, is_over, state_of


def shown(slug: str) -> Show | None:
    """The show with this slug whatever its state, with artist, tour, acts and what became of it; or None."""
    return _whole(Show.objects.filter(slug=slug)).first()


def public_show(slug: str) -> Show | None:
    """The show, if the world knows of it: also one that was put off or cancelled, or that is over."""
    return _whole(_public().filter(slug=slug)).first()


def public_shows(artist_slug: str = "") -> list[Show]:
    """Every show that the world knows of, of one artist or of all, by date; those without a date last."""
    found = _public().filter(artist__slug=artist_slug) if artist_slug else _public()
    return _by_date(_whole(found))


def all_shows() -> list[Show]:
    """Every show of the house in any state, by date: the crew's list."""
    return _by_date(_whole(Show.objects.all()))


def any_public() -> bool:
    """Whether the world knows of a show at all."""
    return _public().exists()


def any_ended(since: datetime, until: datetime) -> bool:
    """Whether the time of a show that the world knows of was over after `since`, and by `until`."""
    told = Q(ends_at__gt=since, ends_at__lte=until)
    untold = Q(ends_at=None, starts_at__gt=since - UNTOLD_LENGTH, starts_at__lte=until - UNTOLD_LENGTH)
    return _public().filter(told | untold).exists()


def coming(shows: Sequence[Show], now: datetime) -> list[Show]:
    """Those whose time is not over, the next one first."""
    return [show for show in shows if not is_over(show, now)]


def gone(shows: Sequence[Show], now: datetime) -> list[Show]:
    """Those whose time is over, the last one first."""
    return [show for show in reversed(shows) if is_over(show, now)]


def next_shows(artist_slug: str, now: datetime) -> list[Show]:
    """The shows of an artist that will be, the next one first."""
    shows = coming(public_shows(artist_slug), now)
    return [show for show in shows if state_of(show, now) != "cancelled"]


def tour(slug: str) -> Tour | None:
    """The tour with this slug, or None."""
    return Tour.objects.select_related("artist").filter(slug=slug).first()


def tours(artist_slug: str = "") -> list[Tour]:
    """Every tour, of one artist or of all, the newest first."""
    found = Tour.objects.select_related("artist")
    return list(found.filter(artist__slug=artist_slug) if artist_slug else found)


def shows_of_tour(tour: Tour, *, drafts: bool = False) -> list[Show]:
    """The tour's shows by date: those that the world knows of, with `drafts` all of them."""
    return _by_date(_whole((Show.objects if drafts else _public()).filter(tour=tour)))


def public_tours() -> list[Tour]:
    """The tours with a show that the world knows of."""
    return list(Tour.objects.filter(shows__announcement__isnull=False).distinct())


def _public() -> QuerySet[Show]:
    return Show.objects.filter(announcement__isnull=False)


def _whole(shows: QuerySet[Show]) -> QuerySet[Show]:
    told = shows.select_related("artist", "tour", "announcement", "cancellation")
    return told.prefetch_related("acts", "postponements")


def _by_date(shows: QuerySet[Show]) -> list[Show]:
    # Said here: SQLite and PostgreSQL sort what is not there to different ends.
    return sorted(
        shows, key=lambda show: (show.starts_at is None, show.starts_at or show.created_at, show.pk)
    )
