"""What a book is to be: which songs in which order, in which layers, on which paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_SONGS = 300


class Over(StrEnum):
    """What stands over the words, or in them."""

    NOTHING = "nothing"
    DOTS = "dots"
    HYPHENS = "hyphens"
    CHORDS = "chords"


class Paper(StrEnum):
    A4 = "a4"
    A5 = "a5"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Choice:
    """`songs`: slugs in the book's order. `first`, `second`, `beneath`: tags of layers, "" for none."""

    title: str
    songs: Sequence[str]
    first: str
    second: str = ""
    beneath: str = ""
    over: Over = Over.NOTHING
    paper: Paper = Paper.A4
