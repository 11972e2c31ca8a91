"""A file's tags, made fit to show: few, short, plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

MAX_TAGS = 64
MAX_NAME = 64
MAX_VALUE = 2_000
# Words of a whole song.
MAX_LYRICS = 50_000
_KEPT_CONTROLS = "\n\t"
# What the container says about itself, not about the song.
_PLUMBING = {
    "compatible_brands",
    "creation_time",
    "encoder",
    "handler_name",
    "language",
    "major_brand",
    "minor_version",
    "vendor_id",
}


def clean_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """At most 64 tags by lower-case name, sorted, without control, format-override or broken
    characters; a value longer than 2,000 characters (lyrics: 50,000) is cut. Empty ones are left out.
    """
    cleaned: dict[str, str] = {}
    for raw_name, raw_value in sorted(tags.items()):
        name = _plain(raw_name[: 4 * MAX_NAME])[:MAX_NAME].strip().lower()
        most = MAX_LYRICS if name.startswith(("lyrics", "unsyncedlyrics")) else MAX_VALUE
        value = _plain(raw_value[: 4 * most])[:most].strip()
        if name and value and name not in cleaned and name not in _PLUMBING:
            cleaned[name] = value
        if len(cleaned) == MAX_TAGS:
            break
    return cleaned


def _plain(text: str) -> str:
    """NFC text without characters that are invisible orders to a terminal or a page.

    Zero-width joiners stay: Arabic script needs them.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character
        for character in unicodedata.normalize("NFC", text)
        if character in _KEPT_CONTROLS
        or character in "\u200c\u200d"
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
