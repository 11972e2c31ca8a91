"""What came by account statements, and what each transfer seems to be for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from aqyn.core.ledger.book import Fate, Standing
from aqyn.core.ledger.matching import Proposal, Sure, Transfer, Waiting, match
from aqyn.core.ledger.references import find
from aqyn.payments.models import Advice, Entry, Payment, Statement, StatementRow
from aqyn.payments.selectors.standing import Becoming, becoming, payments_due, standings

AT_ONCE = 5_000
"""So many values one question to the database may name."""
_ORDER = tuple(Sure)


class Row(NamedTuple):
    """An open transfer of a statement, as `StatementRow` has it."""

    pk: int
    number: int
    paid_at: datetime | None
    amount: int
    payer: str
    text: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A transfer with what it seems to be for, and what becomes of it there. `chosen`: the crew said so."""

    row: Row
    proposal: Proposal
    payment: Payment | None
    standing: Standing | None
    becomes: Becoming | None
    chosen: bool = False

    @property
    def fate(self) -> Fate | None:
        return self.becomes.fate if self.becomes else None


def arrivals() -> list[Entry]:
    """Money that came and nobody knows for what, the oldest first."""
    done = _answered()
    rows = _arrivals().filter(reversed_by=None).order_by("at", "pk")
    return [row for row in rows if row.pk not in done]


def arrivals_sent_back(most: int = 20) -> list[tuple[Entry, Entry]]:
    """Arrivals that were sent back to where they came from, each with the entry that says so, the newest
    first."""
    done = {pk: entry for pk, entry in _answered().items() if entry.kind == "return"}
    newest = sorted(done.values(), key=lambda entry: -entry.pk)[:most]
    rows = _arrivals().in_bulk([_answers(entry) for entry in newest])
    return [(rows[_answers(entry)], entry) for entry in newest]


def is_answered(arrival: Entry) -> bool:
    """Whether money without a name was given to a payment, or sent back."""
    return arrival.pk in _answered(f"of:{arrival.pk}:")


def statements() -> list[Statement]:
    """The statements, the newest first, each with how many of its rows are still open."""
    there = Entry.objects.filter(row=OuterRef("rows__pk"), reversed_by=None)
    is_open = Q(~Exists(there), rows__set_aside_at=None, rows__isnull=False)
    return list(
        Statement.objects.select_related("way").annotate(
            all_rows=Count("rows"), open_rows=Count("rows", filter=is_open)
        )[:50]
    )


def statement(pk: int) -> Statement | None:
    """The statement with this number."""
    return Statement.objects.select_related("way").filter(pk=pk).first()


def is_booked(found: Statement) -> bool:
    """Whether anything was ever booked of it, reversed or not."""
    return Entry.objects.filter(row__statement=found).exists()


def open_rows(found: Statement) -> list[Row]:
    """Its rows that are neither booked nor set aside; a row whose entry was reversed is open again."""
    booked = Entry.objects.filter(row__statement=found, reversed_by=None)
    taken = set(booked.values_list("row", flat=True))
    rows = found.rows.filter(set_aside_at=None).values_list(*Row._fields)
    return [Row(*row) for row in rows if row[0] not in taken]


def rows_set_aside(found: Statement) -> list[StatementRow]:
    """Its rows that are none of ours, as somebody said."""
    return list(found.rows.exclude(set_aside_at=None))


def matches(found: Statement, chosen: Mapping[int, int] | None = None) -> list[Matched]:
    """Each open row of the statement with what it seems to be for, the surest first.

    `chosen`: what the crew said of rows (row → payment), which goes before what is proposed.
    """
    rows, said = open_rows(found), chosen or {}
    payments = _of_interest(found.currency, rows, list(said.values()))
    stands, names = standings(payments), _names(payments)
    waiting = [Waiting(one.pk, one.reference, stands[one.pk].due, names[one.pk]) for one in payments.values()]
    proposals = match([Transfer(row.pk, row.amount, row.payer, row.text) for row in rows], waiting)
    pairs = sorted(
        zip(rows, proposals, strict=True),
        key=lambda pair: (pair[0].pk not in said, _ORDER.index(pair[1].sure), pair[0].number),
    )
    before: Counter[int] = Counter()
    told = []
    for row, proposal in pairs:
        pk = said.get(row.pk) or proposal.payment
        payment = payments.get(pk or 0)
        if payment is None:
            told.append(Matched(row, proposal, None, None, None))
            continue
        standing = stands[payment.pk]
        becomes = becoming(standing, row.amount, before=before[payment.pk])
        before[payment.pk] += row.amount
        told.append(Matched(row, proposal, payment, standing, becomes, chosen=row.pk in said))
    return told


def _names(payments: Mapping[int, Payment]) -> dict[int, tuple[str, ...]]:
    """Who ordered, and who paid as they say."""
    told = {pk: [payment.payer_name] for pk, payment in payments.items()}
    for pk, payer in Advice.objects.values_list("payment", "payer"):
        if pk in told:
            told[pk].append(payer)
    return {pk: tuple(names) for pk, names in told.items()}


def _of_interest(currency: str, rows: Sequence[Row], more: list[int]) -> dict[int, Payment]:
    """The payments that something is due for, those that the rows name, and these."""
    named = sorted({reference for row in rows for reference in find(f"{row.text} {row.payer}")})
    wanted = [Q(pk__in=payments_due().values("pk")), Q(pk__in=more)]
    wanted += [Q(reference__in=named[n : n + AT_ONCE]) for n in range(0, len(named), AT_ONCE)]
    found: dict[int, Payment] = {}
    for one in wanted:
        for payment in Payment.objects.filter(one, currency=currency):
            found[payment.pk] = payment
    return found


def _arrivals() -> QuerySet[Entry]:
    return Entry.objects.filter(kind="arrival").select_related("row__statement", "way")


def _answered(key: str = "of:") -> dict[int, Entry]:
    """By the number of an arrival the entry that gave it to a payment or sent it back, and still holds."""
    rows = Entry.objects.filter(kind__in=("assign", "return"), key__startswith=key, reversed_by=None)
    return {_answers(entry): entry for entry in rows}


def _answers(entry: Entry) -> int:
    return int((entry.key or "").split(":")[1])
