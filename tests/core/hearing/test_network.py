import numpy as np
import pytest

from aqyn.core.hearing.features import listen
from aqyn.core.hearing.network import Layer, Network, _convolved


def plainly(values, layer):
    """A convolution, written out."""
    taps = len(layer.weights)
    out = np.tile(layer.bias, (len(values), 1))
    for at in range(len(values)):
        for tap in range(taps):
            there = at + (tap - taps // 2) * layer.dilation
            if 0 <= there < len(values):
                out[at] += values[there] @ layer.weights[tap]
    return out


@pytest.mark.parametrize(
    ("frames", "taps", "dilation"), [(1, 3, 1), (5, 3, 2), (40, 5, 4), (7, 3, 16), (30, 1, 1)]
)
def test_a_layer_is_a_convolution(frames, taps, dilation):
    rng = np.random.default_rng(1)
    layer = Layer(
        rng.normal(0, 1, (taps, 4, 6)).astype(np.float32), rng.normal(0, 1, 6).astype(np.float32), dilation
    )
    values = rng.normal(0, 1, (frames, 4)).astype(np.float32)
    assert np.allclose(_convolved(values, layer), plainly(values, layer), atol=1e-4)


def network(rng, classes=23):
    def layer(taps, inputs, outputs, dilation):
        return {
            "w": rng.normal(0, 0.2, (taps, inputs, outputs)).astype(np.float16),
            "b": np.zeros(outputs, np.float16),
            "d": dilation,
        }

    layers = [layer(5, 80, 16, 1), layer(3, 16, 16, 2), layer(1, 16, classes, 1)]
    arrays = {f"{name}{number}": one[name] for number, one in enumerate(layers) for name in "wb"}
    prior = np.log(np.full(classes, 1 / classes))
    return Network.of_arrays(arrays | {"dilations": np.array([one["d"] for one in layers]), "prior": prior})


def test_what_is_told_are_chances_beside_how_often_each_is_met():
    rng = np.random.default_rng(2)
    ears = network(rng)
    told = ears.told(listen(rng.normal(0, 0.1, (16_000, 2)).astype(np.float32)))
    assert told.shape == (49, 23)
    assert np.allclose(np.exp(told + ears.prior).sum(axis=1), 1, atol=1e-4)


def test_neither_volume_nor_equaliser_matters():
    rng = np.random.default_rng(3)
    ears = network(rng)
    sound = rng.normal(0, 0.1, (32_000, 2)).astype(np.float32)
    here, quieter = ears.told(listen(sound)), ears.told(listen(sound / 4))
    assert np.allclose(here, quieter, atol=0.02)
