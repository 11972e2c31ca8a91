"""The lines of a song in the order in which they are sung tonight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aqyn.core.live.score import Score


@dataclass(frozen=True, slots=True)
class Sung:
    """A line at its place in the order: a chorus that is sung twice has each of its lines twice."""

    step: int
    line: int


def sung_lines(score: Score, steps: Sequence[int], *, by_clock: bool) -> tuple[Sung, ...]:
    """All that is sung. By the clock: only lines that are timed, each section's as they begin."""
    return tuple(
        Sung(step, line)
        for step in range(len(steps))
        for line in lines_at(score, steps, step, by_clock=by_clock)
    )


def lines_at(score: Score, steps: Sequence[int], step: int, *, by_clock: bool) -> tuple[int, ...]:
    """The numbers of the lines that are sung at one place of the order."""
    lines = score.lines_of(steps[step])
    if not by_clock:
        return lines
    timed = [(score.lines[i].start, i) for i in lines if score.rises[i] is not None]
    return tuple(i for _start, i in sorted(timed))


def begun(score: Score, sung: Sequence[Sung], *, step: int, at_ms: float) -> int:
    """The place in `sung` of the last line that has begun by the clock, -1 before the first."""
    return (
        sum(one.step < step or (one.step == step and start_of(score, one.line) <= at_ms) for one in sung) - 1
    )


def lit(sung: Sequence[Sung], *, step: int, line: int) -> int:
    """The place in `sung` of the line that is lit by hand, -1 before the first."""
    return sum((one.step, one.line) <= (step, line) for one in sung) - 1


def start_of(score: Score, line: int) -> int:
    """When a timed line begins to be sung, in ms of the recording."""
    return score.lines[line].start or 0


def nearest(steps: Sequence[int], section: int, near: int) -> int | None:
    """Where in the order a section is sung: at the present place, else the next, else the last before."""
    places = [step for step, sung in enumerate(steps) if sung == section]
    return next((step for step in places if step >= near), places[-1] if places else None)


def same_place(steps: Sequence[int], step: int, others: Sequence[int]) -> int | None:
    """Where the section at `step` is in another order: its second time stays its second, if there is one."""
    section = steps[step]
    places = [k for k, sung in enumerate(others) if sung == section]
    count = list(steps[: step + 1]).count(section)
    return places[min(count, len(places)) - 1] if places else None
