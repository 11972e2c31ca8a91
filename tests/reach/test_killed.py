"""The process that writes a letter's copies is killed at random: nobody is left out, nobody gets two."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.db.models import Count
from tests.reach.conftest import NOON
from tests.reach.test_bulletins import WORDS

from aqyn.post.models import Letter
from aqyn.reach import services
from aqyn.reach.models import Bulletin, Copy

READERS = 3_000
KILLS = 12

# Writes until all is written, as the worker does, and sends nothing: what waits is taken as sent.
WORKER = f"""
import sys, django; django.setup()
from datetime import datetime, UTC
import dataclasses
from django.conf import settings
settings.CONFIG = dataclasses.replace(settings.CONFIG, public_url="https://aru.example")
from aqyn.post.models import Letter
from aqyn.reach import tasks
from aqyn.reach.models import Bulletin
now = datetime.fromisoformat({NOON.isoformat()!r})
print("ready", flush=True)
while Bulletin.objects.filter(finished_at=None).exists():
    if not tasks.run_next(now=now, stop=lambda: False):
        Letter.objects.filter(sent_at=None).update(sent_at=now)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_random_writes_to_everyone_once(mail, follow, tmp_path):
    mail(per_minute=1_000)
    follow(*(f"r{number}@example.kz" for number in range(READERS)))
    row = services.make(artist="aru", now=NOON, actor=None, **WORDS)
    services.start(bulletin=row.pk, seen=READERS, now=NOON, actor=None)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AQYN_")}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "aqyn.site.settings"}
    environment |= {"AQYN_DATA": str(tmp_path)} | shared(tmp_path)
    chance = random.Random(7)
    for _kill in range(KILLS):
        child = begun(environment)
        time.sleep(chance.uniform(0.02, 0.25))
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
    child = begun(environment)
    assert child.wait(timeout=120) == 0
    child.communicate()
    letters, copies = rows(tmp_path)
    assert letters == {f"r{number}@example.kz": 1 for number in range(READERS)}
    assert copies == READERS


def begun(environment):
    child = subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "ready\n"
    return child


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
