"""Run the tests on SQLite, then those that use a database on a real PostgreSQL. Takes pytest's arguments."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from aqyn.site.extras import ROOT, ensure

TAKES_MORE = True
DATABASES = ("sqlite", "postgresql")
# pytest's own: nothing was there to be tested, which is right where a file uses no database.
NOTHING_COLLECTED = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", choices=DATABASES, help="on this one alone")
    parser.usage = "./aqyn test [--database {sqlite,postgresql}] [pytest's arguments …]"


def run(args: argparse.Namespace) -> int:
    ensure("dev")
    chosen = [args.database] if args.database else list(DATABASES)
    worst = 0
    for database in chosen:
        sys.stdout.write(f"\nTests on {database}\n")
        sys.stdout.flush()
        status = run_pytest(database, args.rest)
        if status == NOTHING_COLLECTED and database == "postgresql" and len(chosen) > 1:
            status = 0
        worst = max(worst, status)
    return worst


def run_pytest(database: str, rest: list[str]) -> int:
    """pytest's exit status. In two processes, unless `rest` says how many or wants to watch one."""
    alone = {"-n", "--pdb", "-s", "--capture=no", "--collect-only", "--co", "-x"}
    spread = (
        []
        if any(word in alone or word.startswith(("-n", "--numprocesses")) for word in rest)
        else ["-n", "2"]
    )
    # Tests of one file share what they set up: the house that is open, the browser.
    spread += ["--dist", "loadfile"] if spread else []
    command = [sys.executable, "-m", "pytest", "--database", database, *spread, *rest]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AQYN_")}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
