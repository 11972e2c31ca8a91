"""A song leaves as a folder that brings it back."""

from __future__ import annotations

from pathlib import Path

from aqyn.songs.folders.writing import write_folder
from aqyn.songs.models import Song
from aqyn.songs.selectors.rows import whole_songs
from aqyn.songs.sentences import NoSuchSong


def export_folder(*, song: str, folder: Path) -> list[str]:
    """Write the song into a new or empty folder; the names of its files. Raises NoSuchSong, FolderNotEmpty.

    The key of a link is not among them: who gets the folder is not thereby let in.
    """
    found = whole_songs(Song.objects.filter(slug=song))
    if not found:
        raise NoSuchSong(slug=song)
    return write_folder(found[0], folder)
