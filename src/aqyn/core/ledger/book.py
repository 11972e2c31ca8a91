"""The book: double entry over four accounts. Each entry moves an amount from one account to another.

    payer       what a payer owes; below zero, what is owed to the payer
    sales       what was sold (its balance is below zero: an income)
    money       what came in and has not gone back
    unassigned  what came in and nobody knows yet for what

Whatever is booked, the balances of all accounts add up to nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

PAYER, SALES, MONEY, UNASSIGNED = "payer", "sales", "money", "unassigned"
ACCOUNTS = (PAYER, SALES, MONEY, UNASSIGNED)

KINDS: dict[str, tuple[str, str]] = {
    # kind: (debit, credit)
    "charge": (PAYER, SALES),
    "discharge": (SALES, PAYER),
    "receipt": (MONEY, PAYER),
    "refund": (PAYER, MONEY),
    "arrival": (MONEY, UNASSIGNED),
    "assign": (UNASSIGNED, PAYER),
    "return": (UNASSIGNED, MONEY),
}
"""What is booked, each with the account that receives and the account that gives.

charge: something is sold. discharge: it is taken back, or its price was lowered. receipt: a payer paid.
refund: money went back. arrival: money came without a reference. assign: now one knows for which payment.
return: it went back to where it came from. Each may be reversed: then the accounts change places.
"""


@dataclass(frozen=True, slots=True)
class Booked:
    """One entry, as far as sums go. `amount` is above zero, in minor units."""

    debit: str
    credit: str
    amount: int


def balances(entries: Iterable[Booked]) -> dict[str, int]:
    """What stands on each account: debits less credits. They add up to nothing."""
    totals: Counter[str] = Counter(dict.fromkeys(ACCOUNTS, 0))
    for entry in entries:
        totals[entry.debit] += entry.amount
        totals[entry.credit] -= entry.amount
    return dict(totals)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one payment stands, in minor units. `charged`: what is to be paid for now; `received`: what came
    and has not gone back."""

    charged: int
    received: int

    @property
    def due(self) -> int:
        """What is still to be paid; 0 where nothing is."""
        return max(0, self.charged - self.received)

    @property
    def owed(self) -> int:
        """What is owed to the payer; 0 where nothing is."""
        return max(0, self.received - self.charged)

    @property
    def settled(self) -> bool:
        return self.due == 0


class Fate(Enum):
    """What becomes of money that comes for a payment. `LATE`: nothing is charged any more. `DOUBLE`: it was
    paid already."""

    FITS = "fits"
    SHORT = "short"
    OVER = "over"
    DOUBLE = "double"
    LATE = "late"


def fate(stands: Standing, amount: int, *, before: int = 0) -> Fate:
    """What becomes of `amount` if it is booked for a payment that stands so. `before`: what is booked for it
    before this, in the same go."""
    if not stands.charged:
        return Fate.LATE
    due = stands.charged - stands.received - before
    if due <= 0:
        return Fate.DOUBLE
    return Fate.FITS if amount == due else Fate.SHORT if amount < due else Fate.OVER


def standing(entries: Iterable[Booked]) -> Standing:
    """How the payment with these entries stands."""
    totals = balances(entries)
    return Standing(charged=-totals[SALES], received=totals[MONEY] + totals[UNASSIGNED])
