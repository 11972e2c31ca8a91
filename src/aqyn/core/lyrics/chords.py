"""Chords as people write them: `[Am]` inside a line, or a row of names above it.

A chord's name is a root from A to H, a quality, extensions and alterations, a bass ("F#m7b5/C"), or N.C.;
nothing else in brackets is a chord. `\\[` is a bracket that opens none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from aqyn.core.lyrics.model import ESCAPABLE, SPAN, Chord

LONGEST_NAME = 16

_ROOT = r"[A-H][#b♯♭]?"
_ADDED = r"(?:sus[24]?|add[#b♯♭]?\d{1,2}|(?:omit|no)\d{1,2}|maj\d{1,2}|alt|[#b♯♭+-]\d{1,2})"
_NAME = re.compile(
    rf"{_ROOT}(?:maj|Maj|min|mi|m|M|dim|aug|ø|°|Δ|\+|-)?(?:maj|Maj|M)?(?:6/9|69|1[13]|[2-79])?"
    rf"(?:{_ADDED}|\((?:{_ADDED}|,|1[13]|[2-79])+\))*(?:/{_ROOT})?|N\.?C\.?"
)
_BRACKETED = re.compile(r"\[([^\[\]{}\\\s]{1,40})\]")
#: Words of many languages that are also chords: one of them alone on a line is a row only if it is indented.
_WORDS_TOO = frozenset({"A", "E", "Am", "Em"})


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a line with spans: letter `at` of the word number `word`, written at `place` of the text.

    `opens` is where a mark goes that stands before it: in front of the span that opens right there.
    """

    word: int
    at: int
    place: int
    opens: int


def is_chord(name: str) -> bool:
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


def letters_of(text: str) -> tuple[list[Letter], int]:
    """Every letter of a line as `parse_marked` reads it, with its place; and how many words there are."""
    letters: list[Letter] = []
    word = at = place = 0
    opens: int | None = None
    inside = False
    while place < len(text):
        here, character = place, text[place]
        place += 1
        if character == "\\" and text[place : place + 1] and text[place] in ESCAPABLE:
            place += 1
        elif not inside and (opening := SPAN.match(text, here)):
            inside, place = True, opening.end()
            opens = here if opens is None else opens
            continue
        elif character == "}" and inside:
            inside = False
            continue
        elif character.isspace():
            word, at, opens = word + (at > 0), 0, None
            continue
        letters.append(Letter(word, at, here, here if opens is None else opens))
        at, opens = at + 1, None
    return letters, word + (at > 0)


def taken_out(raw: str) -> tuple[str, tuple[Chord, ...]]:
    """A line without its chords, and the chords, each over the letter that follows it.

    A chord at the end of a word is one over the next word. Brackets that hold no chord are words.
    """
    raw = unicodedata.normalize("NFC", raw)
    out: list[str] = []
    found: list[tuple[int, str]] = []
    at = length = 0
    while at < len(raw):
        piece = raw[at]
        if piece == "\\" and raw[at + 1 : at + 2] and raw[at + 1] in ESCAPABLE + "[":
            piece = raw[at + 1] if raw[at + 1] == "[" else raw[at : at + 2]
            at += 2
        elif (chord := _BRACKETED.match(raw, at)) and is_chord(chord[1]):
            found.append((length, chord[1]))
            at = chord.end()
            continue
        else:
            at += 1
        out.append(piece)
        length += len(piece)
    text = "".join(out)
    letters, words = letters_of(text)
    bases = [letter for letter in letters if not unicodedata.combining(text[letter.place])]
    chords = tuple(
        Chord(bases[at].word, bases[at].at, name) if at < len(bases) else Chord(words, 0, name)
        for place, name in found
        for at in [bisect_left(bases, place, key=_where)]
    )
    return " ".join(text.split()) if chords else text.strip(), chords


def put_in(text: str, chords: Sequence[Chord]) -> str:
    """The line with its chords in brackets, as `taken_out` reads it. `text` is a line with spans."""
    letters, _ = letters_of(text)
    places = {(letter.word, letter.at): letter.opens for letter in letters}
    out, at = [], 0
    for chord in chords:
        place = places.get((chord.word, chord.at), len(text))
        out += [text[at:place], " " if place == len(text) and place else "", f"[{chord.name}]"]
        at = place
    return "".join(out) + text[at:]


def only_chords(raw: str) -> tuple[str, ...]:
    """The names on a line of nothing but chords in brackets ("[Am] [G]", "| [Am] | [G] |"); else none."""
    names = tuple(_BRACKETED.findall(raw))
    bare = _BRACKETED.sub(" ", raw).replace("|", " ")
    return names if names and not bare.strip() and all(map(is_chord, names)) else ()


def chord_row(raw: str) -> tuple[tuple[int, str], ...]:
    """Names and their columns on a line of chords without brackets, as they stand over words; else none.

    A lone one that is a word in many languages ("A", "Am") has to be indented.
    """
    row = raw.expandtabs()
    found = tuple((part.start(), part[0]) for part in re.finditer(r"[^\s|]+", row))
    if not found or not all(is_chord(name) for _, name in found):
        return ()
    return () if len(found) == 1 and found[0][0] == 0 and found[0][1] in _WORDS_TOO else found


def laid_over(row: Sequence[tuple[int, str]], raw: str) -> str:
    """The line with the chords of the row above it put in where their columns point."""
    below = unicodedata.normalize("NFC", raw.expandtabs().rstrip())
    letters, _ = letters_of(below)
    out, at = [], 0
    for column, name in row:
        # Not into a span's tag or an escape: before the first letter that is at the column or behind it.
        over = bisect_left(letters, column, key=_where)
        place = max(letters[over].opens if over < len(letters) else len(below), at)
        out += [below[at:place], " " if place == len(below) else "", f"[{name}]"]
        at = place
    return "".join(out) + below[at:]


def _where(letter: Letter) -> int:
    return letter.place
