"""Speech from espeak-ng: samples, and the moment of every phoneme and word.

espeak-ng (GPL-3.0-or-later) comes as a library inside the wheel `espeakng-loader` and is called through
ctypes. It holds its state in globals and trusts its input, so call these functions in a child process
(`aqyn.media.child`), never in the server.

The C interface is espeak-ng's `speak_lib.h`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

RATE = 22_050
"""Samples a second of all speech."""

MOST_CHARACTERS = 2_000
"""A longer text is refused: a caller speaks line by line."""

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _DO_NOT_EXIT = 0x0001, 0x8000
_POSITION_IN_CHARACTERS = 1
_UTF8 = 1
_SPEED, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7
_NO_MORE_EVENTS, _WORD, _PHONEME = 0, 1, 7


class SpeechError(Exception):
    """espeak-ng could not be loaded, has no such voice, or refused the text."""


@dataclass(frozen=True, slots=True)
class Phoneme:
    """One sound: espeak-ng's name for it, and when it sounds, in milliseconds from the first sample."""

    name: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """Where a word lies in the text (characters from 0) and when it begins."""

    position: int
    length: int
    start_ms: int


@dataclass(frozen=True, slots=True)
class Speech:
    """`samples` is mono float32 in −1…1 at `RATE`; `phonemes` and `words` are in the order of speaking."""

    samples: NDArray[np.float32]
    phonemes: tuple[Phoneme, ...]
    words: tuple[SpokenWord, ...]


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(slots=True)
class _Heard:
    """What the callback gathers while one text is spoken."""

    sound: list[bytes] = field(default_factory=list)
    phonemes: list[tuple[int, str]] = field(default_factory=list)
    words: list[SpokenWord] = field(default_factory=list)


def speak(
    text: str, *, language: str, rate: int = 130, pitch: int = 50, swing: int = 50, gap: int = 0
) -> Speech:
    """`text` spoken by espeak-ng.

    `language` is one of its voices ("kk", "ru", "en"), with a variant if wanted ("kk+f2").
    `rate` is words a minute (80…450), `pitch` 0…99, `swing` how far the pitch moves (0 is one tone),
    `gap` a pause between words in steps of 10 ms.
    A fresh process that asks for the same texts in the same order gets the same samples.
    Raises SpeechError where the library, the voice or the text will not do.
    """
    if len(text) > MOST_CHARACTERS or "\0" in text:
        raise SpeechError(f"speech is made from at most {MOST_CHARACTERS} characters, without NUL")
    library = _library()
    if library.espeak_SetVoiceByName(language.encode()) != 0:
        raise SpeechError(f"espeak-ng has no voice {language!r}")
    for parameter, value in ((_SPEED, rate), (_PITCH, pitch), (_RANGE, swing), (_WORD_GAP, gap)):
        library.espeak_SetParameter(parameter, value, 0)

    # Its breath is random, and seeded by the clock unless it is told otherwise.
    library.espeak_ng_SetRandSeed(ctypes.c_long(1))
    heard = _Heard()
    listen = _listener(heard)
    library.espeak_SetSynthCallback(listen)
    data = text.encode("utf-8") + b"\0"
    answer = library.espeak_Synth(data, len(data), 0, _POSITION_IN_CHARACTERS, 0, _UTF8, None, None)
    if answer != 0:
        raise SpeechError(f"espeak-ng refused the text (error {answer})")

    samples = np.frombuffer(b"".join(heard.sound), dtype="<i2").astype(np.float32) * np.float32(1 / 32768)
    length_ms = len(samples) * 1000 // RATE
    return Speech(samples, tuple(_phonemes(heard.phonemes, length_ms)), tuple(heard.words))


def _listener(heard: _Heard) -> Any:
    """The C callback that fills `heard`; the caller keeps it alive until the synthesis has ended."""

    def listen(sound: Any, count: int, events: Any) -> int:
        if count > 0 and sound:
            heard.sound.append(ctypes.string_at(sound, count * 2))
        at = 0
        while events and events[at].type != _NO_MORE_EVENTS:
            event = events[at]
            if event.type == _PHONEME:
                name = bytes(event.id.string).split(b"\0")[0].decode("utf-8", "replace")
                heard.phonemes.append((event.audio_position, name))
            elif event.type == _WORD:
                heard.words.append(SpokenWord(event.text_position - 1, event.length, event.audio_position))
            at += 1
        return 0

    return _Callback(listen)


def _phonemes(starts: Sequence[tuple[int, str]], length_ms: int) -> list[Phoneme]:
    """Phonemes with their ends: each lasts until the next begins. Pauses ("_…" or no name) are left out."""
    ends = [start for start, _ in starts[1:]] + [length_ms]
    return [
        Phoneme(name, start, end)
        for (start, name), end in zip(starts, ends, strict=True)
        if name and not name.startswith("_") and end > start
    ]


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as error:
        raise SpeechError(f"espeak-ng could not be loaded: {error}") from error
    rate = library.espeak_Initialize(
        _SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), _PHONEME_EVENTS | _DO_NOT_EXIT
    )
    if rate != RATE:
        raise SpeechError(f"espeak-ng speaks at {rate} samples a second, {RATE} were expected")
    library.espeak_Synth.argtypes = (
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    )
    return library
