"""A bank's file as a table, and the transfers in it. Nothing is written here."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from aqyn.core.ledger.money import AmountError, read
from aqyn.payments import sentences as refuse
from aqyn.payments.models import StatementShape

LARGEST = 5 << 20
MOST_ROWS = 20_000
WIDEST = 60
"""So many columns at most are read."""
MEANINGS = ("date", "amount", "payer", "text", "currency")
"""What a column may mean; `date` and `amount` have to be chosen."""
_DATES = (
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"), "%d.%m.%Y"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}"), "%d/%m/%Y"),
    (re.compile(r"\d{1,2}-\d{1,2}-\d{4}"), "%d-%m-%Y"),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}"), "%d.%m.%y"),
)
# How banks begin a row of sums.
_SUMS = ("итог", "всего", "сальдо", "остаток", "оборот", "барлығы", "жиыны", "қалдық", "total", "balance")
_NO_TEXT = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"RIFF", b"BM")


@dataclass(frozen=True, slots=True)
class Table:
    """A file as rows of cells. `head`: what its columns are called, or their numbers where nothing says so;
    `lines`: where each row ends in the file, from 1; `known`: the columns chosen for such a head before."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    digest: str
    known: dict[str, int] = field(default_factory=dict)

    @property
    def head_digest(self) -> str:
        return _head_digest(self.head)


def read_table(content: bytes) -> Table:
    """The file's table: CSV in UTF-8, UTF-16 or Windows-1251, parted by semicolons, commas or tabs.

    Raises a Refusal for what is none.
    """
    if len(content) > LARGEST:
        raise refuse.StatementTooLarge(mib=LARGEST >> 20)
    if content.startswith(_NO_TEXT):
        raise refuse.NotATable
    text = _decoded(content)
    if not text.strip():
        raise refuse.StatementIsEmpty
    if "\x00" in text or text.lstrip().startswith("<"):
        raise refuse.NotATable
    numbered = [one for one in _rows(text, _delimiter(text)) if any(one[1])]
    start, head = _head([row for _line, row in numbered[: MOST_ROWS + 100]])
    body = numbered[start:]
    if not body:
        raise refuse.NothingCame
    if len(body) > MOST_ROWS:
        raise refuse.TooManyRows(most=MOST_ROWS)
    if max(len(head), *(len(row) for _line, row in body)) > WIDEST:
        raise refuse.NotATable
    shape = StatementShape.objects.filter(head=_head_digest(head)).first()
    return Table(
        head,
        rows=tuple(row for _line, row in body),
        lines=tuple(line for line, _row in body),
        digest=hashlib.sha256(content).hexdigest(),
        known=dict(shape.columns) if shape else {},
    )


def as_columns(said: Sequence[str]) -> dict[str, int]:
    """Which column means what, from what was chosen for each column in its order ("" for nothing).

    Raises ColumnsMissing where one meaning was chosen twice.
    """
    chosen = {meaning: n for n, meaning in enumerate(said) if meaning in MEANINGS}
    if len(chosen) != sum(meaning in MEANINGS for meaning in said):
        raise refuse.ColumnsMissing
    return chosen


def transfers(table: Table, columns: Mapping[str, int], currency: str) -> list[dict[str, Any]]:
    """The rows in which money came, as `StatementRow` takes them. Raises a Refusal where a date or an amount
    cannot be read."""
    width = len(table.head)
    if not {"date", "amount"} <= columns.keys() or any(not 0 <= n < width for n in columns.values()):
        raise refuse.ColumnsMissing
    told: list[dict[str, Any]] = []
    seen: Counter[tuple[str, int, str, str]] = Counter()
    for line, cells in zip(table.lines, table.rows, strict=True):
        cell = {name: cells[n] if n < len(cells) else "" for name, n in columns.items()}
        if not cell["amount"] or not cell["date"] or cell["date"].lower().startswith(_SUMS):
            continue
        code = cell.get("currency", "").upper()
        if code and code != currency and len(code) == 3 and code.isalpha():
            raise refuse.StatementInOther(currency=code, wanted=currency)
        try:
            amount = read(cell["amount"], currency)
        except AmountError:
            raise refuse.RowUnread(row=line, cell=cell["amount"][:40]) from None
        paid_at = _date(cell["date"])
        if paid_at is None:
            raise refuse.RowUnread(row=line, cell=cell["date"][:40])
        if amount <= 0:
            continue
        said = (paid_at.isoformat(), amount, cell.get("payer", ""), cell.get("text", ""))
        # Two transfers that are alike in one file are two; the same ones in another file are the same.
        seen[said] += 1
        digest = hashlib.sha256(repr((*said, seen[said])).encode()).hexdigest()
        told.append(
            {
                "number": line,
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


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse.NotATable


def _delimiter(text: str) -> str:
    """The sign that parts most of the first rows into the same number of cells."""

    def score(sign: str) -> tuple[int, int]:
        try:
            widths = Counter(
                len(row) for _line, row in _rows("\n".join(text[:20_000].split("\n")[:60]), sign)
            )
        except refuse.NotATable:
            return 0, 0
        return max(((n, width) for width, n in widths.items() if width > 1), default=(0, 0))

    return max(";\t,", key=score)


def _rows(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
    try:
        return [(reader.line_num, tuple(cell.strip() for cell in row)) for row in reader]
    except csv.Error:
        raise refuse.NotATable from None


def _head(rows: Sequence[tuple[str, ...]]) -> tuple[int, tuple[str, ...]]:
    """Where the table's first row lies, and what its columns are called. Raises NotATable."""
    filled = [sum(bool(cell) for cell in row) for row in rows]
    widest = max(filled, default=0)
    if widest < 2:
        raise refuse.NotATable
    # What banks write above a table is narrower than it; a head has a word over each column and no date.
    whole = (n for n, row in enumerate(rows) if filled[n] == widest and not any(map(_date, row)))
    most = (n for n, row in enumerate(rows) if filled[n] >= max(2, widest - 1) and not any(map(_date, row)))
    dated = next((n for n, row in enumerate(rows) if filled[n] >= 2 and any(map(_date, row))), len(rows))
    for found in (next(whole, None), next(most, None)):
        if found is not None and found < dated:
            return found + 1, rows[found]
    first = dated if dated < len(rows) else 0
    return first, tuple(str(n) for n in range(1, max(len(row) for row in rows[first:]) + 1))


def _head_digest(head: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(head).encode()).hexdigest()


def _date(text: str) -> datetime | None:
    """A bank's date, with its time where one is told; what has no zone is taken as it stands."""
    if not 6 <= len(text) <= 40:
        return None
    day, _gap, clock = text.partition(" ")
    shape = next((shape for looks, shape in _DATES if looks.fullmatch(day)), None)
    try:
        if shape is None:
            at = datetime.fromisoformat(text)
        else:
            told = time.fromisoformat(clock.strip().rjust(5, "0")) if clock.strip() else time()
            at = datetime.combine(datetime.strptime(day, shape).replace(tzinfo=UTC).date(), told)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return at if 2000 <= at.year < 2200 else None
