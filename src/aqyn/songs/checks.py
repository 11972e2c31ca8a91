"""What is taken from a person or a file before it becomes a row: the value made clean, or one Refusal."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from aqyn.core.lyrics.chords import is_chord, letters_of
from aqyn.core.lyrics.model import (
    SECTION_KINDS,
    Chord,
    LayerText,
    Line,
    MarkError,
    Section,
    parse_marked,
)
from aqyn.songs import sentences as refuse
from aqyn.ui.checks import LONGEST_NAME, hue, link, one_line, short_texts, slug, tag, text, texts

__all__ = [
    "LONGEST_LINE",
    "LONGEST_NAME",
    "MOST_CHORDS",
    "MOST_LINES",
    "chords",
    "credit",
    "hue",
    "layer_text",
    "link",
    "main_tag",
    "one_line",
    "sections",
    "short_texts",
    "slug",
    "tag",
    "text",
    "texts",
    "title",
    "year",
]

MOST_LINES = 500
LONGEST_LINE = 1_000
MOST_CHORDS = 60


def main_tag(said: str) -> str:
    """The tag of a song's own words: plain Kazakh is Kazakh in Cyrillic."""
    return {"kk": "kk-Cyrl"}.get(tag(said), tag(said))


def title(said: Mapping[str, str], language: str) -> dict[str, str]:
    clean = short_texts(said, "title")
    if not any(key.split("-")[0] == language.split("-")[0] for key in clean):
        raise refuse.NoTitle
    return clean


def year(said: int | None) -> int | None:
    if said is not None and (not isinstance(said, int) or isinstance(said, bool) or not 1800 <= said <= 2200):
        raise refuse.BadYear
    return said


def credit(said: Mapping[str, object]) -> dict[str, object]:
    role, name = said.get("role", ""), said.get("name", "")
    told = short_texts(role, "role") if isinstance(role, Mapping) else one_line(str(role), "role")
    return {"role": told, "name": one_line(str(name), "name")}


def sections(said: Sequence[Section]) -> tuple[Section, ...]:
    """The words of a song, made clean. Raises the first Refusal, with the line's place in the song."""
    count = sum(len(section.lines) for section in said)
    if not count:
        raise refuse.NoWords
    if count > MOST_LINES:
        raise refuse.TooManyLines(most=MOST_LINES, lines=count)
    clean, place = [], 0
    for section in said:
        if section.kind not in SECTION_KINDS:
            raise refuse.BadSection(kind=section.kind[:40], known=", ".join(SECTION_KINDS))
        lines = []
        for line in section.lines:
            place += 1
            lines.append(_line(line, place))
        if lines:
            clean.append(Section(section.kind, tuple(lines), one_line(section.name, "name")))
    return tuple(clean)


def _line(line: Line, place: int) -> Line:
    language = tag(line.language).split("-")[0]
    readings = {
        tag(key): replace(reading, text=layer_text(reading.text, tag(key), place))
        for key, reading in line.readings.items()
    }
    kept: dict[str, LayerText] = {key: reading for key, reading in readings.items() if reading.text}
    try:
        said = layer_text(line.text, language, place)
    except refuse.TooMuch:
        raise refuse.LongLine(line=place, most=LONGEST_LINE) from None
    if not said:
        raise refuse.EmptyLine
    return Line(said, language, kept, chords(line.chords, said, place))


def chords(said: Sequence[Chord], text: str, place: int = 1) -> tuple[Chord, ...]:
    """The chords of a line, in order: each a known name, over a letter or after the last word."""
    if len(said) > MOST_CHORDS:
        raise refuse.TooManyChords(line=place, most=MOST_CHORDS)
    letters, words = letters_of(text)
    places = {(one.word, one.at) for one in letters if not unicodedata.combining(text[one.place])}
    for chord in said:
        if not is_chord(chord.name):
            raise refuse.BadChord(line=place, chord=chord.name[:40])
        if (chord.word, chord.at) not in places | {(words, 0)}:
            raise refuse.ChordElsewhere(line=place, chord=chord.name)
    return tuple(sorted(said, key=lambda chord: (chord.word, chord.at)))


def layer_text(said: str, language: str, place: int = 1) -> str:
    """One line of one layer; its spans are looked at, its words parted by single spaces."""
    clean = one_line(said, "line", LONGEST_LINE)
    try:
        parse_marked(clean, language)
    except MarkError:
        raise refuse.BadMark(line=place) from None
    return clean
