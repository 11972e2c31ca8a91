"""What the crew looks at: payments that wait, transfers that nobody knows yet, what is to go back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from aqyn.core.ledger.book import Standing
from aqyn.core.ledger.matching import Proposal, Transfer, Waiting, match
from aqyn.core.ledger.references import find
from aqyn.core.script import fold
from aqyn.payments.models import Advice, Entry, Payment, Statement, StatementRow
from aqyn.payments.selectors.standing import standings

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Queued:
    """A payment that something is due for. `advices`: what its payer said, not answered yet."""

    payment: Payment
    standing: Standing
    advices: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A transfer with what it seems to be for."""

    row: StatementRow
    proposal: Proposal
    payment: Payment | None
    standing: Standing | None


def queue(query: str = "") -> list[Queued]:
    """Payments for which something is due, those whose payer said that it was paid first. Three queries."""
    rows = Payment.objects.select_related("way").prefetch_related(
        Prefetch("advices", Advice.objects.filter(answered_at=None), to_attr="open_advices")
    )
    if query.strip():
        rows = rows.filter(pk__in=_found(query.strip()))
    rows = rows.annotate(told=Count("advices", filter=Q(advices__answered_at=None)))
    shown = list(rows.order_by("-told", "due_at", "pk")[: MOST_SHOWN * 5])
    stands = standings(row.pk for row in shown)
    told = [
        Queued(row, stands[row.pk], tuple(row.open_advices))
        for row in shown
        if stands[row.pk].due or row.open_advices or query.strip()
    ]
    return told[:MOST_SHOWN]


def arrivals() -> list[Entry]:
    """Money that came and nobody knows for what."""
    used = Entry.objects.filter(key__startswith="of:").values_list("key", flat=True)
    taken = {int(key.removeprefix("of:")) for key in used if key}
    rows = Entry.objects.filter(kind="arrival").select_related("row", "way").order_by("at")
    return [row for row in rows if row.pk not in taken]


def statements() -> list[Statement]:
    """The statements, the newest first, each with how many of its rows are still open."""
    there = Entry.objects.filter(row=OuterRef("rows__pk"))
    is_open = Q(~Exists(there), rows__set_aside_at=None, rows__isnull=False)
    return list(
        Statement.objects.select_related("way").annotate(
            all_rows=Count("rows"), open_rows=Count("rows", filter=is_open)
        )[:50]
    )


def statement(pk: int) -> Statement | None:
    """The statement with this number."""
    return Statement.objects.select_related("way").filter(pk=pk).first()


def open_rows(found: Statement) -> list[StatementRow]:
    """Its rows that were neither booked nor set aside."""
    there = Entry.objects.filter(row=OuterRef("pk"))
    return list(found.rows.filter(~Exists(there), set_aside_at=None))


def matches(found: Statement) -> list[Matched]:
    """Each open row of the statement with what it seems to be for, the surest first."""
    rows = open_rows(found)
    payments = {
        row.pk: row for row in Payment.objects.filter(currency=found.currency).prefetch_related("advices")
    }
    stands = standings(payments)
    waiting = [
        Waiting(
            row.pk,
            row.reference,
            stands[row.pk].due,
            (row.payer_name, *(advice.payer for advice in row.advices.all())),
        )
        for row in payments.values()
    ]
    proposals = match([Transfer(row.pk, row.amount, row.payer, row.text) for row in rows], waiting)
    order = ("exact", "reference", "name", "none")
    told = [
        Matched(row, one, payments.get(one.payment or 0), stands.get(one.payment or 0))
        for row, one in zip(rows, proposals, strict=True)
    ]
    return sorted(told, key=lambda one: (order.index(one.proposal.sure.value), one.row.number))


def _found(said: str) -> Sequence[int]:
    if references := find(said):
        return list(Payment.objects.filter(reference__in=references).values_list("pk", flat=True))
    folded = fold(said)
    rows = Payment.objects.values_list("pk", "payer_name", "payer_email", "reference")
    return [
        pk
        for pk, name, email, reference in rows
        if (folded and folded in fold(name)) or said.lower() in email or said.upper() in reference
    ][:MOST_SHOWN]
