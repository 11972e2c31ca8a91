"""When each word is sung. Times are whole milliseconds from the start of one recording.

Timing belongs to a recording, never to a layer: every script and translation of a line shares its cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_MS = 24 * 60 * 60 * 1000


class TimingError(ValueError):
    """The times cannot be; `str(error)` is one sentence, `line` the line's place in the song from 1, if known."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True, slots=True)
class Cue:
    """One word: from `start` to `end`, and where each of its syllables begins, the first at `start`."""

    start: int
    end: int
    syllables: tuple[int, ...] = ()

    @property
    def starts(self) -> tuple[int, ...]:
        return self.syllables or (self.start,)


@dataclass(frozen=True, slots=True)
class LineCues:
    """One line from `start` to `end`. `words` is empty where only the line is timed."""

    start: int
    end: int
    words: tuple[Cue, ...] = ()

    @classmethod
    def of(cls, words: Sequence[Cue]) -> LineCues:
        """The cues of a line whose words are timed."""
        return cls(words[0].start, words[-1].end, tuple(words))


def from_json(value: Any) -> LineCues:
    """A line's cues from `[[start, end, [syllables]], …]` or `[start, end]`. Raises TimingError on any other shape."""
    if isinstance(value, list) and len(value) == 2 and all(_is_time(number) for number in value):
        return LineCues(value[0], value[1])
    if not isinstance(value, list) or not value:
        raise TimingError("A line's times are [start, end], or one [start, end, [syllables]] for each word.")
    return LineCues.of([_cue(word) for word in value])


def to_json(cues: LineCues) -> list[Any]:
    """What `from_json` reads back."""
    if not cues.words:
        return [cues.start, cues.end]
    return [[word.start, word.end, list(word.starts)] for word in cues.words]


def _cue(value: Any) -> Cue:
    if isinstance(value, list) and len(value) in (2, 3) and all(_is_time(number) for number in value[:2]):
        syllables = value[2] if len(value) == 3 else []
        if isinstance(syllables, list) and all(_is_time(number) for number in syllables):
            return Cue(value[0], value[1], tuple(syllables) or (value[0],))
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
    words follow one another without overlap, syllables begin inside their word in order, nothing lies before 0
    or after `duration_ms`, and a timed line has one cue for each of its words.
    """
    if len(lines) != len(word_counts):
        raise TimingError(f"There are times for {len(lines)} lines, but the song has {len(word_counts)}.")
    before = 0
    for place, (cues, count) in enumerate(zip(lines, word_counts, strict=True), 1):
        if cues is None:
            continue
        for fault in _faults(cues, count, before, LONGEST_MS if duration_ms is None else duration_ms):
            raise TimingError(f"line {place}: {fault}.", place)
        before = cues.start


def _faults(cues: LineCues, count: int, before: int, duration: int) -> Iterator[str]:
    if cues.words and len(cues.words) != count:
        yield f"there are times for {len(cues.words)} words, but it has {count}"
    if cues.start < 0:
        yield "it begins before the recording does"
    if cues.start < before:
        yield "it begins before the line above it"
    if cues.end < cues.start:
        yield "it ends before it begins"
    if cues.end > duration:
        yield f"it ends at {cues.end} ms, after the end of the recording at {duration} ms"
    if cues.words and (cues.start, cues.end) != (cues.words[0].start, cues.words[-1].end):
        yield "it does not begin and end with its words"
    at = cues.start
    for number, word in enumerate(cues.words, 1):
        if word.start < at:
            yield f"word {number} begins before the word in front of it has ended"
        if word.end < word.start:
            yield f"word {number} ends before it begins"
        starts = word.starts
        if starts[0] != word.start or any(b < a for a, b in zip(starts, starts[1:], strict=False)):
            yield f"the syllables of word {number} do not follow one another"
        if starts[-1] > word.end:
            yield f"a syllable of word {number} begins after the word has ended"
        at = word.end


def shifted(cues: LineCues, by: int) -> LineCues:
    """The same times `by` milliseconds later."""
    words = tuple(Cue(w.start + by, w.end + by, tuple(s + by for s in w.syllables)) for w in cues.words)
    return LineCues(cues.start + by, cues.end + by, words)


def lines_at(lines: Mapping[int, LineCues], t: int) -> list[int]:
    """The ids of the lines being sung at `t`, in the order of the mapping; several where lines overlap."""
    return [line for line, cues in lines.items() if cues.start <= t < cues.end]
