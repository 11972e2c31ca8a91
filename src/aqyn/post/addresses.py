"""What may stand in an envelope or a header. Nothing here reaches further than its own line."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import Address

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from aqyn.post.errors import BadAddress

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def clean_address(address: str) -> str:
    """The address in small letters, composed (NFC), with its domain as written. Raises `BadAddress`.

    One address is one string, so that Saule@Example.KZ and saule@example.kz are the same reader.
    """
    clean = unicodedata.normalize("NFC", address.strip()).lower()
    try:
        validate_email(clean)
        envelope(clean)
    except (ValidationError, UnicodeError):
        raise BadAddress(one_line(address)[:100]) from None
    if _CONTROL.search(clean) or len(clean) > 254:
        raise BadAddress(one_line(address)[:100])
    return clean


def envelope(address: str) -> str:
    """The address in ASCII, as MAIL FROM and RCPT TO need it: қазақ.example becomes xn--…"""
    local, _at, domain = address.rpartition("@")
    local.encode("ascii")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def header(address: str, name: str = "") -> Address:
    """The address with its name for a From, To or Reply-To header."""
    local, _at, domain = envelope(address).rpartition("@")
    return Address(one_line(name), local, domain)


def one_line(text: str) -> str:
    """The text as one line for a header: no line breaks, control characters, direction marks or encoded
    words.

    An encoded word (RFC 2047, "=?utf-8?q?…?=") is parted: Python's email package would decode one that a
    reader wrote, line breaks and all, and so let the text end its header and begin another.
    """
    return " ".join(_CONTROL.sub(" ", text).replace("=?", "= ?").split())
