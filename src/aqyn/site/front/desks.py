"""What this process knows of the crew's consoles: one desk for each show that has any."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime

from aqyn.core.live import read_message, write_message
from aqyn.people import selectors as people
from aqyn.site.front.crew import Crew
from aqyn.site.front.halls import Halls, over
from aqyn.site.front.hub import Group, Stream
from aqyn.site.front.pool import Pool, PoolFull
from aqyn.stage import services as stage
from aqyn.stage.selectors import desk as rows
from aqyn.stage.telling import Channel

logger = logging.getLogger("aqyn.front")

TICK_SECONDS = 1.0
"""So often at most the consoles are told how many phones follow."""
LOOK_SECONDS = 5.0
"""So often it is noted who is at the consoles, and looked whether they are still of the crew."""


@dataclass(frozen=True, slots=True)
class Console:
    """A console that listens: its own secret, and the session that it came with."""

    key: str
    session: str


@dataclass(slots=True, eq=False)
class Table:
    """The desk of one show as it was read last, and the consoles at it."""

    group: Group
    desk: rows.Desk
    consoles: dict[Stream, Console] = field(default_factory=dict)
    word: bytes = b""
    idle: bool = False


@dataclass(slots=True)
class Desks:
    """Keeps the desks right. `pool` is that of the crew's presses."""

    halls: Halls
    crew: Crew
    pool: Pool
    _tables: dict[str, Table] = field(default_factory=dict)
    _reading: dict[str, asyncio.Task[Table | None]] = field(default_factory=dict)
    _again: set[str] = field(default_factory=set)

    async def find(self, show: str) -> Table | None:
        """The desk of this show, None where there is no such show. Raises PoolFull."""
        while (table := self._tables.get(show)) is None:
            if await asyncio.shield(self._read_anew(show)) is None:
                return None
        return table

    def told(self, channel: Channel, message: bytes) -> None:
        """Something of this show has changed: a position is told on at once, the rest is read."""
        table = self._tables.get(channel.show)
        if table is None:
            return
        if message:
            with contextlib.suppress(ValueError):
                position = read_message(message)
                if position.number > table.desk.position.number:
                    table.desk = replace(table.desk, position=position)
                    self._say(channel.show, table)
        self._read_anew(channel.show)

    def look_again(self) -> None:
        for show in self._tables:
            self._read_anew(show)

    async def follow(self) -> None:
        """Run for the life of the server."""
        looked = 0.0
        while True:
            await asyncio.sleep(TICK_SECONDS)
            for show, table in list(self._tables.items()):
                if table.consoles:
                    self._say(show, table)
                elif table.idle:
                    self._drop(show)
                # Let go of at the next tick, not at once: somebody may be about to sit down.
                table.idle = not table.consoles
            looked += TICK_SECONDS
            if looked >= LOOK_SECONDS:
                looked = 0.0
                for show, table in list(self._tables.items()):
                    await self._look(show, table)

    async def _look(self, show: str, table: Table) -> None:
        consoles = dict(table.consoles)
        keys = {console.key for console in consoles.values()}
        sessions = {console.session for console in consoles.values()}
        try:
            gone = await self.pool.run(lambda: over(lambda: _look(show, keys, sessions)))
        except PoolFull:
            return
        except Exception:
            logger.exception("The consoles of %s could not be looked after.", show)
            return
        for stream, console in consoles.items():
            if console.session in gone:
                self.crew.forget(console.session)
                stream.end()
        self._read_anew(show)

    def _read_anew(self, show: str) -> asyncio.Task[Table | None]:
        reading = self._reading.get(show)
        if reading is None:
            reading = self._reading[show] = asyncio.create_task(self._read(show))
            reading.add_done_callback(lambda done: self._was_read(show, done))
        else:
            # It may have begun before the change.
            self._again.add(show)
        return reading

    def _was_read(self, show: str, reading: asyncio.Task[Table | None]) -> None:
        self._reading.pop(show, None)
        error = None if reading.cancelled() else reading.exception()
        if error is not None and not isinstance(error, PoolFull):
            logger.error("The desk of %s could not be read.", show, exc_info=error)
        if show in self._again:
            self._again.discard(show)
            self._read_anew(show)

    async def _read(self, show: str) -> Table | None:
        found = await self.pool.run(lambda: over(lambda: rows.desk(show, now=datetime.now(UTC))))
        table = self._tables.get(show)
        if found is None:
            if table is not None:
                table.group.say(b"", last=True)
                self._drop(show)
            return None
        if table is None:
            table = self._tables[show] = Table(self.halls.hub.open(), found)
        elif found.position.number < table.desk.position.number:
            # Read before what was told meanwhile.
            found = replace(found, position=table.desk.position)
        table.desk = found
        self._say(show, table)
        return table

    def _say(self, show: str, table: Table) -> None:
        phones = self.halls.phones_of(Channel(show, table.desk.rehearsal))
        word = _event(table.desk, phones) + write_message(table.desk.position)
        if word != table.word:
            table.word = word
            table.group.say(word)

    def _drop(self, show: str) -> None:
        self.halls.hub.drop(self._tables.pop(show).group)


def _event(desk: rows.Desk, phones: int) -> bytes:
    told = {
        "open": desk.open,
        "rehearsal": desk.rehearsal,
        "wheel": asdict(desk.wheel) if desk.wheel else None,
        "asking": asdict(desk.asking) if desk.asking else None,
        "phones": phones,
        "lead": desk.lead_ms,
    }
    return f"event: desk\ndata: {json.dumps(told, ensure_ascii=False)}\n\n".encode()


def _look(show: str, keys: set[str], sessions: set[str]) -> set[str]:
    """Note that these consoles are there; which sessions sign nobody in any more."""
    gone = {session for session in sessions if people.person_of_session(session) is None}
    stage.note_present(show=show, keys=keys, now=datetime.now(UTC))
    return gone
