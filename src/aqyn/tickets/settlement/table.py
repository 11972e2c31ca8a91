"""The settlement as a table: for spreadsheets, and for the page that is printed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from aqyn.core.ledger import money
from aqyn.tickets.selectors.settlement import Line, Settlement
from aqyn.ui.templatetags.aqyn import said_text

COUNTED = ("places", "came", "missed", "waiting", "back")
MONEY = ("sold", "paid", "refunded", "due", "owed")
# A cell that begins so is taken for a formula: owasp.org/www-community/attacks/CSV_Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def heads() -> dict[str, str]:
    """What each column is called, in the language in force."""
    return {
        "places": pgettext("places", "Sold"),
        "came": _("Came"),
        "missed": _("Did not come"),
        "waiting": pgettext("places", "To be paid"),
        "back": _("Went back"),
        "sold": pgettext("money", "Sold for"),
        "paid": pgettext("money", "Paid"),
        "refunded": pgettext("money", "Sent back"),
        "due": _("Owed to us"),
        "owed": _("We owe"),
    }


def name_of(line: Line) -> str:
    """A type's or a way's name, in the language in force."""
    own = {
        "beyond": _("Beyond the places"),
        "whole": _("In all"),
        "free": _("Free"),
        "guest": _("Guest list"),
        "": _("By no way"),
    }
    return own.get(line.key) or said_text(line.name)


def as_csv(found: Settlement) -> bytes:
    """UTF-8 with a mark at its head, so that spreadsheets read it right; amounts as plain numbers."""
    out = io.StringIO()
    writer = csv.writer(out)
    told = heads()
    writer.writerow([_("By"), _("Name"), *(told[name] for name in (*COUNTED, *MONEY)), _("Currency")])
    for group, line in _rows(found):
        amounts = [money.plain(getattr(line, name), found.currency) for name in MONEY]
        counts = [str(getattr(line, name)) for name in COUNTED]
        writer.writerow([group, _safe(name_of(line)), *counts, *amounts, found.currency])
    return out.getvalue().encode("utf-8-sig")


def _rows(found: Settlement) -> Iterator[tuple[str, Line]]:
    yield from ((_("Ticket type"), line) for line in found.types)
    yield from ((_("Way to pay"), line) for line in found.ways)
    yield _("In all"), found.whole


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
