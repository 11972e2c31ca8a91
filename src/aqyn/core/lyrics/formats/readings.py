"""A sheet in another of its readings: the same song and times, its words in another script or language."""

from __future__ import annotations

from dataclasses import replace

from aqyn.core.lyrics.formats.sheet import FormatError, Sheet
from aqyn.core.lyrics.model import Kind, Line, kind_of_tag
from aqyn.core.lyrics.timing import LineCues


def sheet_in(sheet: Sheet, tag: str) -> Sheet:
    """The sheet with the reading `tag` as its words, and no other readings or chords.

    A line without that reading keeps its own words. Times are kept by word where a line has as many words
    as before, otherwise by line. Raises FormatError where no line has the reading.
    """
    if tag == sheet.language:
        return sheet
    if not any(tag in line.readings for line in sheet.lines):
        raise FormatError("The song has no reading “%(tag)s”.", tag=tag[:20])
    translated = kind_of_tag(tag, sheet.language) is Kind.TRANSLATION
    cues = iter(sheet.cues)
    sections, times = [], []
    for section in sheet.sections:
        lines = []
        for line in section.lines:
            said = _line_in(line, tag, translated)
            lines.append(said)
            times.append(_fitting(next(cues), line, said))
        sections.append(replace(section, lines=tuple(lines)))
    return replace(sheet, sections=tuple(sections), cues=tuple(times), language=tag)


def _line_in(line: Line, tag: str, translated: bool) -> Line:
    reading = line.readings.get(tag)
    if reading is None:
        return Line(line.text, line.language)
    return Line(reading.text, tag.split("-")[0] if translated else line.language)


def _fitting(cues: LineCues | None, before: Line, after: Line) -> LineCues | None:
    if cues is None or not cues.words or len(before.words) == len(after.words) == len(cues.words):
        return cues
    first = cues.words[0]
    return LineCues(cues.start, cues.end, (), first.origin, first.sure)
