"""kill -9 while places are sold: what was acknowledged is there, and a key asks again for the same."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from tests.tickets.conftest import artist, make_sale, make_show, make_type  # noqa: F401

from aqyn.tickets.models import Hold, Order, Quota, Ticket, TicketType

ROOT = Path(__file__).parents[2]
PLACES = 400
BUYERS = 600
TOGETHER = 5
ROUNDS = 6

pytestmark = pytest.mark.django_db(transaction=True)

SELLER = """
import json, sys, django
from django.conf import settings
name, type_, first, last, together = sys.argv[1], *map(int, sys.argv[2:])
settings.DATABASES["default"]["NAME"] = name
django.setup()
from aqyn.core.places import Wanted
from aqyn.site.front.till import open_drawer, write
from aqyn.tickets.claims import Held, HoldAsked, OrderAsked
drawer = open_drawer()
print("ready", flush=True)
for begin in range(first, last, together):
    buyers = range(begin, min(begin + together, last))
    asked = [HoldAsked("evening", (Wanted(type_, 1),), f"b{n}@example.kz", key=f"k{n}") for n in buyers]
    held = write(drawer, asked)
    ids = {n: one.id for n, one in zip(buyers, held) if isinstance(one, Held)}
    print(json.dumps({"held": ids, "refused": len(held) - len(ids)}), flush=True)
    placed = write(drawer, [OrderAsked(id_, "Buyer") for id_ in ids.values()])
    serials = {n: [ticket.serial for ticket in one.tickets] for n, one in zip(ids, placed)}
    print(json.dumps({"placed": serials}), flush=True)
"""


def sell(type_, first, last, *, kill_after=None):
    """What the seller said until it ended, or was killed."""
    name = str(connection.settings_dict["NAME"])
    numbers = [str(n) for n in (type_.pk, first, last, TOGETHER)]
    process = subprocess.Popen(
        [sys.executable, "-c", SELLER, name, *numbers],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    # Not by `communicate`: it passes by the file's own buffer, where what came in one piece with "ready" is.
    with process.stdout as rest:
        said = rest.read()
    process.wait(timeout=120)
    assert not Path(f"/proc/{process.pid}").exists()
    assert (process.returncode == 0) is (kill_after is None)
    return [json.loads(line) for line in said.splitlines() if line.endswith("}")]


def test_whoever_was_told_yes_has_the_place_after_any_kill(make_sale, make_type):  # noqa: F811
    sale = make_sale(places=PLACES)
    type_ = make_type(sale)
    chance = random.Random(11)
    held, placed = {}, {}
    for round_ in range(ROUNDS):
        # The next one begins where its neighbour was killed: its first buyers ask again, by their keys.
        first = max((int(n) for n in held), default=0) // TOGETHER * TOGETHER
        # Whoever is to be killed has more buyers than anybody could serve before.
        last = BUYERS if round_ == ROUNDS - 1 else first + 100_000
        kill_after = None if round_ == ROUNDS - 1 else chance.uniform(0.02, 0.15)
        for said in sell(type_, first, last, kill_after=kill_after):
            for n, id_ in said.get("held", {}).items():
                assert held.setdefault(n, id_) == id_
            for n, serials in said.get("placed", {}).items():
                assert placed.setdefault(n, serials) == serials
        rows = dict(Hold.objects.values_list("email", "pk"))
        assert held.items() <= {email[1 : email.index("@")]: pk for email, pk in rows.items()}.items()
    sold = Counter(Ticket.objects.filter(gone_at=None).values_list("serial", flat=True))
    assert sorted(sold) == sorted(serial for serials in placed.values() for serial in serials)
    assert set(sold.values()) == {1}
    assert Order.objects.count() == len(sold) == PLACES
    assert Quota.objects.get(channel="online").taken == TicketType.objects.get().taken == PLACES
