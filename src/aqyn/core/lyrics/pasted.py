"""Words as a person types or pastes them: a line a line, empty lines between verses, `[chorus]` over a
part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aqyn.core.lyrics.model import SECTION_KINDS, Line, MarkError, Section, Word, marked, parse_marked

_HEADING = re.compile(r"\[([^\[\]{}]{1,120})\]")
_SAID = {
    "шумақ": "verse",
    "куплет": "verse",
    "қайырма": "chorus",
    "қайырмасы": "chorus",
    "припев": "chorus",
    "бридж": "bridge",
    "өткел": "bridge",
    "кіріспе": "intro",
    "вступление": "intro",
    "соңы": "outro",
    "концовка": "outro",
    "кода": "outro",
}


def read_pasted(text: str, language: str) -> tuple[Section, ...]:
    """The sections of a pasted text whose lines are in `language` ("kk").

    A heading may be in English, Kazakh or Russian; any other one is kept as the part's name. A line that is
    a span from end to end (`{ru:…}`) is a line of that language. Raises MarkError with the line of the
    text.
    """
    sections: list[tuple[str, str, list[Line]]] = []
    parted = True
    for number, raw in enumerate(text.splitlines(), 1):
        said = raw.strip()
        heading = _HEADING.fullmatch(said)
        if heading:
            sections.append((*_kind(heading[1]), []))
            parted = False
        elif not said:
            parted = True
        else:
            if not sections or (parted and sections[-1][2]):
                sections.append(("verse", "", []))
            parted = False
            try:
                sections[-1][2].append(_line(said, language))
            except MarkError as error:
                raise MarkError(error.sentence, number) from None
    return tuple(Section(kind, tuple(lines), name) for kind, name, lines in sections if lines)


def _kind(heading: str) -> tuple[str, str]:
    """(kind, name) of a heading; "Chorus 2:" is a chorus."""
    plain = re.sub(r"[\s\d:.-]", "", heading).lower()
    kind = plain if plain in SECTION_KINDS else _SAID.get(plain, "")
    return (kind, "") if kind else ("verse", " ".join(heading.split()))


def _line(said: str, language: str) -> Line:
    words = parse_marked(said, language)
    spoken = {word.language for word in words}
    if len(spoken) == 1 and spoken != {language}:
        [other] = spoken
        return Line(marked(words, other), other.split("-")[0])
    return Line(said, language)


def write_pasted(sections: Sequence[Section], language: str) -> str:
    """The text that `read_pasted` reads back to these words."""
    parts = []
    for section in sections:
        heading = section.name if section.kind == "verse" and section.name else section.kind
        lines = [f"[{heading}]"]
        for line in section.lines:
            words: Sequence[Word] = line.words
            lines.append(line.text if line.language == language else marked(words, language))
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
