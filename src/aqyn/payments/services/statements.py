"""Account statements: uploaded, their columns chosen once, their rows given to payments by the crew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.payments import sentences as refuse
from aqyn.payments.models import Entry, Statement, StatementRow, StatementShape
from aqyn.payments.selectors.standing import Becoming
from aqyn.payments.selectors.statements import is_booked
from aqyn.payments.services.booking import book, noted, receive
from aqyn.payments.services.tables import read_table, transfers
from aqyn.payments.services.ways import way_held
from aqyn.ui.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Uploaded:
    """`skipped`: how many of the file's transfers were here before, in another statement of this account."""

    statement: Statement
    skipped: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`gone`: rows that were booked or set aside meanwhile. `refused`: rows that could not be booked, each
    with why."""

    booked: tuple[Entry, ...]
    gone: tuple[int, ...]
    refused: dict[int, Refusal]


def upload(
    *,
    name: str,
    content: bytes,
    columns: Mapping[str, int],
    way: int,
    currency: str,
    now: datetime,
    actor: Any = None,
) -> Uploaded:
    """The file's incoming transfers, each once however often it is uploaded; nothing is booked yet.

    `columns`: which column means what (`tables.MEANINGS`). Raises a Refusal.
    """
    table = read_table(content)
    rows = transfers(table, columns, currency)
    with transaction.atomic():
        # Held, so that two uploads at once see each other's rows.
        row_way = way_held(way)
        if Statement.objects.filter(digest=table.digest).exists():
            raise refuse.StatementIsHere
        StatementShape.objects.update_or_create(
            head=table.head_digest, defaults={"columns": dict(columns), "at": now}
        )
        statement = Statement.objects.create(
            way=row_way,
            name=_name(name),
            digest=table.digest,
            currency=currency,
            uploaded_at=now,
            uploaded_by_id=getattr(actor, "pk", None),
        )
        StatementRow.objects.bulk_create(
            [StatementRow(statement=statement, way=row_way, **row) for row in rows],
            batch_size=500,
            ignore_conflicts=True,
        )
        taken = statement.rows.count()
        noted(f"statement of {taken} transfers uploaded", statement.name, actor)
    return Uploaded(statement, len(rows) - taken)


def remove_statement(*, statement: int, actor: Any = None) -> None:
    """The file was read wrongly, or is none of ours: it goes with its transfers, and can be uploaded again.
    Raises a Refusal where anything was ever booked of it: entries stay, and so does what they name."""
    with transaction.atomic():
        # The account first, as an upload does; then the rows, so that none is booked meanwhile.
        of = Statement.objects.filter(pk=statement).values_list("way", flat=True).first()
        found = Statement.objects.filter(pk=statement).first() if of and way_held(of) else None
        if found is None:
            raise refuse.NoSuchStatement
        count = len(found.rows.order_by("pk").select_for_update().values_list("pk"))
        if is_booked(found):
            raise refuse.StatementIsBooked
        found.delete()
        noted(f"statement of {count} transfers removed", found.name, actor)


def confirm(
    *,
    choices: Mapping[int, int],
    now: datetime,
    shown: Mapping[int, Becoming] | None = None,
    actor: Any = None,
) -> Confirmed:
    """Book these rows for these payments (row → payment), in this order: each by itself, so that one which
    cannot be booked stops no other. `shown`: what somebody was told becomes of each row; one of which that is
    so no more is refused (`NotAsShown`)."""
    booked: list[Entry] = []
    gone: list[int] = []
    refused: dict[int, Refusal] = {}
    for pk, payment in choices.items():
        try:
            booked.append(_confirm(pk, payment, (shown or {}).get(pk), now=now, actor=actor))
        except refuse.RowIsTaken:
            gone.append(pk)
        except Refusal as refusal:
            refused[pk] = refusal
    return Confirmed(tuple(booked), tuple(gone), refused)


def book_unassigned(*, row: int, now: datetime, actor: Any = None) -> Entry:
    """Money came, and nobody knows yet for what. Raises a Refusal."""
    with transaction.atomic():
        held = _row_held(row)
        return book(
            None,
            "arrival",
            held.amount,
            currency=held.statement.currency,
            now=now,
            actor=actor,
            way=held.way_id,
            paid_at=held.paid_at,
            row=held,
            key=_key(held),
        )


def set_aside(*, row: int, now: datetime, actor: Any = None) -> StatementRow:
    """This transfer is none of ours; `take_up` takes it back. Raises a Refusal."""
    with transaction.atomic():
        held = _row_held(row)
        held.set_aside_at = now
        held.save(update_fields=["set_aside_at"])
        noted("transfer set aside", str(held), actor)
    return held


def take_up(*, row: int, actor: Any = None) -> StatementRow:
    """It may be ours after all. Raises a Refusal."""
    with transaction.atomic():
        held = StatementRow.objects.select_for_update().filter(pk=row).first()
        if held is None:
            raise refuse.NoSuchRow
        held.set_aside_at = None
        held.save(update_fields=["set_aside_at"])
        noted("transfer taken up again", str(held), actor)
    return held


def _confirm(pk: int, payment: int, shown: Becoming | None, *, now: datetime, actor: Any) -> Entry:
    with transaction.atomic():
        row = _row_held(pk)
        return receive(
            payment=payment,
            amount=row.amount,
            currency=row.statement.currency,
            now=now,
            actor=actor,
            way=row.way_id,
            paid_at=row.paid_at,
            row=row.pk,
            key=_key(row),
            shown=shown,
        )


def _row_held(pk: int) -> StatementRow:
    """The row, locked until the transaction ends. Raises a Refusal where it is no longer open."""
    row = (
        StatementRow.objects.select_for_update(of=("self",)).select_related("statement").filter(pk=pk).first()
    )
    if row is None:
        raise refuse.NoSuchRow
    if row.set_aside_at or row.entries.filter(reversed_by=None).exists():
        raise refuse.RowIsTaken
    return row


def _key(row: StatementRow) -> str:
    """A row is booked once; again only after what was booked for it was reversed."""
    return f"row:{row.pk}:{row.entries.count()}"


def _name(said: str) -> str:
    """The file's name, without what no database takes."""
    return "".join(letter for letter in said if letter.isprintable())[:200] or "—"
