"""USLT, the words in an ID3 tag: a language, a description, and one text.

The text is written without times, as players show it; where it is an LRC file in that place, as some programs
put it, it is read as one. It cannot carry: times; which script the song is in ("kk-Latn" is "kaz" is "kk");
languages of lines and spans; other layers; chords; title and artist, which have frames of their own.
https://id3.org/id3v2.4.0-frames (4.8)
"""

from __future__ import annotations

from typing import NamedTuple

from aqyn.core.lyrics.formats import embedded, id3, text
from aqyn.core.lyrics.formats.languages import tag_of, three_letters
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet


class Words(NamedTuple):
    """What a frame says: the language as a BCP 47 tag or "", what it is called, and its text."""

    language: str
    about: str
    text: str


def read(data: bytes) -> Sheet:
    """The sheet of a frame's body, or of the first such frame in a tag. Raises FormatError."""
    words = unpacked(id3.body_of(data, "USLT"))
    return embedded.read(words.text, words.language)


def write(sheet: Sheet) -> bytes:
    """The body of a frame. Raises FormatError."""
    return packed(Words(sheet.language, "", text.write(sheet)))


def unpacked(body: bytes) -> Words:
    """What the body of a frame says. Raises FormatError."""
    if len(body) < 5:
        raise FormatError("the frame is shorter than its head.", 1)
    about, at = id3.text_of(body, body[0], 4)
    said, _ = id3.text_of(body, body[0], at)
    return Words(tag_of(body[1:4].decode("latin-1")), about, said)


def packed(words: Words, encoding: int = id3.UTF_8) -> bytes:
    """The body of a frame in one of `id3.ENCODINGS`. Raises FormatError for letters that it has not."""
    code = three_letters(words.language).encode("ascii")
    about, said = (id3.ended(part, encoding) for part in (words.about, words.text))
    return bytes([encoding]) + code + about + said
