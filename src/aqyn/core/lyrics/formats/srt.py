"""SRT (SubRip): a number, a time `00:01:02,340 --> 00:01:04,500`, and a line of text.

It cannot carry: times of words; lines without times (they are left out); languages; other layers; sections;
title and artist. Tags for looks (`<i>`, `{\\an8}`) are dropped when it is read. Two lines of text under one
time are one line of the song, broken for the screen: nothing says when the second is sung.
"""

from __future__ import annotations

import re

from aqyn.core.lyrics.formats.clock import clock
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, refuse_strange
from aqyn.core.lyrics.formats.subtitles import sheet_of, subtitles, written
from aqyn.core.lyrics.formats.words import spoken
from aqyn.core.lyrics.model import Line
from aqyn.core.lyrics.timing import LineCues

_LOOKS = re.compile(r"</?(?:[biusBIUS]|font|FONT)(?:\s[^<>]*)?>|\{\\[^{}]*\}")


def read(text: str) -> Sheet:
    """The sheet of an SRT file, times to the millisecond. Raises FormatError naming the line at fault."""
    refuse_strange(text)
    found = subtitles(text, after_blank=True)
    spoken_lines = ((spoken([(_LOOKS.sub("", one.text), "")], one.number), one) for one in found)
    return sheet_of((words, LineCues(one.start, one.end)) for words, one in spoken_lines if words)


def write(sheet: Sheet) -> str:
    """The file. Raises FormatError naming the line that it cannot hold."""

    def subtitle(line: Line, cues: LineCues) -> str:
        said = " ".join(word.text for word in line.words)
        if "-->" in said or _LOOKS.search(said):
            raise FormatError("words that look like a mark of the format cannot be written.")
        return f"{clock(cues.start, ',')} --> {clock(cues.end, ',')}\n{said}\n"

    return "\n".join(f"{place}\n{one}" for place, one in enumerate(written(sheet, subtitle), 1))
