"""Which word the server's clock names, and how far what a page has lit is from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aqyn.core.live import LineSpan, Position, Score, State, score_of, where

Lit = tuple[str, str]
"""A line and a word, as the page writes them on its document: `data-line`, `data-word`."""
FURTHEST_MS = 3000
"""A word that is lit further from its time than this is taken for another one."""
SHORTEST_MS = 100
"""What the clock names for less than this may go unseen."""


@dataclass(frozen=True, slots=True)
class Change:
    """From `at_ms` of the server's clock on this is lit."""

    at_ms: float
    lit: Lit


class Song:
    """A song as `songs/<entry>.json` tells it, every line timed by words."""

    def __init__(self, told: dict[str, Any]) -> None:
        section_of = {line: n for n, section in enumerate(told["sections"]) for line in section["lines"]}
        spans = [LineSpan(section_of[line["id"]], line["start"], line["end"]) for line in told["lines"]]
        self.score: Score = score_of(len(told["sections"]), spans, duration=told["duration"])
        self._begins = [[word[0] for word in line["cues"]] for line in told["lines"]]

    def lit(self, position: Position, now_ms: float) -> Lit:
        """What a page that is right shows at this moment."""
        if position.state not in (State.RUN, State.HOLD):
            return ("", "")
        there = where(position, self.score, now_ms)
        if there.over:
            return ("", "")
        begun = bisect_right(self._begins[there.line], there.at_ms) - 1 if there.line >= 0 else -1
        return (str(there.line), str(begun))


def named(song: Song, positions: Sequence[Position], begin_ms: int, end_ms: int) -> list[Change]:
    """What the server's clock names, millisecond by millisecond: one entry for each change."""
    changes: list[Change] = []
    told = sorted(positions, key=lambda one: one.number)
    for now in range(begin_ms, end_ms):
        present = next((one for one in reversed(told) if one.time_ms <= now), None)
        if present is not None and (lit := song.lit(present, now)) != (changes[-1].lit if changes else None):
            changes.append(Change(now, lit))
    return changes


def off_by(seen: Sequence[Change], clock: Sequence[Change], presses: Sequence[float]) -> list[float]:
    """For each word that a page has lit, how many ms it was from when the clock named it; late is positive.

    A word that the clock never named was lit because the page had not heard of a press yet: it is as late
    as that press is long ago.
    """
    offs = []
    for change in seen:
        same = [one.at_ms for one in clock if one.lit == change.lit]
        off = min((change.at_ms - at for at in same), key=abs, default=FURTHEST_MS)
        if abs(off) >= FURTHEST_MS:
            before = [press for press in presses if press <= change.at_ms]
            off = change.at_ms - max(before) if before else FURTHEST_MS
        offs.append(off)
    return offs


def missed(seen: Sequence[Change], clock: Sequence[Change]) -> int:
    """How many words the clock named for a while that the page did not light."""
    ends = [*(change.at_ms for change in clock[1:]), clock[-1].at_ms if clock else 0]
    return sum(
        end - change.at_ms >= SHORTEST_MS
        and not any(one.lit == change.lit and abs(one.at_ms - change.at_ms) < FURTHEST_MS for one in seen)
        for change, end in zip(clock, ends, strict=True)
    )
