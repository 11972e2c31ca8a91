"""Buyers in a process of their own: raw connections that hold places and order them, and ask again by key.

One order a line on the standard input, as JSON; what was seen comes back as a line. While a rush goes on,
lines `{"answered": n}` tell how far it is.
"""

from __future__ import annotations

import contextlib
import json
import selectors
import socket
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

AGAIN_SECONDS = 0.2
PATIENCE_SECONDS = 120.0
"""So long a buyer goes on trying; then what it has is an error."""


@dataclass(slots=True)
class Buyer:
    """One who wants one place. `told`: the status and the body of the last answer."""

    number: int
    steps: deque[bytes] = field(default_factory=deque)
    hold: dict[str, Any] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)
    asked_at: float = 0.0
    status: int = 0
    code: str = ""


@dataclass(slots=True, eq=False)
class _Line:
    """A connection, and who is served over it now."""

    socket: socket.socket
    buyer: Buyer
    request: bytes
    read: bytearray = field(default_factory=bytearray)
    connected: bool = False


class Buyers:
    """`show`, `type`: what they want. Each has a key of its own, made of `run`."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._address = (told["host"], told["port"])
        self._show, self._type, self._run = told["show"], told["type"], told["run"]
        self._poll = selectors.DefaultSelector()
        self.took: list[float] = []
        self.statuses: Counter[int] = Counter()
        self._tell_from = told.get("tell_every", 0)
        self._tell_every = told.get("tell_every", 0)
        self._tried = 0

    def hold_request(self, buyer: Buyer) -> bytes:
        body = json.dumps(
            {
                "items": [{"ticket_type": self._type, "quantity": 1}],
                "email": f"{self._run}{buyer.number}@example.kz",
                "language": "kk",
            }
        ).encode()
        path = f"/api/v1/shows/{self._show}/holds"
        return _request(path, body, f"Idempotency-Key: {self._run}-{buyer.number}\r\n")

    def order_request(self, buyer: Buyer) -> bytes:
        told = {"secret": buyer.hold["secret"], "name": "Ару Серікова", "language": "kk", "payment": "free"}
        return _request(f"/api/v1/holds/{buyer.hold['id']}/order", json.dumps(told).encode())

    def one_after_another(self, buyers: list[Buyer], what: str, connections: int) -> float:
        """Each buyer once, over so many connections that stay open; the seconds it took."""
        make = self.hold_request if what == "hold" else self.order_request
        waiting = deque(buyers)
        begun = time.perf_counter()
        for _connection in range(min(connections, len(buyers))):
            buyer = waiting.popleft()
            self._open(buyer, make(buyer))
        left = len(buyers)
        while left:
            for line in self._ready():
                if self._answered(line, what):
                    left -= 1
                    if waiting:
                        line.buyer = waiting.popleft()
                        line.request = make(line.buyer)
                        self._send(line)
                    else:
                        self._close(line)
        return time.perf_counter() - begun

    def rush(self, buyers: list[Buyer]) -> float:
        """All connect, then all press at once, and order what they get; the seconds until all have theirs."""
        lines = [self._open(buyer, b"") for buyer in buyers]
        waiting = set(lines)
        while waiting:
            waiting -= {line for line in self._ready() if line.connected}
            waiting = {line for line in waiting if not line.connected}
        begun = time.perf_counter()
        for line in lines:
            line.request = self.hold_request(line.buyer)
            self._send(line)
        self._again: list[tuple[float, Buyer, str]] = []
        left, done = len(buyers), 0
        stage = dict.fromkeys((buyer.number for buyer in buyers), "hold")
        while left and time.perf_counter() - begun < PATIENCE_SECONDS:
            self._try_again()
            for line in self._ready():
                buyer = line.buyer
                what = stage[buyer.number]
                if not self._answered(line, what, retry=True):
                    continue
                if what == "hold" and buyer.status == 201:
                    stage[buyer.number] = "order"
                    line.request = self.order_request(buyer)
                    self._send(line)
                    continue
                self._close(line)
                left -= 1
                done += 1
                if self._tell_every and done >= self._tell_from:
                    self._tell_from += self._tell_every
                    sys.stdout.write(json.dumps({"answered": done}) + "\n")
                    sys.stdout.flush()
        return time.perf_counter() - begun

    def _open(self, buyer: Buyer, request: bytes) -> _Line:
        connection = socket.socket()
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = _Line(connection, buyer, request)
        connection.connect_ex(self._address)
        self._poll.register(connection, selectors.EVENT_WRITE, line)
        return line

    def _ready(self) -> list[_Line]:
        """The lines over which something came; those that have connected send what they have."""
        came = []
        for key, events in self._poll.select(0.05):
            line: _Line = key.data
            if events & selectors.EVENT_WRITE:
                self._begin(line)
                if not line.request:
                    came.append(line)
            else:
                came.append(line)
        return came

    def _begin(self, line: _Line) -> None:
        self._poll.modify(line.socket, selectors.EVENT_READ, line)
        line.connected = True
        if line.request:
            self._send(line)

    def _send(self, line: _Line) -> None:
        line.buyer.asked_at = time.perf_counter()
        # What broke is seen when it is read.
        with contextlib.suppress(OSError):
            line.socket.send(line.request)

    def _answered(self, line: _Line, what: str, *, retry: bool = False) -> bool:
        """Whether the buyer has an answer that stays; where not, it asks again by its key."""
        try:
            chunk = line.socket.recv(65_536)
        except BlockingIOError:
            return False
        except OSError:
            chunk = b""
        if not chunk:
            if not retry:
                raise SystemExit("The house closed a connection.")
            self._later(line, what)
            return False
        line.read += chunk
        head = line.read.find(b"\r\n\r\n")
        if head < 0:
            return False
        length = _length(line.read[:head])
        if len(line.read) < head + 4 + length:
            return False
        buyer = line.buyer
        status, body = int(line.read[9:12]), bytes(line.read[head + 4 : head + 4 + length])
        line.read.clear()
        self.statuses[status] += 1
        if retry and status >= 500:
            self._later(line, what)
            return False
        self.took.append(time.perf_counter() - buyer.asked_at)
        buyer.status = status
        told = json.loads(body)
        buyer.code = told.get("code", "")
        if status == 201:
            setattr(buyer, what, told)
        return True

    def _later(self, line: _Line, what: str) -> None:
        self._close(line)
        self._tried += 1
        self._again.append((time.perf_counter() + AGAIN_SECONDS, line.buyer, what))

    def _try_again(self) -> None:
        now = time.perf_counter()
        due = [one for one in self._again if one[0] <= now]
        self._again = [one for one in self._again if one[0] > now]
        for _at, buyer, what in due:
            self._open(buyer, self.hold_request(buyer) if what == "hold" else self.order_request(buyer))

    def _close(self, line: _Line) -> None:
        self._poll.unregister(line.socket)
        line.socket.close()

    def report(self) -> dict[str, Any]:
        took = sorted(self.took)
        p50, p99 = (took[min(len(took) - 1, int(len(took) * share))] for share in (0.5, 0.99))
        return {
            "p50_ms": round(p50 * 1000, 1),
            "p99_ms": round(p99 * 1000, 1),
            "statuses": {str(status): count for status, count in self.statuses.items()},
            "tried_again": self._tried,
        }


def _request(path: str, body: bytes, headers: str = "") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{headers}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _length(head: bytearray) -> int:
    for line in bytes(head).lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def main() -> None:
    buyers: list[Buyer] = []
    for order in sys.stdin:
        told = json.loads(order)
        cpu = time.process_time()
        crowd = Buyers(told)
        if told["do"] == "hold":
            buyers = [Buyer(number) for number in range(told["count"])]
            seconds = crowd.one_after_another(buyers, "hold", told["connections"])
        elif told["do"] == "order":
            seconds = crowd.one_after_another(buyers, "order", told["connections"])
        else:
            buyers = [Buyer(number) for number in range(told["count"])]
            seconds = crowd.rush(buyers)
        answer = {
            "seconds": seconds,
            "client_cpu_s": time.process_time() - cpu,
            **crowd.report(),
            "buyers": [
                (
                    buyer.status,
                    buyer.code,
                    buyer.hold.get("id", ""),
                    buyer.order.get("id", ""),
                    [ticket["serial"] for ticket in buyer.order.get("tickets", [])],
                )
                for buyer in buyers
            ],
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
