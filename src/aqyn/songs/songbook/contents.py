"""A book's values, as book.typ takes them: everything that is to be printed, and nothing that is not text.

A run is `{"text", "lang", "left"}`: its language as two or three letters, and whether it is read from right
to left. A book has `title`, `by` (runs), `contents` (its heading), `paper`, `two` (columns) and `songs`; a
song its `titles` (one a column, or None), `credits`, `colour`, `ornament` and `teeth` (SVG) and `sections`;
a section its `labels` (one a column, or none at all), `rows` (empty where it is sung again) and whether it
may be `long`; a row one of `columns.column` or None for each column, whether chords stand over it (`tall`),
and what stands `beneath`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext, override

from aqyn.core.texts import choose
from aqyn.songs.selectors.page import ROLES, section_label, wave
from aqyn.songs.selectors.rows import LineRow, SectionRow, SongRows
from aqyn.songs.songbook.choice import Choice, Over
from aqyn.songs.songbook.columns import Value, column, run
from aqyn.ui.carpet import fold
from aqyn.ui.colour import hex_colour
from aqyn.ui.hues import deep
from aqyn.ui.languages import TAGS, WANTED
from aqyn.ui.ornament import ornament

TEETH = 64
# A section of fewer lines than these, wrapped ones counted, fits on a page of any size.
SURE_LINES = 18
_LETTERS_A_LINE = 20


def book_values(songs: Sequence[SongRows], choice: Choice) -> Value:
    """The whole book. Its own words (contents, roles, parts) are in the language of the first column."""
    artists = {rows.song.artist_id: rows.song.artist for rows in songs}
    names = [_chosen(artist.name, choice.first) for artist in artists.values()]
    code = _code(choice.first)
    with override(code):
        contents = gettext("Contents")
    return {
        "title": _of_unknown_language(choice.title, choice.first),
        "by": [name for name in names if name["text"] != choice.title],
        "contents": run(contents, TAGS[code]),
        "paper": str(choice.paper),
        "two": bool(choice.second),
        "songs": [_song(rows, choice, named=len(artists) > 1) for rows in songs],
    }


def holds_arabic(value: Any) -> bool:
    """Whether anything in these values is read from right to left."""
    if isinstance(value, dict):
        return value.get("left") is True or any(map(holds_arabic, value.values()))
    return isinstance(value, list) and any(map(holds_arabic, value))


def _code(tag: str) -> str:
    """The interface language that speaks to whoever reads this layer; English where there is none."""
    full = "kk-Cyrl" if tag == "kk" else tag
    return next((code for code, known in TAGS.items() if known in (full, tag.split("-")[0])), "en")


def _chosen(texts: dict[str, str], tag: str) -> Value:
    chosen = choose(texts, [tag, *WANTED[_code(tag)]])
    return run(chosen.text, chosen.tag or tag)


def _only(texts: dict[str, str], tag: str) -> Value | None:
    """The text in this very layer, or None."""
    chosen = choose(texts, [tag])
    return run(chosen.text, tag) if chosen.tag == tag else None


def _of_unknown_language(text: str, tag: str) -> Value:
    """A text that nobody said the language of: it runs as its first letter does."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return run(text, tag) | {"left": first != "L"}


def _song(rows: SongRows, choice: Choice, *, named: bool) -> Value:
    song = rows.song
    hue = song.artist.hue if song.hue is None else song.hue
    colour = hex_colour(deep(hue), 0.175, hue)
    loudness = wave(rows)
    second = [_only(song.title, choice.second)] if choice.second else []
    return {
        "titles": [_chosen(song.title, choice.first), *second],
        "credits": list(_credits(rows, choice.first, named)),
        "colour": colour,
        "ornament": ornament(loudness, hue=hue),
        "teeth": _teeth(fold(loudness, TEETH), colour),
        "sections": list(_sections(rows, choice)),
    }


