"""One text from one way of writing Kazakh into another, word for word."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from aqyn.core.script.from_arabic import cyrillic_from_arabic
from aqyn.core.script.from_cyrillic import arabic_pieces, bgn_pieces, latin_pieces
from aqyn.core.script.from_latin import cyrillic_from_latin, spelling_of
from aqyn.core.script.schemes import Converted, Scheme, scheme_of
from aqyn.core.script.syllabifying import syllables

_SPACE: Final = re.compile(r"(\s+)")
_PIECES: Final[dict[Scheme, Callable[[str], list[str]]]] = {
    Scheme.LATN_2021: latin_pieces,
    Scheme.LATN_BGN: bgn_pieces,
    Scheme.ARAB_TOTE: arabic_pieces,
}


def convert(text: str, *, to: str, source: str = "kk-Cyrl", language: str = "kk") -> Converted:
    """`text` as the script `to` writes it, with the scheme that made it.

    `to` and `source` are tags ("kk-Latn") or scheme names ("kk-Latn-bgn1979"). A text whose
    `language` is not Kazakh comes back as it was written (scheme AS_WRITTEN): Kazakh rules are for
    Kazakh words. Words stay one to one, so that whatever was timed in one script holds in another.
    Out of Latin or Arabic the result is a guess and says so.

    Raises UnknownScheme (a ValueError) for a tag or name that is not known.
    """
    target, origin = scheme_of(to), scheme_of(source)
    if not is_kazakh(language):
        return Converted(text, Scheme.AS_WRITTEN, guessed=False)
    if target is origin or target.tag == origin.tag == "kk-Cyrl":
        return Converted(text, origin, guessed=False)
    cyrillic, read_as = _to_cyrillic(unicodedata.normalize("NFC", text), origin)
    if target.tag == "kk-Cyrl":
        return Converted(cyrillic, read_as, guessed=True)
    written = _each_word(cyrillic, lambda word: "".join(pieces_of(word, target)))
    return Converted(written, target, guessed=read_as is not Scheme.CYRL)


def syllables_in(word: str, to: str) -> tuple[str, ...]:
    """The syllables of a Cyrillic Kazakh word as the script `to` writes them.

    The word is cut in Cyrillic and each piece converted with its whole word in view, so the pieces
    are as many as in Cyrillic, and joined they are `convert(word, to=to).text`.
    """
    target = scheme_of(to)
    cut = syllables(unicodedata.normalize("NFC", word), "kk")
    if target.tag == "kk-Cyrl":
        return syllables(word, "kk")
    pieces = iter(pieces_of("".join(cut), target))
    return tuple("".join(next(pieces) for _ in syllable) for syllable in cut)


def pieces_of(word: str, scheme: Scheme) -> list[str]:
    """What `scheme` writes for each character of a Cyrillic word; never nothing for the whole of it."""
    pieces = _PIECES[scheme](word)
    return pieces if any(pieces) else list(word)


def is_kazakh(language: str) -> bool:
    """Whether a BCP 47 tag names Kazakh, in whatever script."""
    return language.replace("_", "-").casefold().split("-")[0] == "kk"


def _to_cyrillic(text: str, origin: Scheme) -> tuple[str, Scheme]:
    if origin.tag == "kk-Latn":
        spelling = "BGN" if origin is Scheme.LATN_BGN else spelling_of(text)
        return cyrillic_from_latin(text, spelling), Scheme.CYRL_FROM_LATN
    if origin.tag == "kk-Arab":
        return cyrillic_from_arabic(text), Scheme.CYRL_FROM_ARAB
    return text, origin


def _each_word(text: str, write: Callable[[str], str]) -> str:
    return "".join(part if not part or part.isspace() else write(part) for part in _SPACE.split(text))
