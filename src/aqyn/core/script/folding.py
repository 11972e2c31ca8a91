"""One small alphabet for every spelling of a word, so that searches meet."""

import re
import unicodedata
from typing import Final

from aqyn.core.script.casing import lower

_LETTERS: Final = str.maketrans(
    {
        **dict(
            zip("абвгғдежзийкқлмнңоөпрстуұүфхһцчшщыіэ", "abvggdejziikklmnnooprstuuufhhssssiie", strict=True)
        ),
        **{"ә": "a", "ё": "io", "ю": "iu", "я": "ia", "ъ": "", "ь": ""},
        **dict(zip("ўӯəɵҗїґј", "uuaojigi", strict=True)),
        **dict(zip("äáəğǵıïíīñŋńöóşšșçčūüúwýyqxžɨłøßæ", "aaaggiiiinnnoosssssuuuuuikhjilosa", strict=True)),
        **dict(zip("اآأإٱبپتطثجچحخھهہةەېدذرزژضظس", "aaaaabpttsjshhheeeeedzrzjzzs", strict=True)),
        **dict(zip("صشعغفقكکگلمنڭوۇۋۆۈۅىيیؤ", "ssggfkkkglmnnouuvuoiiio", strict=True)),
        **dict.fromkeys("ئءٴـ\u200c\u200d'’ʼ‘`´ʹʺ·", ""),
    }
)
#: Latin letters of two and more for one sound, longest first; they are looked for after the letters.
_DIGRAPHS: Final = {
    **dict.fromkeys(("dsch", "dzh", "zh", "dj"), "j"),
    **dict.fromkeys(("shch", "tsch", "sch", "tch", "sh", "ch", "ts"), "s"),
    **{"kh": "h", "gh": "g", "ng": "n", "ck": "k"},
}
_DIGRAPH: Final = re.compile("|".join(sorted(_DIGRAPHS, key=len, reverse=True)))
_TWICE: Final = re.compile(r"([^\W\d_])\1+")
_OTHER: Final = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The form of `text` in which every spelling of a Kazakh, Russian or English word is the same.

    Қызылорда, Qyzylorda, Kyzylorda and قىزىلوردا all fold to "kizilorda". Lower-case letters and
    digits parted by single spaces; a doubled letter counts once; folding again changes nothing.
    """
    while (folded := _fold_once(text)) != text:
        text = folded
    return text


def _fold_once(text: str) -> str:
    small = lower(unicodedata.normalize("NFKC", text), "kk-Latn")
    small = unicodedata.normalize("NFC", small).translate(_LETTERS)
    bare = "".join(_digit(char) for char in unicodedata.normalize("NFKD", small) if not is_mark(char))
    joined = _DIGRAPH.sub(lambda found: _DIGRAPHS[found.group()], bare.translate(_LETTERS))
    return _OTHER.sub(" ", _TWICE.sub(r"\1", joined)).strip()


def is_mark(char: str) -> bool:
    """Whether a character only marks the one before it (an accent, a vowel sign)."""
    return unicodedata.category(char).startswith("M")


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)
