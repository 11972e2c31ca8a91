"""Words in the twenty-six letters and the apostrophe that multilingual recognisers were trained on.

Cyrillic goes by BGN/PCGN 1979 for Kazakh, whose letters hold the Russian ones, without its marks; Kazakh in
Latin and in Arabic is read into Cyrillic first, so that one song's words come out alike in every script. All
other Latin letters lose their marks. That is close to what `uroman` writes (Hermjakob, May and Knight 2018),
by which MMS was trained, without being it: uroman knows every script, this only those.
"""

from __future__ import annotations

import re
import unicodedata

from aqyn.core.script import Scheme, convert

LETTERS = "abcdefghijklmnopqrstuvwxyz'"

_CYRILLIC = re.compile("[Ѐ-ӿ]")
_ARABIC = re.compile("[؀-ۿ]")
# Letters that no decomposition leads to the twenty-six, and Cyrillic ones that Kazakh has not.
_OTHERS = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"},
        **{"ə": "a", "ɨ": "i", "ŋ": "ng", "ħ": "h"},
        **{"є": "ye", "ї": "yi", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c"},
        **{"џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz"},
        **dict.fromkeys("’ʼ‘`´", "'"),
    }
)


def romanised(word: str, language: str) -> str:
    """`word` in `LETTERS`; "" where it holds no letter that this knows. `language`: its BCP 47 tag.

    романс is "romans" in Russian, Қызылорда and Qyzylorda are "qyzylorda", cœur is "coeur".
    """
    written = unicodedata.normalize("NFC", word)
    if _CYRILLIC.search(written):
        written = convert(written, to=Scheme.LATN_BGN, source=Scheme.CYRL).text
    elif language.startswith("kk-Latn"):
        written = convert(written, to=Scheme.LATN_BGN, source=Scheme.LATN_2021).text
    elif language.startswith("kk") and _ARABIC.search(written):
        written = convert(written, to=Scheme.LATN_BGN, source=Scheme.ARAB_TOTE).text
    plain = unicodedata.normalize("NFKD", written.lower().translate(_OTHERS))
    # Quotation marks around a word look like the apostrophe inside one.
    return "".join(letter for letter in plain if letter in LETTERS).strip("'")
