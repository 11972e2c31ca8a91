"""Who came: the scans of every door put together."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from aqyn.core.passes.merging import Merged, Seen, merge
from aqyn.tickets.models import Sale, Scan


def merged(sale: Sale, tickets: Iterable[int] | None = None) -> Merged:
    """Who came to this sale's show, and who was let in twice: every door's scans put together.

    `tickets`: of these only, by their ids.
    """
    rows = Scan.objects.filter(Q(let_in=True) | Q(verdict="undone"), door__sale=sale, ticket__isnull=False)
    if tickets is not None:
        rows = rows.filter(ticket__in=tickets)
    return merge(
        Seen(key, ticket or 0, door, at, let_in, text if verdict == "undone" else "")
        for key, ticket, door, at, let_in, verdict, text in rows.values_list(
            "key", "ticket", "door", "at", "let_in", "verdict", "text"
        )
    )
