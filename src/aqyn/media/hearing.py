"""`hear`: the words of a song laid along its recording; `hear_again` and `learn` go on from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aqyn.core.script import convert
from aqyn.media.probing import MAX_BYTES, MAX_SECONDS, check_file
from aqyn.media.runner import Limits, run_child

HEAR_LIMITS = Limits(seconds=900.0, memory_mib=768, output_mib=64)
AGAIN_LIMITS = Limits(seconds=20.0, memory_mib=384, output_mib=1, nice=0)
MOST_WORDS = 5_000
EAR = "ear.npz"

Learnt = Mapping[str, Any]
"""What `learn` told: JSON."""


@dataclass(frozen=True, slots=True)
class SungLine:
    """One line of a song: its language (BCP 47) and its words as they are written, none empty.

    `start_ms`: where its first word begins, if that is known; `times`: where every word begins and ends, if
    all are known.
    """

    language: str
    words: tuple[str, ...]
    start_ms: int | None = None
    times: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HeardWord:
    """When a word is sung; `sure`: the chance, in percent, that a listener would not move it."""

    start_ms: int
    end_ms: int
    sure: int


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of each line, as they were asked for."""

    lines: tuple[tuple[HeardWord, ...], ...]


def hear(
    recording: Path,
    lines: Sequence[SungLine],
    *,
    ear: Path,
    learnt: Sequence[Learnt] = (),
    max_seconds: float = MAX_SECONDS,
    max_bytes: int = MAX_BYTES,
    limits: Limits = HEAR_LIMITS,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Heard:
    """When every word is sung. `ear` is written (whole or not at all): what was heard of the sound.

    `learnt`: what `learn` told of other songs of the same singer. Raises what `probe` raises, and a
    `CannotHear`: NoWords, TooManyWords, UnknownLanguage, HearsNothing, TooShortForWords, WordsDoNotFit.
    """

    def keep(folder: Path, found: Any) -> Heard:
        (folder / EAR).replace(ear)
        return _heard(lines, found)

    heard: Heard = run_child(
        "aqyn.media.inside.hearing:hear",
        check_file(recording, max_bytes=max_bytes),
        _asked(lines),
        learnt=list(learnt),
        max_seconds=max_seconds,
        limits=limits,
        progress=progress,
        cancelled=cancelled,
        scratch=ear.absolute().parent,
        keep=keep,
    )
    return heard


def hear_again(
    ear: Path, lines: Sequence[SungLine], which: Sequence[int], *, limits: Limits = AGAIN_LIMITS
) -> dict[int, tuple[HeardWord, ...]]:
    """The lines numbered `which` (from 0), heard again between the known ones around them, by line.

    A fraction of a second. Raises NotFound without a file `ear`, and Damaged where it is none.
    """
    found = run_child(
        "aqyn.media.inside.hearing:hear_again",
        check_file(ear, max_bytes=MAX_BYTES),
        _asked(lines),
        list(which),
        limits=limits,
    )
    asked = [lines[number] for number in which]
    return dict(zip(which, _heard(asked, found).lines, strict=True))


def learn(ear: Path, lines: Sequence[SungLine], *, limits: Limits = AGAIN_LIMITS) -> dict[str, Any]:
    """What lines with `times` teach of a singer's voice: sums over each class of sound, as JSON of a few KB.

    The sound cannot be got back from it. Lines without times teach nothing. Raises NotFound, Damaged.
    """
    found: dict[str, Any] = run_child(
        "aqyn.media.inside.hearing:learn",
        check_file(ear, max_bytes=MAX_BYTES),
        _asked(lines),
        limits=limits,
    )
    return found


def _asked(lines: Sequence[SungLine]) -> list[dict[str, Any]]:
    """As JSON, in the spelling that espeak-ng reads."""
    return [asdict(line) | {"words": [_spelt(word, line.language) for word in line.words]} for line in lines]


def _spelt(word: str, language: str) -> str:
    """Kazakh is spoken from Cyrillic."""
    if language in ("kk-Latn", "kk-Arab"):
        return convert(word, to="kk-Cyrl", source=language).text
    return word


def _heard(lines: Sequence[SungLine], found: Sequence[tuple[int, int, int]]) -> Heard:
    words = iter(HeardWord(*word) for word in found)
    return Heard(tuple(tuple(next(words) for _ in line.words) for line in lines))
