"""Numbers as letters that people can read out and type: Crockford's base 32 (crockford.com/base32.html)."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SERIAL_BITS = 50
ID_BITS = 63
"""Ids of holds and orders: nobody guesses one, and every database has a column for it."""

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_VALUES |= {"O": 0, "I": 1, "L": 1}
_NOT_READ = str.maketrans("", "", "- \u00a0\u202f")


def letters(number: int, bits: int = ID_BITS) -> str:
    """The number with as many letters as its bits need: 13 for an id, 10 for a serial."""
    if not 0 <= number < 1 << bits:
        raise ValueError(f"{number} does not have {bits} bits.")
    return "".join(ALPHABET[number >> shift & 31] for shift in range((bits + 4) // 5 * 5 - 5, -1, -5))


def number(text: str, bits: int = ID_BITS) -> int | None:
    """The number, from letters of either case, with spaces and hyphens; None where they are not one."""
    bare = text.translate(_NOT_READ).upper()
    if len(bare) != (bits + 4) // 5 or any(letter not in _VALUES for letter in bare):
        return None
    value = 0
    for letter in bare:
        value = value << 5 | _VALUES[letter]
    return value if value < 1 << bits else None


def serial(value: int) -> str:
    """A ticket's serial as it is printed and typed, such as "7KQ4M-2XP9A"."""
    text = letters(value, SERIAL_BITS)
    return f"{text[:5]}-{text[5:]}"


def read_serial(text: str) -> int | None:
    """The serial that somebody typed, or None."""
    return number(text, SERIAL_BITS)
