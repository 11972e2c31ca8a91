"""The public songs, each read from the database once for every generation of the pages."""

from __future__ import annotations

from typing import Any

from django.db import connection

from aqyn.songs.models import Publication, Song
from aqyn.songs.selectors.rows import SongRows, whole_songs
from aqyn.ui.pages import page_generation

MOST = 64
"""How many songs are remembered, of some tens of kilobytes each."""

_known: tuple[int, dict[int, SongRows]] = (-1, {})


def public_rows(**which: Any) -> list[SongRows]:
    """As `whole_songs`, of the public songs that the lookups `which` choose, in the crew's order.

    Which songs these are is asked each time. What they hold is remembered until `pages_changed()`, as a kept
    page is; it is shared, so nobody may change it. `preparation` is as far as it was when it was read.
    """
    global _known
    songs = Song.objects.filter(publication__reach=Publication.Reach.PUBLIC, **which)
    if connection.in_atomic_block:
        # The generation counted up in here is not yet true, and may never be.
        return whole_songs(songs)
    # The generation first: what is read after it is at least as new.
    generation = page_generation()
    pks = list(songs.values_list("pk", flat=True))
    at, known = _known
    if at != generation:
        known = {}
        _known = (generation, known)
    found = {pk: known[pk] for pk in pks if pk in known}
    if len(found) < len(pks):
        for rows in whole_songs(Song.objects.filter(pk__in=[pk for pk in pks if pk not in found])):
            found[rows.song.pk] = rows
            if len(known) < MOST:
                known[rows.song.pk] = rows
    return [found[pk] for pk in pks if pk in found]
