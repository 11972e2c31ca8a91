"""The hall's lines through nginx and Caddy over TLS: each word at once, also after the house was killed."""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from tests.site.proxies import (
    FORM,
    HTTPS_HOUSE,
    caddy,
    connect,
    needs_caddy,
    needs_nginx,
    needs_openssl,
    nginx,
)

from aqyn.site.benches._evening import SHOW

CURL = shutil.which("curl")
LIVE = f"/events/live/{SHOW}"
JSON = {"Content-Type": "application/json", "Origin": "https://madina.example"}
PHONES = 40

pytestmark = needs_openssl


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(nginx, id="nginx", marks=needs_nginx),
        pytest.param(caddy, id="Caddy", marks=needs_caddy),
    ],
)
def hall(request, open_house, tmp_path_factory):
    """A house with an open hall behind the proxy: `.proxy`, `.house`, `.console`."""
    house = open_house(settings=HTTPS_HOUSE)
    entry = fill(house)
    with request.param(house, tmp_path_factory.mktemp("proxy")) as proxy:
        console = Console(proxy, house.key_path)
        console.press({"do": "take"})
        console.press({"do": "start", "entry": entry})
        yield SimpleNamespace(proxy=proxy, house=house, console=console)


def fill(house):
    """Put the bench's evening into the open house, on its own database; the number of its entry."""
    told = Path(f"/proc/{house.process.pid}/environ").read_text().split("\0")
    environment = dict(pair.split("=", 1) for pair in told if pair)
    command = [sys.executable, "-P", "-m", "aqyn.site.benches._evening"]
    subprocess.run(command, env={**environment, "AQYN_DATA": str(house.data)}, check=True)
    [entry] = json.loads(house.get(f"/live/{SHOW}/setlist.json").content)["entries"]
    return entry["id"]


class Console:
    """The owner's, through the proxy."""

    def __init__(self, proxy, key_path):
        self.proxy = proxy
        self.key = secrets.token_urlsafe(32)
        self.number = 0
        body = urlencode({"name": "Мадина", "email": "madina@madina.example", "language": "kk"})
        answer = proxy.get(key_path, FORM, "POST", body)
        assert answer.status == 302
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def press(self, press):
        """The number of the position that it has become."""
        self.number += 1
        told = {"key": self.key, "number": self.number, "at": time.time() * 1000, "press": press}
        headers = {**JSON, "Cookie": self.cookie}
        answer = self.proxy.get(f"/studio/stage/{SHOW}/press", headers, "POST", json.dumps(told))
        assert answer.status == 200, answer.content
        return json.loads(answer.content)["n"]


class Phone:
    """A line through the proxy: what is told on it, as `tell()` gives it."""

    def __init__(self, proxy, path=LIVE, cookie=""):
        self.read = b""
        self.line = connect(proxy)
        asked = f"GET {path} HTTP/1.1\r\nHost: madina.example\r\nAccept-Encoding: gzip, br\r\n"
        self.line.sendall(f"{asked}Cookie: {cookie}\r\n\r\n".encode())
        self.head = self.until(rb"(?s)HTTP/1\.1 (.*?)\r\n\r\n").decode()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.line.close()

    def tell(self):
        """The next position; it waits for it, though not for longer than the connection's twenty seconds."""
        return json.loads(self.until(rb"(?m)^data: (\{.*\})$"))

    def until(self, pattern):
        while not (found := re.search(pattern, self.read)):
            part = self.line.recv(4096)
            assert part, self.read
            self.read += part
        self.read = self.read[found.end() :]
        return found.group(1)

    def ended(self):
        """Waits until the line has ended."""
        try:
            while part := self.line.recv(4096):
                if part.endswith(b"0\r\n\r\n"):
                    return
        except OSError:
            pass


def test_each_press_comes_through_at_once(hall):
    """A proxy that kept what it has until it has more would keep the next press waiting for ever."""
    with Phone(hall.proxy) as phone:
        assert phone.head.startswith("200 ")
        assert "content-encoding" not in phone.head.lower()
        phone.tell()
        for _press in range(3):
            number = hall.console.press({"do": "nudge", "ms": -500})
            while (told := phone.tell())["n"] < number:
                pass
            assert told["n"] == number


def test_the_newest_word_is_said_again_through_the_proxy(hall):
    with Phone(hall.proxy) as phone:
        first = phone.tell()
        assert phone.tell() == first
        assert phone.tell() == first


def test_a_whole_hall_behind_one_address_is_let_in(hall):
    with ExitStack() as stack:
        phones = [stack.enter_context(Phone(hall.proxy)) for _phone in range(PHONES)]
        for phone in phones:
            phone.tell()
        number = hall.console.press({"do": "nudge", "ms": -500})
        for phone in phones:
            while phone.tell()["n"] < number:
                pass


def test_the_consoles_line_comes_through(hall):
    path = f"/events/console/{SHOW}?key={hall.console.key}"
    with Phone(hall.proxy, path, hall.console.cookie) as console:
        desk = json.loads(console.until(rb"(?m)^event: desk\r?\ndata: (\{.*\})$"))
        assert desk["open"] is True
        number = hall.console.press({"do": "nudge", "ms": -500})
        while console.tell().get("n", 0) < number:
            pass


def test_a_console_without_the_right_is_told_so_through_the_proxy(hall):
    with Phone(hall.proxy, f"/events/console/{SHOW}") as console:
        assert console.head.startswith("403 ")


@pytest.mark.skipif(CURL is None, reason="curl is not installed")
def test_the_line_comes_through_by_http_2(hall):
    command = [CURL, "--silent", "--no-buffer", "--include", "--http2", "--max-time", "20"]
    command += ["--cacert", str(hall.proxy.certificate)]
    command += ["--resolve", f"madina.example:{hall.proxy.port}:127.0.0.1"]
    command += [f"https://madina.example:{hall.proxy.port}{LIVE}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as curl:
        lines = iter(curl.stdout)
        assert next(lines).startswith("HTTP/2 200")
        assert json.loads(next(line for line in lines if line.startswith("data: ")).removeprefix("data: "))
        curl.terminate()


@pytest.mark.skipif("AQYN_DATABASE" in os.environ, reason="a house opened again has another database there")
def test_after_the_house_was_killed_phones_go_on_through_the_same_proxy(hall, open_house):
    number = hall.console.press({"do": "nudge", "ms": -500})
    with Phone(hall.proxy) as phone:
        before = phone.tell()
        hall.house.close(signal.SIGKILL)
        phone.ended()
    with Phone(hall.proxy) as away:
        assert away.head.startswith("502 ")
    open_house("--port", str(hall.house.port), data=hall.house.data, settings=HTTPS_HOUSE)
    with Phone(hall.proxy) as phone:
        assert phone.tell() == before
    assert before["n"] == number
    # The console goes on as well: what it holds is written in the row.
    assert hall.console.press({"do": "nudge", "ms": -500}) == number + 1
