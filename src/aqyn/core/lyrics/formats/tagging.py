"""A song's words as the tag at the head of an MP3 file."""

from __future__ import annotations

from aqyn.core.lyrics.formats import id3, sylt, uslt
from aqyn.core.lyrics.formats.sheet import Sheet


def lyrics_tag(sheet: Sheet) -> bytes:
    """An ID3v2.4 tag with the words as USLT and, where a line of them is timed, as SYLT.

    Raises FormatError.
    """
    frames = [id3.Frame("USLT", uslt.write(sheet))]
    if any(sheet.cues):
        frames.append(id3.Frame("SYLT", sylt.write(sheet)))
    return id3.tag(frames)
