"""One reading of a line as the book's column shows it: its words, cut or under chords."""

from __future__ import annotations

from typing import Any

from aqyn.core.lyrics.layers import shown_tag
from aqyn.core.lyrics.model import Kind
from aqyn.core.script import direction
from aqyn.songs.selectors.lyrics import cut_words
from aqyn.songs.selectors.rows import LineRow
from aqyn.songs.songbook.choice import Over

Value = dict[str, Any]
CUTS = {Over.DOTS: "·", Over.HYPHENS: "\N{NON-BREAKING HYPHEN}"}
# A chord after the last word leaves it this much.
_AFTER = "\N{NO-BREAK SPACE}"


def run(text: str, tag: str) -> Value:
    """A text with its language and whether it runs from right to left, as book.typ takes it."""
    return {"text": text, "lang": tag.split("-")[0].lower(), "left": direction(tag) == "rtl"}


def column(line: LineRow, tag: str, over: Over) -> Value:
    """The line in the layer `tag`, or its main words where the layer has no reading of it."""
    text = line.texts.get(tag)
    translation = text is not None and text.kind == Kind.TRANSLATION
    layer = tag if text is not None else line.main
    whole = layer if translation else shown_tag(line.language, layer)
    words = line.words(layer)
    items: list[Value] = []
    for word, pieces in zip(words, cut_words(line, layer), strict=True):
        shown = shown_tag(word.language, layer)
        # Arabic letters join: a word cut in its middle could not be read.
        cut = over in CUTS and not translation and direction(shown) == "ltr"
        items.append(run(CUTS[over].join(pieces) if cut else word.text, shown) | {"chords": []})
    if over is Over.CHORDS and items and not translation:
        _bear(items, line, layer)
    # A Russian line in an Arabic column begins where the column does.
    return {**run("", whole), "right": direction(tag) == "rtl", "words": _joined(items, whole)}


def _bear(items: list[Value], line: LineRow, layer: str) -> None:
    """Give each chord to its word of this layer, with the part of the word that stands before its letter."""
    main, here = cut_words(line, line.main), cut_words(line, layer)
    for number, at, name in line.chords:
        # A line that was overruled by hand may have fewer words than the main one.
        place = min(number, len(items) - 1)
        over = number < len(main) and place == number
        before = _before(main[number], here[place], at) if over else "".join(here[place]) + _AFTER
        items[place]["chords"].append({"name": name, "before": before})


def _before(main: tuple[str, ...], here: tuple[str, ...], at: int) -> str:
    """What of the word stands before its letter `at`; in another script, before the same syllable."""
    if main == here:
        return "".join(main)[:at]
    reached = 0
    for place, piece in enumerate(main):
        if at < reached + len(piece) or place == len(main) - 1:
            return "".join(here[: min(place, len(here) - 1)])
        reached += len(piece)
    return ""


def _joined(items: list[Value], whole: str) -> list[Value | str]:
    """Neighbours in the line's own language that bear no chord as one text."""
    language = whole.split("-")[0].lower()
    words: list[Value | str] = []
    for item in items:
        if item["chords"] or item["lang"] != language:
            words.append(item)
        elif words and isinstance(words[-1], str):
            words[-1] += f" {item['text']}"
        else:
            words.append(item["text"])
    return words
