"""How payments stand, by their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Sum

from aqyn.core.ledger import book
from aqyn.core.ledger.book import Booked, Standing
from aqyn.payments.models import Entry


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


def money_by_way(payments: Iterable[int]) -> dict[int | None, tuple[int, int]]:
    """(came in, went back) by way, over these payments; what was reversed is in neither. One query."""
    came: dict[int | None, int] = defaultdict(int)
    gone: dict[int | None, int] = defaultdict(int)
    rows = (
        Entry.objects.filter(payment__in=list(payments))
        .values_list("way", "kind", "reverses__kind")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    for way, kind, reversed_, summed in rows:
        total = int(summed)
        if kind in ("receipt", "assign"):
            came[way] += total
        elif kind == "refund":
            gone[way] += total
        elif reversed_ in ("receipt", "assign"):
            came[way] -= total
        elif reversed_ == "refund":
            gone[way] -= total
    return {way: (came[way], gone[way]) for way in {*came, *gone}}
