"""The sound files under data/media, each by its SHA-256: put away whole, let go when no row stands on them.

One lock file orders those who put away and those who let go, across threads and processes: otherwise a file
could be let go between being found there and its row being committed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from aqyn.media.scratch import scratch_folder
from aqyn.songs.selectors.media import files_in_use

_held = threading.local()


def media_path(name: str) -> Path:
    """Where the file `ab/abc….opus` lies."""
    return Path(settings.MEDIA, name)


def name_for(sha256: str, extension: str) -> str:
    return f"{sha256[:2]}/{sha256}.{extension}"


@contextmanager
def shelf_lock() -> Iterator[None]:
    """Alone with the files. May be entered again by the thread that holds it; always before a transaction."""
    depth = getattr(_held, "depth", 0)
    if depth:
        _held.depth = depth + 1
        try:
            yield
        finally:
            _held.depth -= 1
        return
    Path(settings.MEDIA).mkdir(parents=True, exist_ok=True)
    with Path(settings.MEDIA, ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _held.depth = 1
        try:
            yield
        finally:
            _held.depth = 0


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder on the disk of the media, where things are made before they are put away; gone afterwards."""
    Path(settings.MEDIA).mkdir(parents=True, exist_ok=True)
    # What a killed process left there is cleared by whoever comes next.
    with scratch_folder(Path(settings.MEDIA)) as folder:
        yield folder


def copied(source: Path, folder: Path, most_bytes: int) -> tuple[Path, str, int]:
    """A copy of `source` in `folder` that has reached the disk: (path, SHA-256, bytes).

    Reads at most one byte more than `most_bytes`: the file may grow while it is read.
    """
    target = folder / "original"
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(1 << 20):
            size += len(block)
            if size > most_bytes:
                break
            digest.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
    return target, digest.hexdigest(), size


def linked(source: Path, folder: Path) -> Path:
    """A second name in `folder` for a file among the media that has reached the disk already."""
    target = folder / "original"
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        # A file system without hard links.
        shutil.copyfile(source, target)
    return target


def put_away(made: Path, name: str) -> None:
    """Move a finished file to its place. Call with the `shelf_lock`, before the row that stands on it."""
    target = media_path(name)
    target.parent.mkdir(exist_ok=True)
    made.replace(target)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def let_go(names: Iterable[str]) -> None:
    """Delete these files, but not one that another row stands on. Call after the commit that let them go."""
    wanted = set(names)
    if not wanted:
        return
    with shelf_lock():
        for name in wanted - files_in_use(wanted):
            path = media_path(name)
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()
