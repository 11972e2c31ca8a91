"""The process that writes a letter's copies is killed between its statements: everyone gets one."""

import os
import signal
import sqlite3
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.db.models import Count
from tests.reach.conftest import NOON
from tests.reach.test_bulletins import WORDS

from aqyn.post.models import Letter
from aqyn.reach import services
from aqyn.reach.models import Bulletin, Copy

READERS = 400
KILLS = 12

# Writes until all is written, as the worker does, and sends nothing: what waits is taken as sent. It is
# killed before the row that its argument counts, every other time between a letter and its copy.
WORKER = f"""
import os, signal, sys, django; django.setup()
from datetime import datetime, UTC
import dataclasses
from django.conf import settings
settings.CONFIG = dataclasses.replace(settings.CONFIG, public_url="https://aru.example")
from aqyn.post.models import Letter
from aqyn.reach import tasks
from aqyn.reach.models import Bulletin
now = datetime.fromisoformat({NOON.isoformat()!r})
left = int(sys.argv[1])
def count(execute, sql, params, many, context):
    global left
    if sql.startswith("INSERT"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
from django.db import connection
connection.execute_wrappers.append(count)
while Bulletin.objects.filter(finished_at=None).exists():
    if not tasks.run_next(now=now, stop=lambda: False):
        Letter.objects.filter(sent_at=None).update(sent_at=now)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_writes_to_everyone_once(mail, follow, tmp_path):
    mail(per_minute=1_000)
    follow(*(f"r{number}@example.kz" for number in range(READERS)))
    row = services.make(artist="aru", now=NOON, actor=None, **WORDS)
    services.start(bulletin=row.pk, seen=READERS, now=NOON, actor=None)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AQYN_")}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "aqyn.site.settings"}
    environment |= {"AQYN_DATA": str(tmp_path)} | shared(tmp_path)
    for kill in range(KILLS):
        assert run(environment, before=11 + 7 * kill) == -signal.SIGKILL
    assert run(environment, before=0) == 0
    letters, copies = rows(tmp_path)
    assert letters == {f"r{number}@example.kz": 1 for number in range(READERS)}
    assert copies == READERS


def run(environment, *, before):
    """How a worker ended that is killed before its row of this number; 0: never."""
    return subprocess.run(
        [sys.executable, "-c", WORKER, str(before)], env=environment, timeout=120
    ).returncode


def shared(folder):
    """Where the other process finds the database: a copy of SQLite's file, PostgreSQL's own."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "aqyn.sqlite3") as file:
            connection.connection.backup(file)
        file.close()
        return {}
    there = urlsplit(os.environ["AQYN_DATABASE"])
    return {"AQYN_DATABASE": urlunsplit(there._replace(path="/" + connection.settings_dict["NAME"]))}


def rows(folder):
    """Letters by address, and how many copies: as the killed process left them."""
    if connection.vendor == "sqlite":
        file = sqlite3.connect(folder / "aqyn.sqlite3")
        letters = dict(file.execute('SELECT "to", count(*) FROM post_letter GROUP BY "to"'))
        [copies] = file.execute("SELECT count(*) FROM reach_copy").fetchone()
        file.close()
        return letters, copies
    assert Bulletin.objects.get().finished_at == NOON
    letters = dict(Letter.objects.values_list("to").annotate(Count("pk")).order_by())
    return letters, Copy.objects.count()
