"""The codes of tickets that are told at once: signed here, by the key that signs now."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from aqyn.site.front.halls import over
from aqyn.site.front.pool import Pool
from aqyn.tickets.claims import TicketMade
from aqyn.tickets.selectors import passes

KEPT_SECONDS = 1.0
"""So long the number of the key is believed: a new key signs from then on at the latest."""
MOST_AT_ONCE = 8
"""More tickets than this are signed in a thread, so that nobody waits behind them."""


class Signing:
    """Opened within a running event loop."""

    def __init__(self) -> None:
        self._pool = Pool(threads=1)
        self._key = 0
        self._read_at = 0.0
        self._reading: asyncio.Task[None] | None = None

    async def codes(self, sale: int, tickets: Sequence[TicketMade]) -> list[str]:
        """What the QR code of each holds. Raises PoolFull."""
        if time.monotonic() - self._read_at >= KEPT_SECONDS or not self._key:
            if self._reading is None:
                self._reading = asyncio.get_running_loop().create_task(self._read())
            await asyncio.shield(self._reading)
        key = self._key
        if len(tickets) > MOST_AT_ONCE:
            return await self._pool.run(lambda: _signed(sale, tickets, key))
        return _signed(sale, tickets, key)

    async def close(self) -> None:
        await self._pool.close()

    async def _read(self) -> None:
        try:
            self._key = await self._pool.run(lambda: over(passes.current_key))
            self._read_at = time.monotonic()
        finally:
            self._reading = None


def _signed(sale: int, tickets: Sequence[TicketMade], key: int) -> list[str]:
    return [passes.code_for(sale, ticket.serial, key) for ticket in tickets]
