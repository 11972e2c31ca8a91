"""Plain text: a line a line, an empty line and a heading such as `[chorus]` between sections.

It carries words, lines and sections. It cannot carry: any time; languages of lines and spans; other layers;
chords; title and artist. What an author writes into a text besides its words (`{ru:…}`, chords, a section
sung again by its name) is read, as where words are pasted; only the words are written, with a mark where they
would be read as something else (`\\[Am]`, a line of names of chords).
"""

from __future__ import annotations

from dataclasses import replace

from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, refuse_long, refuse_strange, refuse_wide
from aqyn.core.lyrics.model import Line, LyricsError, Section, escaped, marked, plain
from aqyn.core.lyrics.pasted import read_pasted, write_pasted

_UNKNOWN = "und"


def read(text: str) -> Sheet:
    """The sheet of a plain text, its language unknown. Raises FormatError naming the line at fault."""
    refuse_strange(text)
    # What is too much for a song is refused before its words are looked at.
    for number, line in enumerate(text.split("\n"), 1):
        refuse_wide(len(line), number)
    refuse_long([line for line in text.splitlines() if line.strip()])
    try:
        pasted = read_pasted(text, _UNKNOWN)
    except LyricsError as error:
        raise FormatError(error.sentence, error.line, **error.values) from None
    sections = tuple(section for section in map(_unmarked, pasted) if section.lines)
    count = sum(len(section.lines) for section in sections)
    refuse_long(range(count))
    if not count:
        raise FormatError("There are no words in the file.")
    return Sheet(sections, (None,) * count)


def _unmarked(section: Section) -> Section:
    """The section without marks that only say that a line is words, and without lines that have none."""
    lines = (replace(line, text=marked(line.words, line.language)) for line in section.lines if line.words)
    return replace(section, lines=tuple(lines))


def write(sheet: Sheet) -> str:
    """The words of the sheet. Raises FormatError for a line without any."""
    sections = []
    at = 0
    for section in sheet.sections:
        lines = []
        for line in section.lines:
            at += 1
            words = plain(line.text, line.language)
            if not words:
                raise FormatError("a line without words cannot be written.", at)
            lines.append(Line(escaped(words), _UNKNOWN))
        sections.append(Section(section.kind, tuple(lines), section.name))
    return write_pasted(sections, _UNKNOWN, sheet.language)