def _credits(rows: SongRows, tag: str, named: bool) -> Iterator[Value]:
    song = rows.song
    if named:
        yield _chosen(song.artist.name, tag)
    for credit in song.credits:
        role, name = credit.get("role", ""), credit.get("name", "")
        with override(_code(tag)):
            said = _chosen(role, tag)["text"] if isinstance(role, dict) else str(ROLES.get(role, role))
        yield _of_unknown_language(f"{said}: {name}" if said else name, tag)
    if song.year:
        yield run(str(song.year), "en")


def _teeth(heights: Sequence[float], colour: str) -> str:
    """The song from its beginning to its end as the teeth of a carpet's border, 10 units tall."""
    path = "".join(
        f"M{10 * place} 10l5-{1.6 + 8.4 * loud:.1f} 5 {1.6 + 8.4 * loud:.1f}z"
        for place, loud in enumerate(heights)
    )
    box = f'viewBox="0 0 {10 * len(heights)} 10" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path fill="{colour}" d="{path}"/></svg>'


def _sections(rows: SongRows, choice: Choice) -> Iterator[Value]:
    """The parts in their order. One that was sung before, word for word, is given by its label alone."""
    sung = [_sung(section, choice) for section in rows.sections]
    verses = [key for key, section in zip(sung, rows.sections, strict=True) if _is_verse(section)]
    different = list(dict.fromkeys(verses))
    for place, section in enumerate(rows.sections):
        lines = () if sung[place] in sung[:place] else section.lines
        number = 1 + different.index(sung[place]) if _is_verse(section) and len(verses) > 1 else 0
        yield {
            "labels": _labels(section, number, rows.song.language, choice),
            "rows": [_row(line, choice) for line in lines],
            "long": _may_be_long(lines, choice),
        }


def _sung(section: SectionRow, choice: Choice) -> Any:
    """What makes two parts the same on paper."""
    chords = choice.over is Over.CHORDS
    lines = tuple(
        (line.words(line.main), str(line.chords) if chords else "", *_readings(line, choice))
        for line in section.lines
    )
    return section.kind, section.name, lines


def _readings(line: LineRow, choice: Choice) -> tuple[str, ...]:
    tags = (choice.first, choice.second, choice.beneath)
    return tuple(line.texts[tag].text if line.has(tag) else "" for tag in tags)


def _is_verse(section: SectionRow) -> bool:
    return section.kind == "verse" and not section.name


def _labels(section: SectionRow, number: int, language: str, choice: Choice) -> list[Value | None]:
    """What stands over a section in each column: its own name, its kind, or the number of a verse."""
    if _is_verse(section):
        # A number is the same in either column.
        return [run(str(number), "en"), *([None] if choice.second else [])] if number else []
    label = _label(section, language, choice.first) or run(section.name, language)
    return [label, *([_label(section, language, choice.second)] if choice.second else [])]


def _label(section: SectionRow, language: str, tag: str) -> Value | None:
    if section.name:
        return _only({language: section.name}, tag)
    code = _code(tag)
    with override(code):
        return run(section_label(section.kind), TAGS[code])


def _row(line: LineRow, choice: Choice) -> Value:
    second = [column(line, choice.second, choice.over) if line.has(choice.second) else None]
    beneath = line.words(choice.beneath) if line.has(choice.beneath) else ()
    return {
        "cells": [column(line, choice.first, choice.over), *(second if choice.second else [])],
        "tall": choice.over is Over.CHORDS and bool(line.chords),
        "beneath": run(" ".join(word.text for word in beneath), choice.beneath) if beneath else None,
    }


def _may_be_long(lines: Sequence[LineRow], choice: Choice) -> bool:
    """Whether these lines, wrapped as often as they ever may be, could be more than a page holds."""
    height = 0
    for line in lines:
        longest = max((len(text.text) for text in line.texts.values()), default=0)
        wrapped = -(-longest // _LETTERS_A_LINE)
        height += wrapped * (2 if line.chords and choice.over is Over.CHORDS else 1) + bool(choice.beneath)
    return height > SURE_LINES
