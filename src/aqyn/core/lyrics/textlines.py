"""What each line of a text is (words, a heading, chords, ChordPro), and the song that they make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from aqyn.core.lyrics.chordpro import Directive, directive
from aqyn.core.lyrics.chords import chord_row, laid_over, only_chords, taken_out
from aqyn.core.lyrics.model import (
    Chord,
    Line,
    LyricsError,
    MarkError,
    Section,
    marked,
    parse_marked,
)
from aqyn.core.lyrics.parts import MOST_TIMES, Heading, Parts, called, heading

#: Lines that a text is read to, its repeats sung out.
MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class TextLine:
    """What one line of the text is, and what it makes.

    `number` counts from 1. `kind` is "line", "heading", "blank", "chords" (for the line below, or played
    alone), "directive" (ChordPro, not sung) or "fault". `line` is the line of the song, `sung` its places
    among all lines of the song, counted from 0: of a line all where it is sung, of a heading that stands
    alone those of the part it repeats. `section` is the place of the section that it (first) stands in. A
    line may be its kind and have a `fault` too: a heading that repeats nothing.
    """

    number: int
    kind: str
    line: Line | None = None
    section: int | None = None
    fault: LyricsError | None = None
    sung: tuple[int, ...] = ()


@dataclass
class _Part:
    """A part being read: its heading (row None where it has none) and the rows of its lines."""

    head: Heading
    row: int | None = None
    lines: list[tuple[int, Line]] = field(default_factory=list)
    closed: bool = True
    """Whether an empty line ends it: not so between {soc} and {eoc}."""
    faulty: bool = False


class Reader:
    """Reads a text once: `rows` for its lines, `sections` for the song, its repeats sung out."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.rows: list[TextLine] = []
        self.sections: list[Section] = []
        self.parts: Parts[Section] = Parts()
        self.part: _Part | None = None
        self.parted = False
        self.played: list[str] = []
        self.count = 0
        self.full = False

    def read(self, text: str) -> None:
        raw = text.splitlines()
        self.rows = [TextLine(number, "blank") for number in range(1, len(raw) + 1)]
        at = 0
        while at < len(raw):
            at = self._row(raw, at)
        self._finish()
        self._play_last()

    def _row(self, raw: Sequence[str], at: int) -> int:
        """Take in the row, with the one below where they belong together; the place to read on from."""
        said = raw[at].strip()
        if not said:
            self._blank()
        elif head := heading(said):
            self._is(at, "heading")
            self._begin(_Part(head, at))
        elif asked := directive(said):
            return self._directive(raw, at, asked)
        elif names := only_chords(said):
            self._is(at, "chords")
            self.played += names
        elif row := chord_row(raw[at]):
            if at + 1 < len(raw) and is_words(raw[at + 1]):
                self._is(at, "chords")
                self._words(at + 1, laid_over(row, raw[at + 1]))
                return at + 2
            if len(row) > 1:
                self._is(at, "chords")
                self.played += [name for _, name in row]
            else:
                self._words(at, raw[at])
        else:
            self._words(at, raw[at])
        return at + 1

    def _is(self, at: int, kind: str, **known: object) -> None:
        self.rows[at] = replace(self.rows[at], kind=kind, **known)  # type: ignore[arg-type]

    def _blank(self) -> None:
        if self.part is not None and self.part.closed:
            self.parted = True
            self._play_out()

    def _directive(self, raw: Sequence[str], at: int, asked: Directive) -> int:
        self._is(at, "directive")
        if asked.deed == "said":
            return at + 1
        if asked.skipped:
            return self._skip(raw, at, asked)
        if asked.deed == "end":
            self._finish()
            return at + 1
        self._is(at, "heading")
        again = asked.deed == "again"
        self._begin(
            _Part(called(asked.label or ("" if again else asked.kind), kind=asked.kind), at, closed=again)
        )
        if again:
            self._finish()
        return at + 1

    def _skip(self, raw: Sequence[str], at: int, asked: Directive) -> int:
        """Past a part that is not sung, such as a tablature."""
        if asked.deed == "end":
            return at + 1
        for end in range(at + 1, len(raw)):
            self._is(end, "directive")
            there = directive(raw[end].strip())
            if there and (there.deed, there.kind) == ("end", asked.kind):
                return end + 1
        self._fault(at, LyricsError("the part that begins here has no end.", at + 1))
        return len(raw)

    def _words(self, at: int, raw: str) -> None:
        part = self.part
        if part is not None and self.parted:
            # An empty line under a heading: it stands alone if it repeats a part, or is played and has chords
            # of its own; else these are its lines.
            repeats = part.row is not None and self.parts.meant(part.head) is not None
            if part.lines or repeats or (self.played and part.head.played):
                part = None
        if part is None:
            part = _Part(Heading("verse"))
            self._begin(part)
        self.parted = False
        try:
            line = line_of(raw, self.language)
        except MarkError as error:
            part.faulty = True
            self._fault(at, MarkError(error.sentence, at + 1), "fault")
            return
        if self.played:
            before = tuple(Chord(0, 0, name) for name in self.played)
            line, self.played = replace(line, chords=before + line.chords), []
        self._is(at, "line", line=line)
        part.lines.append((at, line))

    def _fault(self, at: int, fault: LyricsError, kind: str = "") -> None:
        self._is(at, kind or self.rows[at].kind, fault=fault)

    def _begin(self, part: _Part) -> None:
        self._finish()
        self.part, self.parted = part, False

    def _play_out(self) -> None:
        """Chords with no words below them in their part are played after its last word."""
        if self.played and self.part is not None and self.part.lines:
            at, line = self.part.lines[-1]
            after = tuple(Chord(len(line.words), 0, name) for name in self.played)
            line, self.played = replace(line, chords=line.chords + after), []
            self.part.lines[-1] = (at, line)
            self._is(at, "line", line=line)

    def _play_last(self) -> None:
        """Chords that no words follow any more are played after the last word of the song."""
        if self.played and self.sections:
            last = self.sections[-1]
            *lines, line = last.lines
            after = tuple(Chord(len(line.words), 0, name) for name in self.played)
            lines.append(replace(line, chords=line.chords + after))
            self.sections[-1] = replace(last, lines=tuple(lines))

    def _finish(self) -> None:
        self._play_out()
        part, self.part, self.parted = self.part, None, False
        if part is None:
            return
        head = part.head
        if part.row is not None and not 1 <= head.times <= MOST_TIMES:
            fault = LyricsError("a part is sung 1 to %(most)s times in a row.", part.row + 1, most=MOST_TIMES)
            self._fault(part.row, fault)
            return
        if part.lines:
            section = Section(head.kind, tuple(line for _, line in part.lines), head.name)
            self.parts.add(head, section)
            self._sing(part, section)
        elif part.row is not None and not part.faulty:
            meant = self.parts.meant(head)
            if meant is not None:
                self._sing(part, meant)
            elif not head.played:
                fault = LyricsError(
                    "there is no part “%(name)s” above to sing again.",
                    part.row + 1,
                    name=head.label or head.kind,
                )
                self._fault(part.row, fault)

    def _sing(self, part: _Part, section: Section) -> None:
        """The part into the song as often as it is sung, each row told where it went."""
        length, times = len(section.lines), part.head.times
        row = part.lines[-1][0] if part.row is None else part.row
        if self.count + length * times > MOST_LINES:
            if not self.full:
                self._fault(row, LyricsError("a song has at most %(most)s lines.", row + 1, most=MOST_LINES))
            self.full = True
            return
        starts = range(self.count, self.count + length * times, length)
        place = len(self.sections)
        for step, (at, _) in enumerate(part.lines):
            self._is(at, "line", section=place, sung=tuple(start + step for start in starts))
        if part.row is not None:
            alone = () if part.lines else tuple(range(self.count, self.count + length * times))
            self._is(part.row, "heading", section=place, sung=alone)
        self.sections += [section] * times
        self.count += length * times


def is_words(raw: str) -> bool:
    """Whether the row, looked at alone, is a line that is sung."""
    said = raw.strip()
    return bool(said) and not (heading(said) or directive(said) or only_chords(said) or chord_row(raw))


@lru_cache(maxsize=4096)
def line_of(raw: str, language: str) -> Line:
    """The line of a row: its words, its chords, its language. Raises MarkError."""
    said, chords = taken_out(raw)
    words = parse_marked(said, language)
    spoken = {word.language for word in words}
    if len(spoken) == 1 and spoken != {language}:
        [other] = spoken
        return Line(marked(words, other), other.split("-")[0], chords=chords)
    return Line(said, language, chords=chords)
