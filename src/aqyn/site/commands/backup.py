"""Keep the whole house in one file: database, media, settings, each with its hash. It may stay open."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from aqyn.site.backup import BackupError, write_backup
from aqyn.site.config import load
from aqyn.site.terminal import progress

REFUSALS = (BackupError,)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write; it must not exist yet")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the house (./data)")


def run(args: argparse.Namespace) -> None:
    config = load(environ=os.environ, data=args.data)
    if config.database:
        raise BackupError(
            "This house keeps its rows in PostgreSQL: back them up with pg_dump, and copy the data folder."
        )
    with progress("Backing up") as draw:
        summary = write_backup(config.data, args.file, now=datetime.now(UTC), progress=draw)
    sys.stdout.write(
        f"{args.file}: {summary.files} files, {summary.size / 1e6:.1f} MB, each with its hash.\n"
    )
