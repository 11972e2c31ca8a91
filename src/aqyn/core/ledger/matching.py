"""Which transfer is for which payment: proposed, never decided."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

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
    by_amount: dict[int, list[Waiting]] = {}
    for one in waiting:
        if one.due and one.payment not in taken:
            by_amount.setdefault(one.due, []).append(one)
    for transfer in transfers:
        if transfer.row in found:
            continue
        alike = [one for one in by_amount.get(transfer.amount, []) if one.payment not in taken]
        if not alike:
            continue
        words = _words([transfer.payer, transfer.text])
        alike = [one for one in alike if _same(one.names, words)]
        if len(alike) == 1:
            taken.add(alike[0].payment)
            found[transfer.row] = Proposal(transfer.row, alike[0].payment, Sure.NAME)
    return [found.get(one.row, Proposal(one.row, None, Sure.NONE)) for one in transfers]


def _same(names: Iterable[str], words: set[str]) -> bool:
    """Whether two words of one of these names, or its only one, are among the words; initials count for a
    word's beginning."""
    for name in names:
        mine = [word for word in _words([name]) if len(word) > 1]
        hits = sum(
            any(word == other or (len(other) == 1 and word.startswith(other)) for other in words)
            for word in mine
        )
        whole = any(word in words for word in mine)
        if mine and whole and hits >= min(2, len(mine)):
            return True
    return False


def _words(texts: Iterable[str]) -> set[str]:
    composed = (unicodedata.normalize("NFC", text) for text in texts)
    return {word for text in composed for part in re.findall(r"\w+", text) if (word := fold(part))}
