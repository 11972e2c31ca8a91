"""The keys that sign codes, and serials that are given anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.tickets.models import PassKey, Revocation, Ticket
from aqyn.tickets.numbers import new_serial
from aqyn.tickets.selectors.passes import FIRST_KEY
from aqyn.tickets.sentences import passes as refuse
from aqyn.tickets.services.rows import noted, order_held

MOST_KEYS = 255


def rotate_key(*, now: datetime, actor: Any = None) -> PassKey:
    """Codes are signed by a new key from now on; those that are out still let in. Raises KeysAreUsedUp."""
    with transaction.atomic():
        _write_first(now)
        number = PassKey.objects.select_for_update().order_by("number").last().number + 1  # type: ignore[union-attr]
        if number > MOST_KEYS:
            raise refuse.KeysAreUsedUp
        PassKey.objects.filter(retired_at=None).update(retired_at=now)
        key = PassKey.objects.create(number=number, made_at=now)
        noted("new key for tickets", str(number), actor)
    return key


def revoke_key(*, number: int, now: datetime, actor: Any = None) -> PassKey:
    """Codes signed by this key let nobody in any more; every ticket shows a code of the newest key instead.

    Where it was the newest one, a new one is made. Raises NoSuchKey, KeyIsRevoked.
    """
    with transaction.atomic():
        _write_first(now)
        key = PassKey.objects.select_for_update().filter(pk=number).first()
        if key is None:
            raise refuse.NoSuchKey
        if key.revoked_at:
            raise refuse.KeyIsRevoked
        if key.retired_at is None:
            rotate_key(now=now, actor=actor)
        PassKey.objects.filter(pk=number).update(revoked_at=now)
        noted("key for tickets revoked", str(number), actor)
        return PassKey.objects.get(pk=number)


def reissue(*, ticket: int, now: datetime, actor: Any = None) -> Ticket:
    """The ticket gets another serial, and so another code; the one that is out lets nobody in any more.

    Raises NoSuchTicket.
    """
    order = Ticket.objects.filter(pk=ticket).values_list("order", flat=True).first()
    if order is None:
        raise refuse.NoSuchTicket
    with transaction.atomic():
        order_held(order)
        row = Ticket.objects.get(pk=ticket)
        if row.gone_at is not None:
            raise refuse.NoSuchTicket
        Revocation.objects.create(ticket=row, serial=row.serial, at=now)
        row.serial = new_serial()
        row.save(update_fields=["serial"])
        noted("ticket issued anew", str(row), actor)
    return row


def _write_first(now: datetime) -> None:
    """The key that signs without a row gets its own, before anything becomes of it."""
    if not PassKey.objects.exists():
        PassKey.objects.create(number=FIRST_KEY, made_at=now)
