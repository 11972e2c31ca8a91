"""TTML as players of lyrics use it: a `p` for each line, a `span` for each word or syllable, times of the
recording.

Translations and transliterations stand in the head by the line's key (`itunes:key`), languages of lines and
words in `xml:lang`, kinds of sections in `itunes:songPart`. Every `begin` counts from the start of the
recording, as those players do, and not from the element around it. It cannot carry: syllable starts in
another number than the word's own syllables; who made a reading and by which scheme; syllables of a
transliteration. Background vocals (`x-bg`) are read as words of their line. https://www.w3.org/TR/ttml1/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape, quoteattr

from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, refuse_long, refuse_strange, syllables_of
from aqyn.core.lyrics.formats.xml import Element, parsed
from aqyn.core.lyrics.layers import shown_tag
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
    parse_marked,
)
from aqyn.core.lyrics.timing import LONGEST_MS, Cue, LineCues

_CLOCK = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:\.(\d{1,9}))?")
_OFFSET = re.compile(r"(\d{1,8})(?:\.(\d{1,9}))?(h|ms|m|s)")
_UNIT_MS = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
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
            line, times = _line(paragraph, language, readings)
            if line is not None:
                lines.append(line)
                cues.append(times)
        if lines:
            sections.append(_section(part, lines))
    refuse_long(cues)
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


def _readings(root: Element, main: str) -> dict[str, dict[str, list[_Run]]]:
    """The readings of the head: line key → tag → words."""
    found: dict[str, dict[str, list[_Run]]] = {}
    for head in (element for element in root if element.name == "head"):
        for layer in head.walk():
            tag = _tag(layer) if layer.name in ("translation", "transliteration") else ""
            if not tag or tag == main:
                continue
            for text in (element for element in layer.walk() if element.name == "text"):
                words = list(_words(text, tag))
                if words and text.get("for"):
                    found.setdefault(text.get("for"), {})[tag] = words
    return found


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


def _line(
    paragraph: Element, main: str, readings: Mapping[str, dict[str, list[_Run]]]
) -> tuple[Line | None, LineCues | None]:
    language = (_tag(paragraph) or main).split("-")[0]
    words = list(_words(paragraph, language))
    if not words:
        return None, None
    text = marked([Word(word.text, word.language.split("-")[0]) for word in words], language)
    mine = readings.get(paragraph.get("key"), {})
    line = Line(text, language, {tag: _reading(said, tag, language, main) for tag, said in mine.items()})
    if any(word.spans for word in words):
        return line, _timed_line(words, paragraph)
    begin, end = _span(paragraph)
    return line, None if begin is None else LineCues(begin, begin if end is None else end)


@dataclass(slots=True)
class _Run:
    """A word as it is put together from runs of text; `spans` are the times of those that have some."""

    text: str = ""
    language: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)


def _words(element: Element, language: str) -> Iterator[_Run]:
    """The words of an element: what white space parts, whatever spans they are made of."""
    word: _Run | None = None
    last: tuple[int, int] | None = None
    for text, spoken, times in _runs(element, language, None):
        spans = _shared(text, times)
        for piece in re.split(r"(\s+)", text):
            if not piece:
                continue
            if piece.isspace():
                if word:
                    yield word
                word = last = None
                continue
            word = word or _Run(language=spoken)
            word.text += piece
            if spans:
                mine = spans.pop(0)
                # The same span may reach a word in two runs, around a span that only tells a language.
                if times is not last:
                    word.spans.append(mine)
                last = times
    if word:
        yield word


def _shared(text: str, times: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The time of a span shared out to its words by their letters: most spans hold one word or less."""
    words = text.split()
    if times is None or not words:
        return []
    (begin, end), total = times, sum(map(len, words))
    cuts = [begin + (end - begin) * letters // total for letters in accumulate(map(len, words), initial=0)]
    return list(pairwise(cuts))


def _runs(
    element: Element, language: str, times: tuple[int, int] | None
) -> Iterator[tuple[str, str, tuple[int, int] | None]]:
    for part in element.inside:
        if isinstance(part, str):
            yield part, language, times
        elif part.name == "br":
            yield " ", language, None
        elif part.name == "span":
            begin, end = _span(part)
            mine = times if begin is None else (begin, begin if end is None else end)
            yield from _runs(part, _tag(part) or language, mine)


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
    begin, end, lasts = (_time(element, name) for name in ("begin", "end", "dur"))
    if begin is not None and end is None and lasts is not None:
        end = begin + lasts
    if begin is not None and end is not None and end < begin:
        raise FormatError("it ends before it begins.", element.line)
    return begin, end


def _time(element: Element, name: str) -> int | None:
    said = element.attributes.get(name, "").strip()
    if not said:
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


def write(sheet: Sheet) -> str:
    """The file, one line of it for each line of the song. Raises FormatError."""
    timed = [cues for cues in sheet.cues if cues]
    word_level = any(cues.words for cues in timed)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
        ' xmlns:itunes="http://music.apple.com/lyric-ttml-internal"'
        f' itunes:timing="{"Word" if word_level else "Line" if timed else "None"}"'
        f"{_attribute('xml:lang', sheet.language)}>",
        *_head(sheet),
        f'<body dur="{_clock(max((cues.end for cues in timed), default=0))}">',
    ]
    at = 0
    for section in sheet.sections:
        out.append(f'<div itunes:songPart="{section.kind.title()}">')
        if section.name:
            out.append(f"<metadata><ttm:title>{escape(section.name)}</ttm:title></metadata>")
        for line in section.lines:
            out.append(_paragraph(line, sheet.cues[at], at + 1, sheet.language))
            at += 1
        out.append("</div>")
    return "\n".join([*out, "</body>", "</tt>", ""])


