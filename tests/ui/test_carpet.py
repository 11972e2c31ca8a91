"""The carpet's plan, measured: thousands of songs, and no felt touches what it is not joined to."""

from __future__ import annotations

import random
from math import pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aqyn.ui.carpet import FAMILIES, Carpet, Horns, Lozenge, Stem, fold, lay_out

LEAST_GROUND = 7.0
waves = st.lists(st.integers(0, 99), min_size=0, max_size=500)


def song(seed: int) -> tuple[int, ...]:
    """Loudness as a recording has it: it wanders, sometimes leaps, and fades at both ends."""
    rng, loud, wave = random.Random(seed), 45.0, []
    for i in range(400):
        loud = rng.uniform(15, 95) if rng.random() < 0.02 else min(99.0, max(4.0, loud + rng.gauss(0, 7)))
        wave.append(int(loud * min(1, (i + 1) / 20, (400 - i) / 20) * rng.uniform(0.8, 1)))
    return tuple(wave)


def turned(points: np.ndarray, diagonal: bool, quarter: int) -> np.ndarray:
    """Points of the drawing (y downwards) where the drawing puts them."""
    angle = pi / 4 * diagonal + pi / 2 * quarter
    c, s = np.cos(angle), np.sin(angle)
    return points @ np.array([[c, s], [-s, c]])


def dense(points: list[tuple[float, float]], times: int = 4) -> np.ndarray:
    line = np.array(points)
    at = np.linspace(0, len(line) - 1, (len(line) - 1) * times + 1)
    return np.stack([np.interp(at, range(len(line)), line[:, axis]) for axis in (0, 1)], axis=1)


def spiral(horns: Horns, side: int) -> np.ndarray:
    """The middle line of one horn from the top of its curl on, without the trunk that joins it to its
    stem."""
    return dense([(side * x, y) for x, y in horns.middle()[6:]])


def line(stem: Stem) -> np.ndarray:
    (x, y), (to_x, to_y) = stem.root, stem.tip
    share = np.linspace(0, 1, 40)[:, None]
    return np.array([[x, -y]]) * (1 - share) + np.array([[to_x, -to_y]]) * share


def outline(seed: Lozenge, side: int) -> np.ndarray:
    x, y, r = side * seed.across, -seed.along, seed.size
    return dense([(x, y - r), (x + r, y), (x, y + r), (x - r, y), (x, y - r)], 6)


def apart(some: np.ndarray, others: np.ndarray) -> float:
    return float(np.sqrt(((some[:, None] - others[None]) ** 2).sum(-1)).min())


def least_ground(carpet: Carpet) -> float:
    """The narrowest ground between two pieces of felt that are not joined, in units of the drawing."""
    horns = [limb for limb in carpet.limbs if isinstance(limb, Horns)]
    stems = [limb for limb in carpet.limbs if isinstance(limb, Stem)]
    one = [turned(spiral(h, side), h.diagonal, 0) for h in horns for side in h.sides]
    every = [turned(spiral(h, side), h.diagonal, q) for q in range(4) for h in horns for side in h.sides]
    lines = [turned(line(stem), stem.diagonal, q) for q in range(4) for stem in stems]
    found = []
    for i, mine in enumerate(one):
        found += [apart(mine, other) - carpet.thick for j, other in enumerate(every) if j != i]
        # The first half turn leaves the stem; after it, the horn must have come clear of it.
        found += [apart(mine[len(mine) // 3 :], stem) - carpet.thick for stem in lines]
    felt = np.concatenate([*every, *lines])
    for seed in carpet.seeds:
        for side in seed.sides if seed.across else (1,):
            found.append(apart(turned(outline(seed, side), seed.diagonal, 0), felt) - carpet.thick / 2)
    return min(found)


def test_felt_stays_clear_of_other_felt_in_many_songs():
    tight = {seed: round(least_ground(lay_out(song(seed))), 1) for seed in range(120)}
    assert {seed: ground for seed, ground in tight.items() if ground < LEAST_GROUND} == {}


@settings(max_examples=60, deadline=None)
@given(waves)
def test_felt_stays_clear_of_other_felt_for_any_loudness(wave):
    assert least_ground(lay_out(tuple(wave))) >= LEAST_GROUND


@settings(max_examples=50, deadline=None)
@given(waves)
def test_felt_ends_before_the_border(wave):
    carpet = lay_out(tuple(wave))
    for limb in carpet.limbs:
        felt = turned(dense(limb.middle()) if isinstance(limb, Horns) else line(limb), limb.diagonal, 0)
        assert np.abs(felt).max() + carpet.thick / 2 <= 428


def thumbnail(carpet: Carpet) -> np.ndarray:
    """What is felt and what is ground, and how the ground is dyed, seen at 40 by 40 points."""
    at = np.linspace(-430, 430, 40)
    grid = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)
    strokes = [
        turned(dense(limb.middle(), 1) if isinstance(limb, Horns) else line(limb), limb.diagonal, q)
        for q in range(4)
        for limb in carpet.limbs
    ]
    paired = all(len(limb.sides) == 2 for limb in carpet.limbs if isinstance(limb, Horns))
    felt = np.concatenate(strokes + ([part * [-1, 1] for part in strokes] if paired else []))
    near = np.full(len(grid), 1e9)
    for part in np.array_split(felt, 12):
        near = np.minimum(near, ((grid[:, None] - part[None]) ** 2).sum(-1).min(1))
    return near < (carpet.thick / 2) ** 2


def test_thumbnails_of_different_songs_differ():
    seen = [thumbnail(lay_out(song(seed))) for seed in range(40)]
    share = sorted(float((a != b).mean()) for i, a in enumerate(seen) for b in seen[:i])
    assert share[0] > 0.01
    assert share[len(share) // 2] > 0.2


@pytest.mark.parametrize("family", [family.name for family in FAMILIES])
def test_every_family_is_some_songs_own(family):
    assert any(lay_out(song(seed)).family == family for seed in range(100))


def test_families_are_shared_out_evenly_among_songs():
    names = [lay_out(song(seed)).family for seed in range(120)]
    assert all(5 <= names.count(family.name) <= 30 for family in FAMILIES)


def test_fold_is_the_mean_of_equal_parts_stretched_from_nothing_to_one():
    assert fold([0, 10, 20, 30], 2) == [0, 1]
    assert fold([5, 5, 0, 0, 10, 10], 3) == [0.5, 0, 1]
    assert fold([1, 3], 4) == [0, 0, 1, 1]
    assert fold([7, 7, 7], 2) == [0.5, 0.5]
    assert fold([], 3) == [0.5, 0.5, 0.5]


@settings(max_examples=60, deadline=None)
@given(waves.filter(bool), st.integers(1, 40), st.integers(0, 50))
def test_a_louder_copy_of_a_song_gives_the_same_carpet(wave, times, more):
    louder = tuple(times * value + more for value in wave)
    one, other = lay_out(tuple(wave)), lay_out(louder)
    assert (one.family, one.field, one.edge) == (other.family, other.field, other.edge)
    assert len(one.limbs) == len(other.limbs)
