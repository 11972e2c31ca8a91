"""The short references that payers write into a transfer, and finding them again in what a bank tells.

Seven letters and a check letter, of an alphabet without letters that are mistaken for others; written in two
groups of four. The check letter is Luhn's algorithm over the alphabet (ISO/IEC 7812-1, Annex B, to base 29):
one wrong letter, and two neighbours that changed places, are noticed.
"""

from __future__ import annotations

import re

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH = 7
MOST = len(ALPHABET) ** LENGTH
"""References are made from numbers below this one: about 1.7 × 10^10."""
# What payers write instead: look-alikes, also of the Cyrillic keyboard.
_ALIKE = str.maketrans("АВЕКМНРСТХУЗ", "ABEKMHPCTXY3")
# Within a lookahead, so that a word before a reference does not take its first half away.
_CANDIDATE = re.compile(
    rf"(?<![{ALPHABET}])(?=([{ALPHABET}]{{4}})[-\s.–—_]?([{ALPHABET}]{{4}})(?![{ALPHABET}]))"
)


def make(number: int) -> str:
    """The reference of this number, such as "K7Q4-M2XP". `number`: from 0 to `MOST` - 1."""
    if not 0 <= number < MOST:
        raise ValueError(f"{number} is not a number of a reference.")
    letters = ""
    for _place in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    letters += _check(letters)
    return f"{letters[:4]}-{letters[4:]}"


def find(text: str) -> list[str]:
    """Every reference in the text, as `make` writes them, in their order, each once.

    Taken in small letters, in look-alike Cyrillic ones, and with any mark or none between its groups.
    """
    bare = text.upper().translate(_ALIKE)
    found = (a + b for a, b in _CANDIDATE.findall(bare))
    right = (letters for letters in found if _check(letters[:LENGTH]) == letters[LENGTH])
    return list(dict.fromkeys(f"{letters[:4]}-{letters[4:]}" for letters in right))


def _check(letters: str) -> str:
    base, total = len(ALPHABET), 0
    for place, letter in enumerate(reversed(letters)):
        value = ALPHABET.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // base + value % base
    return ALPHABET[-total % base]
