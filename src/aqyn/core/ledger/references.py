"""The short references that payers write into a transfer, and finding them again in what a bank tells.

Seven letters and a check letter, of an alphabet without letters that are mistaken for others; written in two
groups of four. The alphabet has a prime number of letters, 29, and each place a weight of its own: the
weighted sum of a right reference is a multiple of 29. So one wrong letter, and any two that changed places,
are always noticed (as with ISBN-10, which does the same to base 11).
"""

from __future__ import annotations

import re

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH = 7
MOST = len(ALPHABET) ** LENGTH
"""References are made from numbers below this one: about 1.7 × 10^10."""
WEIGHTS = range(LENGTH + 1, 1, -1)
# What payers write instead: look-alikes, also of the Cyrillic keyboard.
_ALIKE = str.maketrans("АВЕКМНРСТХУЗ", "ABEKMHPCTXY3")
# Within a lookahead, so that a word before a reference does not take its first half away.
_CANDIDATE = re.compile(
    rf"(?<![{ALPHABET}])(?=([{ALPHABET}]{{4}})(?:\s?[-.‐‑‒–—−_]\s?|\s{{0,2}})([{ALPHABET}]{{4}})(?![{ALPHABET}]))"
)


def make(number: int) -> str:
    """The reference of this number, such as "K7Q4-M2X6". `number`: from 0 to `MOST` - 1."""
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
    """The letter that makes the weighted sum a multiple of 29; its own weight is 1."""
    base = len(ALPHABET)
    total = sum(weight * ALPHABET.index(letter) for weight, letter in zip(WEIGHTS, letters, strict=True))
    return ALPHABET[-total % base]
