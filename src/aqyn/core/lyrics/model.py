"""Songs as words: sections, lines, words, syllables, the layers that read them and the times they share.

The shape follows OpenSubsonic's `songLyrics` v2: one `main` layer, `pronunciation` layers in other scripts,
`translation` layers; timing belongs to a recording and never to a layer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType


class Kind(StrEnum):
    """What a layer is to the words that the author wrote."""

    MAIN = "main"
    PRONUNCIATION = "pronunciation"
    TRANSLATION = "translation"


SECTION_KINDS = ("verse", "chorus", "prechorus", "bridge", "intro", "outro", "refrain", "spoken", "interlude")


class LyricsError(ValueError):
    """Words or times that cannot be. `sentence` is English with %(name)s places, `values` what goes there.

    `line` is the line at fault, counted from 1, where one is: of the file that was read, of the song
    otherwise.
    """

    def __init__(self, sentence: str, line: int | None = None, **values: object) -> None:
        self.sentence, self.line, self.values = sentence, line, values
        said = sentence % values if values else sentence
        super().__init__(said if line is None else f"line {line}: {said}")


class MarkError(LyricsError):
    """A `{ru:…}` span that is not closed, or opens inside another."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is written, punctuation included, and the language it is in ("kk", "ru", "en")."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class LayerText:
    """One reading of one line. `text` carries `{ru:…}` spans; `scheme` names the rules that made it."""

    text: str
    origin: str = "written"
    scheme: str = ""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord ("Am", "G/B") over the letter `at` of the word number `word`, both counted from 0.

    After the last word `word` is the number of words and `at` is 0.
    """

    word: int
    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sung line: its language, its words with `{ru:…}` spans, and its other readings by BCP 47 tag.

    `chords` stand over the words in their order; the words themselves hold no mark of them.
    """

    text: str
    language: str
    readings: Mapping[str, LayerText] = field(default_factory=lambda: MappingProxyType({}))
    chords: tuple[Chord, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        return parse_marked(self.text, self.language)


@dataclass(frozen=True, slots=True)
class Section:
    """A verse, a chorus …: its lines in order. `name` is the author's own heading, often empty."""

    kind: str
    lines: tuple[Line, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """One reading of the whole song, by its BCP 47 tag."""

    tag: str
    kind: Kind


#: What opens a span, and what a backslash takes the meaning from.
SPAN = re.compile(r"\{([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*):")
ESCAPABLE = "\\{}"


@lru_cache(maxsize=4096)
def parse_marked(text: str, language: str) -> tuple[Word, ...]:
    """The words of a line written with language spans: `Теңіз, {ru:море} ғой` → kk, ru, kk.

    Words are what white space separates, in NFC, and keep their punctuation. A word that a span covers only
    in part (`{ru:море}нің`) is in the language of most of its letters, the first of equals. `\\{`, `\\}` and
    `\\\\` stand for the characters themselves; a brace that opens no span is one too. Raises MarkError.
    """
    words: list[Word] = []
    letters: list[tuple[str, str]] = []

    def close() -> None:
        if letters:
            words.append(
                Word(unicodedata.normalize("NFC", "".join(c for c, _ in letters)), _language_of(letters))
            )
            letters.clear()

    at, inside, speaking = 0, False, language
    while at < len(text):
        character = text[at]
        if character == "\\" and text[at + 1 : at + 2] and text[at + 1] in ESCAPABLE:
            letters.append((text[at + 1], speaking))
            at += 2
            continue
        opening = SPAN.match(text, at) if character == "{" else None
        if opening:
            if inside:
                raise MarkError("A {…} span opens inside another.")
            inside, speaking, at = True, canonical_tag(opening[1]), opening.end()
            continue
        if character == "}" and inside:
            inside, speaking = False, language
        elif character.isspace():
            close()
        else:
            letters.append((character, speaking))
        at += 1
    if inside:
        raise MarkError("A {…} span is not closed.")
    close()
    return tuple(words)


def _language_of(letters: Sequence[tuple[str, str]]) -> str:
    counted: dict[str, int] = {}
    for character, language in letters:
        counted[language] = counted.get(language, 0) + character.isalnum()
    return max(counted, key=lambda language: counted[language])


def marked(words: Sequence[Word], language: str) -> str:
    """The words as one line with spans, so that `parse_marked(marked(words, l), l)` gives the words back."""
    parts: list[str] = []
    at = 0
    while at < len(words):
        upto = at
        while upto < len(words) and words[upto].language == words[at].language:
            upto += 1
        run = " ".join(escaped(word.text) for word in words[at:upto])
        parts.append(run if words[at].language == language else f"{{{words[at].language}:{run}}}")
        at = upto
    return " ".join(parts)


def escaped(text: str) -> str:
    """Plain text as it has to be written in a line with spans."""
    return re.sub(r"[\\{}]", r"\\\g<0>", text)


def plain(text: str, language: str = "und") -> str:
    """A line without its marks, single spaces between words."""
    return " ".join(word.text for word in parse_marked(text, language))


def canonical_tag(tag: str) -> str:
    """A BCP 47 tag in its usual case: "KK-cyrl" is "kk-Cyrl", "en-gb" is "en-GB" (RFC 5646, 2.1.1)."""
    language, *rest = tag.replace("_", "-").split("-")
    return "-".join(
        [language.lower()]
        + [
            p.title() if len(p) == 4 and p.isalpha() else p.upper() if len(p) == 2 else p.lower()
            for p in rest
        ]
    )


def kind_of_tag(tag: str, main: str) -> Kind:
    """What a reading under `tag` is in a song whose main layer is `main`.

    The main language in another script ("kk-Latn" beside "kk-Cyrl") is a pronunciation; any other language,
    and the bare main language ("kk", for the foreign lines of a Kazakh song), is a translation.
    """
    if tag == main:
        return Kind.MAIN
    same_language = tag.split("-")[0] == main.split("-")[0]
    return Kind.PRONUNCIATION if same_language and "-" in tag else Kind.TRANSLATION
