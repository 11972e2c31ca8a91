"""When each word is sung. Times are whole milliseconds from the start of one recording.

Timing belongs to a recording, never to a layer: every script and translation of a line shares its cues.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from aqyn.core.lyrics.model import LyricsError

LONGEST_MS = 24 * 60 * 60 * 1000


class TimingError(LyricsError):
    """The times cannot be sung; `line` is the line's place in the song."""


class Origin(StrEnum):
    """Where a time comes from."""

    TAPPED = "tapped"
    PLACED = "placed"
    IMPORTED = "imported"
    SPREAD = "spread"
    PROPOSED = "proposed"
    APPROVED = "approved"


SURE = {Origin.PLACED: 98, Origin.TAPPED: 90, Origin.IMPORTED: 80, Origin.SPREAD: 50}
"""How sure a time is that says nothing else: the chance, in percent, that a listener would not move it.
One that was proposed says so itself, and goes on saying it when it is approved."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One word: from `start` to `end`, and where each of its syllables begins, the first at `start`.

    `origin` is "" where nobody knows; `sure` in percent, or None.
    """

    start: int
    end: int
    syllables: tuple[int, ...] = ()
    origin: Origin | str = ""
    sure: int | None = None

    @property
    def starts(self) -> tuple[int, ...]:
        return self.syllables or (self.start,)


@dataclass(frozen=True, slots=True)
class LineCues:
    """One line from `start` to `end`. `words` is empty where only the line is timed.

    `origin` and `sure` are those of a line whose words are not timed; with words, each has its own.
    """

    start: int
    end: int
    words: tuple[Cue, ...] = ()
    origin: Origin | str = ""
    sure: int | None = None

    @classmethod
    def of(cls, words: Sequence[Cue]) -> LineCues:
        """The cues of a line whose words are timed."""
        return cls(words[0].start, words[-1].end, tuple(words))


def from_json(value: Any) -> LineCues:
    """A line's cues from `[[start, end, [syllables], origin, sure], …]` or `[start, end, origin, sure]`.

    Syllables, and from origin on, may be left out. Raises TimingError otherwise.
    """
    if isinstance(value, list) and len(value) in (2, 4) and all(_is_time(number) for number in value[:2]):
        return LineCues(value[0], value[1], (), *_provenance(value[2:]))
    if not isinstance(value, list) or not value:
        raise TimingError("A line's times are [start, end], or one [start, end, [syllables]] for each word.")
    return LineCues.of([_cue(word) for word in value])


def to_json(cues: LineCues) -> list[Any]:
    """What `from_json` reads back."""
    if not cues.words:
        return [cues.start, cues.end, *_told(cues)]
    return [[word.start, word.end, list(word.starts), *_told(word)] for word in cues.words]


def bare(value: list[Any]) -> list[Any]:
    """A line's JSON without where its times come from: what a listener's player reads."""
    return value[:2] if isinstance(value[0], int) else [word[:3] for word in value]


def stamped(cues: LineCues, origin: Origin) -> LineCues:
    """The same times; those that say nothing of it come from `origin`, and are as sure as such times are."""
    told: dict[str, Any] = {"origin": origin, "sure": SURE.get(origin)}
    if cues.words:
        return replace(cues, words=tuple(w if w.origin else replace(w, **told) for w in cues.words))
    return cues if cues.origin else replace(cues, **told)


def begins(value: list[Any]) -> int:
    """When the line of this JSON begins."""
    start: int = value[0] if isinstance(value[0], int) else value[0][0]
    return start


def is_proposed(value: list[Any]) -> bool:
    """Whether any time of the line, as JSON, is one that nobody has approved yet."""
    return Origin.PROPOSED in origins(value)


def origins(value: list[Any]) -> list[str]:
    """Where the times of a line's JSON come from, word by word or of the line; "" where nobody knows."""
    told = [value[2:]] if isinstance(value[0], int) else [word[3:] for word in value]
    return [one[0] if one else "" for one in told]


def _told(cue: Cue | LineCues) -> list[Any]:
    return [str(cue.origin), cue.sure] if cue.origin else []


