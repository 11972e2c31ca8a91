"""The song at the moment of a press: what every deed of `steering` asks first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aqyn.core.live.position import MOST_STEPS, Position, State, Where, span_at, where
from aqyn.core.live.pressing import LONGEST_LEAD_MS, Cannot, SteeringError
from aqyn.core.live.score import Score
from aqyn.core.live.sung import lines_at

BY_CLOCK = (State.RUN, State.HOLD)


@dataclass(frozen=True, slots=True)
class Moment:
    """The song at the moment of a press."""

    position: Position
    score: Score
    planned: tuple[int, ...]
    now_ms: int
    lead_ms: int
    notice: int

    @property
    def steps(self) -> tuple[int, ...]:
        """The order of tonight, spelled out."""
        return self.position.order or tuple(range(len(self.score.spans)))

    @property
    def led_ms(self) -> int:
        return self.now_ms + self.lead_ms

    @property
    def due_ms(self) -> int:
        """When a press that moves nothing is told: a start that is still to come stays where it is."""
        starts = self.position.time_ms
        return starts if self.now_ms < starts <= self.now_ms + LONGEST_LEAD_MS else self.now_ms

    def where(self) -> Where:
        return where(self.position, self.score, self.due_ms)

    def by_clock(self) -> Where:
        """Where the song is, of one that goes by the clock."""
        self.begun()
        if self.position.state is State.HAND:
            raise SteeringError(Cannot.BY_HAND)
        there = self.where()
        if there.over:
            raise SteeringError(Cannot.OVER)
        return there

    def begun(self) -> None:
        if self.position.state is State.WAIT:
            raise SteeringError(Cannot.NOT_BEGUN)
        if self.position.state is State.OVER:
            raise SteeringError(Cannot.OVER)

    def step(self) -> int:
        """The present place in the order; -1 while nothing has begun."""
        if self.position.state is State.WAIT:
            return -1
        return self.where().step if self.position.state in BY_CLOCK else self.position.step

    def anew(self) -> Position:
        """The same position told as of now, for a press that does not move the song."""
        if self.position.state not in BY_CLOCK:
            return self.position
        there = self.by_clock()
        return replace(
            self.position, time_ms=self.due_ms, step=there.step, at_ms=self.whole(there.step, there.at_ms)
        )

    def whole(self, step: int, at_ms: float) -> int:
        """Whole milliseconds, without passing the section's end."""
        span = span_at(self.score, self.steps, step)
        return min(round(at_ms), span[1] - 1) if span else 0

    def times(self, step: int) -> bool:
        """Whether what is sung from here on is led by the clock: as it is, or as it would begin or was."""
        state = self.position.state
        if state is State.OVER and not self.position.at_ms:
            return False
        return state is not State.HAND and bool(lines_at(self.score, self.steps, step, by_clock=True))


def short(score: Score, order: tuple[int, ...]) -> tuple[int, ...]:
    """As it travels: nothing for the order as written."""
    if order == tuple(range(len(score.spans))):
        return ()
    if len(order) > MOST_STEPS or any(section >= MOST_STEPS for section in order):
        raise SteeringError(Cannot.ORDER_TOO_LONG)
    return order
