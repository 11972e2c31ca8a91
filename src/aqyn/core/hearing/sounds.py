"""Broad classes of speech sounds, the same for all languages, and which of them a phoneme of espeak-ng is.

Singing bends vowels and swallows consonants, so finer classes would tell nothing more; and a class that all
languages share is met often enough in one song to be learnt from it.
"""

from __future__ import annotations

SOUNDS = (
    "a",
    "e",
    "i",
    "o",
    "u",
    "ə",
    "y",
    "p",
    "t",
    "k",
    "b",
    "s",
    "ʃ",
    "tʃ",
    "f",
    "h",
    "m",
    "n",
    "l",
    "r",
    "j",
    "w",
)
"""The classes, by a letter that stands for each; elsewhere they are numbers, their places here."""

VOWELS = frozenset(range(7))

ANY = SOUNDS.index("ə")
"""What a word is thought to be made of that cannot be spoken."""

_MARKS = "'`,;:-#=|*\"_~^."
_PAIRS = {
    "tS": "tʃ",
    "dZ": "tʃ",
    "tʃ": "tʃ",
    "dʒ": "tʃ",
    "ts": "s",
    "dz": "s",
    "s;": "ʃ",
    "z;": "ʃ",
    "x;": "ʃ",
}
_LETTERS = {
    "a": "aA&æɑ",
    "e": "eE",
    "i": "iIɪ",
    "o": "oO0ɔɒ",
    "u": "uUʊ",
    "ə": "@3Vəɜʌɐ",
    "y": "yYøœ2ɨɯ",
    "p": "p?ʔ",
    "t": "t",
    "k": "kcq",
    "b": "bdgBɡ",
    "s": "sz",
    "ʃ": "SZCʃʒɕʂʐ",
    "f": "fvTDθð",
    "h": "hxXHGɣχ",
    "m": "m",
    "n": "nNJŋɲ",
    "l": "lL5ʎɫ",
    "r": "rRɾʁɹ",
    "j": "jɥ",
    "w": "wWβ",
}
_OF_LETTER = {letter: sound for sound, letters in _LETTERS.items() for letter in letters}


def sounds_of(phoneme: str) -> tuple[int, ...]:
    """The classes of an espeak-ng phoneme (its mnemonic or IPA), by what it begins with; none of a pause, a
    mark of stress or a change of language. A phoneme that is not known is taken for a neutral vowel."""
    if phoneme and not phoneme.strip("*"):
        # A tapped r is written with nothing but stars.
        return (SOUNDS.index("r"),)
    bare = phoneme.strip(_MARKS)
    # What stands in brackets says that the language changes.
    if not bare or bare.startswith("("):
        return ()
    first = SOUNDS.index(_PAIRS.get(bare[:2]) or _OF_LETTER.get(bare[0], "ə"))
    if bare[0] == "j" and len(bare) > 1:
        # Russian vowels that begin with a glide are one phoneme there.
        return first, *sounds_of(bare[1:])
    return (first,)
