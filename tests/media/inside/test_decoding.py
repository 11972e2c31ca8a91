"""A recording as numbers, at whatever rate the listener wants."""

import pytest

from aqyn import media


@pytest.mark.parametrize("name", ["song.flac", "song.mp3", "opus.ogg"])
@pytest.mark.parametrize("rate", [16000, 48000])
def test_sound_comes_as_floats_at_the_rate_asked(sounds, children, name, rate):
    one, two, kind, peak = media.run_child(f"{children}:decode_shapes", sounds / name, rate)
    assert kind == "float32"
    assert one == [two[0]]
    assert two[1] == 2
    assert abs(one[0] - 3 * rate) <= 2
    # Two sines and noise at 0.3 each: their mean is a little over 0.3.
    assert 0.25 < peak < 0.4
