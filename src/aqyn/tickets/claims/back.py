"""Giving places back: exactly what was taken, once. Each statement's own rows say what was really ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from aqyn.tickets.claims.rows import Database, Row, as_json


def give_back_expired(database: Database, sales: Sequence[int], *, now: datetime) -> list[int]:
    """End the holds of these sales that are over by `now`, and free their places; the ids of those holds.

    Within a transaction that holds the sales.
    """
    at = database.moment(now)
    ended = database.ask(
        f"UPDATE tickets_hold SET ended_at = {database.now} WHERE ended_at IS NULL "
        f"AND expires_at <= {database.now} "
        # The plus keeps SQLite from going through all holds of the sale rather than those that wait.
        f"AND +sale_id IN (SELECT id FROM {database.listed(id='int')} AS l) RETURNING id",
        [at, at, as_json([sale] for sale in sales)],
    )
    return _freed_holds(database, ended)


def give_back_holds(database: Database, holds: Sequence[int], *, now: datetime) -> list[int]:
    """End these holds and free their places; the ids of those that were still kept."""
    ended = database.ask(
        f"UPDATE tickets_hold SET ended_at = {database.now} WHERE ended_at IS NULL "
        f"AND id IN (SELECT id FROM {database.listed(id='int')} AS l) RETURNING id",
        [database.moment(now), as_json([hold] for hold in holds)],
    )
    return _freed_holds(database, ended)


def give_back_tickets(database: Database, tickets: Sequence[int], *, why: str, now: datetime) -> list[int]:
    """End these tickets and free their places; the ids of those that were still good."""
    ended = database.ask(
        f"UPDATE tickets_ticket SET gone_at = {database.now}, gone_why = %s WHERE gone_at IS NULL "
        f"AND id IN (SELECT id FROM {database.listed(id='int')} AS l) RETURNING id, type_id, quota_id",
        [database.moment(now), why, as_json([ticket] for ticket in tickets)],
    )
    free(database, [(type_, quota, 1) for _id, type_, quota in ended])
    return [id_ for id_, _type, _quota in ended]


def free(database: Database, places: Sequence[Row]) -> None:
    """Count these (type, quota, quantity) as free again."""
    types: Counter[int] = Counter()
    quotas: Counter[int] = Counter()
    for type_, quota, quantity in places:
        types[type_] += int(quantity)
        quotas[quota] += int(quantity)
    for table, counts in (("tickets_tickettype", types), ("tickets_quota", quotas)):
        if counts:
            database.ask(
                f"UPDATE {table} AS counted SET taken = counted.taken - l.n "
                f"FROM {database.listed(which='int', n='int')} AS l WHERE counted.id = l.which RETURNING 1",
                [as_json(counts.items())],
            )


def _freed_holds(database: Database, ended: Sequence[Row]) -> list[int]:
    if not ended:
        return []
    places = database.ask(
        "SELECT type_id, quota_id, SUM(quantity) FROM tickets_holditem "
        f"WHERE hold_id IN (SELECT id FROM {database.listed(id='int')} AS l) GROUP BY type_id, quota_id",
        [as_json(ended)],
    )
    free(database, places)
    return [row[0] for row in ended]
