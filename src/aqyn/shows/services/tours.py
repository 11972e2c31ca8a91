"""Several shows under one name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.script import slug as slug_of
from aqyn.core.texts import choose
from aqyn.shows.models import Tour
from aqyn.shows.sentences import NoTourName, TourSlugTaken
from aqyn.shows.services.rows import addresses, done, singer, tour_held
from aqyn.ui import checks


def make_tour(
    *, artist: str, name: Mapping[str, str], now: datetime, actor: Any = None, slug: str = ""
) -> Tour:
    """A new tour of the artist with this slug. Its own is made from its name unless it is given."""
    told, slug = _name(name), checks.slug(slug) if slug else ""
    with transaction.atomic():
        row = Tour(artist=singer(artist), name=told, created_at=now)
        _keep(row, slug or _free_slug(told, row.artist.main_language))
        done("made", row.slug, actor)
    return row


def change_tour(
    *, tour: str, name: Mapping[str, str], now: datetime, actor: Any = None, slug: str = ""
) -> Tour:
    """Name the tour anew; its address too, where one is given."""
    told, slug = _name(name), checks.slug(slug) if slug else ""
    with transaction.atomic():
        row = tour_held(tour)
        row.name = told
        _keep(row, slug or row.slug)
        done("named anew", row.slug, actor)
    return row


def remove_tour(*, tour: str, now: datetime, actor: Any = None) -> None:
    """The tour goes, its shows stay. It cannot be undone."""
    with transaction.atomic():
        tour_held(tour).delete()
        done("removed", tour, actor)


def _keep(row: Tour, slug: str) -> None:
    if Tour.objects.filter(slug=slug).exclude(pk=row.pk).exists():
        raise TourSlugTaken(slug=slug)
    row.slug = slug
    row.save()


def _name(said: Mapping[str, str]) -> dict[str, str]:
    name = checks.short_texts(said, "name")
    if not name:
        raise NoTourName
    return name


def _free_slug(name: Mapping[str, str], language: str) -> str:
    chosen = choose(name, [language])
    plain = slug_of(chosen.text, language=chosen.tag.split("-")[0]) or "tour"
    taken = checks.RESERVED_SLUGS | set(Tour.objects.values_list("slug", flat=True))
    return next(free for free in addresses(plain) if free not in taken)
