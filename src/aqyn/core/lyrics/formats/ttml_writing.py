"""The writing side of `ttml`."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from aqyn.core.lyrics.formats.clock import clock
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet
from aqyn.core.lyrics.layers import pieces, shown_tag
from aqyn.core.lyrics.model import Kind, LayerText, Line, Word, kind_of_tag, parse_marked
from aqyn.core.lyrics.timing import Cue, LineCues


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
        f'<body dur="{clock(max((cues.end for cues in timed), default=0))}">',
    ]
    at = 0
    for section in sheet.sections:
        out.append(f'<div itunes:songPart="{section.kind.title()}">')
        if section.name:
            out.append(f"<metadata><ttm:title>{escape(section.name)}</ttm:title></metadata>")
        for line in section.lines:
            out.append(_paragraph(line, sheet.cues[at], at + 1, sheet.language, bool(sheet.artist)))
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
    kind = ' type="subtitle"' if name == "translation" else ""
    out = [f"<{name}{kind}{_attribute('xml:lang', tag)}>"]
    for number, (line, cues) in enumerate(zip(sheet.lines, sheet.cues, strict=True), 1):
        if tag in line.readings:
            said = _reading(line.readings[tag], tag, line, cues, sheet.language)
            out.append(f'<text for="L{number}">{said}</text>')
    return [*out, f"</{name}>"]


def _reading(reading: LayerText, tag: str, line: Line, cues: LineCues | None, main: str) -> str:
    """A reading; in another script with the times of its line, where it has as many words."""
    if kind_of_tag(tag, main or "und") is Kind.TRANSLATION:
        return " ".join(_spoken(word, tag) for word in parse_marked(reading.text, tag))
    words = parse_marked(reading.text, line.language)
    if cues is None or not len(words) == len(cues.words) == len(line.words):
        return " ".join(_spoken(word, tag) for word in words)
    said = zip(words, cues.words, line.words, strict=True)
    return " ".join(_timed_word(word, cue, tag, source.text) for word, cue, source in said)


def _spoken(word: Word, usual: str) -> str:
    if shown_tag(word.language, usual) == usual:
        return escape(word.text)
    return f"<span{_attribute('xml:lang', word.language)}>{escape(word.text)}</span>"


def _paragraph(line: Line, cues: LineCues | None, number: int, main: str, artist: bool) -> str:
    language = line.language if line.language != main.split("-")[0] else ""
    times = f' begin="{clock(cues.start)}" end="{clock(cues.end)}"' if cues else ""
    words = line.words
    if not words:
        raise FormatError("a line without words cannot be written.", number)
    if cues is None or not cues.words:
        said = " ".join(_spoken(word, line.language) for word in words)
    elif len(cues.words) != len(words):
        raise FormatError("there are not as many times as words.", number)
    else:
        said = " ".join(
            _timed_word(word, cue, line.language) for word, cue in zip(words, cues.words, strict=True)
        )
    singer = ' ttm:agent="v1"' if artist and times else ""
    return f'<p{times} itunes:key="L{number}"{singer}{_attribute("xml:lang", language)}>{said}</p>'


def _timed_word(word: Word, cue: Cue, usual: str, source: str = "") -> str:
    """A word in a span for each of its syllables; `source` is the word that it is another script of."""
    shown = shown_tag(word.language, usual)
    parts: Sequence[str] = pieces(word.text, shown, source)
    starts = cue.starts
    if len(parts) != len(starts):
        parts, starts = (word.text,), cue.starts[:1]
    ends = [*starts[1:], cue.end]
    language = _attribute("xml:lang", shown if shown != usual else "")
    return "".join(
        f'<span begin="{clock(start)}" end="{clock(end)}"{language}>{escape(part)}</span>'
        for start, end, part in zip(starts, ends, parts, strict=True)
    )


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(value)}" if value else ""
