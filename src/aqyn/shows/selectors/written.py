"""A show as its reader is told of it: the day in words, the times of its own place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aqyn.core.dates import WrittenDay, written_day, written_time
from aqyn.core.moments import offset, wall_time
from aqyn.shows.models import Show
from aqyn.shows.selectors.states import state_of
from aqyn.ui.languages import TAGS

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class When:
    """A moment at its place: `day` in words, `time` as "19:00", `iso` with the place's offset from UTC,
    `zone` as "UTC+5"."""

    day: WrittenDay
    time: str
    iso: str
    zone: str


@dataclass(frozen=True, slots=True)
class ShowCard:
    """One show in a list. `starts` is None while its date is still to come; `was`: the dates that it had
    before it was put off, the last one first."""

    slug: str
    title: Texts
    artist_name: Texts
    artist_slug: str
    hue: int
    city: Texts
    venue: Texts
    state: str
    starts: When | None
    doors: When | None
    ends: When | None
    was: tuple[When, ...]

    @property
    def dated(self) -> When | None:
        """The date to show large: its own, or the one that it had; a draft may have neither."""
        return self.starts or next(iter(self.was), None)


def card(show: Show, code: str, now: datetime) -> ShowCard:
    """The show for a reader whose interface is in `code` ("kk-latn")."""
    return ShowCard(
        slug=show.slug,
        title=show.title,
        artist_name=show.artist.name,
        artist_slug=show.artist.slug,
        hue=hue_of(show),
        city=show.city,
        venue=show.venue,
        state=state_of(show, now),
        starts=when(show.starts_at, show, code),
        doors=when(show.doors_at, show, code),
        ends=when(show.ends_at, show, code),
        was=tuple(
            told
            for row in reversed(show.postponements.all())
            if (told := when(row.old_starts_at, show, code)) is not None
        ),
    )


def when(at: datetime | None, show: Show, code: str) -> When | None:
    """The moment at the show's place; None for None."""
    if at is None:
        return None
    zone = ZoneInfo(show.time_zone)
    there = wall_time(at, zone)
    return When(written_day(there.date(), TAGS[code]), written_time(there), iso(at, show), offset(at, zone))


def iso(at: datetime, show: Show) -> str:
    """ISO 8601 with the offset of the show's place: "2026-11-13T19:00:00+05:00"."""
    return at.astimezone(ZoneInfo(show.time_zone)).isoformat()


def hue_of(show: Show) -> int:
    """The night's hue: its own, or its artist's."""
    return show.artist.hue if show.hue is None else show.hue
