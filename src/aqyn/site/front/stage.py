"""The lanes of the stage, put together: the phones' and the consoles' streams, and what is pressed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from aqyn.site.front.console import ConsoleLane
from aqyn.site.front.crew import Crew
from aqyn.site.front.desks import Desks
from aqyn.site.front.hall import HallLane
from aqyn.site.front.halls import Halls
from aqyn.site.front.hub import Hub
from aqyn.site.front.pool import Pool
from aqyn.site.front.press import PressLane
from aqyn.stage.telling import Channel, on_told, read_payload

ASKING_THREADS = 1
ADMITTING_THREADS = 1
PRESSING_THREADS = 2


class Stage:
    """Opened within a running event loop. Visitors' questions have one thread, those who say that they
    are of the crew another, the crew's presses their own.

    `most_phones`: streams at once, all shows together.
    """

    def __init__(self, *, most_phones: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._asking = Pool(threads=ASKING_THREADS)
        self._admitting = Pool(threads=ADMITTING_THREADS)
        self._pressing = Pool(threads=PRESSING_THREADS)
        self.hub = Hub()
        self.halls = Halls(self.hub, self._asking)
        crew = Crew(self._admitting)
        self._desks = Desks(self.halls, crew, self._pressing)
        self.hall = HallLane(self.halls, most=most_phones)
        self.console = ConsoleLane(crew, self._desks)
        self.press = PressLane(crew, self._pressing)
        self._stop_hearing = on_told(self._heard)
        self._tasks: list[asyncio.Task[None]] = []

    def follow(self, changed: Callable[[], object]) -> None:
        """Begin to look by itself. `changed()`: another value after what another process may have changed."""
        self._tasks = [
            self._loop.create_task(self.halls.follow(changed)),
            self._loop.create_task(self._desks.follow()),
        ]

    def told(self, channel: Channel, message: bytes) -> None:
        """What somebody has changed, on the event loop."""
        self.halls.told(channel, message)
        self._desks.told(channel, message)

    def told_from_elsewhere(self, payload: str) -> None:
        """The same from another process, as PostgreSQL carries it."""
        with contextlib.suppress(ValueError):
            self.told(*read_payload(payload))

    def look_again(self) -> None:
        """Something may have been missed: ask the rows of all that is followed."""
        self.halls.look_again()
        self._desks.look_again()

    async def close(self, within: float) -> None:
        """End every stream; whoever follows comes back by itself."""
        self._stop_hearing()
        for task in self._tasks:
            task.cancel()
        await self.hub.close(within)
        await asyncio.gather(self._asking.close(), self._admitting.close(), self._pressing.close())

    def _heard(self, channel: Channel, message: bytes) -> None:
        # In the thread that changed it, before its answer is on its way.
        self._loop.call_soon_threadsafe(self.told, channel, message)
