"""A bad network in a process of its own: ports that lead to the server, each with its delay, jitter and cuts.

What comes on a connection goes on in its order, each piece after a delay of its own between `least_ms` and
`most_ms`, one way. A new connection first takes one way there and back, as its handshake would. Where
`cut_s` is given a connection is cut off after about so long, both ends at once.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from aqyn.site.extras import ROOT

PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Way:
    """How one port leads to the server. `cut_s`: 0 never cuts."""

    least_ms: float
    most_ms: float
    cut_s: float = 0.0


class Delays:
    """The ports, in the order of their ways. `cuts` is known once it has been closed."""

    def __init__(self, port: int, ways: Sequence[Way], seed: int) -> None:
        command = [sys.executable, "-P", "-m", "aqyn.site.benches._delays"]
        environment = {"PYTHONPATH": str(ROOT / "src")}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)
        told = {"port": port, "ways": [asdict(way) for way in ways], "seed": seed}
        self._write(json.dumps(told) + "\n")
        self.ports: list[int] = json.loads(self._read())["ports"]
        self.cuts = 0

    def cut(self) -> None:
        """Cut every connection that is open now."""
        self._write("cut\n")
        self._read()

    def close(self) -> None:
        with self._process:
            self._write("\n")
            self.cuts = json.loads(self._read())["cuts"]

    def _write(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("The delaying proxy has ended.")
        return line


@contextmanager
def delays(port: int, ways: Sequence[Way], *, seed: int = 1) -> Iterator[Delays]:
    opened = Delays(port, ways, seed)
    try:
        yield opened
    finally:
        opened.close()


class Proxy:
    def __init__(self, port: int, seed: int) -> None:
        self._port = port
        self._chance = random.Random(seed)
        self._connections: set[asyncio.Task[None]] = set()
        self._open: set[tuple[asyncio.WriteTransport, asyncio.WriteTransport]] = set()
        self.cuts = 0

    async def open(self, way: Way) -> int:
        """A port that leads this way."""

        def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connection(way, reader, writer))
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)

        server = await asyncio.start_server(begin, "127.0.0.1", 0)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _connection(self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._delay(way) + self._delay(way))
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.transport.abort()
            return
        ends = writer.transport, back.transport
        self._open.add(ends)
        carried = [asyncio.create_task(self._carry(way, reader, back))]
        carried.append(asyncio.create_task(self._carry(way, there, writer)))
        limit = way.cut_s * self._chance.uniform(0.5, 1.5) if way.cut_s else None
        done, _late = await asyncio.wait(carried, timeout=limit, return_when=asyncio.FIRST_EXCEPTION)
        if len(done) < len(carried):
            self.cuts += not any(task.exception() for task in done)
            for end in ends:
                end.abort()
        await asyncio.gather(*carried, return_exceptions=True)
        self._open.discard(ends)

    def cut(self) -> None:
        for ends in self._open:
            for end in ends:
                end.abort()

    async def _carry(self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One direction, until its end has come and gone on."""
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        writing = asyncio.create_task(_write(pieces, writer))
        now, due = asyncio.get_running_loop().time, 0.0
        try:
            while not writing.done():
                piece = await reader.read(PIECE)
                due = max(due, now() + self._delay(way))
                pieces.put_nowait((due, piece))
                if not piece:
                    break
            await writing
        finally:
            writing.cancel()

    def _delay(self, way: Way) -> float:
        return self._chance.uniform(way.least_ms, way.most_ms) / 1000


async def _write(pieces: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    now = asyncio.get_running_loop().time
    while True:
        due, piece = await pieces.get()
        await asyncio.sleep(due - now())
        if not piece:
            writer.close()
            return
        writer.write(piece)
        await writer.drain()


async def serve(told: dict[str, Any]) -> None:
    proxy = Proxy(told["port"], told["seed"])
    ports = [await proxy.open(Way(**way)) for way in told["ways"]]
    print(json.dumps({"ports": ports}), flush=True)
    while await asyncio.to_thread(sys.stdin.readline) == "cut\n":
        proxy.cut()
        print("{}", flush=True)
    print(json.dumps({"cuts": proxy.cuts}), flush=True)


def main() -> None:
    """One line of JSON on standard input; then "cut" as often as wished; any other line ends it."""
    told = json.loads(sys.stdin.readline())
    asyncio.run(serve(told))


if __name__ == "__main__":
    main()
