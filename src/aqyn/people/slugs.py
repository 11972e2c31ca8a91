"""A name as it stands in an address."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.text import slugify

from aqyn.core.texts import choose

# What a Latin spelling holds that Unicode does not take apart into a letter and a mark.
_PLAIN = str.maketrans(
    {"ı": "i", "İ": "i", "ə": "a", "ŋ": "n", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae"}
)


def slug_for(name: Mapping[str, str], *, taken: Collection[str], otherwise: str = "artist") -> str:
    """A slug of at most 80 letters that is not in `taken`: from the English name, else the Kazakh Latin
    one."""
    spelled = choose(name, ("en", "kk-Latn")).text
    taken = {"new", *taken}  # The studio adds an artist at …/artists/new/.
    slug = slugify(spelled.translate(_PLAIN))[:72].strip("-") or otherwise
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
