"""The setlist as it is really played, kept while the hall sings."""

from __future__ import annotations

from datetime import datetime, timedelta

from aqyn.core.live import Position, State
from aqyn.stage.models import Entry, Performance, Played
from aqyn.stage.selectors.setlist import is_public, title_of
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
