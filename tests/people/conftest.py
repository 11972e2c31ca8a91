"""Browsers, people and houses of their own for the tests of `people`."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.test import Client

from aqyn.people.models import Person, Role

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def noon():
    return NOON


@pytest.fixture
def visitor():
    """A fresh visitor on this house's own pages, as often as it is called."""

    def fresh(**extra):
        headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 (Android 14) Firefox/130.0"}
        return Client(headers=headers, SERVER_NAME="localhost", **extra)

    return fresh


@pytest.fixture
def owner(db):
    return Person.objects.create(
        email="madina@example.kz", name="Мадина", language="en", role=Role.OWNER, joined_at=NOON
    )


@pytest.fixture
def helper(owner):
    return Person.objects.create(
        email="sanjar@example.kz", name="Санжар", language="en", role=Role.CREW, joined_at=NOON
    )


@pytest.fixture
def at_once(tmp_path):
    """Runs a deed in several processes on one real database at once; gives what each printed as JSON.

    `rows` afterwards runs one more process to look. The test must commit what it made (transaction=True).
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AQYN_")}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "aqyn.site.settings"}
    environment["AQYN_DATA"] = str(tmp_path)

    def share_database() -> None:
        if connection.vendor == "sqlite":
            with sqlite3.connect(tmp_path / "aqyn.sqlite3") as file:
                connection.connection.backup(file)
            file.close()
            return
        there = urlsplit(os.environ["AQYN_DATABASE"])
        environment["AQYN_DATABASE"] = urlunsplit(there._replace(path="/" + connection.settings_dict["NAME"]))

    def run(deed: str, times: int) -> list:
        code = (
            "import json, sys, django; django.setup(); from datetime import *\n"
            f"now = datetime.fromisoformat({NOON.isoformat()!r})\n"
            f"def deed(n):\n{_indented(deed)}\n"
            "from django.db import connection; connection.ensure_connection()\n"
            "print('ready', flush=True); sys.stdin.readline()\n"
            "print(json.dumps(deed(int(sys.argv[1]))), flush=True)\n"
        )
        children = [
            subprocess.Popen(
                [sys.executable, "-c", code, str(n)],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=Path(__file__).parent,
            )
            for n in range(times)
        ]
        try:
            for child in children:
                assert child.stdout.readline() == "ready\n"
            for child in children:
                child.stdin.write("\n")
                child.stdin.flush()
            return [json.loads(child.communicate(timeout=60)[0]) for child in children]
        finally:
            for child in children:
                child.kill()
                child.communicate()

    def at_once(deed: str, *, times: int, rows: str) -> tuple[list, object]:
        share_database()
        results = run(deed, times)
        return results, run(rows, 1)[0]

    return at_once


def _indented(code: str) -> str:
    return "\n".join("    " + line for line in code.strip().splitlines())
