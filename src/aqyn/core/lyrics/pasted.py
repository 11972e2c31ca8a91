"""Words as a person types or pastes them: a line a line, empty lines between verses, `[chorus]` over a part,
`[Am]` before what it is played with. docs/verse.md tells all of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from aqyn.core.lyrics.chords import put_in
from aqyn.core.lyrics.model import (
    Line,
    MarkError,
    Section,
    escaped,
    marked,
)
from aqyn.core.lyrics.parts import Parts, called, heading, usual
from aqyn.core.lyrics.textlines import MOST_LINES, Reader, TextLine, is_words, line_of

__all__ = ["MOST_LINES", "TextLine", "lines_of", "read_pasted", "write_pasted"]

#: Stands for a bracket that opens no chord, where Unicode has nothing, while chords are put in.
_BRACKET = "\uffff"


def read_pasted(text: str, language: str) -> tuple[Section, ...]:
    """The sections of a pasted text whose lines are in `language` ("kk"), its repeats sung out.

    A heading may be in English, Kazakh or Russian; any other one is kept as the part's name. A line that is
    a span from end to end (`{ru:…}`) is a line of that language. Raises LyricsError (MarkError for a span)
    with the line of the text.
    """
    reader = Reader(language)
    reader.read(text)
    for row in reader.rows:
        if row.fault is not None:
            raise row.fault
    return tuple(reader.sections)


def lines_of(text: str, language: str) -> tuple[TextLine, ...]:
    """Every line of the text with what `read_pasted` makes of it; never raises."""
    reader = Reader(language)
    reader.read(text)
    return tuple(reader.rows)


def write_pasted(sections: Sequence[Section], language: str, tag: str = "") -> str:
    """The text that `read_pasted` reads back to these words and chords.

    A part that was written out before is its heading alone, wherever that means the very same lines. Headings
    are in the language and script of `tag` ("kk-Cyrl"), without it in English.
    """
    parts: Parts[list[str]] = Parts()
    texts = []
    for section in sections:
        lines = [written(line, language) for line in section.lines]
        kind = usual(section.kind, tag)
        said = section.name if section.kind == "verse" and section.name else kind
        head = heading(f"[{said}]")
        if head is None or (head.kind, head.name, head.times) != (section.kind, section.name or "", 1):
            said, head = kind, called(kind)
        numbered = [
            f"{kind} {place}"
            for place, other in enumerate(parts.by_kind.get(section.kind, ()), 1)
            if other == lines and not head.name
        ]
        alone = next((one for one in (said, *numbered) if parts.meant(called(one)) == lines), None)
        if alone is None:
            parts.add(head, lines)
        texts.append("\n".join([f"[{alone or said}]", *([] if alone else lines)]))
    return "\n\n".join(texts) + "\n"


def written(line: Line, language: str) -> str:
    """The row that reads back to this line, in a text whose lines are in `language`."""
    words = line.words
    row = put_in(line.text if line.language == language else marked(words, language), line.chords)
    if _reads_back(row, line, language):
        return row
    # Words that would be read as a chord, a heading or a directive: say of every bracket that it is none.
    row = _bare(marked(words, language), line)
    if _reads_back(row, line, language) or any(word.language != language for word in words):
        return row
    # Words that are names of chords: a span of their own language makes a row of chords words.
    return _bare(f"{{{language}:{escaped(' '.join(word.text for word in words))}}}", line)


def _bare(text: str, line: Line) -> str:
    return put_in(text.replace("[", _BRACKET), line.chords).replace(_BRACKET, "\\[")


def _reads_back(row: str, line: Line, language: str) -> bool:
    if not is_words(row):
        return False
    try:
        read = line_of(row, language)
    except MarkError:
        return False
    return (read.words, read.chords) == (line.words, line.chords)
