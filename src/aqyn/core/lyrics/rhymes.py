"""The sounds that a line ends on, and which of them rhyme.

Kazakh (in any of its scripts) and Russian words are compared by their sounds as Cyrillic letters, and with
each other. Two words rhyme where they end on the same last vowel and all that follows it; where nothing
follows, on the same consonant (or vowel) before it as well: тұрар, құяр; жанды, талды. Russian is heard with
its last consonants unvoiced (сад, брат); where its stress lies is not written and so not known. This is the
least that a rhyme has; what the words of a rhyme share beyond it belongs to it too.

Handbooks of Kazakh verse part full rhymes (толымды ұйқас) from incomplete ones (толымсыз), among them those
whose vowels differ in harmony. So endings of two syllables that are the same but for harmony (болмаса,
көрмесе) rhyme, incompletely, and only for a line that has no full rhyme.

English spelling says little of its sounds: a rhyme there is the same spelling from the vowel of the last
syllable on; of the last two where the last is one that is seldom stressed (-er, -ing, -ed …).

Sources: kk.wikipedia.org, "Толымды ұйқас"; З. Ахметов, "Өлең сөздің теориясы", as told in his students'
textbooks (engime.org, "Әдебиет теориясы"); for Russian, Б. Томашевский, "Стилистика и стихосложение".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from string import ascii_lowercase, ascii_uppercase

from aqyn.core.lyrics.model import Word
from aqyn.core.script import convert, lower, scheme_of, syllables

#: What a line that rhymes with none has in place of a letter.
ALONE = "-"
_LETTERS = ascii_lowercase + ascii_uppercase

_VOWELS = frozenset("аәеёиоөуұүыіэюя")
_IOTATED = {"я": "йа", "ю": "йу", "ё": "йо"}
_PLAIN = str.maketrans({"я": "а", "ю": "у", "ё": "о", "э": "е", "ы": "и"})
_UNVOICED = str.maketrans("бвгджз", "пфктшс")
_HARMONY = str.maketrans("әеөүі", "ааоұы")
_SELDOM_STRESSED = frozenset({"er", "ers", "or", "ing", "ings", "ed", "es", "en", "i", "el", "al", "le"})
_KAZAKH_LATIN, _ARABIC_BLOCK = frozenset("äğıñöşūü"), range(0x0600, 0x0780)


@dataclass(frozen=True, slots=True)
class Rhyme:
    """What of a line rhymes: the characters `start` to `end` of its word number `word`, counted from 0.

    `full` is False for a rhyme whose vowels differ in harmony.
    """

    word: int
    start: int
    end: int
    full: bool = True


@dataclass(frozen=True, slots=True)
class _End:
    """The last word of a line as sounds, each with the character of the word that it is written with.

    The last `needed` of them have to be the same for a rhyme; `tongue` parts what never rhymes.
    """

    word: int
    tongue: str
    sounds: tuple[str, ...]
    places: tuple[int, ...]
    stop: int
    needed: int

    @property
    def key(self) -> tuple[str, ...]:
        return (self.tongue, *self.sounds[len(self.sounds) - self.needed :])

    @property
    def loose_key(self) -> str:
        """The last two vowels and what stands behind each, without harmony; "" where there are no two."""
        nuclei = [at for at, sound in enumerate(self.sounds) if sound in _VOWELS]
        if self.tongue != "cyrillic" or len(nuclei) < 2:
            return ""
        return "".join(self.sounds[nuclei[-2] :]).translate(_HARMONY)


def rhymes(lines: Sequence[Sequence[Word]], script: str = "") -> tuple[str, tuple[Rhyme | None, ...]]:
    """A letter for each line and what of it rhymes: lines that rhyme have the same letter, one that rhymes
    with none has "-" and no part.

    `script` is the tag that the Kazakh words are written in ("kk-Latn"); without it, it is seen from each
    word. Letters go from a to z, then A to Z, then begin again.
    """
    ends = [_end(words, script) for words in lines]
    full = _together((at, end.key) for at, end in enumerate(ends) if end is not None)
    loose = _together((at, end.loose_key) for at, end in enumerate(ends) if end is not None and end.loose_key)
    letters: dict[int, str] = {}
    said, given = "", 0
    for at in range(len(lines)):
        # A line without a full rhyme goes with those that it meets but for harmony, full rhymes first.
        group = full.get(at) or [*loose.get(at, ()), at]
        group = next((full[other] for other in group if other in full), group)
        if len(group) < 2:
            said += ALONE
            continue
        if group[0] not in letters:
            letters |= dict.fromkeys(group, _LETTERS[given % len(_LETTERS)])
            given += 1
        said += letters[group[0]]
    return said, tuple(
        None if letter == ALONE else _rhyme(ends, at, full.get(at) or loose[at], full=at in full)
        for at, letter in enumerate(said)
    )


def _together(keys: Iterable[tuple[int, Hashable]]) -> dict[int, list[int]]:
    """For each line that shares its key with another, all the lines that do."""
    groups: dict[Hashable, list[int]] = {}
    for at, key in keys:
        groups.setdefault(key, []).append(at)
    return {at: group for group in groups.values() if len(group) > 1 for at in group}


def _rhyme(ends: Sequence[_End | None], at: int, group: Sequence[int], *, full: bool) -> Rhyme | None:
    end = ends[at]
    if end is None:
        return None
    others = [other.sounds for place in group if place != at and (other := ends[place]) is not None]
    shared = min(_shared(end.sounds, other, full) for other in others)
    return Rhyme(end.word, end.places[len(end.sounds) - shared], end.stop, full)


def _shared(one: Sequence[str], other: Sequence[str], full: bool) -> int:
    """How many sounds the two share from their ends."""
    pairs = zip(reversed(one), reversed(other), strict=False)

    def same(pair: tuple[str, str]) -> bool:
        return pair[0] == pair[1] or (not full and pair[0].translate(_HARMONY) == pair[1].translate(_HARMONY))

    return sum(1 for _ in takewhile(same, pairs))


def _end(words: Sequence[Word], script: str) -> _End | None:
    """The end of a line; None where its last word has no sounds that are known here."""
    place = next((at for at in reversed(range(len(words))) if any(map(str.isalpha, words[at].text))), None)
    if place is None:
        return None
    word = words[place]
    language = word.language.split("-")[0]
    letters = [(at, char) for at, char in enumerate(word.text) if char.isalpha()]
    stop = letters[-1][0] + 1
    if any(char.isdigit() for char in word.text[stop:]):
        return None
    if language == "en":
        return _english_end(place, letters, word.text, stop)
    if language == "kk":
        sounds = list(_kazakh_sounds(word.text, letters, script))
    elif language == "ru":
        sounds = list(_russian_sounds(letters))
    else:
        return None
    return _cyrillic_end(place, sounds, stop)


def _cyrillic_end(place: int, sounds: Sequence[tuple[str, int]], stop: int) -> _End | None:
    last = next((at for at in reversed(range(len(sounds))) if sounds[at][0][0] in _VOWELS), None)
    if last is None:
        return None
    if last == len(sounds) - 1:  # an open end needs the sound before it
        last -= 1
    if last < 0:
        return None
    heard = tuple(sound for sound, _ in sounds)
    return _End(place, "cyrillic", heard, tuple(at for _, at in sounds), stop, len(sounds) - last)


def _kazakh_sounds(text: str, letters: Sequence[tuple[int, str]], script: str) -> Iterator[tuple[str, int]]:
    """Sounds of a Kazakh word with the characters of `text` that write them."""
    tag = script or _script_of(text)
    if tag in ("", "kk", "kk-Cyrl"):
        small = [(lower(char, "kk"), at) for at, char in letters]
    else:
        small = _through_cyrillic(letters, tag)
    for letter, at in small:
        for sound in _IOTATED.get(letter, letter):
            if sound not in "ьъ":
                yield ("е" if sound == "э" else sound), at


def _through_cyrillic(letters: Sequence[tuple[int, str]], tag: str) -> list[tuple[str, int]]:
    """The word's letters in Cyrillic, each at the character from which on the rest of the word writes it."""
    bare = "".join(char for _, char in letters)
    whole = [char for char in lower(_cyrillic(bare, tag), "kk") if char.isalpha()]
    at, found = len(whole), []
    for back in reversed(range(len(letters))):
        length = sum(map(str.isalpha, _cyrillic(bare[back:], tag)))
        while at > 0 and len(whole) - at < length:
            at -= 1
            found.append((whole[at], letters[back][0]))
    found += [(whole[rest], letters[0][0]) for rest in reversed(range(at))]
    return found[::-1]


