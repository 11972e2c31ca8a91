import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.hearing.features import BANDS, HERTZ, HOP, Ear, box, cepstra, evened, listen, sung_share


def tone(hertz, seconds=1.0, level=0.3):
    return (level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * HERTZ)) / HERTZ)).astype(np.float32)


def shared(sound):
    return np.log(listen(sound).shared + 1e-8).mean(axis=0)


@pytest.mark.parametrize("samples", [0, 1, 511, 512, 831, 832, HERTZ])
def test_there_is_one_frame_each_50th_of_a_second_and_at_least_one(samples):
    ear = listen(np.zeros(samples, np.float32))
    assert ear.whole.shape == ear.shared.shape == (max(1, 1 + (samples - 512) // HOP), BANDS)
    assert len(ear) == len(ear.whole)
    assert all(np.isfinite(part).all() for part in (ear.whole, ear.shared, ear.loudness, cepstra(ear)))


def test_a_higher_tone_is_heard_in_a_higher_band():
    found = [int(shared(tone(hertz)).argmax()) for hertz in (200, 400, 800, 1600, 3200)]
    assert found == sorted(set(found))


def test_what_stands_at_the_sides_is_not_shared_and_what_stands_in_the_middle_is():
    middle, left = tone(400), tone(2_000)
    low, high = int(shared(middle).argmax()), int(shared(left).argmax())
    both = np.stack([middle + left, middle], axis=1)
    assert abs(shared(both)[low] - shared(middle)[low]) < 0.1
    assert shared(both)[high] < shared(both)[low] - 6
    # It is in the whole, of which left alone gives a quarter of the power.
    assert np.log(listen(both).whole[20, high]) > np.log(listen(both).whole[20, low]) - 3


def test_a_long_sound_is_heard_as_its_pieces_are():
    # Longer than what is looked at together.
    rng = np.random.default_rng(1)
    shared = rng.normal(0, 0.1, (HOP * 4_200, 1))
    sound = (shared + rng.normal(0, 0.01, (HOP * 4_200, 2))).astype(np.float32)
    whole = listen(sound)
    end = listen(sound[HOP * 4_000 :])
    assert np.allclose(whole.shared[4_002:4_150], end.shared[2:150], rtol=1e-3)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30), st.sampled_from([1, 3, 7]))
def test_the_running_mean_is_the_mean_of_the_neighbours(values, width):
    array = np.array(values)
    reach = width // 2
    padded = np.pad(array, reach, mode="edge")
    expected = [padded[at : at + width].mean() for at in range(len(array))]
    assert np.allclose(box(array, width), expected)


def test_evened_frames_have_no_mean_and_one_deviation_where_they_count():
    rng = np.random.default_rng(2)
    values = rng.normal(7, 3, (500, 4)).astype(np.float32)
    share = np.zeros(500)
    share[:200] = 1
    even = evened(values, share)[:200]
    assert np.allclose(even.mean(axis=0), 0, atol=1e-4)
    assert np.allclose(even.std(axis=0), 1, atol=1e-3)


def test_the_louder_half_counts():
    loudness = np.full(500, -60.0, np.float32)
    loudness[200:400] = -20
    share = sung_share(loudness)
    assert share[210:390].min() == 1 + 1e-6
    assert share[:190].max() == 1e-6


def test_cepstra_do_not_change_with_loudness_but_in_the_first():
    ear = listen(np.random.default_rng(3).normal(0, 0.1, HERTZ).astype(np.float32))
    quieter = Ear(ear.whole / 8, ear.shared / 8, ear.loudness - 9)
    assert np.allclose(cepstra(ear)[:, 1:13], cepstra(quieter)[:, 1:13], atol=1e-2)
    assert cepstra(ear).shape == (len(ear), 26)
