"""Files of a folder that a stranger may have made: no link is followed, no other folder reached, nothing
huge read.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from aqyn.songs.sentences import (
    FileIsMissing,
    FileIsNoFile,
    FileTooLarge,
    FileUnreadable,
    FolderMissing,
    NameLeavesFolder,
)

LARGEST_TEXT = 8 << 20
MOST_FILES = 2_000


def checked_folder(folder: Path) -> Path:
    """The folder, absolute. Raises FolderMissing where it is none that can be read."""
    found = folder.expanduser().absolute()
    if not found.is_dir() or not os.access(found, os.R_OK | os.X_OK):
        raise FolderMissing(folder=str(folder))
    return found


def names_in(folder: Path) -> list[str]:
    """The names in the folder, in order; of a folder with thousands only the first ones."""
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            names.append(entry.name)
            if len(names) >= MOST_FILES:
                break
    return sorted(names)


def checked_name(name: object) -> str:
    """A plain file name. Raises NameLeavesFolder for a path, a hidden file or anything else."""
    plain = isinstance(name, str) and 0 < len(name.encode("utf-8", "replace")) <= 255
    if (
        not plain
        or not isinstance(name, str)
        or "/" in name
        or "\\" in name
        or "\0" in name
        or name[0] == "."
    ):
        raise NameLeavesFolder(file=str(name)[:80])
    return name


def checked_file(folder: Path, name: str) -> Path:
    """The path of an ordinary file of the folder. Raises FileIsMissing, FileIsNoFile or NameLeavesFolder."""
    path = folder / checked_name(name)
    try:
        status = path.lstat()
    except (OSError, ValueError):
        raise FileIsMissing(file=name) from None
    if not stat.S_ISREG(status.st_mode):
        raise FileIsNoFile(file=name)
    return path


def read_bytes(folder: Path, name: str, largest: int = LARGEST_TEXT) -> bytes:
    """What the file holds. Raises a Refusal naming the file."""
    path = checked_file(folder, name)
    try:
        # It may have been exchanged since it was looked at: a link or a pipe is refused here as well.
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise FileUnreadable(file=name, why=error.strerror or "") from None
    with os.fdopen(opened, "rb") as file:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise FileIsNoFile(file=name)
        data = file.read(largest + 1)
    if len(data) > largest:
        raise FileTooLarge(file=name, most=largest >> 20)
    return data
