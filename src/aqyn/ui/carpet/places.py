"""Where things lie as seen from the middle, and how much ground is between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from aqyn.ui.carpet.felt import DIAGONAL, HALF, Horns, Point, Stem


@dataclass(frozen=True, slots=True)
class Eye:
    """The round ground that one horn needs, somewhere on the carpet: x to the right, y upwards."""

    x: float
    y: float
    reach: float


def turned(aside: float, along: float, diagonal: bool) -> Point:
    """A place on a limb's own line, seen from the middle of the carpet."""
    return ((along + aside) * DIAGONAL, (along - aside) * DIAGONAL) if diagonal else (aside, along)


def eyes(horns: Horns, four_times: bool = True) -> Iterator[Eye]:
    """The eyes of a pair, as the drawing turns it; only where it lies, without `four_times`."""
    for side in horns.sides:
        x, y = turned(side * (horns.neck + horns.radius), horns.along, horns.diagonal)
        for _turn in range(4 if four_times else 1):
            yield Eye(x, y, horns.radius + horns.thick / 2)
            x, y = y, -x


def room(at: Point, diagonal: bool, others: list[Eye]) -> float:
    """The ground between a place and the nearest horn."""
    x, y = turned(*at, diagonal)
    return min((hypot(x - eye.x, y - eye.y) - eye.reach for eye in others), default=HALF)


def to_segment(at: Point, start: Point, stop: Point) -> float:
    dx, dy = stop[0] - start[0], stop[1] - start[1]
    length = dx * dx + dy * dy
    share = 0.0 if not length else ((at[0] - start[0]) * dx + (at[1] - start[1]) * dy) / length
    share = min(1.0, max(0.0, share))
    return hypot(at[0] - start[0] - share * dx, at[1] - start[1] - share * dy)


def everywhere(stem: Stem) -> Iterator[tuple[Point, Point]]:
    root, tip = turned(*stem.root, stem.diagonal), turned(*stem.tip, stem.diagonal)
    for _turn in range(4):
        yield root, tip
        root, tip = (root[1], -root[0]), (tip[1], -tip[0])
