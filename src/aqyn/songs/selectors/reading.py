"""What the house reads in a text that is being written, line by line: what the desk shows beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from aqyn.core.lyrics.chords import is_chord
from aqyn.core.lyrics.keeping import kept_lines
from aqyn.core.lyrics.layers import makes, ordered, pronounced, shown_tag
from aqyn.core.lyrics.model import SPAN, Kind, LayerText, Line, kind_of_tag, plain
from aqyn.core.lyrics.rhymes import Rhyme
from aqyn.core.lyrics.textlines import Reader, TextLine
from aqyn.core.lyrics.verse import Form, Order, Stanza, stanza
from aqyn.core.script import direction
from aqyn.songs import checks
from aqyn.songs.models import LineText, Song
from aqyn.songs.selectors.lyrics import layer_name
from aqyn.songs.selectors.rows import LineRow, SectionRow, sections_of
from aqyn.songs.sentences import LongLine, TooManyLines, lyrics_sentence
from aqyn.ui.languages import TAGS

FORMS = {
    Form.ZHYR: pgettext_lazy("form of verse", "jyr"),
    Form.QARA_OLENG: pgettext_lazy("form of verse", "qara öleñ"),
    Form.SEGIZ_AYAQ: pgettext_lazy("form of verse", "segız aiaq"),
}
ORDERS = {
    Order.QARA_OLENG: pgettext_lazy("order of rhymes", "qara öleñ rhyme"),
    Order.SHUBYRTPALY: pgettext_lazy("order of rhymes", "şūbyrtpaly rhyme"),
    Order.SHALYS: pgettext_lazy("order of rhymes", "şalys rhyme"),
    Order.KEZEKTI: pgettext_lazy("order of rhymes", "kezektı rhyme"),
    Order.EGIZ: pgettext_lazy("order of rhymes", "egız rhyme"),
    Order.QAUSYRMA: pgettext_lazy("order of rhymes", "qausyrma rhyme"),
}
_BRACKETED = re.compile(r"\[([^\[\]{}\\\s]{1,40})\]")


@dataclass(frozen=True, slots=True)
class Beside:
    """A layer that may stand beside the text; `usual` does so until the reader chooses."""

    tag: str
    name: str
    dir: str
    usual: bool


def layers_beside(song: Song, sections: Sequence[SectionRow], *, code: str) -> list[Beside]:
    """The other scripts that the house makes of the words, then every translation that there is.

    The usual one is what a reader reads whose interface is in `code`, otherwise the first.
    """
    tags = {tag for section in sections for line in section.lines for tag in line.texts}
    layers = [
        layer
        for layer in ordered([*makes(song.language), *tags], song.language)
        if layer.kind is not Kind.MAIN
    ]
    usual = next((layer for layer in layers if layer.tag == TAGS[code]), layers[0] if layers else None)
    return [
        Beside(layer.tag, layer_name(layer.tag), direction(layer.tag), layer == usual) for layer in layers
    ]


def text_reading(text: str, song: Song, layer: str = "") -> dict[str, Any]:
    """What is heard in each line of the text, and how it reads in `layer`, as JSON.

    `lines`, one for each line of the text: `kind` as in `TextLine`; `syllables`, `rhyme` and `part` (where it
    stands, in UTF-16 units of the line); `other`, its reading, with `lang` and `dir`; `mark` "written" (by
    hand, where the house could), "again" (by hand, for other words than these) or "guessed"; `fault`, a
    sentence. `stanzas`: the
    numbers of the first and last line, counts, rhymes, the names of form and order. `faults`: sentences.
    """
    primary = song.language.split("-")[0]
    reader, raw = Reader(primary), text.splitlines()
    reader.read(text)
    rows = reader.rows
    beside = _Layer.of(song, layer, reader) if layer else None
    lines = [_line(row, beside) for row in rows]
    stanzas = []
    for part in _parts(rows):
        verse = _heard(tuple((line.text, line.language) for line in part.values()), song.language)
        stanzas.append(_stanza(min(part) + 1, max(part) + 1, verse))
        for at, (place, line) in enumerate(part.items()):
            lines[place] |= {
                "syllables": verse.counts[at],
                "rhyme": verse.rhymes[at].replace("-", ""),
                "part": _place(raw[place], line, verse.parts[at]),
            }
    return {"lines": lines, "stanzas": stanzas, "faults": _faults(reader)}


@lru_cache(maxsize=1024)
def _heard(lines: tuple[tuple[str, str], ...], script: str) -> Stanza:
    # Whoever writes changes one stanza at a time; the others are remembered.
    return stanza([Line(text, language) for text, language in lines], script)


_made = lru_cache(maxsize=4096)(pronounced)


def _parts(rows: Sequence[TextLine]) -> list[dict[int, Line]]:
    """The lines of every part that is written out, by their place in the text."""
    parts: dict[int, dict[int, Line]] = {}
    for place, row in enumerate(rows):
        if row.section is not None and row.line is not None:
            parts.setdefault(row.section, {})[place] = row.line
    return list(parts.values())


def _stanza(first: int, last: int, verse: Stanza) -> dict[str, Any]:
    rhyming = verse.rhymes.replace("-", "·") if verse.rhymes.strip("-") else ""
    order = ORDERS[verse.order] if verse.order and str(verse.order) != str(verse.form) else ""
    return {
        "from": first,
        "to": last,
        "pattern": verse.pattern,
        "rhymes": rhyming,
        "form": str(FORMS[verse.form]) if verse.form else "",
        "order": str(order),
    }


def _line(row: TextLine, beside: _Layer | None) -> dict[str, Any]:
    fault = ""
    if row.fault is not None:
        fault = _(row.fault.sentence) % row.fault.values if row.fault.values else _(row.fault.sentence)
    told: dict[str, Any] = {"kind": row.kind, "fault": fault}
    told |= {"syllables": None, "rhyme": "", "part": None, "other": "", "mark": "", "lang": "", "dir": ""}
    if row.line is not None and beside is not None:
        told |= beside.reading(row.number, row.line)
    return told


@dataclass(frozen=True, slots=True)
class _Layer:
    """How lines read in one layer: as the rows of the song do where they stay, else as the house makes it."""

    tag: str
    main: str
    kind: Kind
    rows: dict[int, LineRow]
    known: dict[str, LineRow]

    @classmethod
    def of(cls, song: Song, tag: str, reader: Reader) -> _Layer:
        there = [line for section in sections_of(song) for line in section.lines if line.has(line.main)]
        before = [line.texts[line.main].text for line in there]
        sung = [line.text for section in reader.sections for line in section.lines]
        written = [row for row in reader.rows if row.line is not None and row.sung]
        kept = kept_lines(before, sung)
        found = {row.number: there[old] for row in written if (old := kept[row.sung[0]]) is not None}
        return cls(
            tag, song.language, kind_of_tag(tag, song.language), found, dict(zip(before, there, strict=True))
        )

    def reading(self, number: int, line: Line) -> dict[str, str]:
        row = self.rows.get(number)
        if row is None or row.texts[row.main].text != line.text:
            row = self.known.get(line.text, row)
        hers = row.texts.get(self.tag) if row is not None else None
        tag = self.tag if self.kind is Kind.TRANSLATION else shown_tag(line.language, self.tag)
        mark, made_here = "", self.tag in makes(self.main)
        if row is not None and hers is not None and hers.origin != LineText.Origin.MADE:
            said = hers.text
            same = row.texts[row.main].text == line.text
            mark = "again" if not same else "written" if made_here else ""
        elif made_here:
            made: LayerText = _made(line.text, line.language, main=self.main, to=self.tag)
            said, mark = made.text, "guessed" if made.guessed else ""
        else:
            said = ""
        return {"other": plain(said), "mark": mark, "lang": tag, "dir": direction(tag)}


def _place(raw: str, line: Line, rhyme: Rhyme | None) -> list[int] | None:
    """Where the rhyming part stands in the line as it was typed, chords and braces and all."""
    if rhyme is None:
        return None
    letters = [
        (word, at) for word, said in enumerate(line.words) for at, letter in enumerate(said.text) if letter
    ]
    places: dict[tuple[int, int], int] = {}
    skipped = [found.span() for found in SPAN.finditer(raw)]
    skipped += [found.span() for found in _BRACKETED.finditer(raw) if is_chord(found[1])]
    at = 0
    for word, letter in letters:
        while at < len(raw) and (raw[at] != line.words[word].text[letter] or _within(at, skipped)):
            at += 1
        places[word, letter] = at
        at += 1
    start, end = places[rhyme.word, rhyme.start], places[rhyme.word, rhyme.end - 1] + 1
    return [_units(raw[:start]), _units(raw[:end])] if end <= len(raw) else None


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _units(text: str) -> int:
    """How long browsers think that the text is."""
    return len(text.encode("utf-16-le")) // 2


def _faults(reader: Reader) -> list[str]:
    """Why these words could not be kept as they stand, as sentences."""
    faults = [lyrics_sentence(row.fault) for row in reader.rows if row.fault is not None]
    count = sum(len(section.lines) for section in reader.sections)
    if count > checks.MOST_LINES:
        faults.append(str(TooManyLines(most=checks.MOST_LINES, lines=count)))
    for place, row in enumerate(reader.rows, 1):
        if row.line and len(row.line.text) > checks.LONGEST_LINE:
            faults.append(str(LongLine(line=place, most=checks.LONGEST_LINE)))
    return faults
