"""Words inside a recording's own file: plain text, or the text of an LRC file in the same place."""

from __future__ import annotations

from dataclasses import replace

from aqyn.core.lyrics.formats import enhanced_lrc, lrc, text
from aqyn.core.lyrics.formats.sheet import Sheet, refuse_strange
from aqyn.core.lyrics.model import Line


def read(words: str, language: str = "") -> Sheet:
    """The sheet of such a text. `language` is the tag that the file gives beside it, "" for none.

    Raises FormatError naming the line at fault.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\x00")
    refuse_strange(words)
    sheet = (enhanced_lrc if lrc.seems(words) else text).read(words)
    return sheet if sheet.language or not language else in_language(sheet, language)


def write(sheet: Sheet) -> str:
    """Enhanced LRC where a line of the sheet is timed, plain text otherwise. Raises FormatError."""
    return enhanced_lrc.write(sheet) if any(sheet.cues) else text.write(sheet)


def in_language(sheet: Sheet, language: str) -> Sheet:
    """The sheet told to be in `language`: its lines whose language nobody knew."""
    primary = language.split("-")[0]

    def told(line: Line) -> Line:
        return replace(line, language=primary) if line.language == "und" else line

    sections = tuple(replace(one, lines=tuple(told(line) for line in one.lines)) for one in sheet.sections)
    return replace(sheet, sections=sections, language=language)
