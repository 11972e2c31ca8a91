"""Base 45 (RFC 9285): bytes in the letters that a QR code writes in eleven bits for two."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """Three letters for two bytes, two for a last one."""
    letters = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        value = int.from_bytes(pair)
        for _letter in range(len(pair) + 1):
            value, rest = divmod(value, 45)
            letters.append(ALPHABET[rest])
    return "".join(letters)


def decode(text: str) -> bytes | None:
    """The bytes, or None where the text is not base 45."""
    if len(text) % 3 == 1:
        return None
    data = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        value = 0
        for letter in reversed(group):
            digit = _VALUES.get(letter)
            if digit is None:
                return None
            value = value * 45 + digit
        size = len(group) - 1
        if value >= 1 << 8 * size:
            return None
        data += value.to_bytes(size)
    return bytes(data)
