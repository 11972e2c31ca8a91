"""What this process knows of the halls that are followed: read from the row once, then told."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import close_old_connections

from aqyn.core.live import Position, State, read_message, write_message
from aqyn.site.front.hub import Group, Hub
from aqyn.site.front.pool import Pool, PoolFull
from aqyn.stage.selectors.current import current
from aqyn.stage.telling import Channel

T = TypeVar("T")
logger = logging.getLogger("aqyn.front")

KNOWN_SECONDS = 5.0
"""So long what was read of a hall that nobody follows is believed, also that there is none."""
MOST_KNOWN = 1024
"""Halls that nobody follows, and names that are no show's: past twice so many the oldest are forgotten."""
LOOK_SECONDS = 1.0
"""So often the database is asked whether anything has changed that nobody told."""

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_KEY = re.compile(r"[-a-zA-Z0-9_]{0,43}")


@dataclass(slots=True, eq=False)
class Hall:
    """The position that a hall is told, and its phones. `position` None: there is no such hall."""

    phones: Group
    position: Position | None = None
    read_at: float = 0.0

    def take(self, position: Position, message: bytes) -> None:
        """Say the position to every phone, unless a newer one was said already."""
        said = self.position
        if said is not None and (position.number < said.number or position == said):
            return
        self.position = position
        self.phones.say(message, last=position.state is State.END)

    def gone(self) -> None:
        """The show was removed, or taken back: the streams end, and whoever comes back is told so."""
        if self.position is not None:
            self.position = None
            self.phones.say(b"", last=True)


@dataclass(slots=True)
class Halls:
    """Each hall by its channel. `pool` is the visitors' own: a crew's press never waits behind them."""

    hub: Hub
    pool: Pool
    _known: OrderedDict[Channel, Hall] = field(default_factory=OrderedDict)
    _flights: dict[Channel, asyncio.Task[Hall]] = field(default_factory=dict)
    _again: set[Channel] = field(default_factory=set)

    def phones_of(self, channel: Channel) -> int:
        hall = self._known.get(channel)
        return len(hall.phones.streams) if hall else 0

    async def find(self, channel: Channel) -> Hall | None:
        """The hall, None where there is none or the visitor may not know of it. Raises PoolFull."""
        if not (_SLUG.fullmatch(channel.show) and _KEY.fullmatch(channel.rehearsal)):
            return None
        while True:
            hall = self._known.get(channel)
            if hall is not None and (hall.phones.streams or self._fresh(hall)):
                return hall if hall.position is not None else None
            # Shielded: whoever asked first may leave, the others still wait for the same answer.
            await asyncio.shield(self._flight(channel))

    def told(self, channel: Channel, message: bytes) -> None:
        """Somebody has changed the hall: the new position, or empty where the row is to be asked."""
        hall = self._known.get(channel)
        if hall is None:
            return
        if message and hall.position is not None:
            with contextlib.suppress(ValueError):
                hall.take(read_message(message), message)
        else:
            self._read_anew(channel)

    def look_again(self) -> None:
        """Ask the rows of all halls that are followed; forget what is known of the others."""
        for channel, hall in list(self._known.items()):
            if hall.phones.streams:
                self._read_anew(channel)
            else:
                self._forget(channel)

    async def follow(self, changed: Callable[[], object]) -> None:
        """Run for the life of the server: look again each time `changed()` is another value."""
        seen = changed()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = changed()
            if now != seen:
                seen = now
                self.look_again()

    def _fresh(self, hall: Hall) -> bool:
        return asyncio.get_running_loop().time() - hall.read_at < KNOWN_SECONDS

    def _read_anew(self, channel: Channel) -> None:
        # A reading that is under way may have begun before the change.
        if channel in self._flights:
            self._again.add(channel)
        else:
            self._flight(channel)

    def _flight(self, channel: Channel) -> asyncio.Task[Hall]:
        flight = self._flights.get(channel)
        if flight is None:
            flight = self._flights[channel] = asyncio.create_task(self._read(channel))
            flight.add_done_callback(lambda done: self._landed(channel, done))
        return flight

    def _landed(self, channel: Channel, flight: asyncio.Task[Hall]) -> None:
        self._flights.pop(channel, None)
        error = None if flight.cancelled() else flight.exception()
        if error is not None and not isinstance(error, PoolFull):
            logger.error("The hall of %s could not be read.", channel.show, exc_info=error)
        if channel in self._again:
            self._again.discard(channel)
            self._flight(channel)

    async def _read(self, channel: Channel) -> Hall:
        found = await self.pool.run(lambda: over(lambda: current(*channel)))
        hall = self._known.get(channel)
        if hall is None:
            hall = self._known[channel] = Hall(self.hub.open())
            self._forget_most()
        hall.read_at = asyncio.get_running_loop().time()
        if found is None:
            hall.gone()
        else:
            hall.take(found.position, write_message(found.position))
        return hall

    def _forget_most(self) -> None:
        if len(self._known) < MOST_KNOWN * 2:
            return
        idle = [channel for channel, hall in self._known.items() if not hall.phones.streams]
        for channel in idle[: max(0, len(idle) - MOST_KNOWN)]:
            self._forget(channel)

    def _forget(self, channel: Channel) -> None:
        self.hub.drop(self._known.pop(channel).phones)


def over(work: Callable[[], T]) -> T:
    """What `work` returns, in a thread of a lane: its connection looked at before, given back if broken."""
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()
