"""A client in a process of its own: as many GETs as a server answers, over connections that stay open."""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    asked_at: int = 0
    read: bytearray = field(default_factory=bytearray)
    length: int = -1


class BadAnswer(Exception):
    """The server answered with something else than 200 and a length."""


def load(host: str, port: int, request: bytes, *, connections: int, seconds: float) -> dict[str, object]:
    """Sends `request` again and again, the next as soon as the last one is answered, on each connection.

    Returns `per_s`, `answers`, `p50_ms`, `p99_ms`, `bytes` (of one answer's body), `client_cpu_s`.
    """
    poll = selectors.DefaultSelector()
    cpu = time.process_time()
    opened = [_Connection(socket.create_connection((host, port))) for _number in range(connections)]
    begun = time.perf_counter_ns()
    end = begun + int(seconds * 1e9)
    for connection in opened:
        connection.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(connection.socket, selectors.EVENT_READ, connection)
        _ask(connection, request)
    took: list[int] = []
    size = 0
    while (now := time.perf_counter_ns()) < end:
        for key, _events in poll.select(1):
            connection = key.data
            if _answered(connection):
                now = time.perf_counter_ns()
                took.append(now - connection.asked_at)
                size = connection.length
                _ask(connection, request)
    for connection in opened:
        connection.socket.close()
    took.sort()
    return {
        "per_s": round(len(took) / ((now - begun) / 1e9), 1),
        "answers": len(took),
        "p50_ms": round(took[len(took) // 2] / 1e6, 3),
        "p99_ms": round(took[int(len(took) * 0.99)] / 1e6, 3),
        "bytes": size,
        "client_cpu_s": round(time.process_time() - cpu, 2),
    }


def _ask(connection: _Connection, request: bytes) -> None:
    connection.read.clear()
    connection.length = -1
    connection.asked_at = time.perf_counter_ns()
    connection.socket.sendall(request)


def _answered(connection: _Connection) -> bool:
    """Takes in what has come; whether the answer is whole. `length` is then that of its body."""
    part = connection.socket.recv(1 << 18)
    if not part:
        raise BadAnswer("The server closed the connection.")
    read = connection.read
    read += part
    if connection.length < 0:
        head_end = read.find(b"\r\n\r\n")
        if head_end < 0:
            return False
        head = bytes(read[:head_end]).lower()
        if not head.startswith(b"http/1.1 200"):
            raise BadAnswer(head.decode("latin-1").splitlines()[0])
        at = head.index(b"content-length:") + len(b"content-length:")
        connection.length = int(head[at : head.find(b"\r\n", at) if b"\r\n" in head[at:] else None])
        del read[: head_end + 4]
    return len(read) >= connection.length


def main() -> None:
    """What to do as JSON on standard input, what was seen as JSON on standard output."""
    told = json.load(sys.stdin)
    seen = load(
        told["host"],
        told["port"],
        told["request"].encode("latin-1"),
        connections=told["connections"],
        seconds=told["seconds"],
    )
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
