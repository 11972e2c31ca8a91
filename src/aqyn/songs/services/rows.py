"""The row a deed is about, held until the deed is done; and the word of what was done."""

from __future__ import annotations

from aqyn.songs.models import Line, Recording, Song
from aqyn.songs.sentences import NoSuchLine, NoSuchRecording, NoSuchSong
from aqyn.ui.journal import Journal

_journal = Journal("aqyn.songs")
done, noted = _journal.done, _journal.noted


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
