"""A temp folder that does not outlive its owner, even one that was killed.

The owner holds a lock on its folder; whoever makes the next one clears what nobody holds any more.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = ".aqyn-media-"


@contextmanager
def scratch_folder(parent: Path | None = None) -> Iterator[Path]:
    """A private empty folder inside `parent` (by default the system's temp folder), then gone.

    Raises OSError where it cannot be made.
    """
    base = parent if parent is not None else Path(tempfile.gettempdir())
    clear_abandoned(base)
    folder, lock = _make(base)
    try:
        yield folder
    finally:
        # Remove while still locked: a sweeper must not find it half gone.
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def clear_abandoned(base: Path) -> int:
    """Delete the scratch folders in `base` whose owners are gone; how many there were."""
    cleared = 0
    for folder in base.glob(PREFIX + "*"):
        with suppress(OSError):
            if folder.lstat().st_uid != os.geteuid():
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                cleared += 1
            finally:
                os.close(lock)
    return cleared


def _make(base: Path) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except FileNotFoundError:
            continue  # a sweeper was quicker than our lock
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_nlink:
                return folder, lock
        except BlockingIOError:
            pass
        os.close(lock)
