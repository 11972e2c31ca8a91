"""Which layer a reader sees, what it is called, and the pieces of its words."""

from __future__ import annotations

from collections.abc import Sequence

from aqyn.core.lyrics.model import Kind, Layer, LayerText, Word, kind_of_tag, marked, parse_marked
from aqyn.core.script import Scheme, convert, syllables, syllables_in

KAZAKH = ("kk-Cyrl", "kk-Latn", "kk-Arab")
CONVERTED = KAZAKH[1:]

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


def pieces(word: str, tag: str, of: str = "") -> tuple[str, ...]:
    """The syllables of a word, punctuation kept with them: joined they are the word.

    `of` is the same word in Kazakh Cyrillic, where there is one: syllables are cut there, so that a word
    has as many of them in every script.
    """
    if of and tag in CONVERTED:
        parts = syllables_in(of, tag)
        if "".join(parts) == word and all(parts):
            return parts
    parts = syllables(word, tag)
    return parts if parts and "".join(parts) == word else (word,)


def makes(main: str) -> tuple[str, ...]:
    """The tags of the layers that the house makes of a song whose main layer is `main`."""
    return tuple(tag for tag in KAZAKH if tag != main) if main in KAZAKH else ()


def pronounced(text: str, language: str, *, main: str, to: str) -> LayerText:
    """A line of the main layer as the script `to` writes it: Kazakh words by `core.script`, others as they
    are.

    As many words as the line has, in the same spans. `scheme` is that of its Kazakh words, "as-written"
    where it has none.
    """
    made, scheme, guessed = [], Scheme.AS_WRITTEN, False
    for word in parse_marked(text, language):
        converted = convert(word.text, to=to, source=main, language=word.language)
        # A word stays a word: what has no letters of its own in the other script is kept.
        made.append(Word("".join(converted.text.split()) or word.text, word.language))
        if converted.scheme is not Scheme.AS_WRITTEN:
            scheme, guessed = converted.scheme, guessed or converted.guessed
    return LayerText(marked(made, language), "made", str(scheme), guessed)
