"""Text that exists in several languages and scripts, and the choice of the one to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aqyn.core.script import convert, direction

# Soft hyphen, zero-width space, word joiner, byte order mark, and what turns the direction of text around.
# Joiners stay: Arabic letters and emoji are made with them.
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
KAZAKH = ("kk-Cyrl", "kk-Latn", "kk-Arab")


def seen(text: str) -> str:
    """The text without characters that nobody sees; pasted, they would stand as a line or inside a word."""
    return text.translate(_UNSEEN)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A text with the BCP 47 tag that it is in; `tag` is "" where there was no text at all."""

    text: str
    tag: str

    @property
    def direction(self) -> str:
        return direction(self.tag) if self.tag else "ltr"


def choose(texts: Mapping[str, str], wanted: Sequence[str]) -> Chosen:
    """The text nearest to what the reader wants, in the order of `wanted`; the first one there is, otherwise.

    A tag stands for its language with any region or script ("ru" takes "ru-RU"); plain "kk" is Kazakh in
    Cyrillic. Where Kazakh is wanted in a script in which it was not written, it is converted from Cyrillic by
    `core.script`.
    """
    written = {_full(tag): text for tag, text in texts.items() if text.strip()}
    for tag in map(_full, wanted):
        if tag in written:
            return Chosen(written[tag], tag)
        if tag in KAZAKH and "kk-Cyrl" in written:
            return Chosen(_in_script(written["kk-Cyrl"], tag), tag)
        for near in _near(tag, written):
            return Chosen(written[near], near)
    for tag, text in written.items():
        return Chosen(text, tag)
    return Chosen("", "")


def in_scripts(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, and what is Kazakh in Cyrillic in its other scripts too: for a choice made in a browser."""
    written = {_full(tag): text for tag, text in texts.items() if text.strip()}
    if "kk-Cyrl" not in written:
        return written
    return {tag: _in_script(written["kk-Cyrl"], tag) for tag in KAZAKH} | written


@lru_cache(maxsize=1024)
def _in_script(text: str, tag: str) -> str:
    # The same names and stories are shown on every page, for every reader of the script.
    return convert(text, to=tag).text


@lru_cache(maxsize=256)
def _full(tag: str) -> str:
    """The tag as Aqyn writes it: "kk" and "kk-cyrl" are "kk-Cyrl"; scripts are in title case."""
    language, *rest = tag.replace("_", "-").split("-")
    parts = [language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)]
    return "kk-Cyrl" if parts == ["kk"] else "-".join(parts)


def _near(tag: str, written: Mapping[str, str]) -> Iterator[str]:
    language = tag.split("-")[0]
    return (other for other in written if other.split("-")[0] == language)
