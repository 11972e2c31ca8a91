"""What was heard of a recording, kept in a file: a part of it is heard again without the sound. And the
network that hears, which is a file too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.network import Network
from aqyn.media.errors import Damaged

_NETWORK = Path(__file__).with_name("network.npz")
# What is written differently is heard anew.
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """`cepstra`, `scores`, `vowel_s`: as `core.hearing.aligning.Heard` has them. `sounds`: of each word, by
    its key."""

    cepstra: NDArray[np.float32]
    scores: NDArray[np.float32]
    vowel_s: float
    sounds: dict[str, tuple[int, ...]]


def keep(path: Path, kept: Kept) -> None:
    """Write it: some 5 KB for a second of sound."""
    told = json.dumps({"version": _VERSION, "vowel_s": kept.vowel_s, "sounds": kept.sounds})
    np.savez(
        path,
        cepstra=kept.cepstra.astype(np.float16),
        scores=kept.scores.astype(np.float16),
        told=np.frombuffer(told.encode(), np.uint8),
    )


def kept(path: Path) -> Kept:
    """What was kept there. Raises Damaged where the file is not whole, or of another version."""
    try:
        with np.load(path, allow_pickle=False) as file:
            told = json.loads(file["told"].tobytes())
            arrays = {name: file[name].astype(np.float32) for name in ("cepstra", "scores")}
    except (BadZipFile, KeyError, ValueError, EOFError) as error:
        raise Damaged from error
    if told["version"] != _VERSION:
        raise Damaged
    sounds = {word: tuple(one) for word, one in told["sounds"].items()}
    return Kept(arrays["cepstra"], arrays["scores"], told["vowel_s"], sounds)


def network() -> Network:
    """The network, as `tools/hearing` made it."""
    with np.load(_NETWORK, allow_pickle=False) as file:
        return Network.of_arrays(file)
