"""`compare`: whether two recordings are one performance, and how much later one begins than the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aqyn.media.probing import MAX_BYTES, MAX_SECONDS, check_file
from aqyn.media.runner import Limits, run_child

COMPARE_LIMITS = Limits(seconds=300.0, memory_mib=512, output_mib=1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`shift_ms`: what to add to a time in the old recording to have it in the new one. `sure`: in percent,
    how many parts of the old one lie there, and how much better they lie there than anywhere else.

    Of `windows` parts that were looked for, `agreeing` were found within 15 ms of that.
    """

    shift_ms: int
    sure: int
    windows: int
    agreeing: int


def compare(
    old: Path,
    new: Path,
    *,
    max_seconds: float = MAX_SECONDS,
    max_bytes: int = MAX_BYTES,
    limits: Limits = COMPARE_LIMITS,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Comparison:
    """How the new recording lies to the old one. Volume, equaliser, codec and noise do not matter much.

    Raises what `probe` raises but Silent: where there is nothing to compare it is 0 % sure.
    """
    found = run_child(
        "aqyn.media.inside.comparing:compare",
        check_file(old, max_bytes=max_bytes),
        check_file(new, max_bytes=max_bytes),
        max_seconds=max_seconds,
        limits=limits,
        progress=progress,
        cancelled=cancelled,
    )
    return Comparison(**found)
