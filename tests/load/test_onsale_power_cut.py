"""The power goes while a real house sells: whoever was told yes has the place when it comes back."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.conftest import children_of
from tests.load.power import cut, read_trace, watched

from aqyn.core.passes.serials import number, read_serial

ROOT = Path(__file__).parents[2]
FILES = ("aqyn.sqlite3", "aqyn.sqlite3-wal")
PLACES = 260
BUYERS = 330
AT_ONCE = 12
CUTS = 40


@pytest.fixture
def strace(request):
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("the power cut is that of SQLite's files")
    if shutil.which("strace") is None:
        pytest.skip("no strace found")
    if subprocess.run(
        ["strace", "-f", "-o", "/dev/null", "true"], capture_output=True, check=False
    ).returncode:
        pytest.skip("strace may not trace here")


class House:
    """A house that sells places for nothing, every write of it watched."""

    def __init__(self, folder):
        self.data, self.trace = folder / "house", folder / "trace"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AQYN_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = kept | {"PYTHONPATH": str(ROOT / "src"), "AQYN_DATA": str(self.data)}
        self.before, self.type = {}, 0

    def fill(self):
        said = subprocess.run(
            [sys.executable, "-P", "-m", "aqyn.site.benches._onsale"],
            env=self.environment | {"BENCH_PLACES": f"{PLACES},1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        self.type = json.loads(said.stdout.splitlines()[-1])["rate"]
        self.before = {name: (self.data / name).read_bytes() for name in FILES if (self.data / name).exists()}

    def open(self, port):
        program = [sys.executable, "-P", "-m", "aqyn", "up", "--no-sample", "--port", str(port)]
        self.process = subprocess.Popen(
            watched(self.trace, program),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        if not any(line.startswith("Ctrl-C") for line in self.process.stdout):
            raise AssertionError("the house did not open")
        self.port = port

    def kill(self):
        """-9 to all of it; what watches ends by itself."""
        while pids := children_of(self.process.pid):
            for pid in [*pids, *(below for one in pids for below in children_of(one))]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        self.process.wait(60)
        self.process.stdout.close()


class Told:
    """What buyers were told, and when. `holds`: (time, buyer, id); `orders`: (time, id, hold, serials)."""

    def __init__(self):
        self.holds, self.orders, self.others = [], [], []

    def buy(self, house, buyers):
        with closing(HTTPConnection("127.0.0.1", house.port, timeout=30)) as line:
            for buyer in buyers:
                wish = {
                    "items": [{"ticket_type": house.type, "quantity": 1}],
                    "email": f"b{buyer}@example.kz",
                }
                status, held, at = post(line, "/api/v1/shows/rate/holds", wish, f"key-{buyer}")
                if status != 201:
                    self.others.append((status, held["code"]))
                    continue
                self.holds.append((at, buyer, number(held["id"])))
                wish = {"secret": held["secret"], "name": "Ару", "payment": "free"}
                status, placed, at = post(line, f"/api/v1/holds/{held['id']}/order", wish)
                assert status in (200, 201), placed
                serials = {read_serial(ticket["serial"]) for ticket in placed["tickets"]}
                self.orders.append((at, number(placed["id"]), number(held["id"]), serials))


def post(line, path, told, key=""):
    headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
    line.request("POST", path, json.dumps(told), headers)
    answer = line.getresponse()
    read = json.loads(answer.read())
    return answer.status, read, time.time()


def sell(house):
    told = Told()
    threads = [
        threading.Thread(target=told.buy, args=(house, range(first, BUYERS, AT_ONCE)))
        for first in range(AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def test_whoever_was_told_yes_has_the_place_after_the_power_went(tmp_path, strace, free_port):
    house = House(tmp_path)
    house.fill()
    house.open(free_port)
    try:
        told = sell(house)
    finally:
        house.kill()
    assert len(told.holds) == len(told.orders) == PLACES
    assert told.others == [(409, "sold_out")] * (BUYERS - PLACES)
    deeds, chance = read_trace(house.trace, FILES), random.Random(5)
    times = [one[0] for one in told.holds + told.orders]
    for n in range(CUTS):
        at = chance.uniform(min(times), max(times))
        folder = tmp_path / f"cut-{n}"
        folder.mkdir()
        for name, content in cut(deeds, at, chance, house.before).items():
            (folder / name).write_bytes(content)
        with closing(sqlite3.connect(folder / FILES[0])) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            all_told_is_there(database, told, at)
            counters_fit(database)
        shutil.rmtree(folder)


def all_told_is_there(database, told, at):
    """Each hold and each order that was acknowledged before the cut, whole."""
    holds = {
        (id_, email, key, count)
        for id_, email, key, count in database.execute(
            "SELECT h.id, h.email, h.key, (SELECT SUM(quantity) FROM tickets_holditem WHERE hold_id = h.id) "
            "FROM tickets_hold AS h"
        )
    }
    assert {(id_, f"b{n}@example.kz", f"key-{n}", 1) for when, n, id_ in told.holds if when < at} <= holds
    orders, serials = {}, {}
    for id_, hold, name, confirmed, ended in database.execute(
        "SELECT o.id, o.hold_id, o.name, o.confirmed_at IS NOT NULL, h.ended_at IS NOT NULL "
        "FROM tickets_order AS o JOIN tickets_hold AS h ON h.id = o.hold_id"
    ):
        orders[id_] = (hold, name, confirmed, ended)
    for order, serial in database.execute(
        "SELECT order_id, serial FROM tickets_ticket WHERE gone_at IS NULL"
    ):
        serials.setdefault(order, set()).add(serial)
    for when, id_, hold, mine in told.orders:
        if when < at:
            assert (orders.get(id_), serials.get(id_)) == ((hold, "Ару", 1, 1), mine)
    # Nobody was told of the others yet; they are whole as well.
    assert set(orders) == set(serials)


def counters_fit(database):
    """Nothing is sold twice, and what is counted is what is there."""

    def one(asked):
        return database.execute(asked).fetchone()[0]

    live = one("SELECT COUNT(*) FROM tickets_ticket WHERE gone_at IS NULL")
    held = one(
        "SELECT COALESCE(SUM(i.quantity), 0) FROM tickets_holditem AS i "
        "JOIN tickets_hold AS h ON h.id = i.hold_id WHERE h.ended_at IS NULL"
    )
    assert one("SELECT SUM(taken) FROM tickets_quota") == live + held <= PLACES
    assert one("SELECT SUM(taken) FROM tickets_tickettype") == live + held
    numbers = [n for (n,) in database.execute("SELECT number FROM tickets_ticket ORDER BY number")]
    assert numbers == list(range(1, live + 1))
    assert one("SELECT MAX(last_number) FROM tickets_sale") == live
    assert one("SELECT COUNT(DISTINCT serial) FROM tickets_ticket") == live
    assert one("SELECT COUNT(*) - COUNT(DISTINCT hold_id) FROM tickets_order") == 0
