"""SYLT, the timed words in an ID3 tag: a language, a description, and pieces of text with their times.

A piece is a syllable, a word or a line; one that opens a line begins with "\\n", one that closes a word keeps
the space behind it, and an empty one says where a line ends. It carries lines, words and syllables to the
millisecond. It cannot carry: lines without times (they are left out); which script the song is in; languages
of lines and words; other layers; sections; overlapping lines; syllable starts in another number than the
word's own syllables; title and artist, which have frames of their own.

A line that is one piece has word times only where it is one word and the piece keeps a space behind it.
Times counted in frames of MPEG are refused. https://id3.org/id3v2.4.0-frames (4.9)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aqyn.core.lyrics.formats import id3
from aqyn.core.lyrics.formats.languages import tag_of, three_letters
from aqyn.core.lyrics.formats.sheet import MOST_CHARACTERS, FormatError, Sheet, refuse_strange
from aqyn.core.lyrics.formats.subtitles import Sung, sheet_of, written
from aqyn.core.lyrics.formats.words import Token, cues_of, spoken, timed_tokens
from aqyn.core.lyrics.model import Line
from aqyn.core.lyrics.timing import LONGEST_MS, LineCues

MILLISECONDS, LYRICS = 2, 1
MOST_PIECES = 200_000
# Other things, lyrics, and what was transcribed; movements, chords and the like are no words.
_WORDS = (0, 1, 2)


class Piece(NamedTuple):
    """Text and the time at which it begins."""

    text: str
    time: int


class Timed(NamedTuple):
    """What a frame says: the language as a BCP 47 tag or "", what it is called, and its pieces."""

    language: str
    about: str
    pieces: tuple[Piece, ...]


def read(data: bytes) -> Sheet:
    """The sheet of a frame's body, or of the first such frame in a tag.

    Raises FormatError; the line that it names is that of the words.
    """
    timed = unpacked(id3.body_of(data, "SYLT"))
    return sheet_of(_sung(timed.pieces), language=timed.language)


def write(sheet: Sheet) -> bytes:
    """The body of a frame. Raises FormatError naming the line that it cannot hold."""
    return packed(Timed(sheet.language, "", tuple(_pieces(sheet))))


def unpacked(body: bytes) -> Timed:
    """What the body of a frame says. Raises FormatError."""
    if len(body) < 7:
        raise FormatError("the frame is shorter than its head.", 1)
    encoding, counted, kind = body[0], body[4], body[5]
    if counted != MILLISECONDS:
        raise FormatError("its times are not counted in milliseconds.", 1)
    if kind not in _WORDS:
        raise FormatError("it holds something else than words.", 1)
    about, at = id3.text_of(body, encoding, 6)
    pieces: list[Piece] = []
    line, length = 1, 0
    while at < len(body):
        text, after = id3.text_of(body, encoding, at)
        if after + 4 > len(body):
            raise FormatError("it ends before its last time.", line)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        line, length, at = line + text.count("\n"), length + len(text), after + 4
        time = int.from_bytes(body[after:at], "big")
        if time > LONGEST_MS:
            raise FormatError("“%(text)s” is not a time.", line, text=time)
        if len(pieces) == MOST_PIECES or length > MOST_CHARACTERS:
            raise FormatError("there are more pieces here than lyrics need.", line)
        pieces.append(Piece(text, time))
    refuse_strange("".join(piece.text for piece in pieces))
    return Timed(tag_of(body[1:4].decode("latin-1")), about, tuple(pieces))


def packed(timed: Timed, encoding: int = id3.UTF_8) -> bytes:
    """The body of a frame in one of `id3.ENCODINGS`. Raises FormatError for letters that it has not."""
    head = bytes([encoding]) + three_letters(timed.language).encode("ascii") + bytes([MILLISECONDS, LYRICS])
    pieces = (id3.ended(piece.text, encoding) + piece.time.to_bytes(4, "big") for piece in timed.pieces)
    return head + id3.ended(timed.about, encoding) + b"".join(pieces)


class _Row(NamedTuple):
    """A line as it is put together: its tokens, and how many pieces of it are words."""

    tokens: list[Token]
    said: list[str]


def _rows(pieces: Sequence[Piece]) -> Iterator[_Row]:
    row = _Row([], [])
    for text, time in pieces:
        parts = text.split("\n")
        if not text.strip():
            # Silence: it ends what came before it.
            row.tokens.extend((time, (" ", "")))
        for place, part in enumerate(parts):
            if place:
                yield row
                row = _Row([], [])
            if part.strip():
                row.tokens.extend((time, (part, "")))
                row.said.append(part)
            elif part:
                row.tokens.append((" ", ""))
    yield row


def _sung(pieces: Sequence[Piece]) -> Iterator[Sung]:
    rows = [(number, row, spoken(row.tokens, number)) for number, row in enumerate(_rows(pieces), 1)]
    lines = [one for one in rows if one[2]]
    starts = [words[0].starts[0] for _, _, words in lines]
    for place, (number, row, words) in enumerate(lines):
        start, end = starts[place], words[-1].end
        # A line that does not say its end lasts until the next one begins.
        until = starts[min(place + 1, len(starts) - 1)] if end is None else end
        if len(row.said) > 1 or (len(words) == 1 and row.said[0][-1].isspace()):
            yield words, cues_of(words, until, number)
        else:
            yield words, LineCues(start, max(start, until))


def _pieces(sheet: Sheet) -> Iterator[Piece]:
    lines = written(sheet, _line_pieces)
    for place, (cues, said) in enumerate(lines):
        yield Piece("\n" + said[0].text if place else said[0].text, said[0].time)
        yield from said[1:]
        after = lines[place + 1][0].start if place + 1 < len(lines) else None
        if cues.end > cues.start if after is None else cues.end < after:
            yield Piece("", cues.end)


def _line_pieces(line: Line, cues: LineCues) -> tuple[LineCues, list[Piece]]:
    """The times of a line, and its pieces without what opens and ends it."""
    if not cues.words:
        return cues, [Piece(" ".join(word.text for word in line.words), cues.start)]
    pieces: list[Piece] = []
    for token in list(timed_tokens(line.words, cues))[:-1]:
        if isinstance(token, int):
            pieces.append(Piece("", token))
        else:
            pieces[-1] = Piece(pieces[-1].text + token[0], pieces[-1].time)
    return cues, pieces if len(pieces) > 1 else [Piece(pieces[0].text + " ", pieces[0].time)]
