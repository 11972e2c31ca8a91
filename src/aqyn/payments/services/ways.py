"""Ways to pay: made, changed, closed and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from aqyn.payments import adapters
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Way
from aqyn.ui import checks
from aqyn.ui.journal import Journal

done = Journal("aqyn.payments").done


def make_way(
    *, adapter: str, title: Mapping[str, str], details: Mapping[str, Any], now: datetime, actor: Any = None
) -> Way:
    """A new way to pay. Raises a Refusal."""
    kind = adapters.adapter(adapter)
    told, clean = checks.short_texts(title, "title"), kind.checked(details)
    if not told:
        raise refuse.NoTitle
    with transaction.atomic():
        last = Way.objects.aggregate(last=Max("position"))["last"] or 0
        row = Way.objects.create(adapter=adapter, title=told, details=clean, position=last + 1, made_at=now)
        done("way to pay made", adapter, actor)
    return row


def change_way(*, way: int, title: Mapping[str, str], details: Mapping[str, Any], actor: Any = None) -> Way:
    """Another title, other details: payments that wait are told the new ones. Raises a Refusal."""
    told = checks.short_texts(title, "title")
    if not told:
        raise refuse.NoTitle
    with transaction.atomic():
        row = way_held(way)
        row.title, row.details = told, adapters.adapter(row.adapter).checked(details)
        row.save(update_fields=["title", "details"])
        done("way to pay changed", row.adapter, actor)
    return row


def close_way(*, way: int, now: datetime, actor: Any = None) -> Way:
    """It is offered no more; what was begun by it goes on. `reopen_way` takes it back."""
    with transaction.atomic():
        row = way_held(way)
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        done("way to pay closed", row.adapter, actor)
    return row


def reopen_way(*, way: int, actor: Any = None) -> Way:
    """It is offered again."""
    with transaction.atomic():
        row = way_held(way)
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        done("way to pay opened again", row.adapter, actor)
    return row


def crew_way(adapter: str, *, now: datetime) -> Way:
    """The one way of this kind by which the crew books, made where it is not there yet."""
    kind = adapters.adapter(adapter)
    found = Way.objects.filter(adapter=adapter).order_by("id").first()
    return found or Way.objects.create(adapter=adapter, title=_in_all(kind.label), made_at=now)


def way_held(pk: int) -> Way:
    """The way, locked until the transaction ends. Raises NoSuchWay."""
    # Its key is not locked: whoever orders meanwhile names it and does not wait.
    row = Way.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if row is None:
        raise refuse.NoSuchWay
    return row


def _in_all(label: str) -> dict[str, str]:
    """The label in the languages that the house is written in."""
    told = {}
    for tag, code in (("kk-Cyrl", "kk"), ("ru", "ru"), ("en", "en")):
        with translation.override(code):
            told[tag] = _(label)
    return told
