"""A show comes into the house, is told anew, and goes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from aqyn.core.moments import wall_time
from aqyn.core.script import slug as slug_of
from aqyn.core.texts import choose
from aqyn.shows.facts import ShowFacts
from aqyn.shows.models import Act, Announcement, Show, Tour
from aqyn.shows.sentences import NoSuchTour, OtherArtistsTour, OtherDayIsPostponed, SlugTaken
from aqyn.shows.services.rows import addresses, done, leave, show_held, singer
from aqyn.ui.checks import RESERVED_SLUGS


def make_show(*, artist: str, facts: ShowFacts, now: datetime, actor: Any = None) -> Show:
    """A new show of the artist with this slug, a draft. Raises a Refusal.

    Without a slug it gets one from its title, then from its title and city, then with a number.
    """
    told = facts.checked()
    with transaction.atomic():
        row = Show(artist=singer(artist), created_at=now, changed_at=now)
        _tell(row, told, told.slug or _free_slug(told, row.artist.main_language))
        done("made", row.slug, actor)
    return row


def change_show(*, show: str, facts: ShowFacts, now: datetime, actor: Any = None) -> Show:
    """Tell the show anew, its address too. Raises a Refusal.

    Once it is announced its day stays: another day is `postpone`d to. A day that is still to come, because it
    was put off without one, may be told here.
    """
    told = facts.checked()
    with transaction.atomic():
        row = show_held(show)
        if Announcement.objects.filter(show=row).exists():
            if row.starts_at and _day(told.starts_at, told.time_zone) != _day(row.starts_at, row.time_zone):
                raise OtherDayIsPostponed
            row.sequence += 1
        if told.slug and told.slug != row.slug:
            leave(row, "moved", now)
        row.changed_at = now
        _tell(row, told, told.slug or row.slug)
        done("told anew", row.slug, actor)
    return row


def remove_show(*, show: str, now: datetime, actor: Any = None) -> None:
    """The show and everything of it, its setlist too. It cannot be undone. Raises a Refusal."""
    with transaction.atomic():
        row = show_held(show)
        leave(row, "removed", now)
        row.delete()
        done("removed", show, actor)


def _tell(row: Show, facts: ShowFacts, slug: str) -> None:
    """Write checked facts into the row, in the caller's transaction. Raises SlugTaken, NoSuchTour, …"""
    if Show.objects.filter(slug=slug).exclude(pk=row.pk).exists():
        raise SlugTaken(slug=slug)
    row.slug, row.tour = slug, _tour(facts.tour, row)
    row.title, row.city, row.venue = dict(facts.title), dict(facts.city), dict(facts.venue)
    row.about, row.address, row.country = dict(facts.about), facts.address, facts.country
    row.time_zone, row.hue = facts.time_zone, facts.hue
    row.starts_at, row.doors_at, row.ends_at = facts.starts_at, facts.doors_at, facts.ends_at
    row.save()
    row.acts.all().delete()
    Act.objects.bulk_create(
        Act(show=row, position=place, name=dict(act.name), link=act.link)
        for place, act in enumerate(facts.acts)
    )


def _tour(slug: str, show: Show) -> Tour | None:
    if not slug:
        return None
    tour = Tour.objects.filter(slug=slug).first()
    if tour is None:
        raise NoSuchTour(slug=slug)
    if tour.artist_id != show.artist_id:
        raise OtherArtistsTour
    return tour


def _free_slug(facts: ShowFacts, language: str) -> str:
    title, city = choose(facts.title, [language]), choose(facts.city, [language])
    plain = slug_of(title.text, language=title.tag.split("-")[0]) or "show"
    with_city = f"{plain[:50]} {slug_of(city.text, language=city.tag.split('-')[0], limit=24)}"
    taken = RESERVED_SLUGS | set(Show.objects.values_list("slug", flat=True))
    return next(free for free in addresses(plain, slug_of(with_city)) if free not in taken)


def _day(at: datetime | None, zone: str) -> date | None:
    return wall_time(at, ZoneInfo(zone)).date() if at else None
