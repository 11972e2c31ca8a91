"""TTML as players of lyrics use it: a `p` for each line, a `span` for each word or syllable, times of the
recording.

Translations and transliterations stand in the head by the line's key (`itunes:key`), languages of lines and
words in `xml:lang`, kinds of sections in `itunes:songPart`. Every `begin` counts from the start of the
recording, as those players do, and not from the element around it. It cannot carry: syllable starts in
another number than the word's own syllables; who made a reading and by which scheme; chords; which of
several singers sings. Background vocals (`x-bg`) are read as a line of their own beside the one that they go
with, and written as any line. Readings inside a line (`x-translation`, `x-roman`) are read, too. A
transliteration is written with the times of its line; its own are not read. https://www.w3.org/TR/ttml1/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, refuse_long, refuse_strange, refuse_wide
from aqyn.core.lyrics.formats.ttml_writing import write
from aqyn.core.lyrics.formats.xml import Element, parsed
from aqyn.core.lyrics.model import (
    SECTION_KINDS,
    Kind,
    LayerText,
    Line,
    Section,
    Word,
    canonical_tag,
    kind_of_tag,
    marked,
)
from aqyn.core.lyrics.timing import LONGEST_MS, Cue, LineCues

__all__ = ["read", "write"]

_CLOCK = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:\.(\d{1,9}))?")
_OFFSET = re.compile(r"(\d{1,8})(?:\.(\d{1,9}))?(h|ms|m|s)")
_UNIT_MS = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
_PARTS = re.compile(r"(\s+)")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def read(text: str) -> Sheet:
    """The sheet of a TTML file, times to the millisecond. Raises FormatError naming the line at fault."""
    refuse_strange(text)
    root = parsed(text)
    body = next((element for element in root if element.name == "body"), None)
    if root.name != "tt" or body is None:
        raise FormatError("this is not a TTML file: it has no <tt> with a <body>.", root.line)
    language = _tag(root) or "und"
    readings = _readings(root, language)
    sections: list[Section] = []
    cues: list[LineCues | None] = []
    for part in _parts(body):
        lines = []
        for paragraph in _paragraphs(part):
            for line, times in _lines(paragraph, language, readings):
                lines.append(line)
                cues.append(times)
            refuse_long(cues)
        if lines:
            sections.append(_section(part, lines))
    if not cues:
        raise FormatError("there are no lines in the <body>.", body.line)
    return Sheet(
        tuple(sections),
        tuple(cues),
        "" if language == "und" else language,
        _named(root, "title"),
        _named(root, "name"),
    )


def _tag(element: Element) -> str:
    if not element.lang:
        return ""
    if not _TAG.fullmatch(element.lang):
        raise FormatError("“%(tag)s” is not a language tag.", element.line, tag=element.lang[:20])
    return canonical_tag(element.lang)


def _named(root: Element, name: str) -> str:
    """The text of the first element of this name in the head."""
    heads = [element for element in root if element.name == "head"]
    found = (one for head in heads for one in head.walk() if one.name == name)
    return next((" ".join(one.text.split()) for one in found), "")


@dataclass(slots=True)
class _Run:
    """A word as it is put together from runs of text; `spans` are the times of those that have some."""

    text: str = ""
    language: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)


# By line key and how many background voices stand before it: tag → words.
_Readings = Mapping[tuple[str, int], Mapping[str, Sequence[_Run]]]


def _readings(root: Element, main: str) -> _Readings:
    """The readings of the head."""
    found: dict[tuple[str, int], dict[str, list[_Run]]] = {}
    for head in (element for element in root if element.name == "head"):
        for layer in head.walk():
            tag = _tag(layer) if layer.name in ("translation", "transliteration") else ""
            if not tag or tag == main:
                continue
            for text in (element for element in layer.walk() if element.name == "text"):
                for place, voice in enumerate(_voices(text)):
                    words = list(_words(voice, tag, timed=False))
                    if words and text.get("for"):
                        found.setdefault((text.get("for"), place), {})[tag] = words
    return found


def _voices(paragraph: Element) -> list[Element]:
    """The paragraph without its background vocals, and each of those."""
    own, behind = _parted(paragraph, ("x-bg",))
    refuse_long(behind)
    return [own, *behind]


def _parted(element: Element, roles: Sequence[str]) -> tuple[Element, list[Element]]:
    """The element without the spans of these roles that stand in it, and those spans."""
    apart = [one for one in element if one.name == "span" and one.get("role") in roles]
    if not apart:
        return element, apart
    inside = [one for one in element.inside if isinstance(one, str) or one.get("role") not in roles]
    return replace(element, inside=inside), apart


def _reading(words: Sequence[_Run], tag: str, line: str, main: str) -> LayerText:
    """A reading as a line with spans: of another language than the line's, or, translated, than its own."""
    if kind_of_tag(tag, main) is Kind.TRANSLATION:
        return LayerText(marked([Word(word.text, word.language) for word in words], tag), "imported")
    spoken = [Word(word.text, word.language.split("-")[0]) for word in words]
    return LayerText(marked(spoken, line), "imported")


def _parts(body: Element) -> Iterator[Element]:
    """The sections: each `div`, and the paragraphs that stand outside of any as one."""
    loose = Element("div", {}, body.line, [child for child in body if child.name == "p"])
    if loose.inside:
        yield loose
    yield from (child for child in body if child.name == "div")


def _paragraphs(part: Element) -> Iterator[Element]:
    return (element for element in part.walk() if element.name == "p")


