"""Numbers that nobody guesses: ids of holds and orders, serials of tickets, and secrets."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

from aqyn.core.passes.serials import ID_BITS, SERIAL_BITS, letters


def new_id() -> int:
    """An id for a hold or an order."""
    return secrets.randbits(ID_BITS)


def new_serial() -> int:
    """A serial for a ticket."""
    return secrets.randbits(SERIAL_BITS)


def secret_of(kind: str, number: int) -> str:
    """What opens the hold or the order with this id: 26 letters, made from the house's own secret.

    Nothing is stored: a retry gets the same one. `kind`: "hold" or "order".
    """
    key = settings.SECRET_KEY.encode()
    digest = hmac.digest(key, f"aqyn.tickets.{kind}.{number}".encode(), "sha256")
    return letters(int.from_bytes(digest[:16]) >> 1, 127)


def fingerprint(token: str) -> str:
    """The SHA-256 by which a door is found."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def opens(kind: str, number: int, secret: str) -> bool:
    """Whether `secret` is the one of this hold or order."""
    return secret.isascii() and hmac.compare_digest(secret_of(kind, number), secret.upper())
