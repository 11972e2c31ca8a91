"""A song as the hall follows it: when each section and each line is sung in its recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

EARLY_MS = 450
"""A line may rise this long before it is sung, where the one before it has ended. As in songs/score.js."""
AFTER_LAST_MS = 2000
"""How long a song without a recording goes on after its last timed word."""


@dataclass(frozen=True, slots=True)
class LineSpan:
    """A line of the song: the section it stands in, and its times in ms, None where it is not timed."""

    section: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """`spans`: for each section `(from, until)` in ms of the recording, None where none of it is timed."""

    spans: tuple[tuple[int, int] | None, ...]
    lines: tuple[LineSpan, ...]
    rises: tuple[int | None, ...]
    """When each line rises, None where it is not timed."""

    @property
    def timed(self) -> bool:
        return any(span is not None for span in self.spans)

    def lines_of(self, section: int) -> tuple[int, ...]:
        """The numbers of the section's lines."""
        return tuple(i for i, line in enumerate(self.lines) if line.section == section)


def score_of(sections: int, lines: Sequence[LineSpan], *, duration: int | None) -> Score:
    """The score of a song of so many sections. `duration`: of its recording in ms, None without one.

    The first section that is sung begins with the recording, each other one as its first line rises; each
    lasts until the next one, the last one until the end.
    """
    rises = _rises(lines)
    begins: dict[int, int] = {}
    for line, rise in zip(lines, rises, strict=True):
        if rise is not None:
            begins[line.section] = min(rise, begins.get(line.section, rise))
    sung = sorted(begins.items(), key=lambda one: (one[1], one[0]))
    last = max((line.end for line in lines if line.end is not None), default=0)
    end = max(duration or 0, last + (0 if duration else AFTER_LAST_MS))
    spans: list[tuple[int, int] | None] = [None] * sections
    for n, (section, begin) in enumerate(sung):
        until = sung[n + 1][1] if n + 1 < len(sung) else end
        spans[section] = (begin if n else 0, max(until, begin + 1))
    return Score(tuple(spans), tuple(lines), tuple(rises))


def _rises(lines: Sequence[LineSpan]) -> list[int | None]:
    timed = sorted(
        (line.start, i) for i, line in enumerate(lines) if line.start is not None and line.end is not None
    )
    rises: list[int | None] = [None] * len(lines)
    before = 0
    for start, i in timed:
        rises[i] = max(min(before, start), start - EARLY_MS)
        before = lines[i].end or start
    return rises