def _head(sheet: Sheet) -> list[str]:
    main = sheet.language or "und"
    tags = sorted({tag for line in sheet.lines for tag in line.readings})
    out = ["<head>", "<metadata>"]
    if sheet.title:
        out.append(f"<ttm:title>{escape(sheet.title)}</ttm:title>")
    if sheet.artist:
        out.append(
            f'<ttm:agent type="person" xml:id="v1"><ttm:name>{escape(sheet.artist)}</ttm:name></ttm:agent>'
        )
    if tags:
        out.append('<iTunesMetadata xmlns="http://music.apple.com/lyric-ttml-internal">')
        for group, name, kind in (
            ("translations", "translation", Kind.TRANSLATION),
            ("transliterations", "transliteration", Kind.PRONUNCIATION),
        ):
            mine = [tag for tag in tags if kind_of_tag(tag, main) is kind]
            if mine:
                layers = [line for tag in mine for line in _layer(sheet, tag, name)]
                out += [f"<{group}>", *layers, f"</{group}>"]
        out.append("</iTunesMetadata>")
    return [*out, "</metadata>", "</head>"]


def _layer(sheet: Sheet, tag: str, name: str) -> list[str]:
    out = [f"<{name}{_attribute('xml:lang', tag)}>"]
    for number, line in enumerate(sheet.lines, 1):
        if tag in line.readings:
            translated = kind_of_tag(tag, sheet.language or "und") is Kind.TRANSLATION
            words = parse_marked(line.readings[tag].text, tag if translated else line.language)
            # No times here: they are the line's own, whatever script it is read in.
            said = " ".join(_spoken(word, tag) for word in words)
            out.append(f'<text for="L{number}">{said}</text>')
    return [*out, f"</{name}>"]


def _spoken(word: Word, usual: str) -> str:
    if shown_tag(word.language, usual) == usual:
        return escape(word.text)
    return f"<span{_attribute('xml:lang', word.language)}>{escape(word.text)}</span>"


def _paragraph(line: Line, cues: LineCues | None, number: int, main: str) -> str:
    language = line.language if line.language != main.split("-")[0] else ""
    times = f' begin="{_clock(cues.start)}" end="{_clock(cues.end)}"' if cues else ""
    words = line.words
    if not words:
        raise FormatError("a line without words cannot be written.", number)
    if cues is None or not cues.words:
        said = " ".join(_spoken(word, line.language) for word in words)
    elif len(cues.words) != len(words):
        raise FormatError("there are not as many times as words.", number)
    else:
        said = " ".join(_timed_word(word, cue, line) for word, cue in zip(words, cues.words, strict=True))
    return f'<p{times} itunes:key="L{number}"{_attribute("xml:lang", language)}>{said}</p>'


def _timed_word(word: Word, cue: Cue, line: Line) -> str:
    parts = syllables_of(word.text, word.language, len(cue.starts))
    starts = cue.starts[: len(parts)]
    ends = [*starts[1:], cue.end]
    language = _attribute("xml:lang", word.language if word.language != line.language else "")
    return "".join(
        f'<span begin="{_clock(start)}" end="{_clock(end)}"{language}>{escape(part)}</span>'
        for start, end, part in zip(starts, ends, parts, strict=True)
    )


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(value)}" if value else ""


def _clock(time: int) -> str:
    seconds, ms = divmod(time, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"
