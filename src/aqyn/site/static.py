"""The static files of every app, and the hash of all of them that stands in their addresses."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).parents[1]


def static_files(sources: Path = SOURCES) -> dict[str, Path]:
    """Every static file by its name: `ui/aqyn.css` lies in `ui/static/ui/aqyn.css`."""
    found: dict[str, Path] = {}
    for root in sorted(sources.glob("*/static")):
        for path in _files(root):
            found[path.relative_to(root).as_posix()] = path
    return found


def build_of(files: dict[str, Path]) -> str:
    """Twelve letters that change when any file changes, comes or goes."""
    digest = hashlib.blake2b(digest_size=6)
    for name in sorted(files):
        content = files[name].read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))
