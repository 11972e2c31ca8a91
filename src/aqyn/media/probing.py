"""`probe`: what a file of unknown origin holds, found in a child process."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aqyn.media.errors import Empty, NotAFile, NotFound, TooLarge
from aqyn.media.runner import Limits, run_child

MAX_SECONDS = 1200.0
MAX_BYTES = 1024**3
PROBE_LIMITS = Limits(seconds=120.0, memory_mib=384, output_mib=1)


@dataclass(frozen=True, slots=True)
class Probe:
    """What a recording is: `container` wav, flac, mp3, m4a, aac or ogg; `codec` as FFmpeg calls it;
    `duration_s` counted by decoding all of it; `tags` cleaned, by lower-case name."""

    container: str
    codec: str
    duration_s: float
    sample_rate: int
    channels: int
    bytes: int
    sha256: str
    tags: dict[str, str]


def probe(
    path: Path,
    *,
    max_seconds: float = MAX_SECONDS,
    max_bytes: int = MAX_BYTES,
    limits: Limits = PROBE_LIMITS,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Probe:
    """What the file is, told by its content, after decoding it to its end.

    Raises NotFound, NotAFile, Empty, TooLarge, NotAudio, Unsupported, Video, NoSound, Silent, TooLong,
    Truncated, Damaged, or an error of `run_child`. Nothing is written beside the file.
    """
    source = check_file(path, max_bytes=max_bytes)
    found = run_child(
        "aqyn.media.inside.probing:probe",
        source,
        max_seconds=max_seconds,
        limits=limits,
        progress=progress,
        cancelled=cancelled,
    )
    return Probe(**found)


def check_file(path: Path, *, max_bytes: int) -> Path:
    """The absolute path of an ordinary, readable, non-empty file of at most `max_bytes`."""
    try:
        source = path.resolve(strict=True)
        status = source.stat()
    except (OSError, ValueError, RuntimeError) as error:
        raise NotFound from error
    if not stat.S_ISREG(status.st_mode) or not os.access(source, os.R_OK):
        raise NotAFile
    if not status.st_size:
        raise Empty
    if status.st_size > max_bytes:
        raise TooLarge(bytes=status.st_size, max_bytes=max_bytes)
    return source
