"""`hear_with`: the words of a song laid along its recording by a backend, in a child process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from aqyn.media import backends, errors
from aqyn.media.backends.base import Backend
from aqyn.media.channel import report
from aqyn.media.hearing import Heard, HeardWord, SungLine
from aqyn.media.probing import MAX_BYTES, MAX_SECONDS, check_file
from aqyn.media.runner import Limits, run_child

# −60 dB: no singer is as quiet as that from beginning to end.
_QUIETEST = 1e-3
# Decoding is quick beside a large network.
_DECODED = 0.03


class BackendMissing(errors.CannotHear):
    """`reason`: what `missing` says."""

    code = "backend_missing"
    sentence = "{reason}"


def hear_with(
    name: str,
    recording: Path,
    lines: Sequence[SungLine],
    *,
    max_seconds: float = MAX_SECONDS,
    max_bytes: int = MAX_BYTES,
    limits: Limits | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Heard:
    """When every word is sung, as the backend `name` hears it; `limits`: its own where none are given.

    Raises what decoding raises, NoModel, and a `CannotHear`: BackendMissing, NoWords, HearsNothing,
    UnknownLanguage, TooShortForWords. Raises KeyError on other names.
    """
    kind = backends.KINDS[name]
    model, reason = backends.model_of(name), backends.missing(name)
    if reason or model is None:
        raise BackendMissing(reason=reason)
    if not any(line.words for line in lines):
        raise errors.NoWords
    found = run_child(
        "aqyn.media.backends.listening:listen",
        check_file(recording, max_bytes=max_bytes),
        module=kind.module,
        model=model.absolute(),
        lines=[asdict(line) for line in lines],
        max_seconds=max_seconds,
        limits=limits or kind.limits,
        progress=progress,
        cancelled=cancelled,
    )
    return Heard(tuple(tuple(HeardWord(*word) for word in row) for row in found))


def listen(
    source: str, *, module: str, model: str, lines: Sequence[dict[str, Any]], max_seconds: float
) -> list[list[list[int]]]:
    """`run_child`'s function: for each line [start, end, how sure] of each word, times in milliseconds.

    `lines`: the fields of `SungLine`. Call it with the limits of `backends.KINDS[name]`. Raises what decoding
    and the backend's `load` raise, HearsNothing, TooShortForWords, UnknownLanguage.
    """
    from aqyn.core.hearing.ctc import DoesNotFit
    from aqyn.media.backends.aligning import Unspeakable, place_words
    from aqyn.media.inside.decoding import decode

    backend: Backend = import_module(module).load(Path(model))
    sound = decode(Path(source), sample_rate=backend.rate, max_seconds=max_seconds)
    if float(abs(sound).max(initial=0.0)) < _QUIETEST:
        raise errors.HearsNothing
    report(_DECODED)
    emissions = backend.emissions(sound, lambda share: report(_DECODED + (0.95 - _DECODED) * share))
    asked = [
        SungLine(line["language"], tuple(line["words"]), line["start_ms"], tuple(map(tuple, line["times"])))
        for line in lines
    ]
    try:
        rows = place_words(emissions, asked, length_ms=len(sound) * 1000 // backend.rate)
    except DoesNotFit:
        words = sum(len(line.words) for line in asked)
        raise errors.TooShortForWords(seconds=len(sound) / backend.rate, words=words) from None
    except Unspeakable as refusal:
        raise errors.UnknownLanguage(language=refusal.language) from None
    report(1.0)
    return [[list(word) for word in row] for row in rows]
