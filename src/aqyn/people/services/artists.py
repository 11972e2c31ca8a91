"""The artists of the house. Each deed here changes what public pages show."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max, ProtectedError

from aqyn.people.errors import ArtistHasWorks
from aqyn.people.models import Artist
from aqyn.people.slugs import slug_for
from aqyn.ui.pages import pages_changed

Texts = Mapping[str, str]


def make_artist(
    *,
    name: Texts,
    bio: Texts | None = None,
    hue: int = 28,
    main_language: str = "kk-Cyrl",
    slug: str | None = None,
) -> Artist:
    """A new artist, last in the order. Her slug is made from her name unless it is given."""
    with transaction.atomic():
        last = Artist.objects.aggregate(last=Max("position"))["last"]
        artist = Artist.objects.create(
            slug=slug or slug_for(name, taken=set(Artist.objects.values_list("slug", flat=True))),
            name=_written(name),
            bio=_written(bio or {}),
            hue=hue % 360,
            main_language=main_language,
            position=0 if last is None else last + 1,
        )
        pages_changed()
    return artist


def change_artist(artist: Artist, *, name: Texts, bio: Texts, hue: int, main_language: str) -> Artist:
    """Write an artist's texts, hue and main language. Her slug stays, so links to her stay good."""
    with transaction.atomic():
        Artist.objects.filter(pk=artist.pk).update(
            name=_written(name), bio=_written(bio), hue=hue % 360, main_language=main_language
        )
        pages_changed()
    artist.refresh_from_db()
    return artist


def remove_artist(artist: Artist) -> None:
    """Remove an artist for good. Raises `ArtistHasWorks` while anything in the house is hers."""
    try:
        with transaction.atomic():
            artist.delete()
            pages_changed()
    except ProtectedError:
        raise ArtistHasWorks(str(artist)) from None


def _written(texts: Texts) -> dict[str, str]:
    return {tag: text.strip() for tag, text in texts.items() if text.strip()}
