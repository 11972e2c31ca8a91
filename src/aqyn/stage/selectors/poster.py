"""A show as its poster tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from aqyn.core.dates import written_day, written_time
from aqyn.core.texts import choose
from aqyn.shows import selectors as shows
from aqyn.songs import selectors as songs
from aqyn.stage.selectors.setlist import QUIET, layers_json
from aqyn.ui.languages import TAGS, WANTED


@dataclass(frozen=True, slots=True)
class PosterFacts:
    """`facts`: when and where, each by the tag it is written in. `wave`: of the artist's first song.

    `layers`: what the words of the evening can be read in, `{"tag", "name", "dir", "kind"}`.
    """

    slug: str
    artist: dict[str, str]
    title: dict[str, str]
    facts: list[dict[str, str]]
    hue: int
    wave: list[int]
    layers: list[dict[str, str]]


def poster_facts(slug: str, *, language: str = "kk") -> PosterFacts | None:
    """The facts of any show, drafts too, for a poster in an interface language. None: no such show."""
    show = shows.shown(slug)
    if show is None:
        return None
    cards = songs.public_songs(show.artist.slug) or songs.songs_of(show.artist.slug, drafts=True)
    return PosterFacts(
        slug=show.slug,
        artist=show.artist.name,
        title=show.title,
        facts=[*_when(show, language), *_where(show, language)],
        hue=shows.hue_of(show),
        wave=cards[0].wave if cards else list(QUIET),
        layers=layers_json(show),
    )


def _when(show: Any, language: str) -> Iterator[dict[str, str]]:
    if show.starts_at:
        tag, at = TAGS[language], show.starts_at.astimezone(ZoneInfo(show.time_zone))
        yield {tag: f"{written_day(at.date(), tag).whole}, {written_time(at)}"}


def _where(show: Any, language: str) -> Iterator[dict[str, str]]:
    """Town and hall; one after the other where both are written in one language, else each by itself."""
    chosen = [choose(texts, WANTED[language]) for texts in (show.city, show.venue)]
    there = [one for one in chosen if one.text]
    if there and all(one.tag == there[0].tag for one in there):
        comma = "، " if there[0].direction == "rtl" else ", "
        yield {there[0].tag: comma.join(one.text for one in there)}
    else:
        yield from ({one.tag: one.text} for one in there)
