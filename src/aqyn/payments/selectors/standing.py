"""How payments stand, by their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, QuerySet, Sum, When

from aqyn.core.ledger import book
from aqyn.core.ledger.book import MONEY, PAYER, Booked, Fate, Standing
from aqyn.payments.models import Entry, Payment, Way

CAME, WENT = ("receipt", "arrival"), ("refund", "return")
"""The kinds of entries by which money comes and goes."""


@dataclass(frozen=True, slots=True)
class WaySum:
    """Money by one way, in minor units; `way` is None where nobody said by which. What was reversed is in
    neither figure."""

    way: Way | None
    came: int
    went: int

    @property
    def left(self) -> int:
        return self.came - self.went


@dataclass(frozen=True, slots=True)
class Sums:
    """The whole book in one currency: what stands on each account, and the money by way."""

    currency: str
    accounts: dict[str, int]
    by_way: tuple[WaySum, ...]

    @property
    def came(self) -> int:
        return sum(one.came for one in self.by_way)

    @property
    def went(self) -> int:
        return sum(one.went for one in self.by_way)

    @property
    def left(self) -> int:
        return self.came - self.went

    @property
    def agree(self) -> bool:
        """Whether the accounts add up to nothing, and the money there is is what came less what went."""
        return sum(self.accounts.values()) == 0 and self.accounts[MONEY] == self.left


@dataclass(frozen=True, slots=True)
class Becoming:
    """What becomes of an amount if it is booked for a payment now, and what is due before that."""

    fate: Fate
    due: int

    def __str__(self) -> str:
        """As a form says it back."""
        return f"{self.due}:{self.fate.value}"


def standing(payment: int) -> Standing:
    """How this payment stands. One query."""
    return standings([payment])[payment]


def standings(payments: Iterable[int]) -> dict[int, Standing]:
    """How each of these stands. One query."""
    pks = list(payments)
    sums: dict[int, list[Booked]] = defaultdict(list)
    rows = (
        Entry.objects.filter(payment__in=pks)
        .values_list("payment", "debit", "credit")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    for payment, debit, credit, total in rows:
        sums[payment].append(Booked(debit, credit, int(total)))
    return {pk: book.standing(sums[pk]) for pk in pks}


def becoming(stands: Standing, amount: int, *, before: int = 0) -> Becoming:
    """What becomes of `amount` for a payment that stands so. `before`: what is booked for it before this, in
    the same go."""
    return Becoming(book.fate(stands, amount, before=before), max(0, stands.due - before))


def payments_due() -> QuerySet[Payment]:
    """The payments that something is still to be paid for, found by the database alone."""
    owes = Case(When(debit=PAYER, then=F("amount")), When(credit=PAYER, then=-F("amount")), default=0)
    sums = Entry.objects.exclude(payment=None).order_by().values("payment").annotate(owes=Sum(owes))
    return Payment.objects.filter(pk__in=sums.filter(owes__gt=0).values("payment"))


def entries_of(payments: Sequence[int]) -> list[Entry]:
    """All entries of these payments, in the order in which they were booked."""
    return list(Entry.objects.filter(payment__in=payments).select_related("way", "refund").order_by("id"))


def balances(currency: str, payments: Iterable[int] | None = None) -> dict[str, int]:
    """What stands on each account, over all payments or these; they add up to nothing. One query."""
    rows = Entry.objects.filter(currency=currency)
    if payments is not None:
        rows = rows.filter(payment__in=list(payments))
    sums = rows.values_list("debit", "credit").annotate(total=Sum("amount")).order_by()
    return book.balances(Booked(debit, credit, int(total)) for debit, credit, total in sums)


def sums() -> list[Sums]:
    """The whole book, currency by currency: the accounts by what each entry moved between, the money by what
    each entry was. Two ways to count that have to agree (`Sums.agree`). Two queries, and one a currency."""
    moved: dict[str, list[Booked]] = defaultdict(list)
    rows = Entry.objects.values_list("currency", "debit", "credit").annotate(total=Sum("amount")).order_by()
    for currency, debit, credit, total in rows:
        moved[currency].append(Booked(debit, credit, int(total)))
    by_way: dict[str, dict[int | None, tuple[int, int]]] = {
        currency: _by_way(Entry.objects.filter(currency=currency), CAME, WENT) for currency in moved
    }
    ways = Way.objects.in_bulk()
    return [
        Sums(
            currency,
            book.balances(moved[currency]),
            tuple(
                WaySum(ways.get(way or 0), came, went)
                for way, (came, went) in sorted(by_way[currency].items(), key=lambda one: one[0] or 0)
            ),
        )
        for currency in sorted(moved)
    ]


def money_by_way(payments: Iterable[int]) -> dict[int | None, tuple[int, int]]:
    """(came in, went back) by way, over these payments; what was reversed is in neither. One query."""
    return _by_way(Entry.objects.filter(payment__in=list(payments)), ("receipt", "assign"), ("refund",))


def _by_way(
    entries: QuerySet[Entry], in_: Sequence[str], out: Sequence[str]
) -> dict[int | None, tuple[int, int]]:
    came: dict[int | None, int] = defaultdict(int)
    gone: dict[int | None, int] = defaultdict(int)
    rows = entries.values_list("way", "kind", "reverses__kind").annotate(total=Sum("amount")).order_by()
    for way, kind, reversed_, summed in rows:
        total = int(summed)
        if kind in in_:
            came[way] += total
        elif kind in out:
            gone[way] += total
        elif reversed_ in in_:
            came[way] -= total
        elif reversed_ in out:
            gone[way] -= total
    return {way: (came[way], gone[way]) for way in {*came, *gone}}
