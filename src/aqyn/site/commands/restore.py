"""Bring a house back from a backup. Every hash is checked first; nothing is overwritten without --replace."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from aqyn.site.backup import BackupError, read_backup
from aqyn.site.config import load
from aqyn.site.house import lock_folder
from aqyn.site.terminal import progress

REFUSALS = (BackupError,)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` wrote")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the house (./data)")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="move the house that is there aside and put the backup in place",
    )


def run(args: argparse.Namespace) -> None:
    data = load(environ=os.environ, data=args.data).data
    with ExitStack() as held:
        if data.is_dir():
            held.enter_context(lock_folder(data))  # an open house would go on writing into the old folder
        with progress("Checking and unpacking") as draw:
            summary = read_backup(args.file, data, replace=args.replace, progress=draw)
    sys.stdout.write(f"{data} is as it was at {summary.made_at}: {summary.files} files, every hash agrees.\n")
