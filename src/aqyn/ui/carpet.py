"""Where everything on a carpet lies. Pure: loudness in, a plan out; nothing in it touches anything else.

The loudness of the song, in sixteen equal parts, answers every question. Whether it rises or falls between
two parts chooses one of eight families, the ground and the border; how loud a part is among the others says
how large its horns grow. A horn is a spiral whose pitch is twice its thickness, so that the ground between
two of its turns is a horn as thick as itself: figure and ground interlock, as in cut felt.

Lengths are in units of the drawing, which is 1000 wide. A limb lies on an axis (upwards) or, turned by 45°,
on a diagonal; `along` is the distance from the middle. The drawing turns every limb four times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, floor, hypot, pi, sin, sqrt

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


@dataclass(frozen=True, slots=True)
class Voice:
    """What the song says: how loud each part is among the others (0…1), and whether it rises into the
    next."""

    loud: tuple[float, ...]
    rises: tuple[bool, ...]

    @classmethod
    def of(cls, wave: Sequence[float]) -> Voice:
        """Half its own loudness, half its place among the others: most songs are loud nearly throughout,
        and loudness alone would draw them all alike."""
        parts = fold(wave, 16)
        place = {part: at / 15 for at, part in enumerate(sorted(range(16), key=lambda i: (parts[i], i)))}
        loud = tuple(0.5 * parts[i] + 0.5 * place[i] for i in range(16))
        return cls(loud, tuple(parts[i + 1] > parts[i] for i in range(1, 15)))


@lru_cache(maxsize=256)
def lay_out(wave: tuple[float, ...]) -> Carpet:
    """The plan of the carpet for a wave of any length and range. Nothing on it touches what it is not
    joined to."""
    voice = Voice.of(wave)
    loud, rises = voice.loud, voice.rises
    family = FAMILIES[4 * rises[4] + 2 * rises[6] + rises[8]]
    thick = 31 + 8 * loud[7]
    horns = _settled(family, voice, thick)
    stems = family.stems(horns, voice, thick)
    held = any(stem.root == (0, 0) for stem in stems)
    heart = (28 if held else 58) + 14 * loud[0]
    seeds = tuple(_seeds(horns, stems, heart, thick, loud))
    return Carpet(
        family=family.name,
        thick=thick,
        limbs=(*stems, *horns),
        seeds=seeds,
        heart=heart,
        field=FIELDS[2 * rises[2] + rises[10]],
        edge=EDGES[2 * rises[0] + rises[12]],
        border=tuple(fold(wave, 16)),
    )


FIELDS = ("plain", "lozenge", "cross", "corners")
EDGES = ("teeth", "hanging", "lozenges", "facing")


@dataclass(frozen=True, slots=True)
class Family:
    """One way to make a carpet: how large its horns may be, where they then stand, and the stems they grow
    from."""

    name: str
    sizes: tuple[tuple[float, float], ...]
    place: Callable[[list[float], Voice, float], list[Horns]]
    stems: Callable[[list[Horns], Voice, float], tuple[Stem, ...]]


def _cross(hanging: bool, inward: bool) -> Family:
    """Great horns on the axes, a smaller pair under them, corner horns on the diagonals."""

    def place(radii: list[float], voice: Voice, thick: float) -> list[Horns]:
        great, corner, inner = radii
        above = HALF - 2 * great - 1.5 * thick - GAP - 14 * voice.loud[5]
        neck = 13 + 18 * voice.loud[2]
        return [
            Horns(False, HALF - great - thick / 2, great, neck, thick, hanging),
            _corner(corner, 12 + 10 * voice.loud[13], thick, inward),
            Horns(False, above - inner, inner, 12 + 10 * voice.loud[9], thick),
        ]

    def stems(horns: list[Horns], voice: Voice, thick: float) -> tuple[Stem, ...]:
        axis = [h for h in horns if not h.diagonal]
        corner = [h for h in horns if h.diagonal]
        upright = [h for h in axis if not h.hanging]
        made = [Stem(False, (0, 0), (0, _joint(max(upright, key=lambda h: h.along))))] if upright else []
        made += [Stem(False, (0, HALF + 4), (0, _joint(h))) for h in axis if h.hanging]
        return (*made, *(_corner_stem(h, horns, thick) for h in corner))

    name = f"cross {'hanging' if hanging else 'growing'} {'inward' if inward else 'outward'}"
    return Family(name, ((56, 112), (40, 70), (40, 66)), place, stems)


def _saltire(hanging: bool) -> Family:
    """Great horns on the diagonals, smaller ones on the axes."""

    def place(radii: list[float], voice: Voice, thick: float) -> list[Horns]:
        great, inner, outer = radii
        neck = 12 + 12 * voice.loud[2]
        low = 12 + 8 * voice.loud[9]
        beside = low + inner + (inner + (thick + GAP) / (1 if not hanging else 2)) / DIAGONAL
        return [
            _corner(great, neck, thick, hanging),
            Horns(False, beside + 6 + 26 * voice.loud[5], inner, low, thick),
            Horns(False, HALF - outer - thick / 2, outer, 12 + 8 * voice.loud[13], thick, True),
        ]

    def stems(horns: list[Horns], voice: Voice, thick: float) -> tuple[Stem, ...]:
        made = []
        for h in horns:
            if h.diagonal:
                made.append(
                    Stem(True, (0, (HALF + 4) / DIAGONAL - thick), (0, _joint(h)))
                    if hanging
                    else Stem(True, (0, 0), (0, _joint(h)))
                )
            else:
                made.append(Stem(False, (0, HALF + 4 if h.hanging else 0), (0, _joint(h))))
        return tuple(made)

    return Family(
        f"saltire {'hanging' if hanging else 'growing'}", ((60, 100), (38, 60), (38, 60)), place, stems
    )


def _medallion() -> Family:
    """A great lozenge of felt in the middle; horns grow from its corners and its sides."""

    def edge(voice: Voice) -> float:
        return 168 + 44 * voice.loud[11]

    def place(radii: list[float], voice: Voice, thick: float) -> list[Horns]:
        great, corner = radii
        return [
            Horns(False, HALF - great - thick / 2, great, 13 + 16 * voice.loud[2], thick),
            _corner(corner, 12 + 10 * voice.loud[13], thick, False),
        ]

    def stems(horns: list[Horns], voice: Voice, thick: float) -> tuple[Stem, ...]:
        ring = edge(voice)
        made = [Stem(False, (0, ring), (ring, 0))]
        for h in horns:
            made.append(Stem(h.diagonal, (0, ring * DIAGONAL if h.diagonal else ring), (0, _joint(h))))
        return tuple(made)

    return Family("medallion", ((50, 84), (44, 78)), place, stems)


def _wheel() -> Family:
    """Single horns that all turn the same way, as a wheel does."""

    def place(radii: list[float], voice: Voice, thick: float) -> list[Horns]:
        great, inner, corner = radii
        neck = 12 + 14 * voice.loud[2]
        side = neck + inner
        return [
            Horns(False, HALF - great - thick / 2, great, neck, thick, sides=(1,)),
            Horns(False, side + 70 + 50 * voice.loud[5], inner, neck, thick, sides=(-1,)),
            Horns(True, (HALF - corner - thick / 2) / DIAGONAL - 26 - corner, corner, 26, thick, True, (1,)),
        ]

    def stems(horns: list[Horns], voice: Voice, thick: float) -> tuple[Stem, ...]:
        made = []
        for h in horns:
            if h.diagonal:
                made.append(Stem(True, (0, (HALF + 4) / DIAGONAL - thick), (0, _joint(h))))
            else:
                made.append(Stem(False, (0, 0), (0, _joint(h))))
        return tuple(made)

    return Family("wheel", ((84, 132), (52, 96), (42, 76)), place, stems)


FAMILIES = (
    _cross(False, False),
    _saltire(False),
    _wheel(),
    _cross(True, True),
    _medallion(),
    _cross(False, True),
    _saltire(True),
    _cross(True, False),
)


def _corner(radius: float, neck: float, thick: float, inward: bool) -> Horns:
    """Corner horns as far out as the border lets them."""
    return Horns(True, (HALF - radius - thick / 2) / DIAGONAL - neck - radius, radius, neck, thick, inward)


def _joint(horns: Horns) -> float:
    """Where a pair leaves its stem."""
    bend = min(horns.radius * 0.8 + horns.neck, horns.radius + horns.neck)
    return horns.along + (horns.radius - bend) * (-1 if horns.hanging else 1)


def _corner_stem(corner: Horns, horns: list[Horns], thick: float) -> Stem:
    """From the corner where the horns face inwards; otherwise from as near to the middle as there is room."""
    if corner.hanging:
        outward = min(corner.along + 1.45 * corner.radius, (HALF + 4) / DIAGONAL - thick)
        return Stem(True, (0, outward), (0, _joint(corner)))
    root = corner.along - corner.radius
    others = [eye for h in horns if h is not corner for eye in _eyes(h)]
    while root > 90 and _room((0.0, root - 4), True, others) > thick + GAP + 6:
        root -= 4
    return Stem(True, (0, root), (0, _joint(corner)))


@dataclass(frozen=True, slots=True)
class _Eye:
    """The round ground that one horn needs, somewhere on the carpet: x to the right, y upwards."""

    x: float
    y: float
    reach: float


def _turned(aside: float, along: float, diagonal: bool) -> Point:
    """A place on a limb's own line, seen from the middle of the carpet."""
    return ((along + aside) * DIAGONAL, (along - aside) * DIAGONAL) if diagonal else (aside, along)


