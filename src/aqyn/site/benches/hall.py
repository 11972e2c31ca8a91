"""How soon a whole hall of phones is told what the console presses, and whether all come back after kill -9.

The real server over loopback; the phones are real connections from several source addresses, all in one
client process of their own (`_phones.py`), each following `/events/live/<show>`. The crew's console holds
the wheel and presses `--rate` times a second over the press lane; each press nudges the running song back
by as long as has passed, so that it never ends. Pages of the show and of a song are asked for meanwhile, a
few a second.

A delay runs from the moment the server names in the message (`t`: when it took up the press, before its row
was written) to the moment the client has read the message; both by one clock, to the millisecond. The first
message on a connection, and the newest word said again, do not count. `delivered_per_s`: new messages read,
over the time until the last one was. `missed`: positions that a phone was never told because a newer one
came first; `stale`: older ones after newer ones, which would be an error. `kib_per_phone`: what all the
server's processes hold (PSS) with the hall full, less what they held before, over the phones; the system's
own buffers are not in it. `cpu_s`: of all the server's processes while the presses went on. `refused`:
presses that the house did not take, with its sentence.

With `--kill` the server is killed (SIGKILL) after half of the presses and opened again on the same port.
Each phone comes back as `link.js` does, and is right once it has been told the very position that stands in
the row. `back_within_10s` is the share of all phones that were right ten seconds after the kill, the
server's own start included. Then the other half is pressed.

`nchan`: the same phones against Debian's nginx with nchan, a worker for each core, one publisher at the
same rate and the same bytes; null where it is not installed. Its delay runs from just before it is handed
the message, and it has no pages and no rows to write.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from contextlib import closing
from typing import Any

from aqyn.core.live import Position, State, read_order, write_message
from aqyn.site.benches._console import Console
from aqyn.site.benches._crowd import Crowd, Pages, Presses, percentile
from aqyn.site.benches._evening import SHOW
from aqyn.site.benches._house import BenchHouse, bench_house
from aqyn.site.benches._nchan import SUBSCRIBE, Nchan, nchan_module, open_nchan

LIVE = f"/events/live/{SHOW}"
PAGES = (f"/kk/live/{SHOW}/", "/kk/songs/qyzylorda/")
PAGES_PER_S = 4.0
BACK_SECONDS = 10.0
LONGEST_BACK_SECONDS = 30.0
WORKER_SPARE = 1024
"""Connections of nchan's workers beyond the phones."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--phones", type=int, default=1000, help="how many follow (1000)")
    parser.add_argument("--rate", type=float, default=4.0, help="presses a second (4)")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long is pressed (10)")
    parser.add_argument("--kill", action="store_true", help="kill the server with -9 in the middle")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The keys of DESIGN's table, beside them what was missed, stale or late, and the sizes."""
    if not sys.platform.startswith("linux"):
        raise SystemExit("This bench needs Linux: epoll, /proc, and more than one loopback address.")
    with (
        bench_house("aqyn.site.benches._evening") as house,
        closing(Console(house.port, house.key)) as console,
    ):
        figures = _house(house, console, args)
    module = nchan_module()
    if module is None:
        return {**figures, "nchan": None}
    with open_nchan(module, connections=args.phones + WORKER_SPARE) as nchan:
        return {**figures, "nchan": _nchan(nchan, args)}


def _house(house: BenchHouse, console: Console, args: argparse.Namespace) -> dict[str, Any]:
    console.press(do="take")
    console.press(do="start", entry=_row(house, "SELECT id FROM stage_entry ORDER BY position")[0])
    back_ms = -round(1000 / args.rate)
    pages = Pages(house.port, PAGES, per_s=PAGES_PER_S)
    presses = Presses()
    halves = 2 if args.kill else 1

    def press_on() -> None:
        pages.begin()
        deed = lambda: console.try_press(do="nudge", ms=back_ms)  # noqa: E731
        presses.make(deed, house.processes, crowd, rate=args.rate, seconds=args.seconds / halves)
        pages.end()

    empty_kib = house.processes.memory_kib()
    with Crowd(house.port, LIVE, args.phones, watchful=True) as crowd:
        filled_s = crowd.fill()
        kib = house.processes.memory_kib() - empty_kib
        crowd.ask("measure")
        press_on()
        killed = {}
        if args.kill:
            killed = _killed(house, console, crowd, args.phones)
            press_on()
        seen = crowd.ask("report")
    return {
        **_figures(seen, presses, kib, args),
        "pages_p95_ms": percentile(pages.took_ms, 0.95),
        **killed,
        "pages": len(pages.took_ms),
        "pages_failed": pages.failed,
        "refused": dict(console.refused),
        "press_p95_ms": percentile(presses.took_ms, 0.95),
        "filled_s": filled_s,
    }


