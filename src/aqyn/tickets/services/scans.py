"""What a door tells: scans, sales without a network, money taken. Each is kept once, whatever else comes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from aqyn.core.passes.serials import number
from aqyn.tickets.models import Door, Order, Scan, Ticket
from aqyn.tickets.sentences import door as refuse
from aqyn.tickets.services import doors
from aqyn.ui.refusal import Refusal

LET_IN = frozenset({"in", "new", "sold"})
VERDICTS = LET_IN | {
    "again", "revoked", "gone", "unpaid", "owes", "other", "forged", "not_code", "unknown", "undone",
}  # fmt: skip
LONGEST_TEXT = 300
MOST = 500
"""Things of each kind in one telling."""
OFF = timedelta(seconds=30)
"""A door whose time is further off than this when it tells has not measured it: all its times are moved."""


@dataclass(slots=True)
class Taken:
    """What became of a telling: the keys that are kept, why others are not, and the tickets of each sale."""

    taken: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    sold: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Told:
    """One scan as it was told, made clean."""

    key: str
    verdict: str
    serial: int | None
    text: str
    at: datetime


def take_scans(*, door: Door, told: Any, language: str, now: datetime) -> Taken:
    """Keep what a door's device tells: `told` is {"sent", "scans", "sales", "takings"} as docs/door.md says.

    What was told before is answered as it was then, and a thing that cannot be kept keeps no other from it.
    Raises DoorIsClosed a day after it was closed, and NotUnderstood.
    """
    if door.closed_at is not None and now >= door.closed_at + doors.TELLS_FOR:
        raise refuse.DoorIsClosed
    if not isinstance(told, Mapping):
        raise refuse.NotUnderstood
    kinds = {kind: told.get(kind, []) for kind in ("scans", "sales", "takings")}
    if any(not isinstance(things, list) or len(things) > MOST for things in kinds.values()):
        raise refuse.NotUnderstood
    off = _off(told.get("sent"), now)
    done = Taken()

    def when(one: Mapping[str, Any]) -> datetime:
        moment = _moment(one.get("at"))
        return now if moment is None else max(door.made_at, min(now, moment + off))

    for kind, things in kinds.items():
        if kind != "scans":
            for one in things:
                _one_deed(door, kind, one, when, language, now, done)
    keep_scans(door=door, scans=_clean(kinds["scans"], when, done), now=now)
    doors.seen(door=door, now=now)
    return done


def keep_scans(*, door: Door, scans: Iterable[_Told], now: datetime) -> None:
    """One row for each key, once; a serial that no ticket of this sale has or had stays as text."""
    listed = list(scans)
    serials = {one.serial for one in listed if one.serial is not None}
    here = Ticket.objects.filter(sale=door.sale_id)
    tickets: dict[int, int] = dict(here.filter(revocations__serial__in=serials).values_list(
        "revocations__serial", "pk"
    ))  # fmt: skip
    tickets |= dict(here.filter(serial__in=serials).values_list("serial", "pk"))
    rows = [
        Scan(
            key=one.key,
            door=door,
            ticket_id=None if one.serial is None else tickets.get(one.serial),
            verdict=one.verdict,
            let_in=one.verdict in LET_IN,
            text=one.text if one.text or one.serial in tickets or one.serial is None else str(one.serial),
            at=one.at,
            received_at=now,
        )
        for one in listed
    ]
    Scan.objects.bulk_create(rows, ignore_conflicts=True)


def _one_deed(door: Door, kind: str, one: Any, when: Any, language: str, now: datetime, done: Taken) -> None:
    key = _key(one)
    if key is None:
        return
    try:
        # Each by itself: a sale that cannot be made takes no other with it.
        with transaction.atomic():
            if kind == "sales":
                order = doors.sell_at_door(
                    door=door.pk,
                    key=key,
                    counts=_counts(one.get("counts")),
                    way=str(one.get("way")),
                    language=language,
                    now=now,
                    from_stock=one.get("stock") is True,
                )
                done.sold[key] = _admit(door, order, key, when(one), now)
            else:
                doors.take_money(
                    door=door.pk,
                    key=key,
                    order=_order(one.get("order")),
                    amount=_whole(one.get("amount")),
                    way=str(one.get("way")),
                    at=when(one),
                    now=now,
                )
    except Refusal as refusal:
        done.refused[key] = str(refusal)
    else:
        done.taken.append(key)


def _admit(door: Door, order: Order, key: str, at: datetime, now: datetime) -> list[int]:
    """Who bought at the door is let in there at once: the numbers of the tickets."""
    tickets = list(Ticket.objects.filter(order=order).order_by("number"))
    keep_scans(
        door=door,
        scans=[
            _Told(str(uuid.uuid5(uuid.UUID(key), str(place))), "sold", ticket.serial, "", at)
            for place, ticket in enumerate(tickets)
        ],
        now=now,
    )
    return [ticket.number for ticket in tickets]


def _clean(things: list[Any], when: Any, done: Taken) -> Iterable[_Told]:
    for one in things:
        key = _key(one)
        if key is None:
            continue
        verdict = one.get("verdict")
        if not isinstance(verdict, str) or verdict not in VERDICTS:
            done.refused[key] = str(refuse.NotUnderstood())
            continue
        serial = one.get("serial")
        known = isinstance(serial, int) and not isinstance(serial, bool) and 0 <= serial < 1 << 50
        text = one.get("text")
        # Nul is the one letter that PostgreSQL does not keep.
        said = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()[:LONGEST_TEXT] if (
            isinstance(text, str)
        ) else ""  # fmt: skip
        done.taken.append(key)
        yield _Told(key, verdict, serial if known else None, said, when(one))


def _key(one: Any) -> str | None:
    """The key of a thing told, in its one usual form; what has none is dropped."""
    try:
        return str(uuid.UUID(one["key"])) if isinstance(one, Mapping) else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _counts(said: Any) -> dict[int, int]:
    if not isinstance(said, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in said):
        raise refuse.NotUnderstood
    return {_whole(type_): _whole(count) for type_, count in said}


def _whole(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said < 1 << 63:
        raise refuse.NotUnderstood
    return said


def _order(said: Any) -> int:
    found = number(said) if isinstance(said, str) else None
    if found is None:
        raise refuse.NothingOwed
    return found


def _moment(said: Any) -> datetime | None:
    """From milliseconds since 1970."""
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not 0 <= said < 4e12:
        return None
    return datetime.fromtimestamp(said / 1000, UTC)


def _off(said: Any, now: datetime) -> timedelta:
    """By how much the device's times are to be moved."""
    sent = _moment(said)
    return timedelta() if sent is None or abs(now - sent) <= OFF else now - sent
