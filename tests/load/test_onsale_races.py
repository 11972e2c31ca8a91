"""Real processes hold the last places at once: exactly as many are given as there are."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from tests.tickets.conftest import artist, make_sale, make_show, make_type  # noqa: F401

from aqyn.tickets.models import Hold, HoldItem, Order, Quota, Ticket

ROOT = Path(__file__).parents[2]
PROCESSES = 4
PLACES = 60

pytestmark = pytest.mark.django_db(transaction=True)

BUYER = """
import json, sys, django
from django.conf import settings
who, name, one, two = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = name
django.setup()
from aqyn.core.places import Wanted
from aqyn.site.front.till import open_drawer, write
from aqyn.tickets.claims import Held, HoldAsked, OrderAsked, Ordered
drawer = open_drawer()
print("ready", flush=True)
sys.stdin.readline()
held = []
for round in range(10):
    # Each the other way round than its neighbour: nobody may wait in a circle.
    wanted = [(int(one), "one"), (int(two), "two")][:: 1 if int(who) % 2 else -1]
    asked = [
        HoldAsked(show, (Wanted(type_, 1),), f"b{key}@example.kz", key=f"{key}-{show}")
        for key in (f"{who}-{round}-{n}" for n in range(3))
        for type_, show in wanted
    ]
    outcomes = write(drawer, asked)
    broken = [repr(one) for one in outcomes if isinstance(one, Exception)]
    assert not broken, broken
    mine = [one.id for one in outcomes if isinstance(one, Held)]
    held += mine
    placed = write(drawer, [OrderAsked(id_, "Buyer") for id_ in mine])
    assert all(isinstance(one, Ordered) for one in placed), placed
print(json.dumps(held))
"""


def test_processes_that_race_for_the_last_places_sell_each_once(make_sale, make_type):  # noqa: F811
    types = [make_type(make_sale(slug, places=PLACES)) for slug in ("one", "two")]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    name = str(connection.settings_dict["NAME"])
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", BUYER, str(who), name, *(str(type_.pk) for type_ in types)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in range(PROCESSES)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = []
    for process in processes:
        said, _nothing = process.communicate(timeout=120)
        assert process.returncode == 0
        told += json.loads(said)
    # 4 processes ask 120 times for 60 places in each of two shows.
    assert len(told) == len(set(told)) == 2 * PLACES
    assert set(Hold.objects.values_list("pk", flat=True)) == set(told)
    assert HoldItem.objects.count() == Order.objects.count() == Ticket.objects.count() == 2 * PLACES
    assert list(Quota.objects.filter(channel="online").values_list("taken", flat=True)) == [PLACES] * 2
    for type_ in types:
        numbers = Ticket.objects.filter(type=type_).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, PLACES + 1))
