import json

import numpy as np
import pytest

from aqyn.core.hearing.voice import (
    CLASSES,
    NOTHING,
    SIZE,
    Sums,
    average,
    bent,
    likelihoods,
    sums_of,
    voice_of,
)


def frames(seed=1, count=400):
    rng = np.random.default_rng(seed)
    labels = rng.integers(-1, CLASSES, count)
    return (rng.normal(0, 1, (count, SIZE)) + labels[:, None]).astype(np.float32), labels


def test_sums_of_two_halves_are_those_of_the_whole():
    values, labels = frames()
    whole = sums_of(values, labels)
    halves = sums_of(values[:150], labels[:150]) + sums_of(values[150:], labels[150:])
    for name in ("frames", "first", "second"):
        assert np.allclose(getattr(whole, name), getattr(halves, name))
    assert whole.frames.sum() == (labels >= 0).sum()


def test_a_voice_has_the_mean_and_the_variance_of_its_frames():
    values, labels = frames(count=4_000)
    voice = voice_of(sums_of(values, labels))
    third = values[labels == 3].astype(np.float64)
    assert np.allclose(voice.mean[3], third.mean(axis=0))
    assert np.allclose(voice.variance[3], third.var(axis=0) + 0.1)


def test_a_sound_that_was_never_met_is_like_any():
    voice = voice_of(NOTHING)
    assert not voice.mean.any()
    assert (voice.variance == 1.5).all()


def test_a_voice_is_bent_by_what_was_heard_and_stays_where_nothing_was():
    values, labels = frames(count=4_000)
    known = voice_of(sums_of(values, labels))
    moved = np.where(labels == 3, labels, -1)
    after = bent(known, sums_of(values + 2, moved))
    count = (labels == 3).sum()
    assert np.allclose(after.mean[3], known.mean[3] + 2 * count / (count + 60))
    assert np.allclose(after.mean[4], known.mean[4])
    assert np.allclose(after.variance[4], known.variance[4])


def test_the_more_is_heard_the_more_a_voice_is_bent():
    known = voice_of(NOTHING)
    ones = np.ones((600, SIZE), np.float32)
    few = bent(known, sums_of(ones[:20], np.zeros(20, np.intp)))
    many = bent(known, sums_of(ones, np.zeros(600, np.intp)))
    assert 0 < few.mean[0, 0] < many.mean[0, 0] < 1
    assert (many.variance > 0).all()


def test_what_was_learnt_is_the_same_after_it_was_written_down():
    values, labels = frames()
    sums = sums_of(values, labels)
    again = Sums.of_json(json.loads(json.dumps(sums.as_json())))
    assert np.allclose(again.first, sums.first, atol=1e-3)
    assert np.allclose(again.second, sums.second, atol=1e-3)
    assert again.frames.tolist() == sums.frames.tolist()


def test_likelihoods_are_those_of_a_gaussian():
    values, labels = frames()
    voice = voice_of(sums_of(values, labels))
    told = likelihoods(values, voice.mean, voice.variance)
    expected = (
        -0.5 * (((values[7] - voice.mean[5]) ** 2) / voice.variance[5] + np.log(voice.variance[5])).sum()
    )
    assert told[7, 5] == pytest.approx(expected, abs=1e-2)
    assert average(told)[7] == pytest.approx(np.log(np.exp(told[7].astype(float)).mean()), abs=1e-3)
