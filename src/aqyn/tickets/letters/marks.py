"""Which letters are still to be written, asked of the marks that the written ones left.

A mark's kind is that of the letter, and which one of its kind it is: "paid-4611021207" was confirmed at 12:07
on 2 November 2046 (UTC), so that what happens to an order again is told again. Marks of earlier versions are
the bare kind; they stay good for whatever happens to their order.
"""

from __future__ import annotations

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, Replace, Substr

from aqyn.tickets.models import Mark


def about(what: str, pk: str = "pk") -> Concat:
    """What a mark of this row is about, in a subquery of it: "order:4711"."""
    return Concat(Value(f"{what}:"), Cast(OuterRef(pk), CharField()))


def occasion(kind: str, field: str) -> Concat:
    """The kind of the mark of a letter that is written once for each moment in `field`, by the minute."""
    # Both databases write a moment in UTC as "2046-11-02 12:07:00"; a mark has room for ten digits of it.
    digits: Combinable = Cast(F(field), CharField())
    for between in "- :":
        digits = Replace(digits, Value(between), Value(""))
    return Concat(Value(f"{kind}-"), Substr(digits, 3, 10))


def unmarked(rows: QuerySet, what: str, kind: str, mark: Combinable | None = None) -> QuerySet:  # type: ignore[type-arg]
    """Those of which this was not written yet, and to whom there is an address; `mark` of each is what is to
    be left. Without `mark` it is the kind."""
    marks = Mark.objects.filter(Q(kind=kind) | Q(kind=OuterRef("mark")), about=about(what))
    rows = rows.exclude(email="").annotate(mark=Value(kind) if mark is None else mark)
    return rows.filter(~Exists(marks))


def last_of(*kinds: str) -> Coalesce:
    """The mark that was left last for an order by letters of these kinds; "" where none was."""
    of_kinds = Q(pk=None)
    for kind in kinds:
        of_kinds |= Q(kind=kind) | Q(kind__startswith=f"{kind}-")
    marks = Mark.objects.filter(of_kinds, about=about("order")).order_by("-pk")
    return Coalesce(Subquery(marks.values("kind")[:1]), Value(""))


def written_so_far(order: int, kind: str) -> int:
    """How many letters of this kind were written about the order."""
    marks = Mark.objects.filter(about=f"order:{order}")
    return marks.filter(Q(kind=kind) | Q(kind__startswith=f"{kind}-")).count()
