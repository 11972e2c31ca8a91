"""The power cut itself: it finds what a careless program loses, and nothing in a careful one."""

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from tests.load.power import cut, read_trace, watched

WRITER = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA synchronous=" + sys.argv[2])
database.execute("PRAGMA wal_autocheckpoint=20")
database.execute("CREATE TABLE told (number INTEGER)")
for number in range(120):
    database.execute("INSERT INTO told VALUES (?)", [number])
    print(time.time(), number, flush=True)
"""
FILES = ("one.sqlite3", "one.sqlite3-wal")


@pytest.fixture
def strace():
    if shutil.which("strace") is None:
        pytest.skip("no strace found")


def lost(tmp_path, synchronous: str) -> int:
    """How many numbers that were told are missing, over forty cuts."""
    trace = tmp_path / "trace"
    program = [sys.executable, "-c", WRITER, str(tmp_path / "one.sqlite3"), synchronous]
    said = subprocess.run(watched(trace, program), capture_output=True, text=True, check=True, timeout=120)
    told = [(float(at), int(number)) for at, number in (line.split() for line in said.stdout.splitlines())]
    deeds, chance, missing = read_trace(trace, FILES), random.Random(3), 0
    assert len(told) == 120
    for n in range(40):
        at = chance.uniform(told[0][0], told[-1][0])
        folder = tmp_path / f"cut-{synchronous}-{n}"
        folder.mkdir()
        for name, content in cut(deeds, at, chance).items():
            (folder / name).write_bytes(content)
        with closing(sqlite3.connect(folder / "one.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            # Careless enough, and the table itself is gone.
            made = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'told'").fetchone()
            there = {number for (number,) in database.execute("SELECT number FROM told")} if made else set()
        missing += len({number for when, number in told if when < at} - there)
    return missing


def test_what_waits_for_the_disk_is_never_lost(tmp_path, strace):
    assert lost(tmp_path, "FULL") == 0


def test_what_does_not_wait_is_found_missing(tmp_path, strace):
    assert lost(tmp_path, "NORMAL") > 0
