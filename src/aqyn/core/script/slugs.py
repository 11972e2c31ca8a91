"""ASCII names for addresses, readable wherever the letters allow."""

import re
import unicodedata
from typing import Final

from aqyn.core.script.casing import lower
from aqyn.core.script.folding import is_mark
from aqyn.core.script.from_arabic import cyrillic_from_arabic
from aqyn.core.script.from_cyrillic import latin_pieces

#: Letters beside plain ASCII: Kazakh Latin as a reader of English would say it, and its neighbours.
_LATIN: Final = str.maketrans(
    {
        **{"ı": "i", "ŋ": "n", "ə": "a", "ş": "sh", "ç": "ch", "ğ": "g", "ñ": "n"},
        **{"ß": "ss", "þ": "th", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"},
    }
)
_RUSSIAN: Final = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)),
        **{
            "ё": "yo",
            "ж": "zh",
            "х": "kh",
            "ц": "ts",
            "ч": "ch",
            "ш": "sh",
            "щ": "shch",
            "ю": "yu",
            "я": "ya",
        },
        **{"ъ": "", "ь": ""},
    }
)
_ONLY_KAZAKH: Final = frozenset("әғқңөұүһі")
_ONLY_RUSSIAN: Final = frozenset("ёцщъьэ")
_APOSTROPHES: Final = re.compile("['’ʼ‘`´]")
_OTHER: Final = re.compile(r"[\W_]+")
_NAMED: Final = re.compile(r"(?:LETTER|SYLLABLE|VOWEL SIGN) (?:FINAL |SMALL )*([A-Z]{1,6})$")


def slug(text: str, *, language: str | None = None, limit: int = 60) -> str:
    """`text` as a name for an address: a-z, 0-9 and hyphens, at most `limit` characters.

    Kazakh, in any of its scripts, is read as Latin 2021 without its marks (ş as sh), Russian as
    English writes it; without a `language` the letters tell. Whole words are kept while they fit.
    A text with any letter or digit, of whatever script, has a slug; a text with none has "".

    Raises ValueError where `limit` is less than 1.
    """
    if limit < 1:
        raise ValueError("A slug needs room for at least one character.")
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).replace("İ", "i").lower())
    plain = "".join(char for char in _romanised(small, language) if not is_mark(char))
    words = ["".join(map(_ascii, word)) for word in _OTHER.split(plain)]
    spelled = [word for word in words if word] or [f"{ord(char):x}" for char in small if char.isalnum()]
    return _shortened(spelled, limit)


def _romanised(small: str, language: str | None) -> str:
    letters = set(small)
    primary = language.replace("_", "-").casefold().split("-")[0] if language else ""
    if primary == "ru" or (not primary and not letters & _ONLY_KAZAKH and letters & _ONLY_RUSSIAN):
        small = small.translate(_RUSSIAN)
    small = lower("".join(latin_pieces(cyrillic_from_arabic(small))), "en")
    return _APOSTROPHES.sub("", small).translate(_LATIN)


def _ascii(char: str) -> str:
    if char.isascii():
        return char
    value = unicodedata.decimal(char, None)
    if value is not None:
        return str(value)
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if part.isascii() and part.isalnum())
    if base:
        return base.lower()
    named = _NAMED.search(unicodedata.name(char, ""))
    return named[1].lower() if named else f"{ord(char):x}"


def _shortened(words: list[str], limit: int) -> str:
    kept = words[0][:limit] if words else ""
    for word in words[1:]:
        if len(kept) + 1 + len(word) > limit:
            break
        kept += "-" + word
    return kept
