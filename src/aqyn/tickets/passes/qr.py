"""Codes for screens: dark on white, whatever the theme, since scanners look for that."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe

LEVEL = "m"
"""An eighth of the code may be lost, and it is still read; more would make its squares smaller."""
QUIET_ZONE = 4


def qr_svg(text: str) -> SafeString:
    """The QR code that says `text`, as inline SVG without a size of its own."""
    out = io.BytesIO()
    segno.make_qr(text, error=LEVEL).save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        svgns=True,
        omitsize=True,
        dark="#000",
        light="#fff",
        svgclass="qr",
        lineclass=None,
    )
    return mark_safe(out.getvalue().decode("utf-8"))  # noqa: S308 — segno draws it from the modules alone
