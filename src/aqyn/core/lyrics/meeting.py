"""How the lines of a lyrics file meet those of a song, and what of the file goes where.

Nothing here decides; the songs app asks, shows, and then does what was shown.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from aqyn.core.lyrics.aligning import aligned
from aqyn.core.lyrics.formats import Sheet
from aqyn.core.lyrics.model import Kind, LayerText, Line, Section, Word, kind_of_tag, marked, plain
from aqyn.core.lyrics.timing import Cue, LineCues, Origin, shifted, stamped
from aqyn.core.script import fold

NEAR_MS = 300
"""Two lines that begin no further apart are sung at the same time."""

Pairs = Sequence[tuple[int, int]]
"""(place in the song, place in the file), both rising."""
Times = Sequence[LineCues | None]


class How(StrEnum):
    """By what the lines of a layer found theirs in the song."""

    WORDS = "words"
    NUMBER = "number"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the song beside one of the file; None where the other has no such line."""

    song: int | None
    file: int | None


def bare(text: str) -> str:
    """A line by which it is known again: case, punctuation and spaces do not matter."""
    kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in plain(text))
    return " ".join(kept.casefold().split()) or plain(text)


def meet(song: Sequence[Line], file: Sequence[Line]) -> list[tuple[int, int]]:
    """The lines that have the same words, whatever their case, punctuation or Kazakh script."""
    return aligned([_folded(line) for line in song], [_folded(line) for line in file])


def _folded(line: Line) -> str:
    words = plain(line.text)
    return fold(words) or words


def side_by_side(pairs: Pairs, song: int, file: int) -> list[Row]:
    """All lines of both in order, the paired ones together; `song`, `file`: how many each has."""
    rows: list[Row] = []
    at_song = at_file = 0
    for here, there in [*pairs, (song, file)]:
        # As many in place of as many: they are probably each other, changed, and are read best so.
        both = min(here - at_song, there - at_file)
        rows += (Row(at_song + step, at_file + step) for step in range(both))
        rows += (Row(place, None) for place in range(at_song + both, here))
        rows += (Row(None, place) for place in range(at_file + both, there))
        if here < song:
            rows.append(Row(here, there))
        at_song, at_file = here + 1, there + 1
    return rows


def moved(cues: Times, by: int) -> list[LineCues | None]:
    """The file's times `by` ms later, told to be imported."""
    return [None if line is None else stamped(shifted(line, by), Origin.IMPORTED) for line in cues]


def fitting(cues: LineCues, words: int) -> LineCues:
    """The times of a line for one of so many words: by word where so many are timed, else by line."""
    return cues if not cues.words or len(cues.words) == words else _by_line(cues)


def _by_line(cues: LineCues) -> LineCues:
    first: Cue = cues.words[0]
    return LineCues(cues.start, cues.end, (), first.origin, first.sure)


def times_taken(
    lines: Sequence[Line], present: Times, cues: Times, pairs: Pairs, *, over: bool
) -> list[LineCues | None]:
    """The song's times with those of its paired lines taken from the file's `cues`.

    What is timed already stays so, unless `over`.
    """
    taken = list(present)
    for here, there in pairs:
        times = cues[there]
        if times is not None and (over or taken[here] is None):
            taken[here] = fitting(times, len(lines[here].words))
    return taken


def words_taken(song: Sequence[Section], file: Sequence[Section], pairs: Pairs) -> tuple[Section, ...]:
    """The file's sections as the song's words.

    A line of the very same words stays as the song has it, with its languages and chords. A part of which the
    file says nothing, and whose lines are all of one part of the song, keeps that part's kind and name.
    """
    lines = [(line, section) for section in song for line in section.lines]
    same = dict((there, here) for here, there in pairs)
    taken, at = [], 0
    for section in file:
        kept, parts = [], set()
        for line in section.lines:
            here = same.get(at)
            mine, part = lines[here] if here is not None else (line, None)
            parts.add(None if part is None else id(part))
            kept.append(replace(mine, readings={}) if plain(mine.text) == plain(line.text) else line)
            at += 1
        said = section.kind != "verse" or section.name
        known = [part for part in song if {id(part)} == parts]
        named = known[0] if known and not said else section
        taken.append(Section(named.kind, tuple(kept), named.name))
    return tuple(taken)


def layer_pairs(
    song: Sequence[Line], present: Times, file: Sequence[Line], cues: Times
) -> tuple[How, list[tuple[int, int]]] | None:
    """Which line of the file reads which of the song: by their words, else by number, else by time.

    By words where half of the file's lines find theirs; by number where both have as many; by time where half
    of the file's lines begin with one of the song's. None where nothing of this holds.
    """
    by_words = meet(song, file)
    if 2 * len(by_words) >= len(file):
        return How.WORDS, by_words
    if len(song) == len(file):
        return How.NUMBER, [(place, place) for place in range(len(song))]
    by_time = together(present, cues)
    return (How.TIME, by_time) if by_time and 2 * len(by_time) >= len(file) else None


def together(song: Times, file: Times) -> list[tuple[int, int]]:
    """The lines that begin at the same time, each with the nearest one, in order."""
    starts = [(line.start, place) for place, line in enumerate(song) if line is not None]
    pairs: list[tuple[int, int]] = []
    free = 0
    for there, line in enumerate(file):
        if line is None or free >= len(starts):
            continue
        at = bisect_left(starts, (line.start, 0), free)
        near = min(range(max(free, at - 1), min(len(starts), at + 1)),
                   key=lambda one: abs(starts[one][0] - line.start))  # fmt: skip
        if abs(starts[near][0] - line.start) <= NEAR_MS:
            pairs.append((starts[near][1], there))
            free = near + 1
    return pairs


def reading(line: Line, tag: str, of: Line, main: str) -> LayerText:
    """The words of a file's line as the reading `tag` of the song's line `of`."""
    own = line.language
    usual = tag if kind_of_tag(tag, main) is Kind.TRANSLATION else of.language
    words = [Word(word.text, usual if word.language == own else word.language) for word in line.words]
    return LayerText(marked(words, usual), "imported")


def nearest(layers: Mapping[str, Sequence[str]], file: Sequence[Line]) -> str:
    """The tag of the layer whose lines the file's most often are, by their letters; "" where none is."""
    lines = {bare(line.text) for line in file}
    counted = {tag: sum(bare(text) in lines for text in texts) for tag, texts in layers.items()}
    best = max(counted, key=lambda tag: counted[tag], default="")
    return best if best and counted[best] else ""


def spoken_in(sheet: Sheet, tag: str) -> Sheet:
    """The sheet told to be in `tag`: the lines of its own language, and those of which it says none."""
    own = {"und", sheet.language.split("-")[0] or "und"}
    primary = tag.split("-")[0]
    sections = tuple(
        replace(
            section,
            lines=tuple(
                replace(line, language=primary) if line.language in own else line for line in section.lines
            ),
        )
        for section in sheet.sections
    )
    return replace(sheet, sections=sections, language=tag)
