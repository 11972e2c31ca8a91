"""In which language and script a text is, told by its letters alone."""

from __future__ import annotations

import re
import unicodedata

GUESSED = ("kk-Cyrl", "kk-Latn", "kk-Arab", "ru", "en")
"""Every tag that `guess_language` gives."""

# Letters that Kazakh has and Russian, or English, has not.
_KAZAKH_CYRILLIC = frozenset("әғқңөұүһі")
_KAZAKH_LATIN = frozenset("äğıñöşūü")
# One letter in forty: of Kazakh it is one in six, and a Kazakh name in a Russian song is less.
_ENOUGH = 40
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z\u00e0-\u024f]")


def guess_language(text: str) -> str:
    """The BCP 47 tag: Kazakh in one of its three scripts, "ru" or "en"; "kk-Cyrl" where there are no letters.

    The script that most letters are in decides, then the letters that only Kazakh has. A short Kazakh text
    without any of them counts as Russian, or English.
    """
    letters = unicodedata.normalize("NFC", text).casefold()
    arabic, cyrillic, latin = (len(kind.findall(letters)) for kind in (_ARABIC, _CYRILLIC, _LATIN))
    if arabic > max(cyrillic, latin):
        return "kk-Arab"
    if latin > cyrillic:
        return "kk-Latn" if _enough(letters, _KAZAKH_LATIN, latin) else "en"
    return "kk-Cyrl" if not cyrillic or _enough(letters, _KAZAKH_CYRILLIC, cyrillic) else "ru"


def _enough(letters: str, own: frozenset[str], count: int) -> bool:
    return _ENOUGH * sum(letter in own for letter in letters) >= count
