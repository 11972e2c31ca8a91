"""LRC: one line of text after the time at which it begins, `[01:02.34]words`.

It cannot carry: times of words; languages of lines and spans (only `[la:]` for the song); other layers;
kinds and names of sections (an empty line parts them); overlapping lines (a line ends at the latest when
the next one begins). A line's end is an empty line with a time of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aqyn.core.lyrics.formats.sheet import (
    LONGEST_WRITTEN,
    FormatError,
    Sheet,
    refuse_long,
    refuse_strange,
    refuse_wide,
)
from aqyn.core.lyrics.model import SECTION_KINDS, Line, Section, canonical_tag, escaped
from aqyn.core.lyrics.timing import LONGEST_MS, LineCues

STAMP = r"(\d{1,4}):(\d{1,2})(?:[.:](\d{1,3}))?"
_STAMPED = re.compile(rf"\[{STAMP}\]")
_SEEN = re.compile(rf"^[ \t]*\[{STAMP}\]", re.MULTILINE)
_WORD_STAMPS = re.compile(rf"(?:<{STAMP}>\s*)+")
_HEADER = re.compile(r"\[([A-Za-z#]{1,20})\s*:(.*)\]\s*")
_HEADING = re.compile(r"\[([^\[\]:]{1,40})\]\s*")


@dataclass(slots=True)
class Entry:
    """A line of the file that is words: at which times (none, one or several), and where it stood."""

    text: str
    number: int
    starts: list[int]
    section: int


@dataclass(slots=True)
class Parsed:
    """The file taken apart. `headings` are the sections as the file names them, in order."""

    entries: list[Entry]
    ends: list[int]
    headings: list[str]
    tags: dict[str, str]


def read(text: str) -> Sheet:
    """The sheet of an LRC file: times to the millisecond where it has three digits, otherwise to the
    hundredth.

    A line with several times is sung as often. `[offset:ms]` is applied: a positive one makes the words come
    sooner. A heading such as `[chorus]` opens a section. Raises FormatError.
    """
    parsed = parse(text)
    for entry in parsed.entries:
        refuse_wide(len(entry.text), entry.number)

    def body(entry: Entry, _first: int, end: int, start: int) -> tuple[str, LineCues]:
        return escaped(entry.text), LineCues(start, end)

    return sheet_of(parsed, body)


def write(sheet: Sheet, digits: int | None = None) -> str:
    """The file. `digits` after the second: 2, 3, or as many as its times need. Raises FormatError."""
    times = [time for cues in sheet.cues if cues for time in (cues.start, cues.end)]
    digits = digits or digits_for(times)

    def body(line: Line, cues: LineCues | None, place: int) -> str:
        return " ".join(word.text for word in line.words)

    by_line = tuple(cues and LineCues(cues.start, cues.end) for cues in sheet.cues)
    return written(replace(sheet, cues=by_line), digits, body)


def seems(text: str) -> bool:
    """Whether a line of the text begins with a time in brackets."""
    return _SEEN.search(text) is not None


def parse(text: str) -> Parsed:
    """The file taken apart line by line, offset applied. Raises FormatError naming the line at fault."""
    refuse_strange(text)
    parsed = Parsed([], [], [""], {})
    fresh = False
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line:
            fresh = True
            continue
        starts, at = [], 0
        while found := _STAMPED.match(line, at):
            starts.append(milliseconds(found, number))
            at = found.end()
        rest = line[at:].strip()
        refuse_wide(len(rest), number, LONGEST_WRITTEN)
        if starts and (not rest or _WORD_STAMPS.fullmatch(rest)):
            parsed.ends.extend(starts)
        elif not starts and (header := _HEADER.fullmatch(line)):
            parsed.tags.setdefault(header[1].lower(), header[2].strip())
        elif not starts and (heading := _HEADING.fullmatch(line)):
            parsed.headings.append(heading[1])
            fresh = False
        elif not starts and line.startswith("["):
            raise FormatError("“%(text)s” is not a time such as [01:02.34].", number, text=line[:20])
        else:
            if fresh and parsed.entries and parsed.entries[-1].section == len(parsed.headings) - 1:
                parsed.headings.append("")
            fresh = False
            parsed.entries.append(Entry(rest, number, starts, len(parsed.headings) - 1))
    _apply_offset(parsed)
    if not any(entry.starts for entry in parsed.entries):
        raise FormatError("No line of the file has a time such as [01:02.34].")
    return parsed


def milliseconds(found: re.Match[str], number: int) -> int:
    """The time of a match of `STAMP`. Raises FormatError for 60 seconds or more than a day."""
    minutes, seconds, fraction = int(found[1]), int(found[2]), found[3] or ""
    total = (minutes * 60 + seconds) * 1000 + int(fraction.ljust(3, "0") or 0)
    if seconds > 59 or total > LONGEST_MS:
        raise FormatError("“%(text)s” is not a time.", number, text=found[0])
    return total


def _apply_offset(parsed: Parsed) -> None:
    said = parsed.tags.get("offset", "0")
    if not re.fullmatch(r"[+-]?\d{1,8}", said):
        raise FormatError("The offset “%(text)s” is not a whole number of milliseconds.", text=said[:20])
    by = int(said)
    for entry in parsed.entries:
        entry.starts = [max(0, start - by) for start in entry.starts]
    parsed.ends = sorted(max(0, end - by) for end in parsed.ends)


# (entry, its first time in the file, end of the line, its time) → marked text and cues
Body = Callable[[Entry, int, int, int], tuple[str, LineCues]]


def sheet_of(parsed: Parsed, body: Body) -> Sheet:
    """The sheet of a file taken apart; `body` makes text and cues of each timed line."""
    sung: list[tuple[int, Entry, int | None]] = []
    before = 0
    for entry in parsed.entries:
        moments: list[int | None] = [*entry.starts] or [None]
        for start in moments:
            # A line without a time stays behind the one it was written after.
            before = before if start is None else start
            sung.append((before, entry, start))
    refuse_long(sung)
    in_order = all(a[0] <= b[0] for a, b in pairwise(sung))
    repeated = any(len(entry.starts) > 1 for entry in parsed.entries)
    sung.sort(key=lambda one: one[0])

    language = parsed.tags.get("la", "")
    language = (
        canonical_tag(language) if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", language) else ""
    )
    starts = [time for _, _, time in sung if time is not None]
    sections: list[tuple[int, list[Line]]] = []
    cues: list[LineCues | None] = []
    timed = 0
    for _, entry, begins in sung:
        text = escaped(entry.text)
        times: LineCues | None = None
        if begins is not None:
            timed += 1
            after = starts[timed] if timed < len(starts) else None
            text, times = body(entry, entry.starts[0], _end(begins, after, parsed.ends), begins)
        cues.append(times)
        # Where the file's order is not the song's, its parts are not either.
        section = entry.section if in_order and not repeated else 0
        if not sections or sections[-1][0] != section:
            sections.append((section, []))
        sections[-1][1].append(Line(text, language.split("-")[0] or "und"))
    return Sheet(
        tuple(_section(parsed.headings[section], lines) for section, lines in sections),
        tuple(cues),
        language,
        parsed.tags.get("ti", ""),
        parsed.tags.get("ar", ""),
    )


def _section(heading: str, lines: Sequence[Line]) -> Section:
    kind = re.sub(r"[\s\d:-]", "", heading).lower()
    known = kind in SECTION_KINDS
    return Section(kind if known else "verse", tuple(lines), "" if known else heading)


def _end(start: int, after: int | None, ends: Sequence[int]) -> int:
    """Where a line ends: at the first of the empty times (in order) from its start on, at the latest when the
    next line begins.
    """
    at = bisect_left(ends, start)
    known = [end for end in (*ends[at : at + 1], after) if end is not None]
    return min(known, default=start)


def digits_for(times: Sequence[int]) -> int:
    """Two digits where hundredths are enough, as most players expect, otherwise three."""
    return 2 if all(time % 10 == 0 for time in times) else 3


def stamp(time: int, digits: int) -> str:
    """A time as LRC writes it, rounded down."""
    minutes, rest = divmod(time, 60_000)
    return f"{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"[: None if digits == 3 else -1]


def written(sheet: Sheet, digits: int, body: Callable[[Line, LineCues | None, int], str]) -> str:
    """The file of a sheet, with what `body` makes of each line after its time."""
    out = [f"[{tag}:{value}]" for tag, value in _headers(sheet)]
    timed = [cues.start for cues in sheet.cues if cues]
    at = place = 0
    for number, section in enumerate(sheet.sections):
        if number or out:
            out.append("")
        for line in section.lines:
            cues = sheet.cues[at]
            at += 1
            text = body(line, cues, at)
            if not text:
                raise FormatError("a line without words cannot be written.", at)
            if cues is None:
                if text.startswith("["):
                    raise FormatError("a line without times cannot begin with a bracket.", at)
                out.append(text)
                continue
            place += 1
            gap = " " if text.startswith("[") else ""
            out.append(f"[{stamp(cues.start, digits)}]{gap}{text}")
            after = timed[place] if place < len(timed) else None
            ends_early = cues.end < after if after is not None else cues.end > cues.start
            if ends_early and not cues.words:
                out.append(f"[{stamp(cues.end, digits)}]")
    return "\n".join(out) + "\n"


def _headers(sheet: Sheet) -> list[tuple[str, str]]:
    told = [("ti", sheet.title), ("ar", sheet.artist), ("la", sheet.language)]
    return [(tag, " ".join(value.split())) for tag, value in told if value.strip()]
