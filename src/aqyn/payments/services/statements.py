"""Account statements: uploaded, their columns chosen once, their rows given to payments by the crew."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from aqyn.core.ledger.money import AmountError, read
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Entry, Payment, Statement, StatementRow, StatementShape, Way
from aqyn.payments.services.booking import book, noted, payment_held, receive
from aqyn.payments.signals import money_came

LARGEST = 5 << 20
MOST_ROWS = 20_000
ENCODINGS = ("utf-8-sig", "cp1251")
MEANINGS = ("date", "amount", "payer", "text", "currency")
"""What a column may mean; `date` and `amount` have to be chosen."""
_DATES = (
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%y",
)
_PICTURES = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"BM",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows of cells. `head`: its first row; `known`: the columns chosen for such a head before."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    digest: str
    known: dict[str, int]

    @property
    def head_digest(self) -> str:
        return hashlib.sha256("\x1f".join(self.head).encode()).hexdigest()


def read_table(content: bytes) -> Table:
    """The file's table: CSV in UTF-8, UTF-16 or Windows-1251, parted by semicolons, commas or tabs.

    Raises a Refusal for what is none.
    """
    if len(content) > LARGEST:
        raise refuse.StatementTooLarge(mib=LARGEST >> 20)
    if content.startswith(_PICTURES):
        raise refuse.NotATable
    text = _decoded(content)
    if "\x00" in text or not text.strip():
        raise refuse.NotATable
    delimiter = max(";,\t", key=lambda sign: text[:4000].count(sign))
    try:
        lines = [
            tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
    except csv.Error:
        raise refuse.NotATable from None
    lines = [row for row in lines if any(row)]
    # What banks write above the table is narrower than the table.
    widest = max((len([cell for cell in row if cell]) for row in lines), default=0)
    start = next((n for n, row in enumerate(lines) if len([c for c in row if c]) >= max(2, widest - 1)), None)
    if start is None or widest < 2 or len(lines) - start < 2:
        raise refuse.NotATable
    if len(lines) - start - 1 > MOST_ROWS:
        raise refuse.TooManyRows(most=MOST_ROWS)
    head = lines[start]
    table = Table(head, tuple(lines[start + 1 :]), hashlib.sha256(content).hexdigest(), {})
    shape = StatementShape.objects.filter(head=table.head_digest).first()
    return Table(head, table.rows, table.digest, dict(shape.columns) if shape else {})


def upload(
    *,
    name: str,
    content: bytes,
    columns: Mapping[str, int],
    way: int,
    currency: str,
    now: datetime,
    actor: Any = None,
) -> Statement:
    """The file's incoming transfers, each once however often it is uploaded; nothing is booked yet.

    `columns`: which column means what (`MEANINGS`). Raises a Refusal.
    """
    table = read_table(content)
    rows = _transfers(table, columns, currency)
    with transaction.atomic():
        row_way = Way.objects.filter(pk=way).first()
        if row_way is None:
            raise refuse.NoSuchWay
        if Statement.objects.filter(digest=table.digest).exists():
            raise refuse.StatementIsHere
        StatementShape.objects.update_or_create(
            head=table.head_digest, defaults={"columns": dict(columns), "at": now}
        )
        statement = Statement.objects.create(
            way=row_way,
            name=name[:200],
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
        noted(f"statement of {len(rows)} transfers uploaded", statement.name, actor)
    return statement


def confirm(*, choices: Mapping[int, int], now: datetime, actor: Any = None) -> tuple[list[Entry], list[int]]:
    """Book these rows for these payments (row → payment), as they were shown. Gives the entries, and the rows
    that were booked or set aside meanwhile."""
    booked, gone = [], []
    for row_pk, payment in choices.items():
        with transaction.atomic():
            row = StatementRow.objects.select_for_update().filter(pk=row_pk).first()
            if row is None or row.set_aside_at or row.entries.exists():
                gone.append(row_pk)
                continue
            booked.append(
                receive(
                    payment=payment,
                    amount=row.amount,
                    currency=row.statement.currency,
                    now=now,
                    actor=actor,
                    way=row.way_id,
                    paid_at=row.paid_at,
                    row=row.pk,
                    key=f"row:{row.pk}",
                )
            )
    return booked, gone


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
            key=f"row:{held.pk}",
        )


def assign(*, entry: int, payment: int, now: datetime, actor: Any = None) -> Entry:
    """What came without a reference is for this payment; tells `money_came`. Raises a Refusal."""
    with transaction.atomic():
        arrival = Entry.objects.select_for_update().filter(pk=entry, kind="arrival").first()
        if arrival is None:
            raise refuse.NoSuchEntry
        if Entry.objects.filter(key=f"of:{arrival.pk}").exists():
            raise refuse.RowIsTaken
        held = payment_held(payment)
        if held.currency != arrival.currency:
            raise refuse.OtherCurrency(currency=held.currency)
        made = book(
            held,
            "assign",
            arrival.amount,
            now=now,
            actor=actor,
            way=arrival.way_id,
            paid_at=arrival.paid_at,
            row=arrival.row,
            key=f"of:{arrival.pk}",
        )
        money_came.send(sender=Payment, payment=held.pk, now=now)
    return made


def give_back_arrival(*, entry: int, now: datetime, actor: Any = None) -> Entry:
    """What came without a reference was sent back to where it came from. Raises a Refusal."""
    with transaction.atomic():
        arrival = Entry.objects.select_for_update().filter(pk=entry, kind="arrival").first()
        if arrival is None:
            raise refuse.NoSuchEntry
        if Entry.objects.filter(key=f"of:{arrival.pk}").exists():
            raise refuse.RowIsTaken
        return book(
            None,
            "return",
            arrival.amount,
            currency=arrival.currency,
            now=now,
            actor=actor,
            way=arrival.way_id,
            key=f"of:{arrival.pk}",
        )


def set_aside(*, row: int, now: datetime, actor: Any = None) -> StatementRow:
    """This transfer is none of ours. Raises a Refusal."""
    with transaction.atomic():
        held = _row_held(row)
        held.set_aside_at = now
        held.save(update_fields=["set_aside_at"])
    return held


def _row_held(pk: int) -> StatementRow:
    row = StatementRow.objects.select_for_update().select_related("statement").filter(pk=pk).first()
    if row is None:
        raise refuse.NoSuchEntry
    if row.set_aside_at or row.entries.exists():
        raise refuse.RowIsTaken
    return row


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse.NotATable


def _transfers(table: Table, columns: Mapping[str, int], currency: str) -> list[dict[str, Any]]:
    """The rows in which money came. Raises a Refusal where a date or an amount cannot be read."""
    width = len(table.head)
    if not {"date", "amount"} <= columns.keys() or any(not 0 <= n < width for n in columns.values()):
        raise refuse.ColumnsMissing
    told: list[dict[str, Any]] = []
    seen: dict[tuple[str, int, str, str], int] = {}
    for number, cells in enumerate(table.rows, 2):
        cell = {name: cells[n] if n < len(cells) else "" for name, n in columns.items()}
        if not cell["amount"] or not cell["date"]:
            # Sums and the foot of the table.
            continue
        code = cell.get("currency", "").upper()
        if code and code != currency and len(code) == 3 and code.isalpha():
            raise refuse.StatementInOther(currency=code, wanted=currency)
        try:
            amount = read(cell["amount"], currency)
        except AmountError:
            raise refuse.RowUnread(row=number, cell=cell["amount"][:40]) from None
        paid_at = _date(cell["date"])
        if paid_at is None:
            raise refuse.RowUnread(row=number, cell=cell["date"][:40])
        if amount <= 0:
            continue
        said = (paid_at.isoformat(), amount, cell.get("payer", ""), cell.get("text", ""))
        # Two transfers that are alike in one file are two; the same ones in another file are the same.
        seen[said] = seen.get(said, 0) + 1
        digest = hashlib.sha256(repr((*said, seen[said])).encode()).hexdigest()
        told.append(
            {
                "number": number,
                "paid_at": paid_at,
                "amount": amount,
                "payer": said[2][:300],
                "text": said[3][:1000],
                "digest": digest,
            }
        )
    if not told:
        raise refuse.NothingCame
    return told


def _date(text: str) -> datetime | None:
    for shape in _DATES:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def as_columns(said: Sequence[str]) -> dict[str, int]:
    """Which column means what, from what was chosen for each column in its order ("" for nothing).

    Raises ColumnsMissing where one meaning was chosen twice.
    """
    chosen = {meaning: n for n, meaning in enumerate(said) if meaning in MEANINGS}
    if len(chosen) != sum(meaning in MEANINGS for meaning in said):
        raise refuse.ColumnsMissing
    return chosen
