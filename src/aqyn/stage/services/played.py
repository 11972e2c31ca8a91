"""The setlist as it was really played: kept while the hall sings, corrected by hand, published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from aqyn.core.live import Position, State
from aqyn.songs import selectors as songs
from aqyn.stage import sentences as refuse
from aqyn.stage.models import Entry, Performance, Played
from aqyn.stage.selectors.setlist import is_public, title_of
from aqyn.stage.services.rows import done
from aqyn.stage.services.setlist import MOST_ENTRIES
from aqyn.ui import checks
from aqyn.ui.pages import pages_changed

DROPPED_WITHIN = timedelta(seconds=20)
"""What was left again so soon was a slip, and is not on the list."""
_SUNG = (State.RUN, State.HOLD, State.HAND)


def note_played(performance: Performance, position: Position, now: datetime) -> None:
    """Keep the list right as the hall comes to `position`; of a rehearsal none is kept.

    Inside the caller's transaction, while `performance` is still what it was before. A song is on the list
    from its start, talk from when it was chosen; what is started twice in a row is there once.
    """
    if performance.rehearsal:
        return
    moved = position.entry != (performance.entry_id or 0)
    entry = _entry(position.entry)
    if moved and (_is_draft(entry) or _is_draft(_entry(performance.entry_id))):
        # The words of a draft can be read while the hall is there.
        pages_changed()
    on = entry if entry is not None and _is_on(entry, position.state) else None
    if end_played(performance, now, unless=on):
        return
    if on is not None:
        _begin(performance, on, now)


def end_played(performance: Performance, now: datetime, *, unless: Entry | None = None) -> bool:
    """What is being played has come to its end, `unless` it is this entry: then True, and it goes on."""
    last = performance.played.filter(ended_at=None).last()
    if last is None:
        return False
    if unless is not None and last.entry_id == unless.pk:
        return True
    if now - last.began_at < DROPPED_WITHIN:
        last.delete()
    else:
        last.ended_at = now
        last.save(update_fields=["ended_at"])
    return False


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


def _is_on(entry: Entry, state: State) -> bool:
    if entry.kind == Entry.Kind.TALK:
        return state is not State.OVER
    return state in _SUNG


def _begin(performance: Performance, entry: Entry, now: datetime) -> None:
    last = performance.played.last()
    if last is not None and last.entry_id == entry.pk:
        last.ended_at = None
        last.save(update_fields=["ended_at"])
        return
    Played.objects.create(
        performance=performance,
        position=0 if last is None else last.position + 1,
        kind=entry.kind,
        entry=entry,
        song_id=entry.song_id,
        title=title_of(entry),
        encore=entry.encore,
        began_at=now,
    )


def _entry(number: int | None) -> Entry | None:
    return Entry.objects.filter(pk=number).select_related("song__publication").first() if number else None


def _is_draft(entry: Entry | None) -> bool:
    return entry is not None and entry.song_id is not None and not is_public(entry)


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
