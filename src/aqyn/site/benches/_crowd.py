"""The phones' process, as the bench gives it its orders; the pages and the presses that go on meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import Any

from aqyn.site.benches._processes import Processes

LONGEST_FILLING_SECONDS = 120.0
STRAGGLERS_SECONDS = 5.0
"""So long after the last press the phones may still be told of it."""


class Crowd:
    """So many phones in a process of their own, until the end of the `with`."""

    def __init__(self, port: int, path: str, phones: int, *, watchful: bool) -> None:
        command = [sys.executable, "-P", "-m", "aqyn.site.benches._phones"]
        self._phones = phones
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._say({"host": "127.0.0.1", "port": port, "path": path, "phones": phones, "watchful": watchful})

    def __enter__(self) -> Crowd:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait(20)

    def ask(self, do: str, **told: Any) -> dict[str, Any]:
        """Give an order of `Phones.obey`, and wait for what it answers."""
        self._say({"do": do, **told})
        answer = self._process.stdout.readline() if self._process.stdout is not None else ""
        if not answer:
            raise SystemExit("The phones' process ended; see above.")
        seen: dict[str, Any] = json.loads(answer)
        return seen

    def fill(self) -> float:
        """Wait until every phone follows, or no more of them come; how long it took."""
        begun = time.monotonic()
        while (seen := self.ask("live"))["live"] < self._phones:
            if time.monotonic() - begun > LONGEST_FILLING_SECONDS:
                sys.stderr.write(f"{seen['live']} of {self._phones} phones were let in: {seen['refused']}\n")
                break
            time.sleep(0.1)
        return round(time.monotonic() - begun, 1)

    def settle(self) -> float:
        """Wait until every phone has the newest position, or some get it no more; when the last one did."""
        end = time.monotonic() + STRAGGLERS_SECONDS
        while (seen := self.ask("report"))["behind"] and time.monotonic() < end:
            time.sleep(0.1)
        return float(seen["last"])

    def _say(self, told: dict[str, Any]) -> None:
        if self._process.stdin is None:
            return
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(told) + "\n")
            self._process.stdin.flush()


class Presses:
    """Presses made each at its time; over all of them `cpu_s` of the server, and `seconds`."""

    def __init__(self) -> None:
        self.cpu_s = 0.0
        self.seconds = 0.0
        self.took_ms: list[float] = []

    def make(
        self, deed: Callable[[], object], processes: Processes, crowd: Crowd, *, rate: float, seconds: float
    ) -> None:
        """Do `deed` so often, then wait for the last phone."""
        cpu_s = processes.cpu_s()
        begun, first = time.perf_counter(), time.time()
        count = max(1, round(rate * seconds))
        for number in range(count):
            time.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            pressed = time.perf_counter()
            deed()
            self.took_ms.append((time.perf_counter() - pressed) * 1000)
        self.seconds += max(count / rate, crowd.settle() - first)
        self.cpu_s += processes.cpu_s() - cpu_s


class Pages:
    """Asks for pages in turn, so many a second, over one connection of a browser's."""

    def __init__(self, port: int, paths: tuple[str, ...], *, per_s: float) -> None:
        self._port, self._paths, self._per_s = port, paths, per_s
        self.took_ms: list[float] = []
        self.failed = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._ask(self._paths)

    def begin(self) -> None:
        self._stop.clear()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(30)

    def _go_on(self) -> None:
        asked = 0
        begun = time.perf_counter()
        while not self._stop.wait(max(0.0, begun + asked / self._per_s - time.perf_counter())):
            try:
                self.took_ms += self._ask((self._paths[asked % len(self._paths)],))
            except (OSError, HTTPException):
                self.failed += 1
            asked += 1

    def _ask(self, paths: tuple[str, ...]) -> list[float]:
        """How long each took, its connection's opening included."""
        took = []
        for path in paths:
            begun = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", self._port, timeout=20)
            headers = {"Accept": "text/html", "Accept-Encoding": "gzip, deflate, br", "Accept-Language": "kk"}
            try:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                answer.read()
            finally:
                connection.close()
            if answer.status != 200:
                raise SystemExit(f"The house answered {answer.status} to {path}.")
            took.append((time.perf_counter() - begun) * 1000)
        return took


def percentile(took: list[float], share: float) -> float | None:
    """To a tenth; None where there is nothing."""
    if not took:
        return None
    return round(sorted(took)[min(len(took) - 1, int(len(took) * share))], 1)
