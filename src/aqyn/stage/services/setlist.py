"""The setlist of a show: put together, put in order, told how each song is to be sung."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.live import MOST_STEPS
from aqyn.songs import selectors as songs
from aqyn.stage import sentences as refuse
from aqyn.stage.models import Entry, Performance
from aqyn.stage.selectors.setlist import snapshot
from aqyn.stage.services.rows import done, show_of
from aqyn.ui import checks

MOST_ENTRIES = 200
LONGEST_NOTE = 500
SLOWEST, FASTEST = 20, 400
"""Beats a minute."""


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What is told of one entry. `title` only of talk; `order`, `bpm` only of a song (see `Entry`)."""

    title: Mapping[str, str] = field(default_factory=dict)
    encore: bool = False
    order: Sequence[int] = ()
    bpm: int | None = None
    note: str = ""


def add_entry(
    *,
    show: str,
    now: datetime,
    actor: Any = None,
    song: str = "",
    title: Mapping[str, str] | None = None,
    encore: bool = False,
) -> Entry:
    """A song by its slug, or talk with its `title` by tag, at the end of the setlist. Raises a Refusal.

    A song may stand on it more than once. How it is called now is kept with it, for when it leaves the house.
    """
    told = checks.short_texts(title or {}, "title")
    if not song and not told:
        raise refuse.NothingToAdd
    with transaction.atomic():
        row = show_of(show)
        listed = _held(row)
        if len(listed) >= MOST_ENTRIES:
            raise refuse.TooManyEntries(most=MOST_ENTRIES)
        entry = Entry(show=row, position=len(listed), encore=encore)
        if song:
            entry.song_id = songs.song_number(song)
            if entry.song_id is None:
                raise refuse.SongNotHere(slug=song[:80])
            entry.title = songs.sung_songs([entry.song_id])[entry.song_id].title
        else:
            entry.kind, entry.title = Entry.Kind.TALK, told
        entry.save()
        done(f"entry {entry.pk} added", show, actor)
    return entry


def change_entry(*, entry: int, facts: EntryFacts, now: datetime, actor: Any = None) -> Entry:
    """Tell the entry anew. Raises a Refusal."""
    with transaction.atomic():
        row = _entry_held(entry)
        row.encore, row.note = facts.encore, checks.one_line(facts.note, "note", LONGEST_NOTE)
        if row.kind == Entry.Kind.TALK:
            row.title = checks.short_texts(facts.title, "title")
            if not row.title:
                raise refuse.NoTalkTitle
        elif row.song_id is not None:
            row.order, row.bpm = _order(row.song_id, facts.order), _bpm(facts.bpm)
        row.save()
        done(f"entry {entry} changed", row.show.slug, actor)
    return row


def move_entry(*, entry: int, to: int, now: datetime, actor: Any = None) -> None:
    """Put it at this place of the list, counted from 0; past either end, at that end."""
    with transaction.atomic():
        row = _entry_held(entry)
        listed = _held(row.show)
        rest = [one for one in listed if one.pk != row.pk]
        rest.insert(max(0, to), row)
        _number(rest)
        done(f"entry {entry} moved", row.show.slug, actor)


def order_entries(*, show: str, entries: Sequence[int], now: datetime, actor: Any = None) -> None:
    """Put the whole list into this order of numbers. Raises OtherList where these are not its entries."""
    with transaction.atomic():
        there = {one.pk: one for one in _held(show_of(show))}
        if sorted(entries) != sorted(there):
            raise refuse.OtherList
        _number([there[pk] for pk in entries])
        done("put in order", show, actor)


def remove_entry(*, entry: int, now: datetime, actor: Any = None) -> None:
    """Take it off the list; what was played of it stays. Raises IsOnNow while an open hall is there."""
    with transaction.atomic():
        row = _entry_held(entry)
        _let_go([row.pk])
        _number(_held(row.show))
        done(f"entry {entry} removed", row.show.slug, actor)


def restore_setlist(
    *,
    show: str,
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    now: datetime,
    actor: Any = None,
) -> None:
    """Make the setlist what it was `before`, if it still is what it was `after`: two of its `snapshot`s.

    Entries keep their numbers; a song that has left the house meanwhile is only named. Raises OtherList.
    """
    with transaction.atomic():
        row = show_of(show)
        _held(row)
        if snapshot(row) != list(after):
            raise refuse.OtherList
        kept = {told["id"] for told in before}
        _let_go([told["id"] for told in after if told["id"] not in kept])
        here = songs.sung_songs(told["song_id"] for told in before)
        for place, told in enumerate(before):
            values = dict(told) | {"song_id": told["song_id"] if told["song_id"] in here else None}
            pk = values.pop("id")
            Entry.objects.update_or_create(pk=pk, show=row, defaults={**values, "position": place})
        done("put back", show, actor)


def _held(show: Any) -> list[Entry]:
    """The entries in their order, locked until the caller's transaction ends."""
    return list(Entry.objects.select_for_update().filter(show=show))


def _entry_held(entry: int) -> Entry:
    found = Entry.objects.select_for_update(of=("self",)).select_related("show").filter(pk=entry).first()
    if found is None:
        raise refuse.NoSuchEntry
    return found


def _let_go(entries: Sequence[int]) -> None:
    if Performance.objects.filter(entry__in=entries, closed_at=None).exists():
        raise refuse.IsOnNow
    Entry.objects.filter(pk__in=entries).delete()


def _number(listed: Sequence[Entry]) -> None:
    for place, entry in enumerate(listed):
        entry.position = place
    Entry.objects.bulk_update(listed, ["position"])


def _order(song: int, said: Sequence[int]) -> list[int]:
    """The order, empty where it is that of the song as written."""
    order = list(said)
    written = list(range(len(songs.sung_songs([song])[song].rows.sections)))
    if not order or order == written:
        return []
    if len(written) > MOST_STEPS:
        raise refuse.OrderStays(most=MOST_STEPS)
    if len(order) > MOST_STEPS:
        raise refuse.TooManySteps(most=MOST_STEPS)
    if not set(order) <= set(written):
        raise refuse.BadOrder
    return order


def _bpm(said: int | None) -> int | None:
    if said is not None and not SLOWEST <= said <= FASTEST:
        raise refuse.BadTempo(least=SLOWEST, most=FASTEST)
    return said
