"""The crew's console of the bench: signed in by the key that `up` printed, it holds the wheel and presses."""

from __future__ import annotations

import json
import secrets
import time
from collections import Counter
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from aqyn.site.benches._evening import SHOW

PRESS = f"/studio/stage/{SHOW}/press"
FORM = "application/x-www-form-urlencoded"
IDLE_SECONDS = 5.0
"""A connection that was idle for longer is opened anew: the house closes those that ask nothing for 10 s."""


class Console:
    """Presses over one connection, which after `close` is opened anew by the next press."""

    def __init__(self, port: int, key: str) -> None:
        self._port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self._asked_at = 0.0
        self._secret = secrets.token_urlsafe(32)
        self._number = 0
        self._cookie = ""
        self.refused: Counter[str] = Counter()
        self.newest = 0
        """The number of the newest position that the house has acknowledged."""
        body = urlencode({"name": "Bench", "email": "bench@madina.example", "language": "kk"})
        status, head, _body = self._post(key, body, FORM)
        if status != 302 or "set-cookie" not in head:
            raise SystemExit(f"The key did not let the console in: {status}.")
        self._cookie = head["set-cookie"].split(";")[0]

    def press(self, **press: Any) -> int:
        """Press, and wait for the number of the position that it has become; a refusal ends the bench."""
        if refusal := self._press(press):
            raise SystemExit(f"The house refused {press}: {refusal}")
        return self.newest

    def try_press(self, **press: Any) -> None:
        """The same, but a refusal, as that of a press that came late, is counted."""
        if refusal := self._press(press):
            self.refused[refusal] += 1

    def _press(self, press: dict[str, Any]) -> str:
        """Why it was refused, "" where it is done."""
        self._number += 1
        told = {"key": self._secret, "number": self._number, "at": time.time() * 1000, "press": press}
        status, _head, body = self._post(PRESS, json.dumps(told), "application/json")
        answer = json.loads(body)
        if status != 200:
            return f"{status} {answer['title']}"
        self.newest = int(answer["n"])
        return ""

    def close(self) -> None:
        self._connection.close()

    def _post(self, path: str, body: str, kind: str) -> tuple[int, dict[str, str], bytes]:
        headers = {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self._port}", "Cookie": self._cookie}
        if time.monotonic() - self._asked_at > IDLE_SECONDS:
            self._connection.close()
        self._asked_at = time.monotonic()
        self._connection.request("POST", path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
