"""How the statements of a claim reach a database: one shape for the lane's own connection and for Django's.

Every list goes in as one JSON document and is one statement, whatever its length: between two statements a
busy server's other threads may take the interpreter for some milliseconds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

Row = tuple[Any, ...]


class Contended(Exception):
    """Another writer was quicker: nothing of this transaction may stay. Tried again, it will be right."""


@dataclass(frozen=True, slots=True)
class Database:
    """`ask(statement, parameters)` gives the rows. Statements mark parameters by `%s`."""

    vendor: str
    ask: Callable[[str, Sequence[object]], list[Row]]

    def listed(self, **columns: str) -> str:
        """A subquery that reads one JSON parameter, a list of lists, as rows with these columns.

        Kinds: "int", "text", "time".
        """
        if self.vendor == "sqlite":
            read = (f"json_extract(value, '$[{n}]') AS {name}" for n, name in enumerate(columns))
            return f"(SELECT {', '.join(read)} FROM json_each(%s))"
        kinds = {"int": "bigint", "text": "text", "time": "timestamptz"}
        read = (f"(value->>{n})::{kinds[kind]} AS {name}" for n, (name, kind) in enumerate(columns.items()))
        return f"(SELECT {', '.join(read)} FROM jsonb_array_elements(%s::jsonb) AS listed(value))"

    def moment(self, at: datetime | None) -> str | None:
        """A moment as a parameter, the same as Django writes it."""
        if at is None:
            return None
        utc = at.astimezone(UTC)
        return str(utc.replace(tzinfo=None)) if self.vendor == "sqlite" else utc.isoformat()

    def told(self, column: str) -> str:
        """An expression for a moment that `read_moment` understands."""
        if self.vendor == "sqlite":
            return f"CAST({column} AS TEXT)"
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"

    @property
    def now(self) -> str:
        """A parameter that is a moment."""
        return "%s" if self.vendor == "sqlite" else "%s::timestamptz"

    @property
    def locked(self) -> str:
        """What a SELECT ends with that holds its rows; on SQLite the transaction itself does."""
        return "" if self.vendor == "sqlite" else "FOR NO KEY UPDATE"


def read_moment(told: str | None) -> datetime | None:
    """The moment that `Database.told` wrote."""
    return None if told is None else datetime.fromisoformat(told).replace(tzinfo=UTC)


def as_json(rows: Iterable[Sequence[object]]) -> str:
    """The parameter for `Database.listed`."""
    return json.dumps([list(row) for row in rows], ensure_ascii=False, separators=(",", ":"))


def of_django() -> Database:
    """Django's own connection, for a service within `transaction.atomic()`."""

    def ask(statement: str, parameters: Sequence[object]) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(statement, list(parameters))  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    return Database(connection.vendor, ask)


def of_sqlite(raw: sqlite3.Connection) -> Database:
    """A connection of the lane's own."""

    def ask(statement: str, parameters: Sequence[object]) -> list[Row]:
        return raw.execute(statement.replace("%s", "?"), parameters).fetchall()

    return Database("sqlite", ask)


def of_postgresql(raw: Any) -> Database:
    """The same on PostgreSQL, a psycopg connection."""

    def ask(statement: str, parameters: Sequence[object]) -> list[Row]:
        cursor = raw.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []

    return Database("postgresql", ask)
