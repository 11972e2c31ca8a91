"""Syllables of Kazakh, Russian and English words: what one note of a melody carries.

Whatever the word, the pieces joined are the word: its marks and digits stay with the syllable they touch.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from aqyn.core.script.casing import lower
from aqyn.core.script.english import english_cuts

_MARKS: Final = "\u0300-\u036f'’ʼ"
_RUN: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}](?=[^\W\d_])|[\u0300-\u036f])*")
_KAZAKH_VOWELS: Final = frozenset("аәеёиоөұүыіэюя")
_RUSSIAN_VOWELS: Final = frozenset("аеёиоуыэюя")
_SIGNS: Final = frozenset("ьъ")
_SHAPES: Final = {**dict.fromkeys("aäeoöūüyıاوۇىە", "а"), **dict.fromkeys("uwۋ", "у")}


def syllables(word: str, language: str) -> tuple[str, ...]:
    """`word` cut into syllables by the rules of `language` (kk in any of its scripts, ru, en).

    A word of another language, or without a vowel, stays whole; only "" has none.
    """
    primary = language.replace("_", "-").casefold().split("-")[0]
    cuts = _CUTS.get(primary)
    starts = {0}
    for run in _RUN.finditer(word) if cuts else ():
        letters = lower(run.group(), primary)
        if len(letters) != len(run.group()):
            letters = "".join(lower(char, primary)[:1] for char in run.group())
        places = cuts(letters) if cuts else None
        if places is not None:  # a run without a vowel (к, 2-ге) leans on what stands before it
            starts.update(run.start() + place for place in places)
            if any(char.isalpha() for char in word[: run.start()]):
                starts.add(run.start())
    edges = [*sorted(starts), len(word)]
    return tuple(word[start:end] for start, end in pairwise(edges) if start < end)


def _kazakh_cuts(letters: str) -> list[int] | None:
    """у is a consonant after a vowel (та-уық) or before one at the head (уа-қыт), else a vowel (су-ық).

    и, ю and я are one nucleus each; the cut falls before the last consonant.
    """
    nuclei: list[int] = []
    letters = _as_cyrillic(letters)
    for at, letter in enumerate(letters):
        if letter in _KAZAKH_VOWELS:
            nuclei.append(at)
        elif letter == "у":
            follows_vowel = bool(nuclei) and nuclei[-1] == at - 1
            opens = at == 0 and letters[1:2] != "" and letters[1] in _KAZAKH_VOWELS
            if not follows_vowel and not opens:
                nuclei.append(at)
    return _cuts_between(letters, nuclei, lambda first, second: False)


def _as_cyrillic(letters: str) -> str:
    """The same word letter for letter, Latin and Arabic as Cyrillic of the same kind: i and ي are й
    after a vowel or before one at the head, else и.
    """
    shape = ""
    for at, letter in enumerate(letters):
        plain = _SHAPES.get(letter, letter)
        if letter in "iي":
            follows_vowel = shape[-1:] in _KAZAKH_VOWELS and shape != ""
            opens = at == 0 and _SHAPES.get(letters[1:2], "й") in "ау"
            plain = "й" if follows_vowel or opens else "и"
        shape += plain
    return shape


def _russian_cuts(letters: str) -> list[int] | None:
    """The cut falls before the last consonant; a stop keeps the р or л after it (се-стра is сес-тра)."""
    nuclei = [at for at, letter in enumerate(letters) if letter in _RUSSIAN_VOWELS]
    return _cuts_between(letters, nuclei, lambda first, second: first in "пбтдкгфвх" and second in "рл")


def _cuts_between(letters: str, nuclei: list[int], together: Callable[[str, str], bool]) -> list[int] | None:
    cuts = []
    for left, right in pairwise(nuclei):
        consonants = [
            at for at in range(left + 1, right) if letters[at].isalpha() and letters[at] not in _SIGNS
        ]
        if not consonants or letters[right - 1] in _SIGNS:
            cuts.append(right)  # оқу-ы, семь-я
            continue
        at = consonants[-1]
        if len(consonants) > 1 and consonants[-2] == at - 1 and together(letters[at - 1], letters[at]):
            at -= 1
        cuts.append(at)
    return cuts if nuclei else None


_CUTS: Final[dict[str, Callable[[str], list[int] | None]]] = {
    "kk": _kazakh_cuts,
    "ru": _russian_cuts,
    "en": english_cuts,
}
