"""Kazakh Cyrillic into Latin 2021, BGN/PCGN 1979 and Arabic (töte jazu), letter by letter.

Each writer answers one piece of the target for each character of the word, so that whatever was cut
or timed in Cyrillic (a syllable, a span) can be carried over: the pieces joined are the word.
"""

import re
from collections.abc import Callable
from typing import Final

from aqyn.core.script.casing import upper
from aqyn.core.script.lexicon import WITH_HAMZA
from aqyn.core.script.schemes import Scheme
from aqyn.core.script.tables import (
    ARABIC_PUNCTUATION,
    BACK_VOWELS,
    BGN_PARTED,
    CYRILLIC,
    FRONT_VOWELS,
    HAMZA,
    LETTERS,
)

_LATIN: Final = {letter.cyrillic: letter.latin for letter in LETTERS}
_BGN: Final = {letter.cyrillic: letter.bgn for letter in LETTERS}
_ARABIC: Final = {letter.cyrillic: letter.arabic for letter in LETTERS}
_RUN: Final = re.compile(f"[{''.join(sorted(CYRILLIC))}]+", re.IGNORECASE)
_FOREIGN: Final = re.compile("[A-Za-z0-9]")
_ENTITY: Final = re.compile(r"&#?\w+$")


def latin_pieces(word: str) -> list[str]:
    """Latin 2021 for each character of `word`. ия and ию are ia and iu, the и not written twice."""

    def after(before: str, letter: str) -> str:
        return {"ия": "a", "ию": "u"}.get(before + letter, _LATIN[letter])

    return _cased(word, after, Scheme.LATN_2021)


def bgn_pieces(word: str) -> list[str]:
    """BGN/PCGN 1979 for each character of `word`, with · between letters that would read as one."""

    def after(before: str, letter: str) -> str:
        return ("·" if before + letter in BGN_PARTED else "") + _BGN[letter]

    return _cased(word, after, Scheme.LATN_BGN)


def arabic_pieces(word: str) -> list[str]:
    """Töte jazu for each character of `word`; the hamza goes with the first letter of its word."""
    pieces = [_punctuation(word, at) for at in range(len(word))]
    for run in _RUN.finditer(word):
        letters = run.group().lower()
        for at, letter in enumerate(letters):
            pieces[run.start() + at] = _arabic_letter(letters, at, letter)
        if takes_hamza(letters):
            pieces[run.start()] = HAMZA + pieces[run.start()]
    return pieces


def takes_hamza(letters: str) -> bool:
    """Whether a word (Cyrillic, lower case, letters only) opens with ء in Arabic writing.

    The hamza says that the first vowels are front. It is left out where another letter settles the
    harmony (front е э к г; back қ ғ), and where the front vowels come later than a back one
    (баспасөз): there it would turn the head of the word.
    """
    if letters.startswith(WITH_HAMZA):
        return True
    if not _SETTLED.isdisjoint(letters):
        return False
    first = next((letter for letter in letters if letter in FRONT_VOWELS or letter in BACK_VOWELS), "")
    return first in FRONT_VOWELS


_SETTLED: Final = frozenset("еэкгқғ")


def _arabic_letter(letters: str, at: int, letter: str) -> str:
    before = letters[at - 1 : at]
    pair = before + letter
    if letter == "д" and letters[at + 1 : at + 2] == "ж":
        return ""  # дж is one sound and ج its letter: ходжики, حوجيكي
    if pair in {"ия", "ию"}:
        return _ARABIC[letter][1:]
    if pair == "ий":
        return ""
    if letter in "ьъ" and letters[at + 1 : at + 2] == "е":
        return "ي"  # Вьетнам, ۆيەتنام
    return _ARABIC[letter]


def _punctuation(word: str, at: int) -> str:
    char = word[at]
    if char not in ARABIC_PUNCTUATION or (_FOREIGN.search(word) and not _RUN.search(word)):
        return char  # the ? of an address is no question
    if char == ";" and _ENTITY.search(word[:at]):
        return char
    if char == "," and word[at - 1 : at].isdigit() and word[at + 1 : at + 2].isdigit():
        return char  # a decimal comma belongs to its number
    return ARABIC_PUNCTUATION[char]


def _cased(word: str, write: Callable[[str, str], str], scheme: Scheme) -> list[str]:
    small = [char.lower() for char in word]
    pieces = list(word)
    for at, letter in enumerate(small):
        if letter not in CYRILLIC:
            continue
        piece = write(small[at - 1] if at else "", letter)
        pieces[at] = _like(word, at, piece, scheme) if word[at] != letter else piece
    return pieces


def _like(word: str, at: int, piece: str, scheme: Scheme) -> str:
    """`piece` in capitals where the next letter (or, at the end, the last) is one; else only its first."""
    following, before = word[at + 1 : at + 2], word[at - 1 : at] if at else ""
    neighbour = following if following.isalpha() else before
    capitals = upper(piece, scheme)
    if neighbour.isupper():
        return capitals
    head = next((place for place, char in enumerate(piece) if char.isalpha()), 0)
    return piece[:head] + capitals[head : head + 1] + piece[head + 1 :]
