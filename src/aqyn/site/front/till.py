"""Where places are claimed: what comes in together is written in one transaction and answered after it.

One thread writes. While it waits for the disk, the next ones gather; so the disk is waited for once for all
of them, and nobody is told yes before it has the answer.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import connection

from aqyn.site.front.generation import connect_parameters
from aqyn.site.sqlite.turn import turn
from aqyn.tickets import claims
from aqyn.tickets.claims import Database, HoldAsked, OrderAsked

logger = logging.getLogger("aqyn.till")

MOST_WAITING = 20_000
"""So many wishes wait at most; whoever comes then is asked to come again."""
MOST_TOGETHER = 400
"""So many are written in one transaction at most."""
TURN_SECONDS = 20.0
_RETRIES = 5


class TillFull(Exception):
    """More wait than can be answered soon."""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """A buyer gives a hold back."""

    hold: int


Wish = HoldAsked | OrderAsked | GiveBack


class Drawer(Protocol):
    """The till's own connection. Each transaction is `begin`, statements through `database`, `commit`."""

    database: Database

    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def roll_back(self) -> None: ...
    def close(self) -> None: ...


class SqliteDrawer:
    """A connection beside Django's, which takes its turn among them."""

    def __init__(self, path: str) -> None:
        self._raw = sqlite3.connect(path, isolation_level=None, timeout=TURN_SECONDS, cached_statements=256)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._raw.execute(f"PRAGMA {pragma}")
        self.database = claims.of_sqlite(self._raw)
        self._has_turn = False

    def begin(self) -> None:
        if not turn.take(TURN_SECONDS):
            raise TimeoutError("The line to the database did not move.")
        self._has_turn = True
        self._raw.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._raw.execute("COMMIT")
        self._hand_on()

    def roll_back(self) -> None:
        try:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
        finally:
            self._hand_on()

    def close(self) -> None:
        self._raw.close()

    def _hand_on(self) -> None:
        if self._has_turn:
            self._has_turn = False
            turn.hand_on()


class PostgresDrawer:
    """A connection of its own; opened anew where it was lost."""

    def __init__(self, connect: dict[str, Any]) -> None:
        import psycopg

        self._open: Callable[[], Any] = lambda: psycopg.connect(**connect, autocommit=True)
        self._raw = self._open()
        self.database = claims.of_postgresql(self._raw)

    def begin(self) -> None:
        if self._raw.closed or self._raw.broken:
            self._raw = self._open()
            self.database = claims.of_postgresql(self._raw)
        self._raw.execute("BEGIN")

    def commit(self) -> None:
        self._raw.execute("COMMIT")

    def roll_back(self) -> None:
        import psycopg

        with suppress(psycopg.OperationalError):
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        self._raw.close()


def open_drawer() -> Drawer:
    """A connection to the house's database."""
    if connection.vendor == "sqlite":
        return SqliteDrawer(str(connection.settings_dict["NAME"]))
    return PostgresDrawer(connect_parameters())


class Till:
    """Opened within a running event loop. `ask` gives the outcome of a wish, as `claims` has it."""

    def __init__(
        self, drawer: Callable[[], Drawer] = open_drawer, *, most_waiting: int = MOST_WAITING
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._most = most_waiting
        self._waiting: deque[tuple[Wish, asyncio.Future[Any]]] = deque()
        self._come = threading.Event()
        self._closing = False
        self._open_drawer = drawer
        self._thread = threading.Thread(target=self._run, name="till", daemon=True)
        self._thread.start()

    async def ask(self, wish: Wish) -> Any:
        """The outcome, once it is on the disk. Raises TillFull."""
        if self._closing or len(self._waiting) >= self._most:
            raise TillFull
        future: asyncio.Future[Any] = self._loop.create_future()
        self._waiting.append((wish, future))
        self._come.set()
        return await future

    async def close(self, within: float) -> None:
        """Write what waits, and end."""
        self._closing = True
        self._come.set()
        await asyncio.to_thread(self._thread.join, within)

    def _run(self) -> None:
        drawer: Drawer | None = None
        while True:
            self._come.wait()
            self._come.clear()
            while self._waiting:
                count = min(len(self._waiting), MOST_TOGETHER)
                together = [self._waiting.popleft() for _wish in range(count)]
                try:
                    drawer = drawer or self._open_drawer()
                    outcomes = write(drawer, [wish for wish, _future in together])
                except Exception as error:
                    logger.exception("The till could not write.")
                    outcomes = [error] * count
                with suppress(RuntimeError):
                    self._loop.call_soon_threadsafe(_tell, together, outcomes)
            if self._closing and not self._waiting:
                break
        if drawer is not None:
            drawer.close()


def _tell(together: list[tuple[Wish, asyncio.Future[Any]]], outcomes: list[Any]) -> None:
    for (_wish, future), outcome in zip(together, outcomes, strict=True):
        if future.done():
            continue
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)


def write(drawer: Drawer, wishes: Sequence[Wish]) -> list[Any]:
    """The outcome of each wish, after a commit; for one that could not be written, its exception.

    All in one transaction; where that fails, each in one of its own.
    """
    try:
        return _together(drawer, wishes)
    except Exception as error:
        if len(wishes) == 1:
            return [_alone(drawer, wishes[0], error)]
        logger.info("%s wishes could not be written together: %r", len(wishes), error)
    outcomes = []
    for wish in wishes:
        try:
            outcomes += _together(drawer, [wish])
        except Exception as error:
            outcomes.append(_alone(drawer, wish, error))
    return outcomes


def _alone(drawer: Drawer, wish: Wish, error: Exception) -> Any:
    """Once more, where another writer was quicker; otherwise what went wrong."""
    for _attempt in range(_RETRIES):
        if not isinstance(error, claims.Contended):
            break
        try:
            return _together(drawer, [wish])[0]
        except Exception as again:
            error = again
    return error


def _together(drawer: Drawer, wishes: Sequence[Wish]) -> list[Any]:
    now = datetime.now(UTC)
    holds = [wish for wish in wishes if isinstance(wish, HoldAsked)]
    orders = [wish for wish in wishes if isinstance(wish, OrderAsked)]
    backs = [wish.hold for wish in wishes if isinstance(wish, GiveBack)]
    try:
        drawer.begin()
        database = drawer.database
        claims.lock_all(
            database, shows=[wish.show for wish in holds], holds=[wish.hold for wish in orders] + backs
        )
        # What is given back is there for those who come in the same moment.
        back = set(claims.give_back_holds(database, backs, now=now)) if backs else set()
        ordered = iter(claims.order(database, orders, now=now) if orders else [])
        held = iter(claims.claim(database, holds, now=now) if holds else [])
        drawer.commit()
    except BaseException:
        drawer.roll_back()
        raise
    return [
        next(held)
        if isinstance(wish, HoldAsked)
        else next(ordered)
        if isinstance(wish, OrderAsked)
        else wish.hold in back
        for wish in wishes
    ]
