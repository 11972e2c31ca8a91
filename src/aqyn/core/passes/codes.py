"""Signed codes: what lets in can be checked by anyone who has the public key, without asking anybody.

A code is 77 bytes in base 45 (RFC 9285), 116 letters that a QR code of version 6 holds at level M:

    version (1) · key number (1) · sale (4) · serial (7) · Ed25519 signature of what is before it (64)

The signature is that of RFC 8032; numbers are big-endian.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from aqyn.core.passes import base45
from aqyn.core.passes.serials import SERIAL_BITS

VERSION = 1
SIGNED = 13
LENGTH = SIGNED + 64
LETTERS = 116
_DOMAIN = b"aqyn.pass.v1"


@dataclass(frozen=True, slots=True)
class Pass:
    """What a good code says: the key that signed it, the sale it is for, the ticket's serial."""

    key: int
    sale: int
    serial: int


class NoPass(Enum):
    """Why a code is none."""

    NOT_OURS = "not_ours"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"


def signing_key(secret: str, number: int) -> SigningKey:
    """The private key of this number, made from the house's secret: the same house has the same keys."""
    seed = blake2b(
        f"key {number}".encode(), key=blake2b(secret.encode()).digest(), person=_DOMAIN, digest_size=32
    )
    return SigningKey(seed.digest())


def public_key(key: SigningKey) -> bytes:
    """The 32 bytes by which codes of this key are checked."""
    return bytes(key.verify_key)


def make(key_number: int, sale: int, serial: int, key: SigningKey) -> str:
    """The code of a ticket. `key_number`: 0 to 255; `sale`: below 2^32; `serial`: of 50 bits."""
    if not (0 <= serial < 1 << SERIAL_BITS):
        raise ValueError(f"{serial} is not a serial.")
    said = bytes([VERSION, key_number]) + sale.to_bytes(4) + serial.to_bytes(7)
    return base45.encode(said + key.sign(said).signature)


def read(text: str, keys: Mapping[int, bytes]) -> Pass | NoPass:
    """What the code says, checked by the public keys that are good now."""
    data = base45.decode(text.strip("\r\n\t")) if len(text) < 4 * LETTERS else None
    if data is None or len(data) != LENGTH or data[0] != VERSION:
        return NoPass.NOT_OURS
    said, signature = data[:SIGNED], data[SIGNED:]
    public = keys.get(said[1])
    if public is None:
        return NoPass.UNKNOWN_KEY
    try:
        VerifyKey(public).verify(said, signature)
    except BadSignatureError:
        return NoPass.FORGED
    serial = int.from_bytes(said[6:])
    return Pass(said[1], int.from_bytes(said[2:6]), serial) if serial < 1 << SERIAL_BITS else NoPass.NOT_OURS
