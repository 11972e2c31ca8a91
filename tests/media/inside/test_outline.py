"""The outline is what the ear says of each part, in whole numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from aqyn.media.inside.measuring import levels, outline

ENERGY = arrays(np.float64, st.integers(1, 300), elements=st.floats(0, 4))


@given(energy=ENERGY, steps=st.integers(1, 500), missing=st.integers(0, 479))
def test_there_are_as_many_parts_as_asked_and_the_loudest_is_99(energy, steps, missing):
    found = outline(energy, len(energy) * 480 - missing, steps)
    assert len(found) == steps
    assert all(0 <= value <= 99 for value in found)
    assert max(found) == (99 if energy.max() > 1e-30 else max(found))


@given(energy=arrays(np.float64, 80, elements=st.floats(1e-6, 4)), steps=st.integers(1, 80))
def test_turning_the_volume_changes_nothing(energy, steps):
    quieter = outline(energy / 64, 80 * 480, steps)
    assert np.abs(np.subtract(quieter, outline(energy, 80 * 480, steps))).max() <= 1


def test_silence_is_flat():
    assert outline(np.zeros(10), 4800, 5) == (0, 0, 0, 0, 0)


def test_half_as_loud_is_drawn_half_as_high():
    # 10 dB less sounds half as loud (Stevens): 99 and 99 / 2.
    assert outline(np.array([1.0, 0.1]), 960, 2) == (99, 50)


def test_parts_need_not_begin_on_a_step():
    # Three parts of two steps: the middle one is half of each.
    assert outline(np.array([1.0, 0.0]), 960, 3)[::2] == (99, 0)
    assert outline(np.array([1.0, 0.0]), 960, 3)[1] == round(99 * 0.5**0.3)


@given(energy=ENERGY)
def test_every_hundredth_of_a_second_has_its_level_and_the_loudest_is_255(energy):
    found = levels(energy)
    assert len(found) == len(energy)
    assert max(found) == (255 if energy.max() > 1e-30 else max(found))


def test_levels_are_told_as_the_outline_is():
    assert list(levels(np.array([1.0, 0.1, 0.0]))) == [255, 128, 0]
    assert levels(np.zeros(3)) == bytes(3)
    assert levels(np.zeros(0)) == b""