def _section(part: Element, lines: list[Line]) -> Section:
    said = part.get("songPart").strip()
    kind = re.sub(r"[\s-]", "", said).lower()
    name = next((" ".join(one.text.split()) for one in part.walk() if one.name == "title"), "")
    known = kind in SECTION_KINDS
    return Section(kind if known else "verse", tuple(lines), name or ("" if known else said[:120]))


def _lines(paragraph: Element, main: str, readings: _Readings) -> list[tuple[Line, LineCues | None]]:
    """The line of a paragraph and those of its background vocals, in the order in which they begin."""
    found = []
    spoken = _tag(paragraph)
    for place, voice in enumerate(_voices(paragraph)):
        language = (_tag(voice) or spoken or main).split("-")[0]
        own, inside = _told_inside(voice, main)
        words = list(_words(own, language))
        if words:
            mine = {**readings.get((paragraph.get("key"), place), {}), **inside}
            found.append(_line(own, words, language, main, mine))
    return sorted(found, key=lambda one: one[1].start if one[1] else -1)


def _told_inside(voice: Element, main: str) -> tuple[Element, dict[str, list[_Run]]]:
    """The voice without the readings that stand inside it, and those readings by tag."""
    own, told = _parted(voice, ("x-translation", "x-roman"))
    readings = {}
    for one in told:
        tag = _tag(one) or (f"{main.split('-')[0]}-Latn" if one.get("role") == "x-roman" else "")
        if tag and tag != main and (words := list(_words(one, tag, timed=False))):
            readings[tag] = words
    return own, readings


def _line(
    voice: Element, words: Sequence[_Run], language: str, main: str, readings: Mapping[str, Sequence[_Run]]
) -> tuple[Line, LineCues | None]:
    text = marked([Word(word.text, word.language.split("-")[0]) for word in words], language)
    line = Line(text, language, {tag: _reading(said, tag, language, main) for tag, said in readings.items()})
    if any(word.spans for word in words):
        return line, _timed_line(words, voice)
    begin, end = _span(voice)
    return line, None if begin is None else LineCues(begin, begin if end is None else end)


def _words(element: Element, language: str, *, timed: bool = True) -> Iterator[_Run]:
    """The words of an element: what white space parts, whatever spans they are made of."""
    word: _Run | None = None
    written: list[str] = []
    length = 0
    last: tuple[int, int] | None = None
    for text, spoken, times in _runs(element, language, None, timed):
        spans = _shared(text, times)
        for piece in (text,) if text.isalnum() else _PARTS.split(text):
            if not piece:
                continue
            if piece.isspace():
                if word:
                    word.text = "".join(written)
                    yield word
                word = last = None
                continue
            if word is None:
                word, written = _Run(language=spoken), []
            written.append(piece)
            length += len(piece)
            refuse_wide(length, element.line)
            if spans:
                mine = spans.pop(0)
                # The same span may reach a word in two runs, around a span that only tells a language.
                if times is not last:
                    word.spans.append(mine)
                last = times
    if word:
        word.text = "".join(written)
        yield word


def _shared(text: str, times: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The time of a span shared out to its words by their letters: most spans hold one word or less."""
    words = text.split()
    if times is None or not words:
        return []
    if len(words) == 1:
        return [times]
    (begin, end), total = times, sum(map(len, words))
    cuts = [begin + (end - begin) * letters // total for letters in accumulate(map(len, words), initial=0)]
    return list(pairwise(cuts))


def _runs(
    element: Element, language: str, times: tuple[int, int] | None, timed: bool
) -> Iterator[tuple[str, str, tuple[int, int] | None]]:
    for part in element.inside:
        if isinstance(part, str):
            yield part, language, times
        elif part.name == "br":
            yield " ", language, None
        elif part.name == "span":
            begin, end = _span(part) if timed else (None, None)
            mine = times if begin is None else (begin, begin if end is None else end)
            yield from _runs(part, _tag(part) or language, mine, timed)


def _timed_line(words: Sequence[_Run], paragraph: Element) -> LineCues:
    begin, _ = _span(paragraph)
    at = begin if begin is not None else 0
    cues = []
    for word in words:
        spans = word.spans or [(at, at)]
        starts = tuple(start for start, _ in spans)
        end = max(end for _, end in spans)
        if starts[0] < at or list(starts) != sorted(starts) or end < starts[-1]:
            raise FormatError("the times of its words do not follow one another.", paragraph.line)
        cues.append(Cue(starts[0], end, starts))
        at = end
    return LineCues.of(cues)


def _span(element: Element) -> tuple[int | None, int | None]:
    """(begin, end) of an element in ms, None where it does not say."""
    begin, end = _time(element, "begin"), _time(element, "end")
    if begin is not None and end is None and (lasts := _time(element, "dur")) is not None:
        end = begin + lasts
    if begin is not None and end is not None and end < begin:
        raise FormatError("it ends before it begins.", element.line)
    return begin, end


def _time(element: Element, name: str) -> int | None:
    if not (said := element.get(name).strip()):
        return None
    if found := _CLOCK.fullmatch(said):
        hours, minutes, seconds, fraction = (found[1] or 0, found[2] or 0, found[3], found[4] or "")
        total = (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(f"{fraction:0<3}"[:3])
    elif found := _OFFSET.fullmatch(said):
        whole, fraction, unit = found.groups()
        total = int(whole) * _UNIT_MS[unit] + int(fraction or 0) * _UNIT_MS[unit] // 10 ** len(fraction or "")
    else:
        raise FormatError("“%(text)s” is not a time.", element.line, text=said[:20])
    if total > LONGEST_MS:
        raise FormatError("“%(text)s” is not a time.", element.line, text=said[:20])
    return total
