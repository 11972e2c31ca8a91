"""The pieces a carpet is made of, and the fold of a wave. Lengths and places as the package says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, floor, pi, sin, sqrt

Point = tuple[float, float]

HALF = 404.0  # from the middle to the inner edge of the border
DYED = 436.0  # how far the dyed ground reaches, under the border's inner line
GAP = 13.0  # the least ground between two pieces of felt
DIAGONAL = sqrt(0.5)


def fold(wave: Sequence[float], n: int) -> list[float]:
    """The mean loudness of `n` equal parts of the wave, stretched to 0…1; all 0.5 where it never changes."""
    values = [float(value) for value in wave] or [0.0]
    step = len(values) / n
    means = []
    for i in range(n):
        start = min(floor(i * step), len(values) - 1)
        part = values[start : max(floor((i + 1) * step), start + 1)]
        means.append(sum(part) / len(part))
    low, high = min(means), max(means)
    return [(mean - low) / (high - low) for mean in means] if high > low else [0.5] * n


@dataclass(frozen=True, slots=True)
class Horns:
    """A pair of horns (or one, by `sides`) whose eyes lie `along` from the middle and `neck + radius`
    aside.

    They grow away from the middle and curl outwards; `hanging` ones come from the border and curl the other
    way.
    """

    diagonal: bool
    along: float
    radius: float
    neck: float
    thick: float
    hanging: bool = False
    sides: tuple[int, ...] = (1, -1)

    @property
    def turns(self) -> float:
        """As many as the radius has room for."""
        return max(0.5, 0.12 + (self.radius - 0.62 * self.thick) / (2 * self.thick))

    def middle(self) -> list[Point]:
        """Points on the middle line of the right-hand horn, from the stem to its eye; y grows downwards."""
        aside, up = self.neck + self.radius, -1 if not self.hanging else 1
        bend = min(self.radius * 0.8 + self.neck, aside)
        crown = self.radius - bend
        points = [(0.0, crown - 1.2 * self.thick), (0.0, crown)]
        for i in range(1, 5):  # the trunk turns into the arm
            t = i / 4 * pi / 2
            points.append((bend - bend * cos(t), crown + bend * sin(t)))
        steps = round(self.turns * 11)
        for i in range(1, steps + 1):
            t = i / steps * self.turns
            r = self.radius - 2 * self.thick * max(0.0, t - 0.12)
            points.append((aside + r * sin(2 * pi * t), r * cos(2 * pi * t)))
        return [(x, up * y - self.along) for x, y in points]


def between(points: list[Point], i: int) -> tuple[Point, Point, Point, Point]:
    """The Bézier curve from point `i` to the next on a smooth line through all of them (Catmull–Rom)."""
    last = len(points) - 1
    before, start, stop, after = points[max(0, i - 1)], points[i], points[i + 1], points[min(last, i + 2)]
    leave = (start[0] + (stop[0] - before[0]) / 6, start[1] + (stop[1] - before[1]) / 6)
    arrive = (stop[0] - (after[0] - start[0]) / 6, stop[1] - (after[1] - start[1]) / 6)
    return start, leave, arrive, stop


@dataclass(frozen=True, slots=True)
class Stem:
    """A straight limb between two places, each `(aside, along)`; the first is its root."""

    diagonal: bool
    root: Point
    tip: Point


@dataclass(frozen=True, slots=True)
class Lozenge:
    """A seed in a quiet place; `size` is from its middle to a corner."""

    diagonal: bool
    along: float
    size: float
    across: float = 0.0
    sides: tuple[int, ...] = (1, -1)


@dataclass(frozen=True, slots=True)
class Carpet:
    """The plan: limbs and seeds of one quarter, the middle's size, and how ground and border are made."""

    family: str
    thick: float
    limbs: tuple[Horns | Stem, ...]
    seeds: tuple[Lozenge, ...]
    heart: float
    field: str
    edge: str
    border: tuple[float, ...]
