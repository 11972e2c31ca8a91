"""The settlement on paper: values for settlement.typ, set in a child process, and the PDF comes back."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from aqyn.core.dates import written_day, written_time
from aqyn.core.ledger import money
from aqyn.core.moments import wall_time
from aqyn.core.script import direction
from aqyn.core.texts import choose
from aqyn.media import Limits, MediaError, run_child
from aqyn.media.typesetting import PAGES, CannotDraw, NoArabicFace
from aqyn.tickets.selectors.settlement import Line, Settlement
from aqyn.tickets.sentences import sale as refuse
from aqyn.tickets.settlement.table import COUNTED, MONEY, heads, name_of
from aqyn.ui.languages import TAGS, WANTED

TEMPLATE = Path(__file__).parent / "settlement.typ"
LIMITS = Limits(seconds=30.0, memory_mib=768, output_mib=16)
WAIT_S = 10.0

log = logging.getLogger("aqyn.tickets")
_one_at_a_time = Lock()


def make_pdf(sale: Any, found: Settlement, *, code: str, now: datetime) -> bytes:
    """The PDF in the interface language `code`. Raises NoFaceForPage, SignNotOnPage, PageBusy, PageFailed."""
    values = page_values(sale, found, code=code, now=now)
    if not _one_at_a_time.acquire(timeout=WAIT_S):
        raise refuse.PageBusy
    try:
        made: bytes = run_child(
            "aqyn.media.typesetting:set_pages",
            TEMPLATE,
            values,
            arabic=values["left"],
            limits=LIMITS,
            keep=lambda folder, _: (folder / PAGES).read_bytes(),
        )
    except NoArabicFace:
        raise refuse.NoFaceForPage from None
    except CannotDraw as error:
        raise refuse.SignNotOnPage(sign=error.details["sign"]) from None
    except MediaError as error:
        log.error("a settlement could not be set: %s %s", error, error.details)
        raise refuse.PageFailed from error
    finally:
        _one_at_a_time.release()
    return made


def page_values(sale: Any, found: Settlement, *, code: str, now: datetime) -> dict[str, Any]:
    """All that is printed. `left`: the page is read from right to left."""
    tag = TAGS[code]
    told, show = heads(), sale.show
    zone = ZoneInfo(show.time_zone)
    there = wall_time(show.starts_at, zone) if show.starts_at else None
    today = wall_time(now, zone)
    place = [choose(texts, WANTED[code]).text for texts in (show.venue, show.city) if texts]
    when = [f"{written_day(there.date(), tag).whole}, {written_time(there)}"] if there else []
    agrees = _("These sums agree with the ledger.")
    differs = _("These sums do not agree with the ledger: look at the page in the studio.")
    return {
        "lang": tag.split("-")[0].lower(),
        "left": direction(tag) == "rtl",
        "title": choose(show.title, WANTED[code]).text,
        "heading": _("The morning after"),
        "facts": [*when, *place],
        "counted": [told[name] for name in COUNTED],
        "money": [f"{told[name]}, {found.currency}" for name in MONEY],
        "tables": [
            {"name": _("By ticket type"), "rows": [_row(line, found.currency) for line in found.types]},
            {"name": _("By way of paying"), "rows": [_row(line, found.currency) for line in found.ways]},
        ],
        "whole": _row(found.whole, found.currency),
        "first": _("Name"),
        "guests": _("Guest list: %(all)s, came: %(came)s") % {"all": found.guests, "came": found.guests_came},
        "check": agrees if found.agrees else differs,
        "made": _("As of %(day)s, %(time)s")
        % {"day": written_day(today.date(), tag).whole, "time": written_time(today)},
    }


def _row(line: Line, currency: str) -> dict[str, Any]:
    return {
        "name": name_of(line),
        "counted": [str(getattr(line, name)) for name in COUNTED],
        "money": [_amount(getattr(line, name), currency) for name in MONEY],
    }


def _amount(amount: int, currency: str) -> str:
    """Without the sign, which not every typeface draws; the column's head names the currency."""
    return money.written(amount, currency).rpartition(money.WIDE)[0]
