"""What subtitles are made of: a line that says from when to when, and lines of text under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from aqyn.core.lyrics.formats.clock import milliseconds
from aqyn.core.lyrics.formats.sheet import LONGEST_WRITTEN, FormatError, Sheet, refuse_long, refuse_wide
from aqyn.core.lyrics.formats.words import Spoken, line_of
from aqyn.core.lyrics.model import Line, Section
from aqyn.core.lyrics.timing import LineCues

_TIME = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMES = re.compile(rf"{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")


@dataclass(slots=True)
class Subtitle:
    """Text and its time, and the line of the file that says it."""

    start: int
    end: int
    number: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def subtitles(text: str, *, after_blank: bool) -> list[Subtitle]:
    """The subtitles of a file. `after_blank`: what stands after an empty line is still text of the one above.

    Otherwise it belongs to none, as WebVTT has it. Raises FormatError naming the line at fault.
    """
    found: list[Subtitle] = []
    taken = False  # whether text belongs to the last one found
    length = 0  # of its text so far
    above = ""  # the line just above, where it was taken for text
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if "-->" in line:
            # What stands right above a time is the number of the subtitle.
            if above.isdecimal():
                found[-1].lines.pop()
            found.append(Subtitle(*_times(line, number), number))
            refuse_long(found)
            taken, above, length = True, "", 0
        elif not line:
            taken, above = taken and after_blank, ""
        elif taken:
            found[-1].lines.append(line)
            length += len(line)
            refuse_wide(length, number, LONGEST_WRITTEN)
            above = line
    return found


def _times(line: str, number: int) -> tuple[int, int]:
    said = _TIMES.fullmatch(line)
    figures = said.groups() if said else ()
    start = milliseconds(*figures[:4]) if said else None
    end = milliseconds(*figures[4:]) if said else None
    if start is None or end is None:
        raise FormatError(
            "“%(text)s” is not a time such as 00:01:02.340 --> 00:01:04.500.", number, text=line[:40]
        )
    if end < start:
        raise FormatError("it ends before it begins.", number)
    return start, end


Sung = tuple[Sequence[Spoken], LineCues]


def sheet_of(sung: Iterable[Sung], *, language: str = "", title: str = "", artist: str = "") -> Sheet:
    """The sheet of these lines, put in the order in which they begin, all in one section.

    Raises FormatError where there are none or too many.
    """
    ordered = sorted(sung, key=lambda one: one[1].start)
    refuse_long(ordered)
    if not ordered:
        raise FormatError("There are no words with a time in the file.")
    lines = tuple(line_of(words, language) for words, _ in ordered)
    return Sheet((Section("verse", lines),), tuple(cues for _, cues in ordered), language, title, artist)


Written = TypeVar("Written")


def written(sheet: Sheet, one: Callable[[Line, LineCues], Written]) -> list[Written]:
    """What `one` makes of each timed line; a line without times has no place among subtitles.

    A FormatError of `one` is told with the line of the song. Raises FormatError where no line is timed.
    """
    out = []
    for place, (line, cues) in enumerate(zip(sheet.lines, sheet.cues, strict=True), 1):
        if cues is None:
            continue
        if not line.words:
            raise FormatError("a line without words cannot be written.", place)
        try:
            out.append(one(line, cues))
        except FormatError as error:
            raise FormatError(error.sentence, place, **error.values) from None
    if not out:
        raise FormatError("No line of the song has a time.")
    return out
