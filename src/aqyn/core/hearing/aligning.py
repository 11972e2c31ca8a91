"""Words laid along a recording: first by what a network hears in it, then, round by round, also by what the
song itself has told of the voice that sings it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.chain import NETWORK_SAYS, NOBODY, SungWord, vowel_seconds
from aqyn.core.hearing.features import HOP_S, Ear, cepstra, evened, sung_share
from aqyn.core.hearing.stretches import Chances, Frames, Known, Laid, known_sounds, lay_along, weigh
from aqyn.core.hearing.voice import Sums, Voice, average, bent, likelihoods, sums_of

ROUNDS = 4
# How much the voice has to say.
_VOICE = np.float32(0.5)
# However well the song's own silence fits a frame, it outdoes the average sound by no more.
_MOST = 8.0
_FEWEST_FRAMES = 50

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heard:
    """`laid`: where the words are; `chances`: how likely each begins there. `scores`: how well each sound,
    and nobody, fits each frame: (frames, 23). `cepstra`: (frames, 26), what the voice is learnt from.
    `vowel_s`: how long a vowel of this song lasts."""

    laid: Laid
    chances: Chances
    scores: Scores
    cepstra: NDArray[np.float32]
    vowel_s: float


def hear(
    ear: Ear,
    network_told: Scores,
    words: Sequence[SungWord],
    voice: Voice,
    *,
    known: Known | None = None,
    told: Callable[[float], object] = lambda share: None,
) -> Heard:
    """Every word of the song in its place; those that are `known` already stay in theirs.

    `network_told`: what the network tells of this ear. `told` hears how much is done, 0 to 1, and may raise
    to stop it.
    """
    heard = evened(cepstra(ear), sung_share(ear.loudness))
    scores = network_scores = NETWORK_SAYS * network_told
    vowel_s = vowel_seconds(words, len(ear) * HOP_S)
    for number in range(1, ROUNDS + 1):
        told(number / (ROUNDS + 3))
        laid = lay_along(scores, words, vowel_s, known)
        scores = network_scores + _VOICE * _fit(heard, laid.sounds, voice)
    told((ROUNDS + 1) / (ROUNDS + 3))
    laid, chances = weigh(scores, words, vowel_s, known)
    return Heard(laid, chances, scores, heard, vowel_s)


def _fit(heard: NDArray[np.float32], sounds: Frames, voice: Voice) -> Scores:
    """How much better than the average sound each sound, and nobody, fits each frame, when the voice is bent
    towards the song as it was laid."""
    sung = bent(voice, sums_of(heard, sounds))
    fit = likelihoods(heard, sung.mean, sung.variance)
    usual = average(fit)
    nobody = np.zeros(len(heard), np.float32)
    silent = heard[sounds < 0].astype(np.float64)
    if len(silent) > _FEWEST_FRAMES:
        nobody = likelihoods(heard, silent.mean(axis=0)[None], silent.var(axis=0)[None] + 0.1)[:, 0] - usual
    both = np.empty((len(heard), NOBODY + 1), np.float32)
    both[:, :NOBODY] = fit - usual[:, None]
    both[:, NOBODY] = np.clip(nobody, -_MOST, _MOST)
    return both


def lesson(heard: NDArray[np.float32], words: Sequence[SungWord], known: Known) -> Sums:
    """What words with known begin and end teach of the voice that sings them, by the cepstra of their
    song."""
    return sums_of(heard, known_sounds(words, known, len(heard)))
