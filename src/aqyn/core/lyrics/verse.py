"""The verse of a stanza: its syllables, its rhymes, and the Kazakh form that they make.

Forms and orders are named where handbooks define them by what can be counted, and not otherwise:

- жыр: lines of 7 and 8 syllables in free mixture, rhymed in any way (З. Ахметов, told in on.kz, "Қазақ
  өлеңінің құрылысы қандай?").
- қара өлең: four lines of 11 syllables, the third without rhyme: aaba (emirsaba.org, "Өлең құрылысы").
- сегіз аяқ: Абай's stanza of eight lines, short of 5 syllables and long of 7 and 8, rhymed aabccbdd (National
  Encyclopedia of Kazakhstan, "Восьмистишие").
- orders of rhyme by Қ. Жұмалиев's list (oinet.kz, "Ұйқас"): қара өлең aaba, шұбыртпалы aaaa, шалыс abab,
  кезекті abcb, егіз aabb; қаусырма abba from "Өлең құрылысы". His ерікті and аралас are any other order, so
  they are not named; nor is толғау, which is known by what it says.

A line may sing one syllable less wherever a word ends on a vowel and the next begins on one: the two merge
(ip24.kz, "Өлең бунағы мен буын түрлері": бурылша аттан, бу-рыл-шат-тан). No other syllable is forgiven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from aqyn.core.lyrics.layers import pieces
from aqyn.core.lyrics.model import Line, Word
from aqyn.core.lyrics.rhymes import ALONE, Rhyme, rhymes
from aqyn.core.script import is_kazakh, lower

#: A form and an order of rhymes are named from this many lines on.
LEAST_LINES = 4

_VOWELS = frozenset("аәеёиоөуұүыіэюя" + "aäeoöuūüyıi" + "اوۇىەې")
_RUSSIAN_VOWELS = frozenset("аеёиоуыэюя")


class Form(StrEnum):
    """A form of Kazakh verse: a key for the page to translate, never shown itself."""

    ZHYR = "zhyr"
    QARA_OLENG = "qara-oleng"
    SEGIZ_AYAQ = "segiz-ayaq"


class Order(StrEnum):
    """An order of rhymes, by its Kazakh name."""

    QARA_OLENG = "qara-oleng"
    SHUBYRTPALY = "shubyrtpaly"
    SHALYS = "shalys"
    KEZEKTI = "kezekti"
    EGIZ = "egiz"
    QAUSYRMA = "qausyrma"


_ORDERS = {
    "aa-a": Order.QARA_OLENG,
    "aaaa": Order.SHUBYRTPALY,
    "abab": Order.SHALYS,
    "-a-a": Order.KEZEKTI,
    "aabb": Order.EGIZ,
    "abba": Order.QAUSYRMA,
}


@dataclass(frozen=True, slots=True)
class Stanza:
    """What can be heard in some lines: one count, one letter and one part (or None) for each.

    `counts` are the syllables as they are written; `rhymes` letters such as "aa-a", where "-" rhymes with
    none; `parts` what of each line's last word rhymes.
    """

    counts: tuple[int, ...]
    rhymes: str
    parts: tuple[Rhyme | None, ...]
    order: Order | None
    form: Form | None

    @property
    def pattern(self) -> str:
        """The counts as one reads them: "7-8-7-8"."""
        return "-".join(map(str, self.counts))


def stanza(lines: Sequence[Line], script: str = "") -> Stanza:
    """The verse of the lines of a section, or of a run between empty lines.

    `script` is the tag of the song's own words ("kk-Arab"); without it, it is seen from each word.
    """
    said = [line.words for line in lines]
    letters, parts = rhymes(said, script if is_kazakh(script) else "")
    counts = tuple(sum(syllables_of(word) for word in words) for words in said)
    order = _order(letters)
    kazakh = all(any(is_kazakh(word.language) for word in words) for words in said)
    merging = [_merging(words) for words in said]
    form = _form(counts, merging, letters, order) if kazakh else None
    return Stanza(counts, letters, parts, order, form)


def syllables_of(word: Word) -> int:
    """How many syllables a word is sung on: none for a lone mark or a Russian word without a vowel (в, к).

    Syllables are known of Kazakh, Russian and English; a word of another language counts as one.
    """
    if not any(map(str.isalnum, word.text)):
        return 0
    small = lower(word.text, word.language)
    if word.language == "ru" and small.isalpha() and _RUSSIAN_VOWELS.isdisjoint(small):
        return 0
    return len(pieces(word.text, word.language))


def _merging(words: Sequence[Word]) -> int:
    """Between how many words of a line two vowels meet."""
    bare = ["".join(filter(str.isalpha, lower(word.text, word.language))) for word in words]
    return sum(
        1
        for one, two in pairwise(word for word in bare if word)
        if one[-1] in _VOWELS and two[0] in _VOWELS and one[-1] not in "уи"
    )


def _order(letters: str) -> Order | None:
    """The order of rhymes, where each four lines have the same one."""
    if len(letters) < LEAST_LINES:
        return None
    if len(set(letters)) == 1 and letters[0] != ALONE:
        return Order.SHUBYRTPALY
    if len(letters) % 4:
        pairs = [letters[at : at + 2] for at in range(0, len(letters), 2)]
        paired = len(letters) % 2 == 0 and all(pair[0] == pair[1] != ALONE for pair in pairs)
        return Order.EGIZ if paired else None
    orders = {_ORDERS.get(_relettered(letters[at : at + 4])) for at in range(0, len(letters), 4)}
    return orders.pop() if len(orders) == 1 else None


def _relettered(letters: str) -> str:
    """The letters as if these lines stood alone: "cc-c" is "aa-a", and a letter that is there once is "-"."""
    names: dict[str, str] = {}
    for letter in letters:
        if letter != ALONE and letters.count(letter) > 1:
            names.setdefault(letter, "abcdefgh"[len(names)])
    return "".join(names.get(letter, ALONE) for letter in letters)


def _form(counts: Sequence[int], merging: Sequence[int], letters: str, order: Order | None) -> Form | None:
    if len(counts) < LEAST_LINES:
        return None

    def sung(at: int, *lengths: int) -> bool:
        return any(counts[at] - merging[at] <= length <= counts[at] for length in lengths)

    every = range(len(counts))
    if order is Order.QARA_OLENG and all(sung(at, 11) for at in every):
        return Form.QARA_OLENG
    if (
        len(counts) == 8
        and _relettered(letters) == "aabccbdd"
        and all(sung(at, 5) if at in (0, 1, 3, 4) else sung(at, 7, 8) for at in every)
    ):
        return Form.SEGIZ_AYAQ
    return Form.ZHYR if all(sung(at, 7, 8) for at in every) else None
