"""QR codes for print, and what they say."""

from __future__ import annotations

import io
from typing import TypedDict
from urllib.parse import urlsplit

import segno

QUIET_ZONE = 4
"""Modules of white around a code (ISO/IEC 18004)."""
LEVEL = "q"
"""A quarter of a code may be creased or covered, and it is still read."""
# What ends or joins fields in a `WIFI:` code.
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in '\\;,:"'})


class Code(TypedDict):
    """`svg`: the code with its quiet zone. `modules`: how many it is wide without that zone."""

    svg: str
    modules: int


def code(text: str, *, colour: str, ground: str | None = None) -> Code:
    """The QR code that says `text`, in a dark colour such as "#2b0808", on a light ground or on none."""
    made = segno.make_qr(text, error=LEVEL)
    out = io.BytesIO()
    made.save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        omitsize=True,
        dark=colour,
        light=ground,
        svgclass=None,
        lineclass=None,
    )
    return {"svg": out.getvalue().decode("utf-8"), "modules": len(made.matrix)}


def wifi_text(name: str, password: str = "") -> str:
    """What a code says that brings a phone into a Wi-Fi network: the `WIFI:` form that phones' cameras read
    (github.com/zxing/zxing/wiki/Barcode-Contents). Without a password the network is open."""
    kind = f"T:WPA;S:{name.translate(_SIGNS)};P:{password.translate(_SIGNS)};" if password else ""
    return f"WIFI:{kind or f'T:nopass;S:{name.translate(_SIGNS)};'};"


def in_ascii(address: str) -> str:
    """The address as every scanner takes it: https://әлем.example becomes https://xn--…"""
    host = urlsplit(address).hostname or ""
    return address if host.isascii() else address.replace(host, host.encode("idna").decode("ascii"), 1)


def to_type(address: str) -> str:
    """The address as it is typed in by hand: a browser puts https before it by itself, but not http."""
    return address.removeprefix("https://")
