"""Write a song into a folder that `import-song` brings back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


class ExportRefused(Exception):
    """One sentence: why nothing was written."""


REFUSALS = (ExportRefused,)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("song", metavar="SLUG", help="the last part of the song's address")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the house (./data)")


def run(args: argparse.Namespace) -> int:
    from aqyn.site import house

    house.open_house(args.data)
    house.migrate()
    from aqyn.songs import services
    from aqyn.songs.sentences import Refusal

    try:
        names = services.export_folder(song=args.song, folder=args.folder)
    except Refusal as refusal:
        raise ExportRefused(str(refusal)) from None
    except OSError as error:
        raise ExportRefused(f"“{args.folder}” cannot be written: {error.strerror}.") from None
    sys.stdout.write(f"Written to {args.folder}: {', '.join(names)}\n")
    return 0
