"""What a child process does with a backend: the recording decoded, heard, and its words placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aqyn.core.hearing.ctc import DoesNotFit
from aqyn.media import errors
from aqyn.media.backends import open_backend
from aqyn.media.backends.aligning import Unspeakable, place_words
from aqyn.media.channel import report
from aqyn.media.inside.decoding import decode

# Decoding is quick beside a large network.
_DECODED = 0.03


@dataclass(frozen=True, slots=True)
class _Line:
    language: str
    words: tuple[str, ...]
    start_ms: int | None
    times: tuple[tuple[int, int], ...]


def listen(
    source: str, *, name: str, model: str, lines: Sequence[dict[str, Any]], max_seconds: float
) -> list[list[list[int]]]:
    """`run_child`'s function: for each line [start, end, how sure] of each word, times in milliseconds.

    `lines`: the fields of `SungLine`. Call it with the limits of `backends.KINDS[name]`. Raises what decoding
    and the backend's `load` raise, TooShortForWords, UnknownLanguage.
    """
    backend = open_backend(name, Path(model))
    sound = decode(Path(source), sample_rate=backend.rate, max_seconds=max_seconds)
    report(_DECODED)
    emissions = backend.emissions(sound, lambda share: report(_DECODED + (0.95 - _DECODED) * share))
    asked = [
        _Line(line["language"], tuple(line["words"]), line["start_ms"], tuple(map(tuple, line["times"])))
        for line in lines
    ]
    try:
        rows = place_words(emissions, asked, length_ms=len(sound) * 1000 // backend.rate)
    except DoesNotFit:
        raise errors.TooShortForWords from None
    except Unspeakable as refusal:
        raise errors.UnknownLanguage(language=refusal.language) from None
    report(1.0)
    return [[list(word) for word in row] for row in rows]
