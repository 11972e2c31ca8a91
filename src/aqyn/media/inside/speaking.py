"""Words as espeak-ng would say them: of which sounds they are made, and how these sound in a few voices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from aqyn.core.hearing.features import HERTZ, HOP_S, cepstra, evened, listen
from aqyn.core.hearing.sounds import ANY, sounds_of
from aqyn.core.hearing.voice import NOTHING, Sums, sums_of
from aqyn.media.errors import UnknownLanguage
from aqyn.media.speech import RATE as SPEECH_HERTZ
from aqyn.media.speech import Phoneme, SpeechError, speak

_VOICES = ("", "+f2", "+m3")
_RATE = 120
# Letters that a Kazakh word has only where it is Russian, and such as no Russian word has.
_RUSSIAN, _KAZAKH = frozenset("вёфцчщъьэ"), frozenset("әғқңөұүһі")
# Between two words, so that no frame hears both.
_PAUSE_S = 0.04

Sounds = dict[str, tuple[int, ...]]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """`sounds`: of each word, by `key`. `sums`: how the sounds sound in the three voices."""

    sounds: Sounds
    sums: Sums


def key(language: str, word: str) -> str:
    """What a word of a language goes by."""
    return f"{language}:{word}"


def speak_words(words: Sequence[Pair]) -> Spoken:
    """Each of these words (language, word), spoken. Raises UnknownLanguage."""
    sums = [_said(words, voice) for voice in _VOICES]
    return Spoken(pronounced(words), reduce(add, sums, NOTHING))


def pronounced(words: Iterable[Pair], *, besides: Iterable[str] = ()) -> Sounds:
    """Of which sounds each word is made, but for those that are there already. Raises UnknownLanguage."""
    there = set(besides)
    return {
        key(language, word): _sounds(_spoken(word, language, "")[1])
        for language, word in words
        if key(language, word) not in there
    }


def _sounds(phonemes: Sequence[Phoneme]) -> tuple[int, ...]:
    found = tuple(sound for phoneme in phonemes for sound in sounds_of(phoneme.name))
    # A dash, a smile, a word that it has no letters for: something is sung there all the same.
    return found or (ANY,)


def _said(words: Sequence[Pair], voice: str) -> Sums:
    """How the sounds of all words sound in one voice, which is evened as a song is."""
    heard: list[NDArray[np.float32]] = []
    labels: list[NDArray[np.intp]] = []
    for language, word in words:
        samples, phonemes = _spoken(word, language, voice)
        frames = cepstra(listen(_at_our_rate(samples)))
        said = np.full(len(frames), -1, np.intp)
        for phoneme in phonemes:
            begin = int(phoneme.start_ms / 1000 / HOP_S)
            for sound in sounds_of(phoneme.name)[-1:]:
                said[begin : max(begin + 1, int(phoneme.end_ms / 1000 / HOP_S))] = sound
        heard.append(frames[said >= 0])
        labels.append(said[said >= 0])
    every = np.concatenate(heard)
    if not len(every):
        return NOTHING
    return sums_of(evened(every, np.ones(len(every))), np.concatenate(labels))


def _spoken(word: str, language: str, voice: str) -> tuple[NDArray[np.float32], tuple[Phoneme, ...]]:
    try:
        speech = speak(word, language=_tongue(word, language) + voice, rate=_RATE)
    except SpeechError as error:
        raise UnknownLanguage(language=language) from error
    return speech.samples, speech.phonemes


def _tongue(word: str, language: str) -> str:
    """espeak-ng's name for a language tag: without its script. A Russian word in a Kazakh line is Russian."""
    tongue = "-".join(part for part in language.split("-") if len(part) != 4).lower()
    letters = set(word.casefold())
    return "ru" if tongue == "kk" and letters & _RUSSIAN and not letters & _KAZAKH else tongue


def _at_our_rate(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    count = int((len(samples) / SPEECH_HERTZ + _PAUSE_S) * HERTZ)
    at = np.arange(count) * (SPEECH_HERTZ / HERTZ)
    return (
        np.interp(at, np.arange(len(samples)), samples, right=0.0).astype(np.float32)
        if len(samples)
        else np.zeros(count, np.float32)
    )
