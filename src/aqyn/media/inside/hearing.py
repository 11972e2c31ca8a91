"""Hears words in a recording: espeak-ng says how they would sound, `core.hearing` where they do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import numpy as np

from aqyn.core.hearing.aligning import hear as laid_along
from aqyn.core.hearing.aligning import lesson
from aqyn.core.hearing.chain import SungWord
from aqyn.core.hearing.doubting import fit_in_order, is_silent, shortest_s
from aqyn.core.hearing.features import HERTZ, HOP_S, listen
from aqyn.core.hearing.stretches import Chances, Frames, Known, weigh
from aqyn.core.hearing.voice import NOTHING, Sums, bent, voice_of
from aqyn.media.channel import report
from aqyn.media.errors import HearsNothing, NoWords, TooManyWords, TooShortForWords, WordsDoNotFit
from aqyn.media.hearing import EAR, MOST_WORDS
from aqyn.media.inside.decoding import decode
from aqyn.media.inside.ears import Kept, keep, kept, network
from aqyn.media.inside.speaking import Sounds, key, pronounced, speak_words

_DECODED, _SPOKEN, _DOUBTED = 0.1, 0.25, 0.4
# A frame is longer than the way to the next, and so hears what begins a little after it.
_LATE = 0.3

Line = Mapping[str, Any]
Times = list[tuple[int, int, int]]


def hear(path: str, lines: list[Line], *, learnt: list[dict[str, Any]], max_seconds: float) -> Times:
    """Begin, end (ms) and sureness (percent) of each word. Leaves the ear in the working folder."""
    count = sum(len(line["words"]) for line in lines)
    if not count:
        raise NoWords
    if count > MOST_WORDS:
        raise TooManyWords(most=MOST_WORDS)
    sound = decode(Path(path), sample_rate=HERTZ, mono=False, max_seconds=max_seconds)
    report(_DECODED)
    ear = listen(sound)
    if is_silent(ear.loudness):
        raise HearsNothing
    spoken = speak_words(_distinct(lines))
    report(_SPOKEN)
    words, known = _sung(lines, spoken.sounds), _known(lines)
    if shortest_s(words) > len(ear) * HOP_S:
        raise TooShortForWords(seconds=len(ear) * HOP_S, words=count)
    told = network().told(ear)
    # Where she has said of a line that it is sung there, that is not asked.
    if not known and not fit_in_order(told, words):
        raise WordsDoNotFit
    report(_DOUBTED)
    voice = bent(voice_of(spoken.sums), reduce(add, map(Sums.of_json, learnt), NOTHING))
    heard = laid_along(
        ear,
        told,
        words,
        voice,
        known=known,
        told=lambda share: report(_DOUBTED + (1 - _DOUBTED) * share),
    )
    keep(Path(EAR), Kept(heard.cepstra, heard.scores, heard.vowel_s, spoken.sounds))
    return _times(heard.laid.begin, heard.laid.end, heard.chances)


def hear_again(path: str, lines: list[Line], which: list[int]) -> Times:
    """The same of the words of the lines numbered `which`, by an ear that was kept."""
    ear = kept(Path(path))
    words = _sung(lines, ear.sounds | pronounced(_distinct(lines), besides=ear.sounds))
    laid, chances = weigh(ear.scores, words, ear.vowel_s, _known(lines), only=which)
    asked = np.isin([word.line for word in words], which)
    return _times(laid.begin[asked], laid.end[asked], chances[asked])


def learn(path: str, lines: list[Line]) -> dict[str, Any]:
    """What the lines with times teach of the voice, as JSON."""
    ear = kept(Path(path))
    words = _sung(lines, ear.sounds | pronounced(_distinct(lines), besides=ear.sounds))
    told: dict[str, Any] = lesson(ear.cepstra, words, _known(lines)).as_json()
    return told


def _distinct(lines: list[Line]) -> list[tuple[str, str]]:
    """Language and word, each pair once, in a lasting order."""
    return list(dict.fromkeys((line["language"], word) for line in lines for word in line["words"]))


def _sung(lines: list[Line], sounds: Sounds) -> list[SungWord]:
    return [
        SungWord(sounds[key(line["language"], word)], number)
        for number, line in enumerate(lines)
        for word in line["words"]
    ]


def _known(lines: list[Line]) -> Known:
    known: dict[int, tuple[int, int | None]] = {}
    word = 0
    for line in lines:
        if line["times"]:
            for number, (start, end) in enumerate(line["times"]):
                begin = _frame(start)
                known[word + number] = (begin, max(begin + 1, _frame(end)))
        elif line["start_ms"] is not None:
            known[word] = (_frame(line["start_ms"]), None)
        word += len(line["words"])
    return known


def _frame(ms: float) -> int:
    return max(0, round(ms / 1000 / HOP_S - _LATE))


def _times(begin: Frames, end: Frames, chances: Chances) -> Times:
    return [
        (_ms(first), max(_ms(first) + 1, _ms(last)), round(100 * min(0.99, max(0.01, chance))))
        for first, last, chance in zip(begin.tolist(), end.tolist(), chances.tolist(), strict=True)
    ]


def _ms(frame: int) -> int:
    """What is heard first in a frame began at the middle between it and the one before."""
    return round((frame + _LATE) * HOP_S * 1000) if frame else 0
