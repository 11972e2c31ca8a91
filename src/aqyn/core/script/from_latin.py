"""Kazakh Latin read back into Cyrillic: a guess, because i stands for и and й, h for х and һ, e for е and э.

Latin 2021 is read first of all; the spellings of 2017, 2018 and 2019, the Turkic one before them and
BGN/PCGN 1979 are read where a letter of the text gives them away.
"""

import re
from typing import Final

from aqyn.core.script.casing import lower
from aqyn.core.script.from_cyrillic import latin_pieces
from aqyn.core.script.lexicon import HEADS_WITH_E, HEADS_WITH_H, STEMS
from aqyn.core.script.tables import LEGACY, LETTERS

#: Letters that only one spelling has; the first that matches names the spelling of a whole text.
_TELLTALES: Final = (
    ("2018-02", re.compile("[áǵńóúý]", re.IGNORECASE)),
    ("Turkic", re.compile("[ïé]", re.IGNORECASE)),
    ("2017-10", re.compile("(?<=[aogncsuyi])['’ʼ](?=[a-z])", re.IGNORECASE)),
    ("BGN", re.compile("[īʹʺ·]|[kg]h|zh|\\bsh", re.IGNORECASE)),
    ("2019", re.compile("^(?!.*ū).*w", re.IGNORECASE | re.DOTALL)),
)
_LETTER: Final = "[A-Za-zÀ-ÖØ-öø-ɏ]"
_RUN: Final = re.compile(f"{_LETTER}+(?:['’ʼ·ʹʺ]{_LETTER}+)*[ʹʺ]?")
_VOWELS: Final = frozenset("аәеоөұүыіэи")
_LATIN_VOWELS: Final = frozenset("aäeoöuūüyıiáóúý")

_BASE: Final = {
    **{
        letter.latin: letter.cyrillic
        for letter in LETTERS
        if letter.latin and letter.cyrillic not in "йһэёюяц"
    },
    **{"ŋ": "ң", "w": "у", "x": "х", "c": "ц", "ç": "ч"},
}
_BGN: Final = {
    **{letter.bgn: letter.cyrillic for letter in LETTERS if letter.cyrillic != "ы"},
    **{"tsh": "тш", "ngh": "нғ", "·": ""},  # commoner than цһ and ңһ, which a dot parts
}
_SPELLINGS: Final[dict[str, dict[str, str]]] = {
    "2021": _BASE,
    "BGN": _BGN,
    **{name: {**_BASE, **letters} for name, letters in LEGACY.items()},
}
_PLAIN_I: Final = frozenset({"BGN", "2017-10"})


def spelling_of(text: str) -> str:
    """The name of the Latin spelling that a text is written in: "2021" unless a letter says otherwise."""
    return next((name for name, sign in _TELLTALES if sign.search(text)), "2021")


def cyrillic_from_latin(word: str, spelling: str = "2021") -> str:
    """A word of Kazakh Latin in Cyrillic, case kept; whatever is not a Latin letter stays."""
    return _RUN.sub(lambda run: _read(run.group(), spelling), word)


def _read(run: str, spelling: str) -> str:
    small = "".join(lower(char, "en" if spelling in _PLAIN_I else "kk-Latn")[:1] for char in run)
    small = small.replace("’", "'").replace("ʼ", "'")
    stem = _stem(small) if spelling == "2021" else ""
    # Each Cyrillic letter, and the place where its Latin began.
    letters: list[tuple[str, int]] = []
    at = 0
    for letter, piece in zip(stem, latin_pieces(stem), strict=True):
        letters.append((letter, min(at, len(run) - 1)))
        at += len(piece)
    while at < len(small):
        before = letters[-1][0] if letters else ""
        found = _next_letters(small, at, before, spelling)
        for letter, size in found:
            letters.extend((char, at) for char in letter)
            at += size
    read = _with_rare_letters("".join(letter for letter, _ in letters))
    shouted = sum(char.isupper() for char in run) > 1 and not any(char.islower() for char in run)
    out = []
    for place, (letter, (_, start)) in enumerate(zip(read, letters, strict=True)):
        opens = not place or letters[place - 1][1] != start
        if letter == small[start]:
            letter = run[start]  # not a letter of any spelling: as it was written
        out.append(letter.upper() if run[start].isupper() and (shouted or opens) else letter)
    return "".join(out)


def _next_letters(small: str, at: int, before: str, spelling: str) -> list[tuple[str, int]]:
    """What stands at `at`: Cyrillic letters, each with how many Latin letters it takes."""
    table = _SPELLINGS[spelling]
    size = next(size for size in (4, 3, 2, 1) if size == 1 or small[at : at + size] in table)
    found = table.get(small[at : at + size], small[at])
    following = small[at + size : at + size + 1]
    if spelling == "BGN":
        if (
            found == "й"
            and before not in _VOWELS - {"и"}
            and (not following or following not in _LATIN_VOWELS)
        ):
            return [("ы", 1)]
        if found == "ц" and not _is_ts(small, at, ("ī",)):
            return [("т", 1)]
        return [(found, size)]
    if found == "и":
        return _iota(small, at, size, before)
    if found == "ы" and before in _VOWELS - set("иыі"):
        found = "й"
    if (
        small[at] == "y"
        and found in {"ы", "й"}
        and following in {"a", "u"}
        and before in {"", *_VOWELS} - {"у"}
    ):
        return [("я" if following == "a" else "ю", 2)]
    if small[at] == "y" and found == "й" and following == "e":
        return [("е", 2)]  # Qonayev, as English writes Қонаев
    if found == "т" and following == "s" and _is_ts(small, at, ("i", "en", "es")):
        return [("ц", 2)]
    return [(found, size)]


def _iota(small: str, at: int, size: int, before: str) -> list[tuple[str, int]]:
    """и or й, or with the next letter я and ю."""
    following, then = small[at + size : at + size + 1], small[at + size + 1 : at + size + 2]
    glides = not before or before in _VOWELS or before == "я"
    if following == "a":
        return [("я", size + 1)] if glides else [("и", size), ("я", 1)]
    if following and following in "uwý":
        if glides and then == "a":
            return [("й", size), ("у", 1)]
        if glides:
            return [("ю", size + 1)]
        verb = not then or then in _LATIN_VOWELS or (before != "л" and at != 1)
        return [("и", size), ("ю", 1)] if verb else [("ю", size + 1)]
    if not before:
        return [("й" if following == "o" else "и", size)]
    return [("й" if glides and before != "и" else "и", size)]


def _is_ts(small: str, at: int, signs: tuple[str, ...]) -> bool:
    """Whether ts is ц and not т and с of two parts of a word (айтса, кетсең)."""
    rest = small[at + 2 :]
    return at == 0 or rest.startswith(signs) or (small[at - 1] in "nkp" and rest.startswith("e"))


def _stem(small: str) -> str:
    for size in range(len(small), 2, -1):
        stem = _STEMS.get(small[:size])
        if stem and (size >= 5 or size == len(small)):
            return stem
    return ""


def _with_rare_letters(read: str) -> str:
    if read[:1] == "е" and ("э" + read[1:]).startswith(HEADS_WITH_E):
        return "э" + read[1:]
    for head in HEADS_WITH_H:
        plain = head.replace("һ", "х")
        if read == plain or (len(head) > 3 and read.startswith(plain)):
            return head + read[len(head) :]
    return read


_STEMS: Final = {"".join(latin_pieces(stem)): stem for stem in STEMS}
