"""The eight families: which horns a carpet has, where they stand, and the stems they grow from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aqyn.ui.carpet.felt import DIAGONAL, GAP, HALF, Horns, Stem, fold
from aqyn.ui.carpet.places import eyes, room


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
    others = [eye for h in horns if h is not corner for eye in eyes(h)]
    while root > 90 and room((0.0, root - 4), True, others) > thick + GAP + 6:
        root -= 4
    return Stem(True, (0, root), (0, _joint(corner)))
