"""The crew's console of the bench: signed in by the key that `up` printed, it holds the wheel and presses."""

from __future__ import annotations

import json
import secrets
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from aqyn.site.benches._evening import SHOW

PRESS = f"/studio/stage/{SHOW}/press"
FORM = "application/x-www-form-urlencoded"


class Console:
    """Presses over one connection, which is opened anew after `lose`."""

    def __init__(self, port: int, key: str) -> None:
        self._port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self._secret = secrets.token_urlsafe(32)
        self._number = 0
        self._cookie = ""
        self.newest = 0
        """The number of the newest position that the house has acknowledged."""
        body = urlencode({"name": "Bench", "email": "bench@madina.example", "language": "kk"})
        status, head, _body = self._post(key, body, FORM)
        if status != 302 or "set-cookie" not in head:
            raise SystemExit(f"The key did not let the console in: {status}.")
        self._cookie = head["set-cookie"].split(";")[0]

    def press(self, **press: Any) -> int:
        """Press, and wait for the number of the position that it has become; a refusal ends the bench."""
        self._number += 1
        told = {"key": self._secret, "number": self._number, "at": time.time() * 1000, "press": press}
        status, _head, body = self._post(PRESS, json.dumps(told), "application/json")
        if status != 200:
            raise SystemExit(f"The house refused {press}: {status} {body.decode('utf-8', 'replace')}")
        self.newest = int(json.loads(body)["n"])
        return self.newest

    def lose(self) -> None:
        """Give up a connection whose other end is gone."""
        self._connection.close()

    def _post(self, path: str, body: str, kind: str) -> tuple[int, dict[str, str], bytes]:
        headers = {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self._port}", "Cookie": self._cookie}
        self._connection.request("POST", path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
