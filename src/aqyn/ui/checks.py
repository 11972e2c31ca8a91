"""What is taken from a person or a file before it becomes a row, whatever it tells of: the value made clean,
or one Refusal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from aqyn.core.lyrics.model import canonical_tag
from aqyn.core.texts import seen
from aqyn.ui import sentences as refuse

LONGEST_TEXT = 20_000
LONGEST_NAME = 120
LONGEST_SLUG = 80
RESERVED_SLUGS = frozenset({"new"})

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def slug(said: str) -> str:
    if not _SLUG.fullmatch(said) or len(said) > LONGEST_SLUG or said in RESERVED_SLUGS:
        raise refuse.BadSlug(slug=said[:80])
    return said


def tag(said: str) -> str:
    """A BCP 47 tag in its usual case."""
    if not isinstance(said, str) or not _TAG.fullmatch(said) or len(said) > 35:
        raise refuse.BadTag(tag=str(said)[:35])
    return canonical_tag(said)


def text(said: str, name: str, longest: int = LONGEST_TEXT) -> str:
    """Composed (NFC), without spaces around it, or control characters or ones that nobody sees in it."""
    clean = unicodedata.normalize("NFC", seen(said).replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(clean) > longest:
        raise refuse.TooMuch(name=name, most=longest)
    if _CONTROL.search(clean):
        raise refuse.BadCharacters(name=name)
    return clean


def one_line(said: str, name: str, longest: int = LONGEST_NAME) -> str:
    return " ".join(text(said, name, longest).split())


def texts(said: Mapping[str, str], name: str, longest: int = LONGEST_TEXT) -> dict[str, str]:
    """Texts by tag; empty ones are left out."""
    clean = {tag(key): text(value, name, longest) for key, value in said.items()}
    return {key: value for key, value in clean.items() if value}


def short_texts(said: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: one_line(value, name) for key, value in texts(said, name, LONGEST_NAME).items()}


def hue(said: int | None) -> int | None:
    if said is not None and (not isinstance(said, int) or isinstance(said, bool) or not 0 <= said < 360):
        raise refuse.BadHue
    return said


def link(said: str) -> str:
    clean = one_line(said, "link", 500)
    if not clean:
        return ""
    try:
        parts = urlsplit(clean)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in clean
    except ValueError:
        good = False
    if not good:
        raise refuse.BadLink(link=clean[:80])
    return clean
