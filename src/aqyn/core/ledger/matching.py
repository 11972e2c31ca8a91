"""Which transfer is for which payment: proposed, never decided."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from aqyn.core.ledger.references import find
from aqyn.core.script import fold


class Sure(Enum):
    """How sure it is, the surest first."""

    EXACT = "exact"
    REFERENCE = "reference"
    NAME = "name"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A row of a statement. `amount` in minor units."""

    row: int
    amount: int
    payer: str
    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A payment that something is expected for, or was. `due`: what is still missing."""

    payment: int
    reference: str
    due: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`payment`: which one it seems to be for; None where nothing fits."""

    row: int
    payment: int | None
    sure: Sure


def match(transfers: Sequence[Transfer], waiting: Sequence[Waiting]) -> list[Proposal]:
    """For each transfer what it seems to be for: by its reference, exact where the amount fits too; else by
    amount and name, where only one payment fits and nothing else claims it.

    Names fit over scripts and in any order of their words.
    """
    by_reference = {one.reference: one for one in waiting}
    taken: set[int] = set()
    found: dict[int, Proposal] = {}
    for transfer in transfers:
        named = [
            by_reference[text] for text in find(f"{transfer.text} {transfer.payer}") if text in by_reference
        ]
        if named:
            one = named[0]
            fits = one.due == transfer.amount and one.payment not in taken
            found[transfer.row] = Proposal(transfer.row, one.payment, Sure.EXACT if fits else Sure.REFERENCE)
            taken.add(one.payment)
    by_word = _by_amount_and_word(one for one in waiting if one.due and one.payment not in taken)
    for transfer in transfers:
        known = by_word.get(transfer.amount)
        if known is None or transfer.row in found:
            continue
        words = _words([transfer.payer, transfer.text])
        # One whole word of the name at least is there: only those payments are looked at.
        near = {one.payment: (one, names) for word in words for one, names in known.get(word, ())}
        alike = [one for one, names in near.values() if one.payment not in taken and _same(names, words)]
        if len(alike) == 1:
            taken.add(alike[0].payment)
            found[transfer.row] = Proposal(transfer.row, alike[0].payment, Sure.NAME)
    return [found.get(one.row, Proposal(one.row, None, Sure.NONE)) for one in transfers]


def _by_amount_and_word(waiting: Iterable[Waiting]) -> dict[int, dict[str, list[_Named]]]:
    """By what is due and by each word of a name: the payments, each with the words of its names."""
    told: dict[int, dict[str, list[_Named]]] = {}
    for one in waiting:
        names = tuple(frozenset(word for word in _words([name]) if len(word) > 1) for name in one.names)
        for word in frozenset().union(*names):
            told.setdefault(one.due, {}).setdefault(word, []).append((one, names))
    return told


def _same(names: Iterable[frozenset[str]], words: set[str]) -> bool:
    """Whether two words of one of these names, or its only one, are among the words; initials count for a
    word's beginning."""
    initials = {word for word in words if len(word) == 1}
    for mine in names:
        whole = mine & words
        begun = sum(word[0] in initials for word in mine - whole)
        if whole and len(whole) + begun >= min(2, len(mine)):
            return True
    return False


def _words(texts: Iterable[str]) -> set[str]:
    parts = (part for text in texts for part in re.findall(r"\w+", unicodedata.normalize("NFC", text)))
    return {word for part in parts if (word := _folded(part))}


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return fold(word)


_Named = tuple[Waiting, tuple[frozenset[str], ...]]
