"""The times of one recording in another that begins earlier or later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aqyn.core.lyrics.timing import Cue, LineCues

EDGE_MS = 20
"""A line that lies outside the sound by no more than this is cut at its edge."""


def shifted(
    lines: Sequence[LineCues | None], by: int, *, duration_ms: int
) -> tuple[tuple[LineCues | None, ...], int]:
    """Every line `by` milliseconds later, its origins kept, and how many lines were left out.

    Left out, as None, is a line that would begin before the sound or end after it, `duration_ms` long.
    """
    moved = tuple(_moved(line, by, duration_ms) if line else None for line in lines)
    return moved, sum(line is not None for line in lines) - sum(line is not None for line in moved)


def _moved(line: LineCues, by: int, duration_ms: int) -> LineCues | None:
    if line.start + by < -EDGE_MS or line.end + by > duration_ms + EDGE_MS:
        return None

    def at(time: int) -> int:
        return min(max(time + by, 0), duration_ms)

    def word(cue: Cue) -> Cue:
        starts = tuple(at(start) for start in cue.syllables)
        return replace(cue, start=at(cue.start), end=at(cue.end), syllables=starts)

    return replace(line, start=at(line.start), end=at(line.end), words=tuple(map(word, line.words)))
