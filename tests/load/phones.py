"""Phones of a test's own: raw connections that come back by themselves, as a browser's do."""

import asyncio
import contextlib
import random

from aqyn.core.live import read_message

LIVE = "/events/live/astana"


class Phone:
    """Follows the hall at `port` until it is cancelled. `positions`: all it was told, over any connection."""

    def __init__(self, port):
        self.port = port
        self.positions = []
        self.statuses = []

    @property
    def number(self):
        return self.positions[-1].number if self.positions else 0

    async def run(self):
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._follow()
            await asyncio.sleep(random.uniform(0.05, 0.3))

    async def _follow(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(f"GET {LIVE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            self.statuses.append(int((await reader.readuntil(b"\r\n")).split()[1]))
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    self.positions.append(read_message(line))
        finally:
            writer.close()


@contextlib.asynccontextmanager
async def crowd(port, count):
    """So many phones, each told at least once."""
    phones = [Phone(port) for _phone in range(count)]
    running = [asyncio.create_task(phone.run()) for phone in phones]
    try:
        await until(lambda: all(phone.positions for phone in phones))
        yield phones
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def until(happened, seconds=60):
    async with asyncio.timeout(seconds):
        while not happened():
            await asyncio.sleep(0.02)