def _provenance(told: list[Any]) -> tuple[Origin | str, int | None]:
    if not told:
        return "", None
    origin, sure = told
    if origin in list(Origin) and (sure is None or (_is_time(sure) and 0 <= sure <= 100)):
        return Origin(origin), sure
    raise TimingError("Where a time comes from is a known word, and how sure it is a percentage or null.")


def _cue(value: Any) -> Cue:
    if isinstance(value, list) and len(value) in (2, 3, 5) and all(_is_time(number) for number in value[:2]):
        syllables = value[2] if len(value) > 2 else []
        if isinstance(syllables, list) and all(_is_time(number) for number in syllables):
            return Cue(value[0], value[1], tuple(syllables) or (value[0],), *_provenance(value[3:]))
    raise TimingError(
        "A word's times are [start, end] or [start, end, [syllable starts]] in whole milliseconds."
    )


def _is_time(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def check(
    lines: Sequence[LineCues | None], word_counts: Sequence[int], *, duration_ms: int | None = None
) -> None:
    """Pass over times that a singer could sing; raise TimingError naming the first line at fault.

    Lines in the song's order, None where one has no times: each begins no earlier than the one before it, its
    words follow one another without overlap, syllables begin inside their word in order, nothing lies before
    0 or after `duration_ms`, and a line whose words are timed has one cue for each of them.
    """
    if len(lines) != len(word_counts):
        raise TimingError(
            "There are times for %(timed)s lines, but the song has %(lines)s.",
            timed=len(lines),
            lines=len(word_counts),
        )
    before = 0
    for place, (cues, count) in enumerate(zip(lines, word_counts, strict=True), 1):
        if cues is None:
            continue
        _check_line(cues, count, place, before)
        if cues.end > (LONGEST_MS if duration_ms is None else duration_ms):
            raise TimingError(
                "it ends at %(end)s ms, after the end of the recording at %(duration)s ms.",
                place,
                end=cues.end,
                duration=duration_ms or LONGEST_MS,
            )
        before = cues.start


def _check_line(cues: LineCues, count: int, place: int, before: int) -> None:
    if cues.words and len(cues.words) != count:
        raise TimingError(
            "there are times for %(timed)s words, but it has %(words)s.",
            place,
            timed=len(cues.words),
            words=count,
        )
    if cues.start < 0:
        raise TimingError("it begins before the recording does.", place)
    if cues.start < before:
        raise TimingError("it begins before the line above it.", place)
    if cues.end < cues.start:
        raise TimingError("it ends before it begins.", place)
    if cues.words and (cues.start, cues.end) != (cues.words[0].start, cues.words[-1].end):
        raise TimingError("it does not begin and end with its words.", place)
    at = cues.start
    for number, word in enumerate(cues.words, 1):
        if word.start < at:
            raise TimingError(
                "word %(word)s begins before the one in front of it has ended.", place, word=number
            )
        if word.end < word.start:
            raise TimingError("word %(word)s ends before it begins.", place, word=number)
        if word.starts[0] != word.start or any(b < a for a, b in pairwise(word.starts)):
            raise TimingError("the syllables of word %(word)s do not follow one another.", place, word=number)
        if word.starts[-1] > word.end:
            raise TimingError("a syllable of word %(word)s begins after its end.", place, word=number)
        at = word.end


def shifted(cues: LineCues, by: int) -> LineCues:
    """The same times `by` milliseconds later."""
    words = tuple(
        replace(w, start=w.start + by, end=w.end + by, syllables=tuple(s + by for s in w.syllables))
        for w in cues.words
    )
    return replace(cues, start=cues.start + by, end=cues.end + by, words=words)


def ended(lines: Sequence[LineCues | None], duration_ms: int) -> list[LineCues | None]:
    """The same times; a last line that its file left open lasts until the recording ends."""
    found = list(lines)
    last = max((place for place, line in enumerate(found) if line is not None), default=None)
    line = None if last is None else found[last]
    if last is not None and line is not None and not line.words and line.start == line.end < duration_ms:
        found[last] = replace(line, end=duration_ms)
    return found


def lines_at(lines: Mapping[int, LineCues], t: int) -> list[int]:
    """The ids of the lines being sung at `t`, in the order of the mapping; several where lines overlap."""
    return [line for line, cues in lines.items() if cues.start <= t < cues.end]
