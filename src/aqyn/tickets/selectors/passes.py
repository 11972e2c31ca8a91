"""Codes of tickets, and the keys by which they are checked."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from nacl.signing import SigningKey

from aqyn.core.passes import codes
from aqyn.tickets.models import PassKey, Ticket

FIRST_KEY = 1
"""The key that signs until another is made; it needs no row."""


def current_key() -> int:
    """The number of the key that signs now. One query."""
    newest = PassKey.objects.filter(retired_at=None).order_by("number").last()
    return newest.number if newest else FIRST_KEY


def keys() -> list[PassKey]:
    """Every key that has a row, the newest first."""
    return list(PassKey.objects.order_by("-number"))


def public_keys() -> dict[int, bytes]:
    """The public keys, 32 bytes each, whose codes let in. One query."""
    rows = {key.number: key for key in PassKey.objects.all()}
    numbers = {FIRST_KEY, *rows}
    good = (number for number in numbers if number not in rows or rows[number].revoked_at is None)
    return {number: codes.public_key(_signing(number)) for number in sorted(good)}


def code_of(ticket: Ticket, key: int | None = None) -> str:
    """What the ticket's QR code holds. `key`: the number of the key that signs, where it is known already."""
    return code_for(ticket.sale_id, ticket.serial, current_key() if key is None else key)


def code_for(sale: int, serial: int, key: int) -> str:
    """The code of the ticket with this serial, signed by this key."""
    return codes.make(key, sale, serial, _signing(key))


@lru_cache(maxsize=8)
def _signing(number: int) -> SigningKey:
    return codes.signing_key(settings.SECRET_KEY, number)
