"""Bring a song in from a folder: song.toml, words, times and sound."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path


class SongRefused(Exception):
    """What is wrong with the folder, one sentence a line."""


REFUSALS = (SongRefused,)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the song (docs/formats.md)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the house (./data)")
    parser.add_argument("--artist", metavar="SLUG", help="whose song it is, where there are several artists")
    parser.add_argument("--replace", action="store_true", help="put it in place of the song that is there")


def run(args: argparse.Namespace) -> int:
    from aqyn.site import house

    config = house.open_house(args.data)
    if house.migrate():
        # As `up` does with a folder that is new: the sample still belongs into it.
        (config.data / house.FIRST_RUN).touch()
    from aqyn import media
    from aqyn.songs import services
    from aqyn.songs.sentences import Refusal, media_sentence

    try:
        done = _import(args, services)
    except Refusal as refusal:
        raise SongRefused(str(refusal)) from None
    except media.MediaError as error:
        raise SongRefused(media_sentence(error.code, error.details)) from None
    sys.stdout.write(f"{'Replaced' if done.replaced else 'Imported'}: {done.slug}\n")
    if done.loose_times:
        sys.stdout.write("Its times were left out: they belong to a recording, and there is no audio file.\n")
    return 0


def _import(args: argparse.Namespace, services):  # type: ignore[no-untyped-def]
    from aqyn.people.selectors import artists
    from aqyn.site.terminal import progress

    known = [artist.slug for artist in artists()]
    if args.artist is None and len(known) != 1:
        raise SongRefused(
            f"Say whose song it is with --artist: {', '.join(known)}."
            if known
            else "There is no artist yet: open the house with ./aqyn up first."
        )
    with ExitStack() as stack:
        # Drawn once there is sound to prepare, and not over a sentence that refuses.
        draw = None

        def tell(share: float) -> None:
            nonlocal draw
            draw = draw or stack.enter_context(progress("Preparing the sound"))
            draw(share)

        # Prepared here and not by the worker: that also works where no house is open, and a file that
        # cannot be played is refused before anything was changed.
        done = services.import_folder(
            args.folder,
            artist=args.artist or known[0],
            now=datetime.now(UTC),
            replacing=args.replace,
            wait=True,
            progress=tell,
        )
        if draw is not None:
            draw(1.0)
        return done
