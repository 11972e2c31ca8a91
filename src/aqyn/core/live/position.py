"""A position: what the hall sees from a time on, and where that leads as the clock goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from aqyn.core.live.score import Score

MOST_STEPS = 64
"""Of an order: it travels as one letter a section, and a message is short."""
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
FULL_TEMPO = 1000


class State(StrEnum):
    """`shut`: the hall is not open yet · `wait`: open, nothing is sung · `run`: the clock runs · `hold`: it
    stands · `hand`: line by line, without a clock · `over`: the song has ended · `end`: the evening has."""

    SHUT = "shut"
    WAIT = "wait"
    RUN = "run"
    HOLD = "hold"
    HAND = "hand"
    OVER = "over"
    END = "end"


@dataclass(frozen=True, slots=True)
class Position:
    """What the hall sees from `time_ms` on, by the server's clock (ms since 1970).

    `number` counts up (`number_after`); an older one is never shown. `step` is a place in `order`, the song's
    sections as they are sung (numbers from 0; empty: as written). `at_ms` is a time of the recording, which
    goes on at `tempo` thousandths while the state is `run`; `line` counts in `hand`. `notice` is the number
    of a text of the crew's, 0 for none.
    """

    number: int
    time_ms: int
    state: State
    entry: int = 0
    step: int = 0
    at_ms: int = 0
    tempo: int = FULL_TEMPO
    order: tuple[int, ...] = ()
    line: int = 0
    dark: bool = False
    notice: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """Where the song is at one moment. `line`: the number of the line that is lit, -1 before the first."""

    step: int
    at_ms: float
    line: int
    over: bool = False


def number_after(number: int, now_ms: int) -> int:
    """The number of what is told after it: a higher one, and never below the seconds of the server's clock.

    So a house that counts on from a backup is above all that was told before, as long as presses came no
    faster than one a second on the whole.
    """
    return max(number + 1, now_ms // 1000)


def where(position: Position, score: Score, now_ms: float) -> Where:
    """Where the song is at `now_ms` of the server's clock; before `time_ms`, where it will begin.

    In an order that repeats, leaves out or exchanges sections the clock goes from the end of one to the
    beginning of the next. `over` once the last one is sung.
    """
    if position.state is State.HAND:
        return Where(position.step, 0, position.line)
    if position.state is State.OVER:
        return Where(position.step, position.at_ms, -1, over=True)
    passed = max(0.0, now_ms - position.time_ms) if position.state is State.RUN else 0.0
    at = position.at_ms + passed * position.tempo / FULL_TEMPO
    steps = position.order or tuple(range(len(score.spans)))
    step = position.step
    while (span := span_at(score, steps, step)) is None or at >= span[1]:
        following = next_sung(score, steps, step)
        if following is None:
            return Where(step, at, -1, over=True)
        if span is not None:
            at = score_from(score, steps, following) + at - span[1]
        step = following
    return Where(step, at, line_at(score, at))


def span_at(score: Score, steps: Sequence[int], step: int) -> tuple[int, int] | None:
    """When the section at this place of the order is sung; None where it is not timed or not there."""
    if not 0 <= step < len(steps) or not 0 <= steps[step] < len(score.spans):
        return None
    return score.spans[steps[step]]


def next_sung(score: Score, steps: Sequence[int], step: int) -> int | None:
    """The next place in the order whose section is timed, None after the last."""
    return next((k for k in range(step + 1, len(steps)) if span_at(score, steps, k) is not None), None)


def score_from(score: Score, steps: Sequence[int], step: int) -> int:
    """When the section at this place begins, in ms of the recording; 0 where it is not timed."""
    span = span_at(score, steps, step)
    return span[0] if span else 0


def line_at(score: Score, at_ms: float) -> int:
    """The number of the line that is lit at a time of the recording, -1 before the first."""
    risen = [(rise, i) for i, rise in enumerate(score.rises) if rise is not None and rise <= at_ms]
    return max(risen)[1] if risen else -1


def write_order(order: Sequence[int]) -> str:
    """The order as one letter a section. Raises ValueError past `MOST_STEPS` of either."""
    if len(order) > MOST_STEPS or any(not 0 <= section < MOST_STEPS for section in order):
        raise ValueError("an order holds at most 64 sections, of the first 64")
    return "".join(_LETTERS[section] for section in order)


def read_order(text: str) -> tuple[int, ...]:
    """The order that `write_order` wrote. Raises ValueError on other letters."""
    return tuple(_LETTERS.index(letter) for letter in text)
