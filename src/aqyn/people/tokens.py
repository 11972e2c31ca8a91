"""Keys that open a door once. The house keeps their SHA-256 and never the key itself."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """A fresh key of 256 bits, in letters that a link may hold."""
    return secrets.token_urlsafe(32)


def token_from(nonce: str) -> str:
    """The key that this house, and no other, makes from `nonce`: it can be shown again without being kept."""
    digest = salted_hmac("aqyn.people.invitation", nonce, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def fingerprint(token: str) -> str:
    """The SHA-256 by which a key is found; any text has one."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
