"""What is taken from a person or a file before it becomes a row: the value made clean, or one Refusal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from aqyn.core.lyrics.chords import is_chord, letters_of
from aqyn.core.lyrics.model import (
    SECTION_KINDS,
    Chord,
    LayerText,
    Line,
    MarkError,
    Section,
    canonical_tag,
    parse_marked,
)
from aqyn.core.texts import seen
from aqyn.songs import sentences as refuse

MOST_LINES = 500
LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
LONGEST_NAME = 120
MOST_CHORDS = 60
RESERVED_SLUGS = frozenset({"new"})

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def slug(said: str) -> str:
    if not _SLUG.fullmatch(said) or len(said) > 80 or said in RESERVED_SLUGS:
        raise refuse.BadSlug(slug=said[:80])
    return said


def tag(said: str) -> str:
    """A BCP 47 tag in its usual case."""
    if not isinstance(said, str) or not _TAG.fullmatch(said) or len(said) > 35:
        raise refuse.BadTag(tag=str(said)[:35])
    return canonical_tag(said)


def main_tag(said: str) -> str:
    """The tag of a song's own words: plain Kazakh is Kazakh in Cyrillic."""
    return {"kk": "kk-Cyrl"}.get(tag(said), tag(said))


def text(said: str, name: str, longest: int = LONGEST_TEXT) -> str:
    """Composed (NFC), without spaces around it, or control characters or ones that nobody sees in it."""
    clean = unicodedata.normalize("NFC", seen(said).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(clean) > longest:
        raise refuse.TooMuch(name=name, most=longest)
    if _CONTROL.search(clean):
        raise refuse.BadCharacters(name=name)
    return clean


def one_line(said: str, name: str, longest: int = LONGEST_NAME) -> str:
    return " ".join(text(said, name, longest).split())


def texts(said: Mapping[str, str], name: str, longest: int = LONGEST_TEXT) -> dict[str, str]:
    """Texts by tag; empty ones are left out."""
    clean = {tag(key): text(value, name, longest) for key, value in said.items()}
    return {key: value for key, value in clean.items() if value}


def short_texts(said: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: one_line(value, name) for key, value in texts(said, name, LONGEST_NAME).items()}


def title(said: Mapping[str, str], language: str) -> dict[str, str]:
    clean = short_texts(said, "title")
    if not any(key.split("-")[0] == language.split("-")[0] for key in clean):
        raise refuse.NoTitle
    return clean


def hue(said: int | None) -> int | None:
    if said is not None and (not isinstance(said, int) or isinstance(said, bool) or not 0 <= said < 360):
        raise refuse.BadHue
    return said


def year(said: int | None) -> int | None:
    if said is not None and (not isinstance(said, int) or isinstance(said, bool) or not 1800 <= said <= 2200):
        raise refuse.BadYear
    return said


def link(said: str) -> str:
    clean = one_line(said, "link", 500)
    if not clean:
        return ""
    try:
        parts = urlsplit(clean)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in clean
    except ValueError:
        good = False
    if not good:
        raise refuse.BadLink(link=clean[:80])
    return clean


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
