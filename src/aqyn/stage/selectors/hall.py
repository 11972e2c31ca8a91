"""A show as those who follow it find it: what stands in the pages before a word is sung."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aqyn.core.dates import WrittenDay, written_day, written_time
from aqyn.core.moments import offset
from aqyn.shows import selectors as shows
from aqyn.songs import selectors as songs
from aqyn.songs.selectors import SungSong
from aqyn.songs.selectors.page import SECTION_LABELS, section_label
from aqyn.stage.models import Performance
from aqyn.stage.selectors.setlist import QUIET, entries, opened_by


@dataclass(frozen=True, slots=True)
class HallSong:
    """A song of the setlist whose words anyone may read on its own page."""

    slug: str
    title: dict[str, str]


@dataclass(frozen=True, slots=True)
class HallPage:
    """The facts of the show. Times are written in its own zone, "" where nobody has told them yet.

    `played`: whether what was really sung may be read by all.
    """

    slug: str
    title: dict[str, str]
    artist: dict[str, str]
    artist_slug: str
    hue: int
    day: WrittenDay | None
    doors: str
    starts: str
    offset: str
    songs: list[HallSong]
    wave: list[int]
    played: bool


def hall_page(slug: str, *, tag: str, rehearsal: str = "") -> HallPage | None:
    """The page of an announced show, or with the key of its rehearsal of any; None where there is none.

    `tag`: the language in which its day is written.
    """
    show = shows.public_show(slug)
    if show is None and rehearsal and opened_by(slug, rehearsal):
        show = shows.shown(slug)
    return None if show is None else _page(show, tag)


def part_labels() -> dict[str, str]:
    """What each kind of part of a song is called in the reader's language."""
    return {kind: section_label(kind) for kind in SECTION_LABELS}


def _page(show: Any, tag: str) -> HallPage:
    zone = ZoneInfo(show.time_zone)
    sung = _sung(show)
    return HallPage(
        slug=show.slug,
        title=show.title,
        artist=show.artist.name,
        artist_slug=show.artist.slug,
        hue=show.artist.hue if show.hue is None else show.hue,
        day=written_day(show.starts_at.astimezone(zone).date(), tag) if show.starts_at else None,
        doors=_time(show.doors_at, zone),
        starts=_time(show.starts_at, zone),
        offset=offset(show.starts_at, zone) if show.starts_at else "",
        songs=[HallSong(song.slug, song.title) for song in sung if song.public],
        wave=sung[0].wave if sung else list(QUIET),
        played=Performance.objects.filter(show=show, setlist_published_at__isnull=False).exists(),
    )


def _sung(show: Any) -> list[SungSong]:
    """The songs of the setlist in its order, each once."""
    order = dict.fromkeys(entry.song_id for entry in entries(show))
    found = songs.sung_songs(order)
    return [found[pk] for pk in order if pk in found]


def _time(at: datetime | None, zone: ZoneInfo) -> str:
    return written_time(at.astimezone(zone)) if at else ""
