"""The printed list's values, as door_list.typ takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from aqyn.core.ledger.money import written
from aqyn.core.script import fold
from aqyn.payments import selectors as money
from aqyn.shows.selectors.written import card
from aqyn.tickets.models import Sale, Ticket
from aqyn.tickets.passes.contents import chosen_run, run, tag_of
from aqyn.ui.languages import TAGS


def door_list_values(sale: Sale, *, language: str, now: datetime) -> dict[str, Any]:
    """Every good ticket of the sale, by its holder's name over all scripts, in the language in force."""
    tag, facts = TAGS[language], card(sale.show, language, now)
    tickets = list(
        Ticket.objects.filter(sale=sale, gone_at=None, order__confirmed_at__isnull=False).select_related(
            "order", "type"
        )
    )
    owing = money.standings({one.order.payment_id for one in tickets if one.order.payment_id})
    tickets.sort(key=lambda one: (fold(one.order.name), one.order.name, one.number))
    seen: set[int] = set()
    rows = []
    for ticket in tickets:
        due = owing[ticket.order.payment_id].due if ticket.order.payment_id else 0
        # Owed once for an order, beside its first place.
        owes = written(due, sale.currency) if due and ticket.order_id not in seen else ""
        seen.add(ticket.order_id)
        rows.append(
            {
                "name": run(ticket.order.name or "—", tag_of(ticket.order.name, tag)),
                "type": chosen_run(ticket.type.name, language),
                "number": f"{ticket.number:04d}",
                "owes": owes,
            }
        )
    day = facts.starts.day.whole if facts.starts else ""
    return {
        "heading": chosen_run(facts.title, language),
        "facts": [run(day, tag), run(_("Places: %(count)s") % {"count": len(rows)}, tag)],
        "columns": [
            run(text, tag) for text in ("✓", _("Name"), _("Ticket"), _("Number"), _("Owes at the door"))
        ],
        "rows": rows,
        "printed": now.strftime("%Y-%m-%d %H:%M UTC"),
    }