def _eyes(horns: Horns, everywhere: bool = True) -> Iterator[_Eye]:
    for side in horns.sides:
        x, y = _turned(side * (horns.neck + horns.radius), horns.along, horns.diagonal)
        for _turn in range(4 if everywhere else 1):
            yield _Eye(x, y, horns.radius + horns.thick / 2)
            x, y = y, -x


def _room(at: Point, diagonal: bool, eyes: list[_Eye]) -> float:
    """The ground between a place and the nearest horn."""
    x, y = _turned(*at, diagonal)
    return min((hypot(x - eye.x, y - eye.y) - eye.reach for eye in eyes), default=HALF)


def _settled(family: Family, voice: Voice, thick: float) -> list[Horns]:
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
        mine = list(_eyes(horns[i], everywhere=False))
        for eye in mine:
            if max(abs(eye.x), abs(eye.y)) + eye.reach > HALF + 0.5:
                return i, i
            for stem in stems:
                if _near_stem(eye, horns[i], stem):
                    return i, i
        for j in standing[: at + 1]:
            for eye in mine:
                for other in _eyes(horns[j]):
                    apart = hypot(eye.x - other.x, eye.y - other.y)
                    if i == j and (apart < 1 or _same_pair(horns[i], eye, other)):
                        continue
                    if apart < eye.reach + other.reach + GAP:
                        return j, i
    return None


