"""A name as it stands in an address."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from aqyn.core.script import slug
from aqyn.core.texts import choose


def slug_for(name: Mapping[str, str], *, taken: Collection[str], otherwise: str = "artist") -> str:
    """A slug of at most 76 letters that is not in `taken`: from the English name, else the first there is."""
    chosen = choose(name, ("en", "kk-Latn"))
    first = slug(chosen.text, language=chosen.tag.split("-")[0] or None, limit=72) or otherwise
    taken = {"new", *taken}  # The studio adds an artist at …/artists/new/.
    free, number = first, 2
    while free in taken:
        free, number = f"{first}-{number}", number + 1
    return free
