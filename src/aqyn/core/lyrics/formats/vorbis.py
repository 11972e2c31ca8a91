"""Vorbis comments, the tags of FLAC, Ogg Vorbis and Opus: words in `LYRICS`, `SYNCEDLYRICS` or
`UNSYNCEDLYRICS`.

Written are `LYRICS`, in Enhanced LRC where the song is timed, `UNSYNCEDLYRICS` with the words alone, and
title, artist and language. Read is the first of `SYNCEDLYRICS`, `LYRICS` and `UNSYNCEDLYRICS` that has times,
or else the first that is there. It cannot carry more than Enhanced LRC can, and without times no more than
plain text. https://xiph.org/vorbis/doc/v-comment.html
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from aqyn.core.lyrics.formats import embedded, lrc, text
from aqyn.core.lyrics.formats.languages import tag_of, three_letters
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet
from aqyn.core.lyrics.model import canonical_tag

MOST_COMMENTS = 10_000
MOST_BYTES = 32 * 1024 * 1024
VENDOR = "Aqyn"

_NAMES = ("SYNCEDLYRICS", "LYRICS", "UNSYNCEDLYRICS")
# What stands before the block in a packet of Vorbis and of Opus; in FLAC nothing does.
_PACKETS = (b"\x03vorbis", b"OpusTags")


class Comment(NamedTuple):
    """A name in capitals, and its value."""

    name: str
    value: str


def read(data: bytes) -> Sheet:
    """The sheet of a block of comments, or of a packet of Vorbis or Opus with one. Raises FormatError."""
    comments = unpacked(data)
    told: dict[str, str] = {}
    for comment in comments:
        told.setdefault(comment.name, comment.value)
    found = [told[name] for name in _NAMES if told.get(name, "").strip()]
    if not found:
        raise FormatError("There are no words in the comments.")
    words = next((value for value in found if lrc.seems(value)), found[0])
    sheet = embedded.read(words, _tag(told.get("LANGUAGE", "")))
    return replace(
        sheet,
        title=sheet.title or " ".join(told.get("TITLE", "").split()),
        artist=sheet.artist or " ".join(told.get("ARTIST", "").split()),
    )


def _tag(said: str) -> str:
    return canonical_tag(said) if len(said) == 2 and said.isascii() and said.isalpha() else tag_of(said)


def write(sheet: Sheet) -> bytes:
    """A block of comments. Raises FormatError."""
    comments = [Comment("LYRICS", embedded.write(sheet)), Comment("UNSYNCEDLYRICS", text.write(sheet))]
    told = (("TITLE", sheet.title), ("ARTIST", sheet.artist))
    comments += [Comment(name, value) for name, value in told if value.strip()]
    if sheet.language:
        comments.append(Comment("LANGUAGE", three_letters(sheet.language)))
    return packed(comments)


def unpacked(data: bytes) -> list[Comment]:
    """The comments of a block; one that is not text is left out. Raises FormatError."""
    at = next((len(packet) for packet in _PACKETS if data.startswith(packet)), 0)
    if len(data) > MOST_BYTES:
        raise FormatError("The comments are longer than any song: %(most)s bytes at most.", most=MOST_BYTES)
    _, at = _counted(data, at)
    count, at = _number(data, at)
    if count > MOST_COMMENTS:
        raise FormatError("There are at most %(most)s comments in a block.", most=MOST_COMMENTS)
    found = []
    for _ in range(count):
        raw, at = _counted(data, at)
        name, equals, value = raw.partition(b"=")
        try:
            if equals:
                found.append(Comment(name.decode("ascii").upper(), value.decode("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def packed(comments: Sequence[Comment]) -> bytes:
    """The block that `unpacked` reads back."""
    values = [VENDOR.encode(), *(f"{comment.name}={comment.value}".encode() for comment in comments)]
    sized = [len(value).to_bytes(4, "little") + value for value in values]
    return sized[0] + len(comments).to_bytes(4, "little") + b"".join(sized[1:])


def _number(data: bytes, at: int) -> tuple[int, int]:
    if at + 4 > len(data):
        raise FormatError("The block of comments ends too soon.")
    return int.from_bytes(data[at : at + 4], "little"), at + 4


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    size, at = _number(data, at)
    if at + size > len(data):
        raise FormatError("The block of comments ends too soon.")
    return data[at : at + size], at + size
