"""What every format reads and writes: a song's words with their times."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from aqyn.core.lyrics.layers import pieces
from aqyn.core.lyrics.model import Line, LyricsError, Section
from aqyn.core.lyrics.timing import LineCues
from aqyn.core.texts import seen

MOST_CHARACTERS = 4_000_000
MOST_LINES = 2_000
LONGEST_LINE = 4_000
"""Letters of a line; with the times and marks between them, it may have `LONGEST_WRITTEN`."""
LONGEST_WRITTEN = 60_000


class FormatError(LyricsError):
    """A file that cannot be read as what it claims to be, or a sheet that the format cannot hold.

    `line` is that of the file when reading, of the song when writing.
    """


@dataclass(frozen=True, slots=True)
class Sheet:
    """A song as a file holds it. `cues` has one entry for each line of all sections, None for an untimed one.

    `language` is the BCP 47 tag of the main layer, "" where the file does not say.
    """

    sections: tuple[Section, ...]
    cues: tuple[LineCues | None, ...]
    language: str = ""
    title: str = ""
    artist: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for section in self.sections for line in section.lines)


def decoded(data: bytes) -> str:
    """The text of a lyrics file: UTF-8, or UTF-16 that says so by its first bytes; line ends become "\\n",
    and what nobody sees goes.

    Raises FormatError naming the first line that is something else, or that holds a control character.
    """
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 if wide else data[: error.start].count(b"\n") + 1
        raise FormatError(
            "this is not UTF-8 text: save it as UTF-8, or copy its words and paste them.", line
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_strange(text)
    return seen(text)


def refuse_strange(text: str) -> None:
    """Raise FormatError for a text that is too long, or that holds control characters."""
    if len(text) > MOST_CHARACTERS:
        raise FormatError(
            "The file is longer than any song: %(most)s characters at most.", most=MOST_CHARACTERS
        )
    if found := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]", text):
        raise FormatError("there is a control character.", text.count("\n", 0, found.start()) + 1)


def refuse_long(lines: Sequence[object]) -> None:
    if len(lines) > MOST_LINES:
        raise FormatError("A song has at most %(most)s lines.", most=MOST_LINES)


def refuse_wide(length: int, number: int, most: int = LONGEST_LINE) -> None:
    if length > most:
        raise FormatError("a line has at most %(most)s characters.", number, most=most)


def syllables_of(word: str, language: str, starts: int) -> tuple[str, ...]:
    """The word in as many pieces as it has syllable starts; whole where its syllables are another number."""
    if starts == 1:
        return (word,)
    parts = pieces(word, language)
    return parts if len(parts) == starts else (word,)