def _cyrillic(word: str, tag: str) -> str:
    return convert(word, to="kk-Cyrl", source=scheme_of(tag)).text


def _script_of(text: str) -> str:
    if any(ord(char) in _ARABIC_BLOCK for char in text):
        return "kk-Arab"
    return (
        "kk-Latn" if any("a" <= char <= "z" or char in _KAZAKH_LATIN for char in text.lower()) else "kk-Cyrl"
    )


def _russian_sounds(letters: Sequence[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """Sounds of a Russian word: й before я ю ё where no consonant is, the last consonants unvoiced.

    An open soft syllable keeps its own letter (ня is not на); everywhere else я is heard as а.
    """
    small = [(lower(char, "ru"), at) for at, char in letters]
    last_vowel = max((at for at, (letter, _) in enumerate(small) if letter in _VOWELS), default=-1)
    before = ""
    for place, (letter, at) in enumerate(small):
        if letter in _VOWELS and (not before or before in _VOWELS or before in "ьъ") and letter in _IOTATED:
            yield "й", at
            yield letter.translate(_PLAIN), at
        elif letter in _VOWELS:
            open_end = place == len(small) - 1 and letter in "яюё"
            yield (letter if open_end else letter.translate(_PLAIN)), at
        elif letter == "ь" and before and before not in _VOWELS and place > last_vowel:
            yield letter, at
        elif letter not in "ьъ":
            yield (letter.translate(_UNVOICED) if place > last_vowel else letter), at
        before = letter


def _english_end(place: int, letters: Sequence[tuple[int, str]], text: str, stop: int) -> _End | None:
    small = "".join(lower(char, "en")[:1] for _, char in letters)
    small = small[:1] + small[1:].replace("y", "i")
    cut = [sum(map(str.isalpha, piece)) for piece in syllables(text, "en")]
    starts = [sum(cut[:at]) for at in range(len(cut)) if cut[at]]
    vowel = _first_vowel(small, starts[-1])
    silent = small[vowel - 1 :] == "le"  # lit-tle
    if len(starts) > 1 and (silent or small[vowel:] in _SELDOM_STRESSED):
        vowel = _first_vowel(small, starts[-2])
    elif len(starts) > 1 and vowel == len(small) - 1:
        vowel -= 1
    return _End(place, "english", tuple(small), tuple(at for at, _ in letters), stop, len(small) - vowel)


def _first_vowel(letters: str, start: int) -> int:
    return next((at for at in range(start, len(letters)) if letters[at] in "aeiou"), start)
