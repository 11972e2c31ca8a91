"""Times for the words of a song out of any backend's emissions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from aqyn.core.hearing.ctc import DoesNotFit, align, frames_needed
from aqyn.media.backends.base import Emissions
from aqyn.media.backends.romanising import romanised

REACH_S = 0.3
"""How far off a word may begin and still be where it was said to: what its chance tells."""

_GAP_S = 0.5
"""A word lasts until the next one of its line, unless the singer is silent for longer than this in
between."""


class Line(Protocol):
    """What is asked for: `SungLine` of `media.hearing`."""

    @property
    def language(self) -> str: ...
    @property
    def words(self) -> tuple[str, ...]: ...
    @property
    def start_ms(self) -> int | None: ...
    @property
    def times(self) -> tuple[tuple[int, int], ...]: ...


class Placed(NamedTuple):
    """A word's start and end in milliseconds, and how sure that is, 1 to 99."""

    start_ms: int
    end_ms: int
    sure: int


class Unspeakable(ValueError):
    """No word of the song has a letter that the backend knows. `language`: that of its first line."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


def place_words(emissions: Emissions, lines: Sequence[Line], *, length_ms: int) -> list[list[Placed]]:
    """Every word's time, by line. A frozen line's words come back as they are, and what is heard keeps out of
    it; a tapped line begins where it was tapped.

    Words without a letter that the backend knows ("7", "歌") get an even part of the room between those
    beside them. Raises Unspeakable where no word has one, DoesNotFit where the sound is shorter than the
    words; between taps that are too near for their words, these are spread evenly, with no sureness.
    """
    columns = {token: place for place, token in enumerate(emissions.tokens) if place}
    spelt = [[_tokens(word, line.language, columns) for word in line.words] for line in lines]
    heard = [place for place, line in enumerate(lines) if not line.times]
    if heard and not any(word for place in heard for word in spelt[place]):
        raise Unspeakable(lines[heard[0]].language)
    placed: list[list[Placed]] = [[Placed(start, end, 99) for start, end in line.times] for line in lines]
    for stretch in _stretches(lines, length_ms):
        rows = spelt[stretch.begin : stretch.end]
        flat = _placed_stretch(emissions, [word for row in rows for word in row], stretch)
        for place, row in enumerate(rows, start=stretch.begin):
            placed[place] = _held(flat[: len(row)])
            flat = flat[len(row) :]
    return placed


def _tokens(word: str, language: str, columns: dict[str, int]) -> list[int]:
    return [columns[letter] for letter in romanised(word, language) if letter in columns]


class _Stretch(NamedTuple):
    """Lines from `begin` up to `end` (numbers), to be heard between two moments (ms) that are given;
    `tapped`: the first word begins at the first of them. `whole`: nothing was given, this is the whole
    song."""

    begin: int
    end: int
    low: int
    high: int
    tapped: bool
    whole: bool


def _stretches(lines: Sequence[Line], length_ms: int) -> list[_Stretch]:
    """The lines that must be heard, parted where a time was given."""
    found = []
    begin, low = 0, 0
    while begin < len(lines):
        line = lines[begin]
        if line.times:
            begin, low = begin + 1, max(low, line.times[-1][1])
            continue
        if line.start_ms is not None:
            low = max(low, line.start_ms)
        end = begin + 1
        while end < len(lines) and _given(lines[end]) is None:
            end += 1
        given = _given(lines[end]) if end < len(lines) else length_ms
        high = max(low, length_ms if given is None else given)
        tapped, whole = line.start_ms is not None, end - begin == len(lines)
        found.append(_Stretch(begin, end, low, high, tapped, whole and not tapped))
        begin, low = end, high
    return found


def _given(line: Line) -> int | None:
    """When a line begins that is frozen or tapped."""
    return line.times[0][0] if line.times else line.start_ms


def _placed_stretch(emissions: Emissions, words: Sequence[list[int]], stretch: _Stretch) -> list[Placed]:
    hop_ms = emissions.hop_s * 1000
    first = round(stretch.low / hop_ms)
    sound = emissions.log_probabilities[first : max(first, round(stretch.high / hop_ms))]
    spoken = [word for word in words if word]
    if len(sound) < frames_needed(spoken):
        if stretch.whole:
            raise DoesNotFit
        return _spread(len(words), stretch.low, stretch.high)
    begins = stretch.tapped and bool(words[0])
    spans = iter(align(sound, spoken, reach=max(1, round(REACH_S * 1000 / hop_ms)), begins=begins))
    found: list[Placed | None] = []
    for word in words:
        if not word:
            found.append(None)
            continue
        span = next(spans)
        # A given moment may lie within a frame: what is heard stays on its own side of it.
        start, end = (
            min(stretch.high, stretch.low + round(frame * hop_ms)) for frame in (span.start, span.end)
        )
        found.append(Placed(start, end, min(99, max(1, round(span.chance * 100)))))
    if begins and found[0] is not None:
        found[0] = found[0]._replace(sure=99)
    return _filled(found, stretch.low, stretch.high)


def _filled(found: Sequence[Placed | None], low: int, high: int) -> list[Placed]:
    """The words in their order, those that could not be heard spread over the room between their
    neighbours."""
    filled: list[Placed] = []
    waiting = 0
    for word in [*found, Placed(high, high, 1)]:
        if word is None:
            waiting += 1
            continue
        filled += _spread(waiting, filled[-1].end_ms if filled else low, word.start_ms)
        filled.append(word)
        waiting = 0
    return filled[:-1]


def _spread(count: int, low: int, high: int) -> list[Placed]:
    """So many words, evenly from `low` to `high`, and not sure at all."""
    moments = [low + (high - low) * part // max(1, count) for part in range(count + 1)]
    return [Placed(start, end, 1) for start, end in pairwise(moments)]


def _held(words: Sequence[Placed]) -> list[Placed]:
    """A line's words, each held until the next one: recognisers show a letter for a frame or two only."""
    held = list(words)
    for place, (word, after) in enumerate(pairwise(words)):
        if after.start_ms - word.end_ms <= _GAP_S * 1000:
            held[place] = word._replace(end_ms=after.start_ms)
    return held
