"""How large the horns may grow before they would touch, and where the ground is wide enough for a seed."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from aqyn.ui.carpet.families import Family, Voice
from aqyn.ui.carpet.felt import DIAGONAL, GAP, HALF, Horns, Lozenge, Point, Stem
from aqyn.ui.carpet.places import Eye, everywhere, eyes, to_segment, turned


def settled(family: Family, voice: Voice, thick: float) -> list[Horns]:
    """The family's horns, as large as the song asks and as small as they must be to stay clear of each
    other.

    Where two would touch, the later gives way first; what has no room even at its smallest is left out.
    """
    least = [low for low, _high in family.sizes]
    picks = (3, 6, 12)
    radii = [
        low + (high - low) * voice.loud[pick] for (low, high), pick in zip(family.sizes, picks, strict=False)
    ]
    gone: set[int] = set()
    while True:
        horns = family.place(radii, voice, thick)
        stems = family.stems([h for i, h in enumerate(horns) if i not in gone], voice, thick)
        touching = _touching(horns, gone, stems)
        if touching is None:
            return [h for i, h in enumerate(horns) if i not in gone]
        first, second = touching
        giver = next((i for i in (second, first, 0) if radii[i] > least[i] and i not in gone), None)
        if giver is None:
            gone.add(second)
        else:
            radii[giver] = max(least[giver], radii[giver] - 2)


def _touching(horns: list[Horns], gone: set[int], stems: tuple[Stem, ...]) -> tuple[int, int] | None:
    """The first two horns that come too near to each other, or one twice that comes too near to a stem or
    the edge."""
    standing = [i for i in range(len(horns)) if i not in gone]
    for at, i in enumerate(standing):
        mine = list(eyes(horns[i], four_times=False))
        for eye in mine:
            if max(abs(eye.x), abs(eye.y)) + eye.reach > HALF + 0.5:
                return i, i
            for stem in stems:
                if _near_stem(eye, horns[i], stem):
                    return i, i
        for j in standing[: at + 1]:
            for eye in mine:
                for other in eyes(horns[j]):
                    apart = hypot(eye.x - other.x, eye.y - other.y)
                    if i == j and (apart < 1 or _same_pair(horns[i], eye, other)):
                        continue
                    if apart < eye.reach + other.reach + GAP:
                        return j, i
    return None


def _same_pair(horns: Horns, eye: Eye, other: Eye) -> bool:
    """Whether two eyes are the two of one pair, with their stem between them."""
    x, y = turned(-(horns.neck + horns.radius), horns.along, horns.diagonal)
    return len(horns.sides) == 2 and any(
        hypot(a.x - eye.x, a.y - eye.y) < 1 and hypot(b.x - other.x, b.y - other.y) < 1
        for a, b in _pairs(horns, (x, y))
    )


def _pairs(horns: Horns, left: Point) -> Iterator[tuple[Eye, Eye]]:
    right = turned(horns.neck + horns.radius, horns.along, horns.diagonal)
    reach = horns.radius + horns.thick / 2
    yield Eye(*right, reach), Eye(*left, reach)
    yield Eye(*left, reach), Eye(*right, reach)


def _near_stem(eye: Eye, horns: Horns, stem: Stem) -> bool:
    """Whether a horn comes too near to a stem that is not the one it grows from."""
    root, tip = turned(*stem.root, stem.diagonal), turned(*stem.tip, stem.diagonal)
    for turn in range(4):
        own = turn == 0 and stem.diagonal == horns.diagonal and stem.root[0] == 0 and stem.tip[0] == 0
        if not own and to_segment((eye.x, eye.y), root, tip) < eye.reach + horns.thick / 2 + GAP:
            return True
        root, tip = (root[1], -root[0]), (tip[1], -tip[0])
    return False


def seeds_between(
    horns: list[Horns], stems: tuple[Stem, ...], heart: float, thick: float, loud: tuple[float, ...]
) -> Iterator[Lozenge]:
    """A lozenge in every large quiet place, the roomiest first, each clear of all felt and of the border."""
    # Places lie above the middle: what is far below them cannot be the nearest.
    near_eyes = [eye for h in horns for eye in eyes(h) if eye.y > -80]
    lines = [line for stem in stems for line in everywhere(stem) if max(line[0][1], line[1][1]) > -80]
    sides = (1, -1) if all(len(h.sides) == 2 for h in horns) else (1,)

    def room(x: float, y: float) -> float:
        near = min((hypot(x - e.x, y - e.y) - e.reach for e in near_eyes), default=HALF)
        near = min([near, *(to_segment((x, y), *line) - thick / 2 for line in lines)])
        return min(near, HALF + 10 - max(abs(x), abs(y)), (abs(x) + abs(y) - heart - 25) * DIAGONAL)

    free = {place: room(*turned(*place)) for place in _places(sides)}
    for part in (8, 10, 1, 14):
        aside, along, diagonal = best = max(free, key=lambda place: (round(free[place], 3), place[1]))
        size = min(free[best] - 8, thick * (0.5 + 0.62 * loud[part]))
        if size < 11:
            return
        yield Lozenge(diagonal, along, size, aside, sides)
        taken = []
        for side in sides:
            x, y = turned(side * aside, along, diagonal)
            for _turn in range(4):
                taken.append((x, y))
                x, y = y, -x
        for place, was in free.items():
            px, py = turned(*place)
            free[place] = min([was, *(hypot(px - x, py - y) - size - 24 for x, y in taken)])


def _places(sides: tuple[int, ...]) -> list[tuple[float, float, bool]]:
    """Where a seed may lie: along the axis, along the diagonal, and between them."""
    places = [
        (0.0, float(along), turned)
        for turned in (False, True)
        for along in range(60, 540 if turned else 400, 10)
    ]
    places += [
        (float(side * aside), float(along), False)
        for side in sides
        for along in range(120, 400, 20)
        for aside in range(20, along - 20, 20)
    ]
    return places
