"""The crew of an evening without its page: raw presses over HTTP, as a console sends them."""

from __future__ import annotations

import json
import re
import secrets
import time
from itertools import count
from urllib.parse import urlencode

SHOW = "spring"  # of seed_live.py


class Crew:
    """One console of someone who is signed in: `crew.press("start", entry=1)`."""

    def __init__(self, house, state, show=SHOW):
        """`state`: what the browser of the crew keeps, as `owner_of` gives it."""
        self.house = house
        self.show = show
        self.key = secrets.token_urlsafe(32)
        cookies = {cookie["name"]: cookie["value"] for cookie in state["cookies"]}
        self._cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._numbers = count(1)

    def open(self, **told) -> None:
        """Open the hall, or with `rehearsal="on"` its rehearsal."""
        assert self.post(f"/studio/stage/{self.show}/open/", urlencode(told)).status == 302

    def rehearsal(self) -> str:
        """The key of the rehearsal that is open, as the console shows it."""
        headers = {"Cookie": self._cookie}
        page = self.house.request("GET", f"/studio/stage/{self.show}/", headers=headers).content.decode()
        return re.search(r"rehearsal=([-\w]{43})", page).group(1)

    def close(self) -> None:
        assert self.post(f"/studio/stage/{self.show}/close/").status == 302

    def press(self, do, **told) -> int:
        """Do it; the number of the position that came of it."""
        status, answer = self.try_press(do, **told)
        assert status == 200, answer
        return answer["n"]

    def try_press(self, do, **told):
        """The status and the JSON of the answer, whatever it is."""
        body = {"key": self.key, "number": next(self._numbers), "at": self.now(), "press": {"do": do, **told}}
        answer = self.post(
            f"/studio/stage/{self.show}/press",
            json.dumps(body, ensure_ascii=False).encode(),
            "application/json",
        )
        return answer.status, json.loads(answer.content)

    def now(self) -> float:
        """The house's clock, which is this machine's."""
        return time.time() * 1000

    def post(self, path, body="", kind="application/x-www-form-urlencoded"):
        """A form of the studio's, sent as from its own page."""
        headers = {"Cookie": self._cookie, "Origin": self.house.url, "Content-Type": kind}
        return self.house.request("POST", path, body=body, headers=headers)
