"""Who hears the song: nobody, those with its link, everyone."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.songs.models import Publication
from aqyn.songs.sentences import BadReach
from aqyn.songs.services.rows import done, song_held


def publish(*, song: str, reach: str, now: datetime, actor: Any = None) -> Publication:
    """Let the song be heard: `reach` "link" or "public". The link's key stays the same from one to the other.

    A song may be public before it has times or a recording.
    """
    if reach not in Publication.Reach.values:
        raise BadReach
    with transaction.atomic():
        row = song_held(song)
        publication = Publication.objects.filter(song=row).first()
        if publication is None:
            publication = Publication(song=row, key=secrets.token_urlsafe(24))
        if publication.reach != reach:
            publication.reach, publication.at = reach, now
            publication.save()
        done(f"reach {reach}", song, actor)
    return publication


def withdraw(*, song: str, now: datetime, actor: Any = None) -> None:
    """The song is a draft again; its old link opens nothing any more, now or later."""
    with transaction.atomic():
        row = song_held(song)
        Publication.objects.filter(song=row).delete()
        done("withdrawn", song, actor)
