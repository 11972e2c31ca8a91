"""The row a deed is about, held until the deed is done; and the word of what was done."""

from __future__ import annotations

import logging
from typing import Any

from aqyn.songs.models import Line, Recording, Song
from aqyn.songs.sentences import NoSuchLine, NoSuchRecording, NoSuchSong
from aqyn.ui.pages import pages_changed

log = logging.getLogger("aqyn.songs")


def song_held(slug: str) -> Song:
    """The song, locked until the transaction around this call ends. Raises NoSuchSong."""
    # On SQLite the transaction itself holds the one write lock from its first statement.
    song = Song.objects.select_for_update().filter(slug=slug).first()
    if song is None:
        raise NoSuchSong(slug=slug)
    return song


def song_of_line_held(line: int) -> tuple[Song, Line]:
    """The line and its song, the song locked. Raises NoSuchLine."""
    song = Song.objects.select_for_update(of=("self",)).filter(sections__lines__pk=line).first()
    found = Line.objects.select_related("section").filter(pk=line).first()
    if song is None or found is None:
        raise NoSuchLine
    return song, found


def song_of_recording_held(recording: int) -> tuple[Song, Recording]:
    """The recording and its song, the song locked. Raises NoSuchRecording."""
    song = Song.objects.select_for_update(of=("self",)).filter(recordings__pk=recording).first()
    found = Recording.objects.filter(pk=recording).first()
    if song is None or found is None:
        raise NoSuchRecording
    return song, found


def done(deed: str, song: str, actor: Any) -> None:
    """Drop the kept pages and note who did what. The last line of every deed, inside its transaction."""
    pages_changed()
    noted(deed, song, actor)


def noted(deed: str, song: str, actor: Any) -> None:
    """Note who did what, where no page that is kept shows it."""
    log.info("%s: %s by %s", song, deed, getattr(actor, "pk", actor) or "the house")
