"""How often links and letters may be asked for. Counters in rows; the numbers stand in docs/people.md."""

from __future__ import annotations

import hashlib
import ipaddress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from aqyn.people.errors import TooMany, TooManyFollow
from aqyn.people.models import Allowance

WINDOW = timedelta(hours=1)
PER_ADDRESS = 5
PER_CLIENT = 20
PER_HOUSE = 300
FOLLOW_PER_ADDRESS = 5
FOLLOW_PER_HOUSE = 1_200


def spend(*, email: str, client: str, now: datetime) -> None:
    """Count one request for a link, known address or not. Raises `TooMany`, and then counts nothing.

    At most PER_HOUSE requests pass in a window and each leaves two rows, so there are never more than
    2 × PER_HOUSE + 1 rows.
    """
    with transaction.atomic():
        # First statement on purpose: it takes SQLite's write lock before anything is read.
        Allowance.objects.filter(began_at__lte=now - WINDOW).delete()
        for key, most in (
            (_key("client", _network(client)), PER_CLIENT),
            (_key("email", email), PER_ADDRESS),
            ("house", PER_HOUSE),
        ):
            _spend_one(key, most, now)


def spend_follow(*, email: str, now: datetime) -> None:
    """Count one request to follow an artist, before the address is looked up. Raises `TooManyFollow`.

    Readers are counted, never networks: a whole hall may ask from one.
    """
    try:
        with transaction.atomic():
            Allowance.objects.filter(began_at__lte=now - WINDOW).delete()
            _spend_one(_key("follow", email), FOLLOW_PER_ADDRESS, now)
            _spend_one("follow-house", FOLLOW_PER_HOUSE, now)
    except TooMany as problem:
        raise TooManyFollow(problem.wait) from None


def _spend_one(key: str, most: int, now: datetime) -> None:
    Allowance.objects.bulk_create([Allowance(key=key, began_at=now)], ignore_conflicts=True)
    if not Allowance.objects.filter(key=key, used__lt=most).update(used=F("used") + 1):
        began = Allowance.objects.filter(key=key).values_list("began_at", flat=True).first() or now
        raise TooMany(began + WINDOW - now)


def _key(what: str, text: str) -> str:
    """Who asked stays unreadable: the counter needs to know it again, not to know it."""
    return f"{what}:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def _network(client: str) -> str:
    """One reader's network: an IPv4 address, or the /64 that an IPv6 address lies in."""
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
