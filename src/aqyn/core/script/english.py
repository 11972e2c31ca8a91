"""Where English words are cut into syllables: vowel groups, silent e, -ed, -le, and a few words by heart.

English spelling has no rule without exceptions; docs/script.md says how often this one is right.
"""

import re
from itertools import pairwise
from typing import Final

_VOWEL: Final = frozenset("aeiou")
_UNITS: Final = re.compile("tch|ch|sh|th|ph|wh|gh|ck|qu|gu$|[a-z]")
_ONSETS: Final = frozenset(
    {"bl", "br", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "pl", "pr", "tr", "tw", "dw", "sw"}
    | {"thr", "shr", "phr", "chr", "qu"}
)
_HIATUS: Final = re.compile(
    r"(?<=[^ctgsx])i(?=ou|o|u)|(?<=[ctgsx])i(?=o(?!n|us))|i(?=a(?!ge))|(?<=[^qg])u(?=a|o|i[nt](?![ea]))|i(?=i)|a(?=o)|y(?=i)|"
    r"e(?=o(?!u|r))|i(?=et|en(?!d))|u(?=e[lt]s?$)"
)
#: Vowel letters that are read together all the same: spe-cial, mar-riage, friend.
_ONE: Final = re.compile(r"[ct]ia[ln]|iage|llion|cient|tient|friend|geon|[ct]ien")
_SILENT_BEFORE: Final = re.compile(
    r"e(?=(?:ly|less|ful|ment|ness|some|thing|times?|body|where|man|men|land|wards?|yard)(?:s|'s)?$)"
)

_HEARD = """
ev-ery ev-ery-thing ev-ery-one ev-ery-bod-y ev-ery-where ev-er nev-er heav-en sev-en e-leven giv-en
be-ing do-ing go-ing see-ing see-er po-em po-et po-et-ry li-on qui-et di-et i-de-a re-al re-al-ly
cre-ate cre-a-tion ru-in flu-id sci-ence si-lence vi-o-lence vi-o-lin pi-an-o ra-di-o peo-ple
beau-ty beau-ti-ful busi-ness fam-i-ly choc-o-late in-ter-est-ing dif-fer-ent gen-tle an-oth-er
to-geth-er noth-ing some-one some-bod-y some-how any-one any-thing with-out with-in in-to up-on
a-way a-gain rhyth-m pris-m eye eyes are were here there where done gone one once sure fin-ger
an-ger hun-ger long-er strong-er young-er hun-gry an-gry sing-er moth-er fa-ther broth-er riv-er
for-ev-er o-ver cov-er lov-er si-lent mo-ment wom-an wom-en bod-y cit-y pit-y stud-y hon-ey mon-ey
an-y man-y ver-y on-ly in-side out-side be-side a-live a-lone be-fore there-fore morn-ing eve-ning
a-sleep a-while a-re-a the-a-tre di-a-mond con-scious be-yond na-ked wick-ed sa-cred hun-dred
be-loved cried tried died lied
"""
_BY_HEART: Final = {word.replace("-", ""): word for word in _HEARD.split()}
_ENDS_SILENT: Final = re.compile("e$|[^td]ed$|(?<!ch)(?<!sh)(?<![szxcg])es$")
_NOT: Final = re.compile(r"(?<=[ds])n['’ʼ]t$")


def english_cuts(letters: str) -> list[int] | None:
    """Places in a lower-case run of letters where a syllable begins, but for 0; None without a vowel."""
    plain = letters.replace("’", "'").replace("ʼ", "'")
    known = _BY_HEART.get(plain.removesuffix("'s"))
    if known:
        return [at - number for number, at in enumerate(match.start() for match in re.finditer("-", known))]
    contracted = _NOT.search(plain)
    if contracted:
        body = english_cuts(plain[: contracted.start()])
        return None if body is None else [*body, contracted.start()]
    nuclei = _nuclei(plain)
    if not nuclei:
        return None
    return [_cut(plain, left, right) for left, right in pairwise(nuclei)]


def _nuclei(letters: str) -> list[tuple[int, int]]:
    """Start and end of each vowel group that is spoken."""
    spoken = [_is_vowel(letters, at) for at in range(len(letters))]
    for silent in _silent(letters):
        spoken[silent] = False
    kept = {at for match in _ONE.finditer(letters) for at in range(match.start(), match.end())}
    parted = {match.start() for match in _HIATUS.finditer(letters) if match.start() not in kept}
    groups: list[tuple[int, int]] = []
    for at, is_spoken in enumerate(spoken):
        if not is_spoken:
            continue
        if groups and groups[-1][1] == at and at - 1 not in parted:
            groups[-1] = (groups[-1][0], at + 1)
        else:
            groups.append((at, at + 1))
    return groups


def _is_vowel(letters: str, at: int) -> bool:
    letter, before, after = letters[at], letters[at - 1 : at] if at else "", letters[at + 1 : at + 2]
    if letter == "u" and (
        before == "q" or (before == "g" and after in {"a", "e", "i"} and at < len(letters) - 2)
    ):
        return False
    if letter == "y":
        return bool(before) and not (before in _VOWEL and after in _VOWEL and after)
    return letter in _VOWEL


def _silent(letters: str) -> list[int]:
    """Places of e that is written and not spoken."""
    word = letters.removesuffix("'s")
    silent = [match.start() for match in _SILENT_BEFORE.finditer(word)]
    last = len(word) - 1
    end = -1
    if _ENDS_SILENT.search(word):
        end = last if word.endswith("e") else last - 1
    syllabic = end > 1 and word[end - 1] == "l" and word[end - 2] not in "aeiouylrw"
    if end > 0 and not syllabic and word[end - 1] not in _VOWEL:
        silent.append(end)
    return [at for at in silent if any(_is_vowel(word, before) for before in range(at))]


def _cut(letters: str, left: tuple[int, int], right: tuple[int, int]) -> int:
    """The place between two vowel groups where the second syllable begins."""
    start, end = left[1], right[0]
    between, ending = letters[start:end].replace("'", "-"), letters[end:]
    units = [(start + match.start(), match.group()) for match in _UNITS.finditer(between)]
    if not units:
        return end  # cru-el
    last_at, last = units[-1]
    before_at, before = units[-2] if len(units) > 1 else (end, "")
    if last == "l" and before and ending in {"e", "es", "ed"}:
        return last_at if before == "ck" else before_at  # ta-ble, stum-bled, tick-le
    doubled = before == last and last not in "lsfz"
    # run-ning, some-thing, light-ning
    stays = before and (doubled or last == "th" or (last == "n" and len(units) > 2))
    if ending in {"ing", "ings", "in'", "ed", "es"} and not stays:
        return end  # danc-ing, want-ed, fall-ing
    if not before:
        glides = letters[last_at - 1 : last_at + 1] in {"ay", "oy", "ey", "ow", "ew"}
        return end if last in {"x", "ck"} or glides else last_at
    if before + last not in _ONSETS:
        return last_at
    strong = len(units) > 3 and units[-3][1] == "s" and before in {"t", "p", "c", "k"}
    return units[-3][0] if strong else before_at  # in-stru-ment
