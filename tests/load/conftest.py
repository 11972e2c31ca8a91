"""An evening in a real house that can be killed and opened again on the same port."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).parents[2]
KEY = "a" * 43
SEED = "import django, runpy, sys; django.setup(); runpy.run_path(sys.argv[1], run_name='__main__')"


@dataclass
class Evening:
    """A house with a hall that is open. `first`: the number of its position; `entry`: the song; `sessions`:
    of two people of the crew.
    """

    data: Path
    port: int
    database: str
    first: int = 0
    entry: int = 0
    sessions: list = field(default_factory=list)
    process: subprocess.Popen | None = None

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AQYN_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        kept |= {"PYTHONPATH": str(ROOT / "src"), "AQYN_DATA": str(self.data)}
        return kept | ({"AQYN_DATABASE": self.database} if self.database else {})

    def open(self):
        command = [sys.executable, "-P", "-m", "aqyn", "up", "--no-sample", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        for line in self.process.stdout:
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError("the house did not open")

    def kill(self):
        """-9, and nothing is left of it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        self.process.stdout.close()
        assert not Path(f"/proc/{self.process.pid}").exists()

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)
            self.process.stdout.close()

    def seed(self):
        told = subprocess.run(
            [sys.executable, "-c", SEED, str(Path(__file__).with_name("seed.py"))],
            env=self.environment() | {"DJANGO_SETTINGS_MODULE": "aqyn.site.settings"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        vars(self).update(json.loads(told.stdout))

    def press(self, number, *, who=0, key=KEY, at=None, **pressed):
        """The status and what was answered. Raises OSError where the house is not there."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = {"key": key, "number": number, "at": at or round(time.time() * 1000), "press": pressed}
            headers = {"Origin": f"http://127.0.0.1:{self.port}", "Cookie": f"aqyn={self.sessions[who]}"}
            connection.request("POST", "/studio/stage/astana/press", json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


@pytest.fixture
def make_evening(tmp_path, request):
    """`make_evening()`: an evening in a house that is open; `beside=other`: one more on its database."""
    made = []
    on_postgres = request.config.getoption("--database") == "postgresql"

    def one(beside=None):
        database = beside.database if beside else _fresh_database() if on_postgres else ""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        evening = Evening(tmp_path / f"house-{len(made)}", port, database)
        made.append(evening)
        if beside is not None:
            evening.data.mkdir()
            shutil.copy(beside.data / "secret", evening.data)
            told = {"first": beside.first, "entry": beside.entry, "sessions": beside.sessions}
            vars(evening).update(told)
        evening.open()
        if beside is None:
            evening.seed()
        return evening

    yield one
    for evening in made:
        evening.close()


def _fresh_database():
    import psycopg

    name = f"house_{secrets.token_hex(6)}"
    parts = urlsplit(os.environ["AQYN_DATABASE"])
    with psycopg.connect(os.environ["AQYN_DATABASE"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(parts._replace(path=f"/{name}"))


@pytest.fixture
def evening(make_evening):
    return make_evening()
