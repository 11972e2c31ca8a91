"""The setlist as it was really played: for the crew with its times, for everyone once it is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.urls import reverse

from aqyn.core.dates import WrittenDay, written_day, written_time
from aqyn.core.texts import choose
from aqyn.shows import selectors as shows
from aqyn.shows.selectors.event import event_json_ld
from aqyn.songs import selectors as songs
from aqyn.songs.selectors import SungSong
from aqyn.stage.models import Entry, Performance, Played
from aqyn.stage.selectors.setlist import QUIET
from aqyn.ui.languages import WANTED


@dataclass(frozen=True, slots=True)
class PlayedRow:
    """One thing as it was played. `slug`: of a song that everyone may read; `began`: by the show's clock."""

    id: int
    number: int
    kind: str
    title: dict[str, str]
    encore: bool
    began: str
    slug: str
    hue: int
    wave: Sequence[int]


@dataclass(frozen=True, slots=True)
class Evening:
    """One opening of the hall and what was played in it. `closed` is "" while it is open."""

    id: int
    day: WrittenDay
    opened: str
    closed: str
    published: bool
    rows: list[PlayedRow]


def evenings(show: Any, tag: str) -> list[Evening]:
    """Every opening of the show's hall, the last one first; its day written for a reader of `tag`."""
    found = Performance.objects.filter(show=show, rehearsal=False).prefetch_related("played")
    return _evenings(show, list(found.order_by("-opened_at", "-pk")), tag)


def public_evenings(show: Any, tag: str) -> list[Evening]:
    """Those whose list is published, the first one first."""
    found = Performance.objects.filter(show=show, rehearsal=False, setlist_published_at__isnull=False)
    found = found.filter(Exists(Played.objects.filter(performance=OuterRef("pk"))))
    return _evenings(show, list(found.prefetch_related("played").order_by("opened_at", "pk")), tag)


def played_json_ld(show: Any, listed: Sequence[Evening], *, code: str, origin: str) -> dict[str, Any]:
    """The show for search engines, with what was sung in it (schema.org's MusicEvent, `workPerformed`)."""
    wanted = WANTED[code]
    picture = reverse("shows-plain:picture", args=[show.slug])
    sung = [row for evening in listed for row in evening.rows if row.kind == Entry.Kind.SONG]
    works = [
        {
            "@type": "MusicComposition",
            "name": choose(row.title, wanted).text,
            **({"url": origin + reverse("songs:song", args=[row.slug])} if row.slug else {}),
        }
        for row in sung
    ]
    return event_json_ld(show, code=code, origin=origin, picture=picture) | {"workPerformed": works}


def played_snapshot(performance: int) -> list[dict[str, Any]]:
    """Everything that is told of the list, as values that a session can keep."""
    told = ("id", "kind", "entry_id", "song_id", "title", "encore", "began_at", "ended_at")
    rows = Played.objects.filter(performance=performance).order_by("position", "pk").values(*told)
    times = ("began_at", "ended_at")
    return [row | {name: row[name] and row[name].isoformat() for name in times} for row in rows]


def _evenings(show: Any, found: Sequence[Performance], tag: str) -> list[Evening]:
    zone = ZoneInfo(show.time_zone)
    hue = shows.hue_of(show)
    sung = songs.sung_songs(row.song_id for evening in found for row in evening.played.all())
    return [
        Evening(
            id=evening.pk,
            day=written_day(evening.opened_at.astimezone(zone).date(), tag),
            opened=_time(evening.opened_at, zone),
            closed=_time(evening.closed_at, zone),
            published=evening.setlist_published_at is not None,
            rows=[
                _row(number, row, sung.get(row.song_id or 0), zone, hue)
                for number, row in enumerate(evening.played.all(), 1)
            ],
        )
        for evening in found
    ]


def _row(number: int, row: Played, song: SungSong | None, zone: ZoneInfo, hue: int) -> PlayedRow:
    return PlayedRow(
        id=row.pk,
        number=number,
        kind=row.kind,
        title=row.title,
        encore=row.encore,
        began=_time(row.began_at, zone),
        slug=song.slug if song and song.public else "",
        hue=song.hue if song else hue,
        wave=song.wave if song else QUIET,
    )


def _time(at: datetime | None, zone: ZoneInfo) -> str:
    return written_time(at.astimezone(zone)) if at else ""
