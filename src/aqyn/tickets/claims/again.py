"""Taking places again that went back, where they are still there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aqyn.tickets.claims.holds import take
from aqyn.tickets.claims.rows import Database, as_json


def take_again(database: Database, tickets: Sequence[int]) -> list[int]:
    """These tickets hold their places again; the ids of those that had gone.

    Within a transaction that holds the sale. Raises Contended where there are not places for all of them:
    then the caller rolls back.
    """
    back = database.ask(
        "UPDATE tickets_ticket SET gone_at = NULL, gone_why = '' WHERE gone_at IS NOT NULL "
        f"AND id IN (SELECT id FROM {database.listed(id='int')} AS l) RETURNING id, type_id, quota_id",
        [as_json([ticket] for ticket in tickets)],
    )
    if back:
        take(database, "tickets_tickettype", Counter(type_ for _id, type_, _quota in back))
        take(database, "tickets_quota", Counter(quota for _id, _type, quota in back))
    return [id_ for id_, _type, _quota in back]
