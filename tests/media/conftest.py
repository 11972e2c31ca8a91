"""Real sound for the tests: made by numpy, written by FFmpeg, in every container."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import psutil
import pytest

CHILDREN = Path(__file__).parent / "children"

# name: (muxer, encoder, sample format, encoder's options)
KINDS = {
    "sixteen.wav": ("wav", "pcm_s16le", "s16", {}),
    "twentyfour.wav": ("wav", "pcm_s24le", "s32", {}),
    "float.wav": ("wav", "pcm_f32le", "flt", {}),
    "song.flac": ("flac", "flac", "s16", {}),
    "song.mp3": ("mp3", "libmp3lame", "s16p", {}),
    "song.m4a": ("ipod", "aac", "fltp", {}),
    "lossless.m4a": ("ipod", "alac", "s16p", {}),
    "song.aac": ("adts", "aac", "fltp", {}),
    "vorbis.ogg": ("ogg", "vorbis", "fltp", {"strict": "-2"}),
    "opus.ogg": ("ogg", "libopus", "flt", {}),
}


def write_sound(
    path: Path,
    sound: np.ndarray,
    *,
    rate: int = 44100,
    kind: str | None = None,
    tags: dict[str, str] | None = None,
    muxing: dict[str, str] | None = None,
    encoding: dict[str, str] | None = None,
) -> Path:
    """Write (channels, samples) floats the way `KINDS[kind or path.name]` says."""
    muxer, encoder, form, options = KINDS[kind or path.name]
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[len(sound)]
    with av.open(str(path), "w", format=muxer, options=muxing or {}) as container:
        container.metadata.update(tags or {})
        stream = container.add_stream(
            encoder, rate=rate, layout=layout, options={**options, **(encoding or {})}
        )
        resampler = av.AudioResampler(form, layout, rate)
        for start in range(0, sound.shape[1], 4096):
            part = np.ascontiguousarray(sound[:, start : start + 4096], np.float32)
            frame = av.AudioFrame.from_ndarray(part, "fltp", layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            for ready in resampler.resample(frame):
                container.mux(stream.encode(ready))
        container.mux(stream.encode(None))
    return path


def tone(seconds: float, *, rate: int = 44100, channels: int = 2, level: float = 0.3) -> np.ndarray:
    """A sine a side with a little noise: (channels, samples)."""
    time = np.arange(round(seconds * rate)) / rate
    noise = np.random.default_rng(7).normal(0, 0.02, (channels, len(time)))
    sides = [np.sin(2 * np.pi * (300 + 70 * side) * time) for side in range(channels)]
    return (np.stack(sides) + noise) * level


def read_sound(path: Path) -> tuple[np.ndarray, int]:
    """(channels, samples) floats and the rate, as a player would hear the file."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler("fltp", stream.layout.name, stream.rate)
        frames = [out for frame in container.decode(stream) for out in resampler.resample(frame)]
        frames += resampler.resample(None)
        return np.concatenate([frame.to_ndarray() for frame in frames], axis=1), stream.rate


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three seconds of the same tone in every accepted kind."""
    folder = tmp_path_factory.mktemp("sounds")
    for name in KINDS:
        rate = 48000 if name == "opus.ogg" else 44100
        write_sound(folder / name, tone(3, rate=rate), rate=rate, tags={"title": "Қызылорда"})
    return folder


@pytest.fixture
def make_sound() -> Callable[..., Path]:
    return write_sound


@pytest.fixture
def make_tone() -> Callable[..., np.ndarray]:
    return tone


@pytest.fixture
def hear() -> Callable[[Path], tuple[np.ndarray, int]]:
    return read_sound


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> str:
    """The module of functions to run in children, importable there because it is here."""
    monkeypatch.syspath_prepend(str(CHILDREN))
    return "aqyn_test_children"


@pytest.fixture(autouse=True)
def no_process_is_left() -> object:
    """Every test here ends without a child of its own still running."""
    others = set(psutil.Process().children(recursive=True))  # a house that other tests have opened, a browser
    yield
    assert [child for child in psutil.Process().children() if child not in others] == []


@pytest.fixture(autouse=True)
def own_temp_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> object:
    """Every test here leaves the temp folder as it found it: empty."""
    folder = tmp_path_factory.mktemp("temp")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []
