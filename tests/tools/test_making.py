"""What the hearing network learns from: a song that is made the same from the same seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from aqyn.core.hearing.chain import NOBODY
from aqyn.core.hearing.features import BANDS, HERTZ, HOP

ROOT = Path(__file__).parents[2]
SECONDS = 20

Made = dict[str, NDArray[np.generic]]


def made(folder: Path, *seeds: int) -> list[Made]:
    """One song of one choir for each seed; each from a process of its own, because espeak-ng remembers what
    it has spoken before."""
    asked = ["--songs", "1", "--choirs", "1", "--lines", "5", "--seconds", str(SECONDS)]
    paths = [folder / f"{number}.npz" for number in range(len(seeds))]
    running = [
        subprocess.Popen(
            [sys.executable, ROOT / "tools/hearing/make.py", path, *asked, "--seed", str(seed)],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"},
        )
        for path, seed in zip(paths, seeds, strict=True)
    ]
    assert [one.wait(60) for one in running] == [0] * len(seeds)
    return [dict(np.load(path, allow_pickle=False)) for path in paths]


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """A song, the same song again, and another."""
    return made(tmp_path_factory.mktemp("made"), 2, 2, 5)


def test_the_same_seed_makes_the_same_song(songs: list[Made]) -> None:
    first, again, other = songs
    assert first.keys() == again.keys() == {"features", "labels", "ends"}
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["features"], other["features"])


def test_every_frame_has_what_is_seen_of_it_and_what_is_sung_in_it(songs: list[Made]) -> None:
    frames = SECONDS * HERTZ // HOP - 1
    for song in songs:
        assert song["features"].shape == (frames, 2 * BANDS)
        assert song["labels"].shape == (frames,)
        assert song["ends"].tolist() == [0, frames]
        assert np.isfinite(song["features"].astype(np.float32)).all()


def test_somebody_sings_and_somewhere_nobody_does(songs: list[Made]) -> None:
    for song in songs:
        labels = song["labels"].astype(int)
        assert labels.min() >= 0
        assert labels.max() == NOBODY
        assert len(np.unique(labels[labels < NOBODY])) > 5
        assert 0.1 < (labels == NOBODY).mean() < 0.9