def _killed(house: BenchHouse, console: Console, crowd: Crowd, phones: int) -> dict[str, Any]:
    """Kill it, open it again, and wait until every phone is told what stands in the row."""
    at = time.time()
    crowd.ask("killed", at=at)
    house.kill()
    console.close()
    house.open()
    right = _position(house)
    if right.number < console.newest:
        raise SystemExit(
            f"Position {console.newest} was acknowledged and is lost; the row says {right.number}."
        )
    took: list[float] = []
    while len(took) < phones and time.time() < at + LONGEST_BACK_SECONDS:
        time.sleep(0.25)
        took = crowd.ask("back", data=_data(right))["took"]
    return {
        "back_within_10s": round(sum(seconds <= BACK_SECONDS for seconds in took) / phones, 4),
        "back": len(took),
        "back_p50_s": percentile(took, 0.5),
        "back_last_s": percentile(took, 1.0),
        "reopened_s": house.started_s,
    }


def _nchan(nchan: Nchan, args: argparse.Namespace) -> dict[str, Any]:
    number = 0

    def publish() -> None:
        nonlocal number
        number += 1
        now_ms = int(time.time() * 1000)
        nchan.publish(_data(Position(number, now_ms, State.RUN, entry=1, step=1, at_ms=12_345)))

    publish()
    presses = Presses()
    empty_kib = nchan.processes.memory_kib()
    with Crowd(nchan.port, SUBSCRIBE, args.phones, watchful=False) as crowd:
        filled_s = crowd.fill()
        kib = nchan.processes.memory_kib() - empty_kib
        crowd.ask("measure")
        presses.make(publish, nchan.processes, crowd, rate=args.rate, seconds=args.seconds)
        seen = crowd.ask("report")
    return {
        **_figures(seen, presses, kib, args),
        "pages_p95_ms": None,
        "filled_s": filled_s,
        "workers": nchan.workers,
    }


def _figures(seen: dict[str, Any], presses: Presses, kib: int, args: argparse.Namespace) -> dict[str, Any]:
    return {
        "connected": seen["connected"],
        "dropped": seen["dropped"],
        "delivered_per_s": round(seen["delivered"] / max(presses.seconds, 0.001), 1),
        "p50_ms": seen["p50_ms"],
        "p95_ms": seen["p95_ms"],
        "p99_ms": seen["p99_ms"],
        "max_ms": seen["max_ms"],
        "kib_per_phone": round(kib / args.phones, 1),
        "cpu_s": round(presses.cpu_s, 2),
        "client_cpu_s": seen["client_cpu_s"],
        "phones": args.phones,
        "rate": args.rate,
        "seconds": args.seconds,
        **{key: seen[key] for key in ("delivered", "missed", "stale", "behind", "silent")},
    }


def _position(house: BenchHouse) -> Position:
    """What stands in the row of the open hall."""
    number, time_ms, state, entry, step, at_ms, tempo, order, line, dark, notice = _row(
        house,
        'SELECT number, time_ms, state, entry_id, step, at_ms, tempo, "order", line, dark, notice'
        " FROM stage_performance WHERE closed_at IS NULL",
    )
    told = (step, at_ms, tempo, read_order(order), line, bool(dark), notice)
    return Position(number, time_ms, State(state), entry or 0, *told)


def _row(house: BenchHouse, query: str) -> tuple[Any, ...]:
    with closing(sqlite3.connect(f"file:{house.data / 'aqyn.sqlite3'}?mode=ro", uri=True)) as database:
        row: tuple[Any, ...] = database.execute(query).fetchone()
        return row


def _data(position: Position) -> str:
    """The position's message, without what makes it an event."""
    return write_message(position).decode("ascii").removeprefix("data: ").strip()
