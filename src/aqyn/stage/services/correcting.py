"""The list of what was played, corrected by hand once the evening is over, and published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.songs import selectors as songs
from aqyn.stage import sentences as refuse
from aqyn.stage.models import Entry, Performance, Played
from aqyn.stage.selectors.played import played_snapshot
from aqyn.stage.services.rows import done
from aqyn.stage.services.setlist import MOST_ENTRIES
from aqyn.ui import checks


def add_played(
    *,
    performance: int,
    song: str = "",
    title: Mapping[str, str] | None = None,
    encore: bool = False,
    now: datetime,
    actor: Any = None,
) -> Played:
    """What was played and is not on the list, at its end: a song by its slug, or anything by its title.

    It is said to have begun when the last one ended. Raises a Refusal.
    """
    with transaction.atomic():
        evening = _closed(performance)
        listed = list(evening.played.all())
        if len(listed) >= MOST_ENTRIES:
            raise refuse.TooManyEntries(most=MOST_ENTRIES)
        told = checks.short_texts(title or {}, "title")
        number = songs.song_number(song) if song else None
        if song and number is None:
            raise refuse.SongNotHere(slug=song[:80])
        if number is None and not told:
            raise refuse.NothingToAdd
        at = (listed[-1].ended_at or listed[-1].began_at) if listed else evening.opened_at
        row = Played.objects.create(
            performance=evening,
            position=len(listed),
            kind=Entry.Kind.SONG if number else Entry.Kind.TALK,
            song_id=number,
            title=songs.sung_songs([number])[number].title if number else told,
            encore=encore,
            began_at=at,
            ended_at=at,
        )
        done(f"played {row.pk} added", evening.show.slug, actor)
    return row


def remove_played(*, played: int, now: datetime, actor: Any = None) -> None:
    """Take it off the list. Raises NoSuchPlayed, or HallIsOpen before the evening is over."""
    with transaction.atomic():
        row, evening = _played(played)
        row.delete()
        _number(list(evening.played.all()))
        if not evening.played.exists():
            evening.setlist_published_at = None
            evening.save(update_fields=["setlist_published_at"])
        done(f"played {played} removed", evening.show.slug, actor)


def move_played(*, played: int, to: int, now: datetime, actor: Any = None) -> None:
    """Put it at this place of the list, counted from 0."""
    with transaction.atomic():
        row, evening = _played(played)
        rest = [one for one in evening.played.all() if one.pk != row.pk]
        rest.insert(max(0, to), row)
        _number(rest)
        done(f"played {played} moved", evening.show.slug, actor)


def mark_played(*, played: int, encore: bool, now: datetime, actor: Any = None) -> None:
    """Whether it was an encore."""
    with transaction.atomic():
        row, evening = _played(played)
        row.encore = encore
        row.save(update_fields=["encore"])
        done(f"played {played} marked", evening.show.slug, actor)


def publish_setlist(*, performance: int, now: datetime, actor: Any = None) -> None:
    """Show the list to everyone, on the show's page and on one of its own. Raises a Refusal."""
    with transaction.atomic():
        evening = _closed(performance)
        if not evening.played.exists():
            raise refuse.NothingPlayed
        evening.setlist_published_at = evening.setlist_published_at or now
        evening.save(update_fields=["setlist_published_at"])
        done("setlist published", evening.show.slug, actor)


def withdraw_setlist(*, performance: int, now: datetime, actor: Any = None) -> None:
    """Show the list to the crew alone again."""
    with transaction.atomic():
        evening = _closed(performance)
        evening.setlist_published_at = None
        evening.save(update_fields=["setlist_published_at"])
        done("setlist withdrawn", evening.show.slug, actor)


def restore_played(
    *,
    performance: int,
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    now: datetime,
    actor: Any = None,
) -> None:
    """Make the list what it was `before`, if it still is what it was `after`: two of its
    `played_snapshot`s. Raises OtherList."""
    with transaction.atomic():
        evening = _closed(performance)
        if played_snapshot(performance) != list(after):
            raise refuse.OtherList
        evening.played.exclude(pk__in=[told["id"] for told in before]).delete()
        here = songs.sung_songs(told["song_id"] for told in before)
        entries = set(Entry.objects.filter(show=evening.show_id).values_list("pk", flat=True))
        for place, told in enumerate(before):
            values = dict(told) | {
                "position": place,
                "song_id": told["song_id"] if told["song_id"] in here else None,
                "entry_id": told["entry_id"] if told["entry_id"] in entries else None,
                "began_at": datetime.fromisoformat(told["began_at"]),
                "ended_at": told["ended_at"] and datetime.fromisoformat(told["ended_at"]),
            }
            Played.objects.update_or_create(pk=values.pop("id"), performance=evening, defaults=values)
        done("played put back", evening.show.slug, actor)


def _closed(performance: int) -> Performance:
    """The evening, locked, once it is over. A rehearsal has no list."""
    found = Performance.objects.select_for_update(of=("self",)).select_related("show")
    evening = found.filter(pk=performance, rehearsal=False).first()
    if evening is None:
        raise refuse.NoSuchPerformance
    if evening.closed_at is None:
        raise refuse.HallIsOpen
    return evening


def _played(played: int) -> tuple[Played, Performance]:
    row = Played.objects.filter(pk=played).first()
    if row is None:
        raise refuse.NoSuchPlayed
    return row, _closed(row.performance_id)


def _number(listed: list[Played]) -> None:
    for place, row in enumerate(listed):
        row.position = place
    Played.objects.bulk_update(listed, ["position"])
