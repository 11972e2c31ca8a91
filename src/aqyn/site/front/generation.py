"""How the front learns at once, from whichever process, that the public pages have changed."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from django.db import connection as house

from aqyn.ui.pages import CHANNEL

logger = logging.getLogger("aqyn.front")
_READ = "SELECT number FROM ui_pagegeneration WHERE id = 1"


class Generation(Protocol):
    """The pages' generation as this process knows it."""

    def current(self) -> int | None:
        """The newest committed generation; None where that cannot be known just now."""

    def changed(self) -> int | None:
        """Another number after each change that may have come from another process.

        On SQLite after every commit, on PostgreSQL after every change of a public page.
        """

    def seen(self, number: int) -> None:
        """Somebody in this process has read or committed `number`; generations only grow."""

    async def follow(self) -> None:
        """Run for the life of the server."""

    def close(self) -> None:
        """Give back what was opened."""


class SqliteGeneration:
    """Asks the file itself, each time: `PRAGMA data_version` changes with every other connection's commit.

    It takes microseconds, so it is asked on the event loop, over a connection of its own.
    """

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(
            f"{file.as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=0
        )
        self._version = -1
        self._number: int | None = None

    def current(self) -> int | None:
        try:
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            if version != self._version or self._number is None:
                # The version first: a commit between the two reads is then seen again, never missed.
                row = self._connection.execute(_READ).fetchone()
                self._version, self._number = version, row[0] if row else 0
        except sqlite3.Error:
            self._number = None
        return self._number

    def changed(self) -> int | None:
        self.current()
        return self._version

    def seen(self, number: int) -> None:
        pass

    async def follow(self) -> None:
        await asyncio.Event().wait()

    def close(self) -> None:
        self._connection.close()


class PostgresGeneration:
    """Listens for the NOTIFY that each change sends. While it cannot listen nothing is known."""

    def __init__(
        self,
        connect: Mapping[str, Any],
        lost: Callable[[], None],
        others: Mapping[str, Callable[[str], None]] | None = None,
    ) -> None:
        """`connect`: psycopg's arguments. `lost` is called each time the listening begins anew.

        `others`: what else is listened for over the same connection, and who is told its payload.
        """
        self._connect = dict(connect)
        self._lost = lost
        self._others = dict(others or {})
        self._number: int | None = None

    def current(self) -> int | None:
        return self._number

    def changed(self) -> int | None:
        return self._number

    def seen(self, number: int) -> None:
        if self._number is not None:
            self._number = max(self._number, number)

    async def follow(self) -> None:
        import psycopg

        wait = 0.1
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(autocommit=True, **self._connect)
                async with connection:
                    # LISTEN before the first read: a change between the two is then told, never missed.
                    for channel in (CHANNEL, *self._others):
                        await connection.execute(f"LISTEN {channel}")
                    cursor = await connection.execute(_READ)
                    row = await cursor.fetchone()
                    self._lost()
                    self._number, wait = (row[0] if row else 0), 0.1
                    async for told in connection.notifies():
                        if told.channel == CHANNEL:
                            self.seen(int(told.payload))
                        else:
                            self._others[told.channel](told.payload)
            except (psycopg.Error, OSError) as error:
                logger.warning(
                    "Listening to PostgreSQL broke off (%s); pages are not kept until it is back.", error
                )
            finally:
                self._number = None
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5)

    def close(self) -> None:
        """Nothing to do: `follow` closes what it opened when it is cancelled."""


_DJANGO_ONLY = {"cursor_factory", "context", "prepare_threshold", "server_side_binding", "pool"}


def connect_parameters() -> dict[str, Any]:
    """What psycopg needs to reach the house's database by itself."""
    parameters = house.get_connection_params()
    return {key: value for key, value in parameters.items() if key not in _DJANGO_ONLY}