def _same_pair(horns: Horns, eye: _Eye, other: _Eye) -> bool:
    """Whether two eyes are the two of one pair, with their stem between them."""
    x, y = _turned(-(horns.neck + horns.radius), horns.along, horns.diagonal)
    return len(horns.sides) == 2 and any(
        hypot(a.x - eye.x, a.y - eye.y) < 1 and hypot(b.x - other.x, b.y - other.y) < 1
        for a, b in _pairs(horns, (x, y))
    )


def _pairs(horns: Horns, left: Point) -> Iterator[tuple[_Eye, _Eye]]:
    right = _turned(horns.neck + horns.radius, horns.along, horns.diagonal)
    reach = horns.radius + horns.thick / 2
    yield _Eye(*right, reach), _Eye(*left, reach)
    yield _Eye(*left, reach), _Eye(*right, reach)


def _near_stem(eye: _Eye, horns: Horns, stem: Stem) -> bool:
    """Whether a horn comes too near to a stem that is not the one it grows from."""
    root, tip = _turned(*stem.root, stem.diagonal), _turned(*stem.tip, stem.diagonal)
    for turn in range(4):
        own = turn == 0 and stem.diagonal == horns.diagonal and stem.root[0] == 0 and stem.tip[0] == 0
        if not own and _to_segment((eye.x, eye.y), root, tip) < eye.reach + horns.thick / 2 + GAP:
            return True
        root, tip = (root[1], -root[0]), (tip[1], -tip[0])
    return False


def _to_segment(at: Point, start: Point, stop: Point) -> float:
    dx, dy = stop[0] - start[0], stop[1] - start[1]
    length = dx * dx + dy * dy
    share = 0.0 if not length else ((at[0] - start[0]) * dx + (at[1] - start[1]) * dy) / length
    share = min(1.0, max(0.0, share))
    return hypot(at[0] - start[0] - share * dx, at[1] - start[1] - share * dy)


def _seeds(
    horns: list[Horns], stems: tuple[Stem, ...], heart: float, thick: float, loud: tuple[float, ...]
) -> Iterator[Lozenge]:
    """A lozenge in every large quiet place, the roomiest first, each clear of all felt and of the border."""
    # Places lie above the middle: what is far below them cannot be the nearest.
    eyes = [eye for h in horns for eye in _eyes(h) if eye.y > -80]
    lines = [line for stem in stems for line in _everywhere(stem) if max(line[0][1], line[1][1]) > -80]
    sides = (1, -1) if all(len(h.sides) == 2 for h in horns) else (1,)

    def room(x: float, y: float) -> float:
        near = min((hypot(x - e.x, y - e.y) - e.reach for e in eyes), default=HALF)
        near = min([near, *(_to_segment((x, y), *line) - thick / 2 for line in lines)])
        return min(near, HALF + 10 - max(abs(x), abs(y)), (abs(x) + abs(y) - heart - 25) * DIAGONAL)

    free = {place: room(*_turned(*place)) for place in _places(sides)}
    for part in (8, 10, 1, 14):
        aside, along, diagonal = best = max(free, key=lambda place: (round(free[place], 3), place[1]))
        size = min(free[best] - 8, thick * (0.5 + 0.62 * loud[part]))
        if size < 11:
            return
        yield Lozenge(diagonal, along, size, aside, sides)
        taken = []
        for side in sides:
            x, y = _turned(side * aside, along, diagonal)
            for _turn in range(4):
                taken.append((x, y))
                x, y = y, -x
        for place, was in free.items():
            px, py = _turned(*place)
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


def _everywhere(stem: Stem) -> Iterator[tuple[Point, Point]]:
    root, tip = _turned(*stem.root, stem.diagonal), _turned(*stem.tip, stem.diagonal)
    for _turn in range(4):
        yield root, tip
        root, tip = (root[1], -root[0]), (tip[1], -tip[0])
