"""Arabic (töte jazu) read back into Kazakh Cyrillic: a guess, because four letters stand for eight vowels.

ا و ۇ ى are back (а о ұ ы) or front (ә ө ү і). The word says which in three ways: a hamza at its
head; letters of one harmony only (front ە ك گ, back ق ع); the vowel before. Loans break harmony and
show it by an ا or a و past the first syllable, where native words have none.
"""

import re
import unicodedata
from typing import Final

from aqyn.core.script.from_cyrillic import arabic_pieces
from aqyn.core.script.lexicon import ENDINGS_APART, FRONT_STEMS, HEADS_WITH_E, STEMS, TAILS_OF_WORDS
from aqyn.core.script.tables import ARABIC_PUNCTUATION, BACK_VOWELS, FRONT_VOWELS, HAMZA

_PLAIN: Final = {
    **{"ب": "б", "ۆ": "в", "گ": "г", "ع": "ғ", "د": "д", "ج": "ж", "ز": "з", "ك": "к", "ق": "қ"},
    **{"ل": "л", "م": "м", "ن": "н", "ڭ": "ң", "پ": "п", "ر": "р", "س": "с", "ت": "т", "ۋ": "у", "ە": "е"},
    **{"ف": "ф", "ح": "х", "ھ": "һ", "چ": "ч", "ش": "ш"},
}
_BACK: Final = {"ا": "а", "و": "о", "ۇ": "ұ", "ى": "ы"}
_FRONT: Final = {"ا": "ә", "و": "ө", "ۇ": "ү", "ى": "і"}

#: The same letters as other keyboards write them.
_SAME: Final = str.maketrans(
    {
        **{
            "ٴ": HAMZA,
            "ی": "ي",
            "ې": "ە",
            "ک": "ك",
            "ه": "ە",
            "ة": "ە",
            "ہ": "ە",
            "آ": "ا",
            "أ": "ا",
            "إ": "ا",
        },
        **{"غ": "ع", "خ": "ح", "ژ": "ج", "ص": "س", "ث": "س", "ط": "ت", "ظ": "ز", "ذ": "ز", "ض": "ز"},
        **{"ۈ": "ۇ", "ۅ": "و", "ؤ": "و", "ئ": "", "ـ": "", "\u200c": ""},
    }
)
_RUN: Final = re.compile("[\u0621-\u064a\u0671-\u06d3\u06d5\ufb50-\ufdff\ufe70-\ufefc\u200c]+")
_MARKS: Final = {arabic: mark for mark, arabic in ARABIC_PUNCTUATION.items()}


def cyrillic_from_arabic(word: str) -> str:
    """A word of Arabic writing in Kazakh Cyrillic, lower case; whatever is not its letter stays."""
    read = _RUN.sub(lambda run: _read(run.group()) or run.group(), word)
    return "".join(_MARKS.get(char, char) for char in read)


def _read(run: str) -> str:
    letters = unicodedata.normalize("NFKC", run).translate(_SAME)
    soft = letters.startswith(HAMZA)
    letters = letters.replace(HAMZA, "")
    for length in range(len(letters), 1, -1):
        stem = _STEMS.get(letters[:length])
        if stem and (length >= 4 or length == len(letters)):
            return stem + _harmonise(letters[length:], after=stem)
    for ending, cyrillic in _ENDINGS.items():
        body = letters.removesuffix(ending)
        if body != letters and not soft and _AMBIGUOUS & set(body) and not set("ەكگ") & set(body):
            return _harmonise(body, soft=_is_front_at_heart(body)) + cyrillic
    for tail, cyrillic in _TAILS.items():
        at = letters.find(tail, 2)
        least = 2 if cyrillic in {"кер", "гер"} else 1
        if at > 0 and sum(letter in "اوۇىەي" for letter in letters[:at]) >= least:
            settled = not set("ەكگقع").isdisjoint(letters)  # else a hamza would tell
            head = letters[:at]
            first = _harmonise(head, soft=soft or (settled and _is_front_at_heart(head)))
            return first + cyrillic + _harmonise(letters[at + len(tail) :], after=cyrillic)
    return _harmonise(letters, soft=soft)


def _harmonise(letters: str, *, soft: bool = False, after: str = "") -> str:
    """Cyrillic for `letters`: `soft` where a hamza stood before them, `after` what they go on from."""
    sounds = _sounds(letters, after)
    nuclei = [at for at in range(len(sounds)) if _is_nucleus(sounds, at)]
    loan = bool(after) or _breaks_harmony(sounds, nuclei)
    front = soft or _ends_front(after) or (not loan and not {"е", "к", "г"}.isdisjoint(sounds))
    for number, at in enumerate(nuclei):
        sound, late = sounds[at], bool(number or after)
        near = _syllable(sounds, nuclei, number)
        if late or not soft:
            front = _turned(front, near)
        if not late and not soft and (sound in "ۇى" or not {"қ", "ғ"}.isdisjoint(sounds)):
            front = _turned(front, [*near, *sounds])  # a native head goes with the first sign to come
        if sound in _AMBIGUOUS:
            front = front and (sound in "ۇى" or not (late or (loan and not soft)))
            sounds[at] = (_FRONT if front else _BACK)[sound]
        elif sound in "ея" or (sound == "и" and late):
            front = sound != "я"
    read = "".join(sounds)
    return read if after else _with_e(read)


