"""How many song pages a second the house answers: kept ones, and ones that its view renders.

The real server over loopback, the client in a process of its own, its connections kept open, gzip as a
browser takes it. Kept: `/kk/songs/qyzylorda/` as every visitor asks for it. Rendered: the same page with a
query key that it does not know, which by rule 9 goes to the view each time: router, middleware, the
queries that ask which songs are public and as of which generation, the values for this reader, template,
gzip. What a song holds is read once for each generation of the pages (`songs.selectors.known`), here as in
any house; nothing of the finished page is kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any

from aqyn.site.benches._house import BenchHouse, bench_house

PATH = "/kk/songs/qyzylorda/"
HEADERS = (
    "Host: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: kk\r\n"
)
HEADERS += "User-Agent: Mozilla/5.0 (aqyn bench)\r\n"
WARM_SECONDS = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each of the two is measured (8)")
    parser.add_argument("--connections", type=int, default=16, help="how many visitors ask at once (16)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """`cached_per_s`, `uncached_per_s`, and of the cached ones `p50_ms`, `p99_ms`; with sizes beside them."""
    with bench_house() as house:
        idle_mib = house.memory_mib()
        load = {"connections": args.connections, "seconds": args.seconds}
        kept = measured(house, PATH, **load)
        rendered = measured(house, f"{PATH}?unknown=1", **load)
        return {
            "cached_per_s": kept["per_s"],
            "uncached_per_s": rendered["per_s"],
            "p50_ms": kept["p50_ms"],
            "p99_ms": kept["p99_ms"],
            "uncached_p50_ms": rendered["p50_ms"],
            "uncached_p99_ms": rendered["p99_ms"],
            "page": PATH,
            "page_gzip_bytes": kept["bytes"],
            "connections": args.connections,
            "seconds": args.seconds,
            "answers": kept["answers"] + rendered["answers"],
            "client_cpu_s": round(kept["client_cpu_s"] + rendered["client_cpu_s"], 2),
            "start_s": house.started_s,
            "memory_idle_mib": idle_mib,
            "memory_after_mib": house.memory_mib(),
        }


def measured(house: BenchHouse, path: str, *, connections: int, seconds: float) -> dict[str, Any]:
    """How often the house answers with this page: `per_s`, `p50_ms`, `p99_ms`, `bytes`, `answers`,
    `client_cpu_s`."""
    told = {
        "host": "127.0.0.1",
        "port": house.port,
        "request": f"GET {path} HTTP/1.1\r\n{HEADERS}\r\n",
        "connections": connections,
    }
    _client(told | {"seconds": WARM_SECONDS})
    return _client(told | {"seconds": seconds})


def _client(told: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "aqyn.site.benches._client"]
    done = subprocess.run(command, input=json.dumps(told), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit("The house answered with something else than pages; see above.")
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen
