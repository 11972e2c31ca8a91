"""Words laid along a recording, by what it sounds like where they would be: first with a voice that is known
from elsewhere, then, round by round, with what the song itself has told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.chain import NOBODY, SungWord, vowel_seconds
from aqyn.core.hearing.features import HOP_S, Ear, cepstra, evened, standing_out, sung_share
from aqyn.core.hearing.stretches import Frames, Known, Laid, known_sounds, lay_along
from aqyn.core.hearing.voice import Sums, Voice, average, bent, likelihoods, sums_of

ROUNDS = 4
_SCALE = 0.3
_QUIET = 1.0
# However well the song's own silence fits a frame, it outdoes the average sound by no more.
_MOST = 8.0
_FEWEST_FRAMES = 50


@dataclass(frozen=True, slots=True)
class Heard:
    """`laid`: where the words are. `scores`: how well each sound, and nobody, fits each frame: (frames, 22).
    `vowel_s`: how long a vowel of this song lasts. `sure`: of each word, the chance in percent that a
    listener would not move its begin."""

    laid: Laid
    scores: NDArray[np.float32]
    vowel_s: float
    sure: Frames


def hear(
    ear: Ear,
    words: Sequence[SungWord],
    voice: Voice,
    *,
    known: Known | None = None,
    told: Callable[[float], object] = lambda share: None,
) -> Heard:
    """Every word of the song in its place; those that are `known` already stay in theirs.

    `told` hears how much is done, 0 to 1, and may raise to stop it.
    """
    heard = evened(cepstra(ear.bands), sung_share(ear.loudness))
    quiet = standing_out(ear.loudness).astype(np.float32)
    vowel_s = vowel_seconds(words, len(ear) * HOP_S)
    sung, nobody = voice, None
    begin = np.zeros(len(words), np.intp)
    for number in range(ROUNDS + 1):
        told(number / (ROUNDS + 1))
        scores = _scores(heard, quiet, sung, nobody)
        laid = lay_along(scores, words, vowel_s, known)
        sung = bent(voice, sums_of(heard, laid.sounds))
        silent = heard[laid.sounds < 0].astype(np.float64)
        if len(silent) > _FEWEST_FRAMES:
            nobody = Voice(silent.mean(axis=0)[None], silent.var(axis=0)[None] + 0.1)
        before, begin = begin, laid.begin
    moved = np.abs(begin - before) * HOP_S
    sure = np.where(moved < 0.05, 85, np.where(moved < 0.3, 60, 20))
    return Heard(laid, scores, vowel_s, sure)


def lesson(ear: Ear, words: Sequence[SungWord], known: Known) -> Sums:
    """What words with known begin and end teach of the voice that sings them."""
    heard = evened(cepstra(ear.bands), sung_share(ear.loudness))
    whole = {number: edges for number, edges in known.items() if edges[1] is not None}
    return sums_of(heard, known_sounds(words, whole, len(heard)))


def _scores(
    heard: NDArray[np.float32], quiet: NDArray[np.float32], voice: Voice, nobody: Voice | None
) -> NDArray[np.float32]:
    """How much better than the average sound each sound, and nobody, fits each frame."""
    sounds = likelihoods(heard, voice.mean, voice.variance)
    usual = average(sounds)
    silent = np.zeros(len(heard), np.float32)
    if nobody is not None:
        silent = np.clip(likelihoods(heard, nobody.mean, nobody.variance)[:, 0] - usual, -_MOST, _MOST)
    fit = _SCALE * np.concatenate([sounds - usual[:, None], silent[:, None]], axis=1)
    fit[:, NOBODY] -= _QUIET * quiet
    return fit.astype(np.float32)
