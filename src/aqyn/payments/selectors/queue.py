"""What the crew looks at: payments that wait, and any payment by what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, When

from aqyn.core.ledger.book import Standing
from aqyn.core.ledger.money import AmountError, read
from aqyn.core.ledger.references import find
from aqyn.core.script import fold
from aqyn.payments import adapters
from aqyn.payments.models import Advice, Entry, Payment
from aqyn.payments.selectors.standing import payments_due, standings

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Queued:
    """A payment that something is due for. `advices`: what its payer said, not answered yet."""

    payment: Payment
    standing: Standing
    advices: tuple[Advice, ...]


def queue(query: str = "") -> list[Queued]:
    """Payments for which something is due, those whose payer said that it was paid first, those that are paid
    at the door last; at most `MOST_SHOWN`. With a query, any payment by its reference, a part of its name (in
    any script) or of its address, or an amount that was booked for it."""
    said = query.strip()
    open_advices = Advice.objects.filter(answered_at=None)
    if said:
        rows = Payment.objects.filter(pk__in=_found(said))
    else:
        told = Exists(open_advices.filter(payment=OuterRef("pk")))
        rows = Payment.objects.filter(Q(pk__in=payments_due().values("pk")) | Q(told))
    rows = (
        rows.select_related("way")
        .prefetch_related(Prefetch("advices", open_advices, to_attr="open_advices"))
        .annotate(told=Count("advices", filter=Q(advices__answered_at=None)))
        # What is paid at the door has no time and waits for nobody here: it hides nothing that does. Where
        # nothing stands, SQLite would begin with it and PostgreSQL end.
        .order_by("-told", _at_door(), F("due_at").asc(nulls_last=True), "pk")
    )
    shown = list(rows[:MOST_SHOWN])
    stands = standings(row.pk for row in shown)
    return [Queued(row, stands[row.pk], tuple(row.open_advices)) for row in shown]


def waiting_count() -> int:
    """How many payments something is due for."""
    return payments_due().count()


def _at_door() -> Case:
    """1 for what is paid at the door, 0 for the others."""
    names = [name for name, one in adapters.ADAPTERS.items() if one.at_once]
    return Case(When(way__adapter__in=names, then=1), default=0)


def _found(said: str) -> list[int]:
    if references := find(said):
        return list(Payment.objects.filter(reference__in=references).values_list("pk", flat=True))
    moved = Entry.objects.filter(amount__in=_amounts(said)).exclude(payment=None)
    found = dict.fromkeys(moved.order_by("-pk").values_list("payment", flat=True)[:MOST_SHOWN])
    found |= dict.fromkeys(_named(said))
    return list(found)[:MOST_SHOWN]


def _named(said: str) -> Iterable[int]:
    folded, bare = fold(said), said.lower()
    rows = Payment.objects.values_list("pk", "payer_name", "payer_email", "reference")
    for pk, name, email, reference in rows.iterator():
        if (folded and folded in fold(name)) or bare in email.lower() or said.upper() in reference:
            yield pk


def _amounts(said: str) -> set[int]:
    """What this may mean as an amount, in the currencies that are in use."""
    if not any(letter.isdigit() for letter in said):
        return set()
    amounts = set()
    for currency in Payment.objects.order_by().values_list("currency", flat=True).distinct():
        try:
            amounts.add(read(said, currency))
        except AmountError:
            continue
    return amounts