def _sounds(letters: str, after: str) -> list[str]:
    """Letters as Cyrillic, but for the four that harmony decides; ي is й or и, or half of я and ю."""
    sounds: list[str] = []
    at = 0
    while at < len(letters):
        letter, following = letters[at], letters[at + 1 : at + 2]
        before = sounds[-1] if sounds else after[-1:]
        at += 1
        if letter != "ي":
            sounds.append(_PLAIN.get(letter, letter))
            continue
        glides = not before or before in _AMBIGUOUS or before in _READ_VOWELS
        if before == "ى" and sounds[:1] in (["с"], ["т"]) and len(sounds) == 2:
            sounds.append("й")  # сый-, тый-
            continue
        if before == "ى":
            sounds[-1:] = ["и"]  # MediaWiki's older spelling of и
            glides = following in {"ا", "ۋ"}
            if not glides:
                continue
        if following == "ا":
            sounds += ["я"] if glides else ["и", "я"]
            at += 1
        elif following == "ۋ" and (glides or letters[at + 1 : at + 2] not in _AMBIGUOUS):
            opens = letters[at + 1 : at + 2] == "ا"
            if opens and glides:
                sounds += ["й", "у"]
            else:
                sounds += ["ю"] if glides or _is_yu(sounds, letters[at + 1 :]) else ["и", "ю"]
            at += 1
        elif following == "و" and not before:
            sounds.append("й")
        else:
            sounds.append("й" if glides and before else "и")
    return sounds


def _is_yu(sounds: list[str], rest: str) -> bool:
    """Whether يۋ after a consonant is ю (бюро, валюта), not the ию of a verb's noun (кию, жыртиюы)."""
    return rest[:1] not in {"", *_BACK, "ە"} and (sounds[-1] == "л" or len(sounds) == 1)


def _is_nucleus(sounds: list[str], at: int) -> bool:
    if sounds[at] != "у":
        return sounds[at] in _AMBIGUOUS or sounds[at] in "еиюя"
    before, following = sounds[at - 1 : at], sounds[at + 1 : at + 2]
    vowels = _AMBIGUOUS | set("еиюя")
    return not (before and before[0] in vowels) and not (at == 0 and following and following[0] in vowels)


def _syllable(sounds: list[str], nuclei: list[int], number: int) -> list[str]:
    """The consonants around a nucleus, its own first: one before it, and all but one of those after."""
    at = nuclei[number]
    start = at - 1 if at and at - 1 not in nuclei else at
    end = nuclei[number + 1] - 1 if number + 1 < len(nuclei) else len(sounds)
    return [*sounds[start:at], *sounds[at : at + 1], *sounds[at + 1 : max(end, at + 1)]]


def _turned(front: bool, near: list[str]) -> bool:
    """The harmony of a syllable, from its own letters where they say so, else from the one before."""
    for sound in near:
        if sound in _SIGNS:
            return _SIGNS[sound]
    return front


def _breaks_harmony(sounds: list[str], nuclei: list[int]) -> bool:
    """Whether the word is a loan or a compound: its vowels then are back unless a letter says otherwise."""
    if not {"в", "ф", "ч", "қ", "ғ"}.isdisjoint(sounds):
        return True
    late = {sounds[at] for at in nuclei[1:]}
    if not late.isdisjoint("اوя"):
        return True
    closed = any(sounds[at] == "и" and at + 1 < len(sounds) and at + 1 not in nuclei for at in nuclei[1:])
    return closed or "мент" in "".join(sounds) or nuclei[:1] > [1]


def _ends_front(cyrillic: str) -> bool:
    last = next((char for char in reversed(cyrillic) if char in FRONT_VOWELS | BACK_VOWELS | set("яиюу")), "")
    return last in FRONT_VOWELS


def _with_e(read: str) -> str:
    """э where a known loan begins with it, and ь where в or п stands before е (Вьетнам, пьеса)."""
    if read[:1] == "е" and ("э" + read[1:]).startswith(HEADS_WITH_E):
        return "э" + read[1:]
    return read[0] + "ь" + read[2:] if read[:3] in {"вие", "пие"} else read


def _is_front_at_heart(letters: str) -> bool:
    return any(
        letters == stem
        or (letters.startswith(stem) and letters[len(stem)] in "ىلسد" and "ا" not in letters[len(stem) :])
        for stem in _FRONT_STEMS
    )


_AMBIGUOUS: Final = frozenset(_BACK)
_READ_VOWELS: Final = frozenset("еиюя")
_SIGNS: Final = {"е": True, "к": True, "г": True, "қ": False, "ғ": False}


def _arabic(cyrillic: str) -> str:
    return "".join(arabic_pieces(cyrillic)).replace(HAMZA, "")


_STEMS: Final = {_arabic(stem): stem for stem in STEMS}
_FRONT_STEMS: Final = tuple(_arabic(stem) for stem in FRONT_STEMS)
_TAILS: Final = {_arabic(tail): tail for tail in TAILS_OF_WORDS}
_ENDINGS: Final = {_arabic(ending): ending for ending in ENDINGS_APART}
