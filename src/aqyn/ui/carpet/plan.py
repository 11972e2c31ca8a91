"""The whole plan of a carpet, from a wave."""

from __future__ import annotations

from functools import lru_cache

from aqyn.ui.carpet.families import FAMILIES, Voice
from aqyn.ui.carpet.felt import Carpet, fold
from aqyn.ui.carpet.settling import seeds_between, settled

FIELDS = ("plain", "lozenge", "cross", "corners")
EDGES = ("teeth", "hanging", "lozenges", "facing")


@lru_cache(maxsize=256)
def lay_out(wave: tuple[float, ...]) -> Carpet:
    """The plan of the carpet for a wave of any length and range. Nothing on it touches what it is not
    joined to."""
    voice = Voice.of(wave)
    loud, rises = voice.loud, voice.rises
    # How often it rises, even or odd, in three interleaved thirds: songs are built alike, from opening to
    # end, and single rises would put most of them into one family.
    first, second, third = (sum(rises[third::3]) % 2 for third in range(3))
    family = FAMILIES[4 * first + 2 * second + third]
    thick = 31 + 8 * loud[7]
    horns = settled(family, voice, thick)
    stems = family.stems(horns, voice, thick)
    held = any(stem.root == (0, 0) for stem in stems)
    heart = (28 if held else 58) + 14 * loud[0]
    seeds = tuple(seeds_between(horns, stems, heart, thick, loud))
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
