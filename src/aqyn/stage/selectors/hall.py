"""A show as those who follow it find it: what stands in the pages before a word is sung."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aqyn.core.dates import WrittenDay, written_day, written_time
from aqyn.core.moments import offset
from aqyn.shows import selectors as shows
from aqyn.shows.selectors.page import wave_of
from aqyn.songs import selectors as songs
from aqyn.songs.selectors.page import SECTION_LABELS, section_label
from aqyn.stage.models import Performance
from aqyn.stage.selectors.current import open_evening
from aqyn.stage.selectors.setlist import entries, opened_by


@dataclass(frozen=True, slots=True)
class HallSong:
    """A song of the setlist whose words anyone may read on its own page."""

    slug: str
    title: dict[str, str]


@dataclass(frozen=True, slots=True)
class HallPage:
    """The facts of the show. Times are written in its own zone, "" where nobody has told them yet.

    `songs`: of the setlist, while the hall is open. `played`: whether all may read what was really sung.
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
    wave: tuple[int, ...]
    played: bool


def hall_page(slug: str, *, tag: str, rehearsal: str = "") -> HallPage | None:
    """The page of an announced show, or with the key of its rehearsal of any; None where there is none.

    `tag`: the language in which its day is written.
    """
    seen = bool(rehearsal) and opened_by(slug, rehearsal)
    show = shows.shown(slug) if seen else shows.public_show(slug)
    if show is None:
        return None
    return _page(show, tag, _songs(show) if seen or open_evening(show.pk) else [])


def part_labels() -> dict[str, str]:
    """What each kind of part of a song is called in the reader's language."""
    return {kind: section_label(kind) for kind in SECTION_LABELS}


def _page(show: Any, tag: str, sung: list[HallSong]) -> HallPage:
    zone = ZoneInfo(show.time_zone)
    return HallPage(
        slug=show.slug,
        title=show.title,
        artist=show.artist.name,
        artist_slug=show.artist.slug,
        hue=shows.hue_of(show),
        day=written_day(show.starts_at.astimezone(zone).date(), tag) if show.starts_at else None,
        doors=_time(show.doors_at, zone),
        starts=_time(show.starts_at, zone),
        offset=offset(show.starts_at, zone) if show.starts_at else "",
        songs=sung,
        wave=wave_of(show.artist.slug),
        played=Performance.objects.filter(show=show, setlist_published_at__isnull=False).exists(),
    )


def _songs(show: Any) -> list[HallSong]:
    """The public songs of the setlist in its order, each once."""
    order = dict.fromkeys(entry.song_id for entry in entries(show))
    found = songs.sung_songs(order)
    there = (found[pk] for pk in order if pk in found)
    return [HallSong(song.slug, song.title) for song in there if song.public]


def _time(at: datetime | None, zone: ZoneInfo) -> str:
    return written_time(at.astimezone(zone)) if at else ""
