"""Who may hear which file under data/media."""

from __future__ import annotations

import secrets
from typing import Literal

from aqyn.songs.models import Encoding, Hearing, Publication, Recording

CONTENT_TYPES = {
    "opus": "audio/ogg; codecs=opus",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
}


def media_reach(name: str) -> Literal["public", "private"] | None:
    """Who may have the file `ab/abc….opus`: anyone, only those let in, or None where there is no such file.

    Public is what browsers play of a public song; originals never are. Changes only with `pages_changed()`.
    """
    playable = Encoding.objects.filter(file=name)
    if playable.filter(recording__song__publication__reach=Publication.Reach.PUBLIC).exists():
        return "public"
    known = playable.exists() or Recording.objects.filter(file=name).exists()
    return "private" if known else None


def key_opens(name: str, key: str) -> bool:
    """Whether the link with this key lets its holder hear the file."""
    if not key:
        return False
    keys = Publication.objects.filter(song__recordings__encodings__file=name).values_list("key", flat=True)
    return any(secrets.compare_digest(known.encode(), key.encode()) for known in keys)


def files_in_use(names: set[str]) -> set[str]:
    """Those of the media names that a row still stands on."""
    used = set(Encoding.objects.filter(file__in=names).values_list("file", flat=True))
    used |= set(Hearing.objects.filter(ear__in=names).values_list("ear", flat=True))
    return used | set(Recording.objects.filter(file__in=names).values_list("file", flat=True))
