"""Which layer a reader sees, what it is called, and the pieces of its words."""

from __future__ import annotations

from collections.abc import Sequence

from aqyn.core.lyrics.model import Kind, Layer, kind_of_tag
from aqyn.core.script import syllables

NAMES = {
    "kk-Cyrl": "Қазақша",
    "kk-Latn": "Qazaqşa",
    "kk-Arab": "قازاقشا",
    "kk": "Қазақша",
    "ru": "Русский",
    "en": "English",
}
_KIND_ORDER = {Kind.MAIN: 0, Kind.PRONUNCIATION: 1, Kind.TRANSLATION: 2}
_TAG_ORDER = {tag: order for order, tag in enumerate(NAMES)}


def ordered(tags: Sequence[str], main: str) -> list[Layer]:
    """The layers of a song in the order of a picker: main, its other scripts, then translations."""
    layers = [Layer(tag, kind_of_tag(tag, main)) for tag in dict.fromkeys([main, *tags])]
    return sorted(
        layers, key=lambda layer: (_KIND_ORDER[layer.kind], _TAG_ORDER.get(layer.tag, 99), layer.tag)
    )


def default_layer(layers: Sequence[Layer], wanted: Sequence[str]) -> Layer:
    """The layer to sing from for a reader who wants these tags: a script of the words, no translation."""
    readable = {layer.tag: layer for layer in layers if layer.kind is not Kind.TRANSLATION}
    return next((readable[tag] for tag in wanted if tag in readable), layers[0])


def default_under(layers: Sequence[Layer], reader: str) -> Layer | None:
    """The translation to stand beneath for a reader of this language ("ru"), or None."""
    primary = reader.split("-")[0]
    translations = [layer for layer in layers if layer.kind is Kind.TRANSLATION]
    return next((layer for layer in translations if layer.tag.split("-")[0] == primary), None)


def shown_tag(language: str, layer: str) -> str:
    """The tag for `lang` of a word as the layer writes it: Kazakh in "kk-Latn", Russian stays "ru"."""
    return layer if language.split("-")[0] == layer.split("-")[0] else language


def pieces(word: str, tag: str) -> tuple[str, ...]:
    """The syllables of a word, punctuation kept with them: joined they are the word."""
    parts = tuple(syllables(word, tag))
    return parts if "".join(parts) == word and parts else (word,)
