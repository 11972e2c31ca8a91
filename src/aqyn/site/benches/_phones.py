"""A hall of phones in a process of its own: as many live streams as asked for, and what came on them.

Raw sockets under one epoll. A part that has come is looked up whole before it is read, since all phones are
told the same: what is measured is the server, not this client. It reads orders as lines of JSON from standard
input and answers each with one line.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import heapq
import json
import os
import random
import re
import resource
import select
import socket
import sys
import time
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import Any

AN_ADDRESS = 2000
"""Phones behind one source address, so that its ports do not run out."""
OPENING = 200
"""Connections that are being opened at once while the hall fills."""
SPARE_FILES = 64
KNOWN_PARTS = 4096
MOST_MS = 60_000
# As static/stage/live/link.js: how long an attempt may take until its first word, how long a silence may be,
# and when the next attempt is made: soon and at random, then ever later.
PATIENCE_S = (2.0, 2.0, 3.0, 4.0)
SILENCE_S = 5.0
LEAST_S, MOST_S, LONGEST_S, GROWS = 0.3, 1.5, 4.0, 1.5

DATA = re.compile(rb"^data: ?(\{.*\})$", re.M)
HUNG = "silent"
AWAY, OPENING_NOW, ASKED, LIVE = range(4)


@dataclass(slots=True, eq=False)
class _Phone:
    place: int
    source: str
    socket: socket.socket | None = None
    state: int = AWAY
    rest: bytes = b""
    tries: int = 0
    heard: float = 0.0
    number: int = -1
    """The newest number that it has had, over all its connections."""
    data: bytes = b""
    """The newest message on this connection, and when it came."""
    data_at: float = 0.0
    since: float = 0.0
    """When this connection was opened."""


class Phones:
    """`told`: `host`, `port`, `path`, `phones`, `watchful` (whether silence is a loss)."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._server = (told["host"], told["port"])
        head = f"GET {told['path']} HTTP/1.1\r\nHost: {told['host']}\r\nAccept: text/event-stream\r\n"
        self._request = f"{head}User-Agent: Mozilla/5.0 (aqyn bench)\r\n\r\n".encode("ascii")
        self._watchful: bool = told["watchful"]
        self._phones = [_Phone(n, f"127.0.0.{2 + n // AN_ADDRESS}") for n in range(told["phones"])]
        self._by_file: dict[int, _Phone] = {}
        self._due: list[tuple[float, int]] = []
        self._to_open = list(range(len(self._phones)))
        self._opening = 0
        self._refused: Counter[str] = Counter()
        self._epoll = select.epoll()
        self._known: dict[bytes, tuple[int, int, bytes]] = {}
        self._killed_at = 0.0
        self._heard: list[int] = []
        """The numbers that any of them was told, ascending: numbers follow the clock, with gaps."""
        self._begin()

    def _begin(self) -> None:
        self._delays = [0] * (MOST_MS + 1)
        self._delivered = self._repeated = self._missed = self._stale = self._dropped = self._silent = 0
        self._last = time.time()
        self._cpu = time.process_time()

    def live(self) -> int:
        return sum(phone.state == LIVE and phone.data != b"" for phone in self._phones)

    # Orders

    def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        match order["do"]:
            case "live":
                return {"live": self.live(), "refused": dict(self._refused), "cpu_s": time.process_time()}
            case "measure":
                self._begin()
                return {}
            case "report":
                return self.report()
            case "killed":
                self._killed_at = order["at"]
                return {}
            case "back":
                return self.back(order["data"].encode("ascii"))
        raise SystemExit(f"The phones do not know “{order['do']}”.")

    def report(self) -> dict[str, Any]:
        """What has come since `measure`. Delays are of new messages on a connection that had one before."""
        newest = max((phone.number for phone in self._phones), default=0)
        return {
            "connected": self.live(),
            "dropped": self._dropped,
            "silent": self._silent,
            "delivered": self._delivered,
            "repeated": self._repeated,
            "missed": self._missed,
            "stale": self._stale,
            "behind": sum(phone.number < newest for phone in self._phones),
            "last": self._last,
            "p50_ms": self._delay(0.50),
            "p95_ms": self._delay(0.95),
            "p99_ms": self._delay(0.99),
            "max_ms": self._delay(1.0),
            "client_cpu_s": round(time.process_time() - self._cpu, 2),
        }

    def _delay(self, share: float) -> int | None:
        wanted = share * sum(self._delays)
        passed = 0
        for delay, count in enumerate(self._delays):
            passed += count
            if count and passed >= wanted:
                return delay
        return None

    def back(self, data: bytes) -> dict[str, Any]:
        """How many seconds after the kill each phone that has lost its server was told `data`, sorted."""
        took = [
            phone.data_at - self._killed_at
            for phone in self._phones
            if phone.state == LIVE and phone.since > self._killed_at and phone.data == data
        ]
        return {"took": sorted(round(seconds, 2) for seconds in took)}

    # The loop

    def run(self) -> None:
        orders = sys.stdin.fileno()
        os.set_blocking(orders, False)
        self._epoll.register(orders, select.EPOLLIN)
        said = b""
        swept = time.time()
        while True:
            self._open_due()
            for file, event in self._epoll.poll(self._patience(), 1024):
                if file != orders:
                    phone = self._by_file.get(file)
                    if phone is not None:
                        self._hear(phone, event)
                    continue
                part = os.read(orders, 65536)
                if not part:
                    return
                *lines, said = (said + part).split(b"\n")
                for line in lines:
                    sys.stdout.write(json.dumps(self.obey(json.loads(line))) + "\n")
                    sys.stdout.flush()
            if self._watchful and (now := time.time()) - swept >= 0.5:
                swept = now
                self._sweep(now)

    def _patience(self) -> float:
        if not self._due:
            return 0.25
        return min(0.25, max(0.0, self._due[0][0] - time.time()))

    def _open_due(self) -> None:
        while self._to_open and self._opening < OPENING:
            self._open(self._phones[self._to_open.pop()])
        now = time.time()
        while self._due and self._due[0][0] <= now:
            self._open(self._phones[heapq.heappop(self._due)[1]])

    def _open(self, phone: _Phone) -> None:
        phone.socket = opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        opened.setsockopt(socket.SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        opened.bind((phone.source, 0))
        phone.state, phone.rest, phone.data = OPENING_NOW, b"", b""
        phone.since = phone.heard = time.time()
        self._opening += 1
        self._by_file[opened.fileno()] = phone
        self._epoll.register(opened, select.EPOLLOUT)
        if (error := opened.connect_ex(self._server)) not in (0, errno.EINPROGRESS):
            self._lose(phone, os.strerror(error))

    def _hear(self, phone: _Phone, event: int) -> None:
        connection = phone.socket
        assert connection is not None
        if phone.state == OPENING_NOW:
            error = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error or event & (select.EPOLLERR | select.EPOLLHUP):
                self._lose(phone, os.strerror(error))
                return
            connection.send(self._request)
            phone.state = ASKED
            self._epoll.modify(connection, select.EPOLLIN)
            return
        try:
            part = connection.recv(16384)
        except BlockingIOError:
            return
        except OSError as error:
            self._lose(phone, str(error))
            return
        at = time.time()
        phone.heard = at
        if phone.state == LIVE and not phone.rest and (told := self._known.get(part)) is not None:
            self._take(phone, told, at)
        elif part:
            self._read(phone, part, at)
        else:
            self._lose(phone, "closed")

    def _read(self, phone: _Phone, part: bytes, at: float) -> None:
        whole = phone.rest + part
        if phone.state == ASKED:
            head, found, whole = whole.partition(b"\r\n\r\n")
            if not found:
                phone.rest = head
                return
            if not head.startswith(b"HTTP/1.1 200"):
                self._lose(phone, head.splitlines()[0].decode("latin-1"))
                return
            phone.state = LIVE
            self._opening -= 1
        end = whole.rfind(b"\n\n") + 2
        phone.rest = whole[end:].lstrip(b"\r\n") if end > 1 else whole
        messages = DATA.findall(whole, 0, end) if end > 1 else []
        if messages:
            # The newest counts; what came with it was passed over by the phone as well.
            message = json.loads(messages[-1])
            told = (message["n"], message["t"], messages[-1])
            if whole == part and not phone.rest and len(self._known) < KNOWN_PARTS:
                self._known[part] = told
            self._take(phone, told, at)
        if phone.rest.endswith(b"0\r\n\r\n") or whole.endswith(b"\r\n0\r\n\r\n"):
            self._lose(phone, "ended")

    def _take(self, phone: _Phone, told: tuple[int, int, bytes], at: float) -> None:
        number, time_ms, data = told
        first = phone.data == b""
        if number > phone.number:
            heard = self._heard
            if not heard or number > heard[-1]:
                heard.append(number)
            if not first:
                self._delivered += 1
                self._missed += bisect_left(heard, number) - bisect_right(heard, phone.number)
                self._delays[min(MOST_MS, max(0, int(at * 1000 - time_ms)))] += 1
                self._last = at
            phone.number = number
        elif number < phone.number:
            self._stale += 1
            return
        elif not first:
            self._repeated += 1
            return
        phone.tries = 0
        phone.data, phone.data_at = data, at

    def _lose(self, phone: _Phone, why: str) -> None:
        connection = phone.socket
        assert connection is not None
        self._by_file.pop(connection.fileno(), None)
        connection.close()
        if phone.state == LIVE:
            # What the kill has ended is no fault.
            self._dropped += phone.since >= self._killed_at
        else:
            self._opening -= 1
            self._refused[why] += 1
        phone.socket, phone.state, phone.rest = None, AWAY, b""
        most = min(LONGEST_S, MOST_S * GROWS**phone.tries)
        phone.tries += 1
        # One that hung has waited already.
        wait = 0.0 if why == HUNG else random.uniform(LEAST_S, most)
        heapq.heappush(self._due, (time.time() + wait, phone.place))

    def _sweep(self, now: float) -> None:
        for phone in self._phones:
            if phone.state == AWAY:
                continue
            longest = SILENCE_S if phone.data else PATIENCE_S[min(phone.tries, len(PATIENCE_S) - 1)]
            if now - phone.heard > longest:
                self._silent += phone.data != b""
                self._lose(phone, HUNG)


IP_BIND_ADDRESS_NO_PORT = 24
"""Linux's, in no module of Python's: the port is chosen at connect, so one may serve several addresses."""


def allow_files(phones: int) -> None:
    """Lets this process hold so many connections. Raises SystemExit where the system does not."""
    wanted = phones + SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(wanted, hard)))
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if allowed < wanted:
        sentence = f"This machine lets a process hold {allowed} files and connections:"
        raise SystemExit(f"{sentence} ask for at most {allowed - SPARE_FILES} phones.")


def main() -> None:
    """The first line is what `Phones` is told; each further one is an order."""
    # Unbuffered: what was read ahead would be missed by the loop.
    told = b""
    while not told.endswith(b"\n"):
        told += os.read(sys.stdin.fileno(), 1)
    facts = json.loads(told)
    allow_files(facts["phones"])
    phones = Phones(facts)
    gc.freeze()
    gc.disable()
    phones.run()


if __name__ == "__main__":
    main()
