"""The words of a sample song as they are sung: lines, words and their syllables, from `song.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aqyn.core.script import syllables

_PIECE = re.compile(r"\{(\w+):([^}]*)\}|([^{}]+)")
_LETTERS = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `text` with its marks as written, `spoken` its letters alone in lower case,
    `language` ("kk", "ru"), `syllables` of `spoken`; a word without a vowel has one piece."""

    text: str
    spoken: str
    language: str
    syllables: tuple[str, ...]

    @property
    def sung(self) -> bool:
        """False for a word without a vowel ("к"): it has no note of its own and leans on the next word."""
        return any(letter in "аәеёиоөуұүыіэюя" for letter in self.spoken)


def read_song(folder: Path) -> dict[str, Any]:
    """What `song.toml` in `folder` says."""
    return tomllib.loads((folder / "song.toml").read_text(encoding="utf-8"))


def lines_of(song: dict[str, Any]) -> list[list[list[Word]]]:
    """Sections of lines of words, as they are sung."""
    return [
        [words_of(line["text"], line.get("language", song["language"])) for line in section["lines"]]
        for section in song["sections"]
    ]


def words_of(text: str, language: str) -> list[Word]:
    """The words of a line; a span `{ru:…}` is in its own language."""
    words = []
    for other, inside, plain in _PIECE.findall(text):
        tongue = other or language
        for token in (inside or plain).split():
            found = _LETTERS.search(token)
            if found:
                spoken = found.group().lower()
                words.append(Word(token, spoken, tongue, tuple(syllables(spoken, tongue))))
    return words
