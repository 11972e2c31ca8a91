"""The order of tonight: another one, a section again, without the next, two of them exchanged."""

from __future__ import annotations

from dataclasses import replace

from aqyn.core.live.moment import Moment, short
from aqyn.core.live.position import Position, State, next_sung
from aqyn.core.live.pressing import Cannot, Press, SteeringError
from aqyn.core.live.sung import same_place


def other_order(m: Moment, press: Press) -> Position:
    """Another order from here on; what is being sung stays."""
    if m.position.state is State.OVER:
        raise SteeringError(Cannot.OVER)
    if any(section >= len(m.score.spans) for section in press.order):
        raise SteeringError(Cannot.ORDER_UNKNOWN)
    return _ordered(m, press.order or tuple(range(len(m.score.spans))))


def repeat(m: Moment, press: Press) -> Position:
    m.begun()
    step = m.step()
    if not step < len(m.steps):
        raise SteeringError(Cannot.NO_STEP)
    return _ordered(m, (*m.steps[: step + 1], m.steps[step], *m.steps[step + 1 :]))


def skip(m: Moment, press: Press) -> Position:
    """By the clock the next section that is timed: the others are passed over anyhow."""
    m.begun()
    following = (
        next((k for k in range(m.step() + 1, len(m.steps)) if m.score.lines_of(m.steps[k])), None)
        if m.position.state is State.HAND
        else next_sung(m.score, m.steps, m.step())
    )
    if following is None:
        raise SteeringError(Cannot.LAST_SECTION)
    return _ordered(m, (*m.steps[:following], *m.steps[following + 1 :]))


def swap(m: Moment, press: Press) -> Position:
    if m.position.state is State.OVER:
        raise SteeringError(Cannot.OVER)
    if press.step is None or not 0 <= press.step < len(m.steps):
        raise SteeringError(Cannot.NO_STEP)
    if press.step + 1 == len(m.steps):
        raise SteeringError(Cannot.LAST_SECTION)
    if press.step <= m.step():
        raise SteeringError(Cannot.SUNG_ALREADY)
    first, second = m.steps[press.step : press.step + 2]
    return _ordered(m, (*m.steps[: press.step], second, first, *m.steps[press.step + 2 :]))


def _ordered(m: Moment, order: tuple[int, ...]) -> Position:
    """The position in another order, without moving the song."""
    told = short(m.score, order)
    if m.position.state is State.WAIT:
        return replace(m.position, order=told)
    anew = m.anew()
    step = same_place(m.steps, anew.step, order) if anew.step < len(m.steps) else 0
    if step is None:
        raise SteeringError(Cannot.SECTION_MISSING)
    return replace(anew, order=told, step=step)
