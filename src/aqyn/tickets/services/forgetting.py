"""Forgetting a buyer: the name goes, what was sold and paid stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from aqyn.payments import services as payments
from aqyn.post import services as post
from aqyn.tickets import claims
from aqyn.tickets.claims import buyer_of
from aqyn.tickets.models import Hold, Order
from aqyn.tickets.services.rows import noted
from aqyn.tickets.signals import buyer_forgetting

FORGOTTEN = "—"
"""What stands in the place of a name."""


def forget_buyer(*, email: str, now: datetime, actor: Any = None) -> int:
    """Unname the orders of this address and its holds that are over, and remove the letters to it; how many
    orders it was.

    Their tickets go on letting in; counts and entries stay as they are. A hold that is still kept is not
    touched: its buyer may be buying. Limits for one buyer do not count what was forgotten.
    """
    buyer = buyer_of(email)
    if not buyer:
        return 0
    with transaction.atomic():
        holds = Hold.objects.filter(Q(ended_at__isnull=False) | Q(expires_at__lte=now), email=buyer)
        orders = orders_of(email)
        # The sales before the payments, as in every deed: two at once would wait in a circle.
        held = Order.objects.filter(pk__in=orders).values_list("hold", flat=True)
        claims.lock_all(claims.of_django(), holds=list(held))
        for written in {email.strip(), buyer, *orders.values()}:
            payments.forget_payer(email=written, now=now)
            post.forget_reader(address=written)
        Order.objects.filter(pk__in=orders).update(name=FORGOTTEN, email="")
        holds.update(email="")
        buyer_forgetting.send(sender=Order, email=buyer, now=now)
        noted(f"buyer of {len(orders)} orders forgotten", "sale", actor)
    return len(orders)


def orders_of(email: str) -> dict[int, str]:
    """The orders whose letters go to this address, each with the address as it is written there."""
    buyer = buyer_of(email)
    # SQLite compares without case in ASCII alone; the hold has the address in small letters.
    near = Order.objects.filter(Q(email__iexact=email.strip()) | Q(hold__email=buyer)).exclude(email="")
    return {pk: told for pk, told in near.values_list("pk", "email") if buyer_of(told) == buyer}
