"""A line of a show's first song as a big screen would light it: for the small picture in the studio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aqyn.core.lyrics.layers import shown_tag
from aqyn.core.script import direction
from aqyn.shows import selectors as shows
from aqyn.stage.selectors.setlist import entries
from aqyn.stage.selectors.words import words_json


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One reading. `words`: of the song itself, each with its state ("sung", "now", "ahead"); a translation
    is `text`."""

    tag: str
    words: tuple[tuple[str, str], ...] = ()
    text: str = ""

    @property
    def dir(self) -> str:
        return direction(self.tag)


@dataclass(frozen=True, slots=True)
class Sample:
    """`here`: the sung line, one row a layer; `next`: the one after it. `hue`: of the song."""

    hue: int
    here: tuple[SampleRow, ...]
    next: tuple[SampleRow, ...]


def sample(slug: str, *, main: str, under: str) -> Sample | None:
    """The first two lines that this show sings, in these layers; None where it has no song yet."""
    show = shows.shown(slug)
    told = next(filter(None, map(words_json, entries(show))), None) if show is not None else None
    if told is None or not told["lines"]:
        return None
    here, *rest = (_rows(line, told["main"], main, under) for line in told["lines"][:2])
    return Sample(told["hue"], here, rest[0] if rest else ())


def _rows(line: dict[str, Any], own: str, main: str, under: str) -> tuple[SampleRow, ...]:
    first = main if main in line["texts"] else own
    tags = [first] if under in (first, "none") or under not in line["texts"] else [first, under]
    return tuple(_row(line, tag) for tag in tags)


def _row(line: dict[str, Any], tag: str) -> SampleRow:
    text = line["texts"][tag]
    if isinstance(text, str):
        return SampleRow(tag, text=text)
    words = ["".join(pieces) for pieces in text]
    lit = len(words) // 2
    states = ["sung"] * lit + ["now"] + ["ahead"] * len(words)
    return SampleRow(shown_tag(line["lang"], tag), tuple(zip(words, states, strict=False)))
