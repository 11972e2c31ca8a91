"""`prepare`: one recording in, the two files that browsers play out, at one loudness."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aqyn.media.probing import MAX_BYTES, MAX_SECONDS, check_file
from aqyn.media.runner import Limits, run_child

PREPARE_LIMITS = Limits(seconds=900.0, memory_mib=512, output_mib=128)
PEAKS = 400


@dataclass(frozen=True, slots=True)
class Loudness:
    """EBU R128: integrated loudness (LUFS), range (LU), and true peak (dBTP), of what came in."""

    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """One finished file; its name is the beginning of its SHA-256."""

    path: Path
    sha256: str
    bytes: int
    duration_s: float


@dataclass(frozen=True, slots=True)
class Prepared:
    """Both files and what was done: `gain_db` was added to all of it; `shortfall_lu` is how far below
    the target it stays because its peaks left no more room (0.0: none). `peaks`: 400 whole numbers,
    0 to 99, how loud each equal part sounds; `levels`: the same for each hundredth of a second, one byte
    each, the loudest being 255. `sample_rate`: that of both files."""

    opus: EncodedFile
    aac: EncodedFile
    loudness: Loudness
    gain_db: float
    shortfall_lu: float
    peaks: tuple[int, ...]
    levels: bytes
    duration_s: float
    sample_rate: int


def prepare(
    source: Path,
    folder: Path,
    *,
    target_lufs: float = -14.0,
    true_peak_dbtp: float = -1.0,
    max_seconds: float = MAX_SECONDS,
    max_bytes: int = MAX_BYTES,
    limits: Limits = PREPARE_LIMITS,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Prepared:
    """Opus (128 kb/s) and AAC (160 kb/s, fast start) of `source` in `folder`, 48 kHz stereo.

    One linear gain brings it to `target_lufs`, or as near as `true_peak_dbtp` allows: nothing is
    compressed or limited. Both files start with the source's first sample: what encoders put before
    it, Opus pre-skip and the MP4 edit list take away again. They appear whole or not at all.
    Raises what `probe` raises, and TooShort (under 0.4 s), CannotWrite, DiskFull.
    """
    path = check_file(source, max_bytes=max_bytes)
    target = folder.absolute()

    def publish(made: Path, found: dict[str, Any]) -> Prepared:
        loudness = Loudness(**found.pop("loudness"))
        opus, aac = _publish(made, target, ((found.pop("opus"), ".opus"), (found.pop("aac"), ".m4a")))
        peaks, levels = tuple(found.pop("peaks")), base64.b64decode(found.pop("levels"))
        return Prepared(opus=opus, aac=aac, loudness=loudness, peaks=peaks, levels=levels, **found)

    prepared: Prepared = run_child(
        "aqyn.media.inside.preparing:prepare",
        path,
        target_lufs=target_lufs,
        true_peak_dbtp=true_peak_dbtp,
        max_seconds=max_seconds,
        steps=PEAKS,
        limits=limits,
        progress=progress,
        cancelled=cancelled,
        # Made where they will stay: a rename within one file system is all or nothing.
        scratch=target,
        keep=publish,
    )
    return prepared


def _publish(made: Path, folder: Path, files: Sequence[tuple[dict[str, Any], str]]) -> list[EncodedFile]:
    """Rename every file into `folder` and make that last; all of them, or none."""
    fresh: list[Path] = []
    published = []
    try:
        for found, suffix in files:
            path = folder / (found["sha256"][:32] + suffix)
            existed = path.exists()
            (made / found["name"]).rename(path)
            if not existed:
                fresh.append(path)
            published.append(EncodedFile(path, found["sha256"], found["bytes"], found["duration_s"]))
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        for path in fresh:
            path.unlink(missing_ok=True)
        raise
    return published
