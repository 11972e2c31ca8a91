"""What a press makes of the position. Each deed tells anew what it changes; what it does not name goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aqyn.core.live.leading import any_line, any_section, by_clock, by_hand, following_line, line_before
from aqyn.core.live.moment import BY_CLOCK, Moment, short
from aqyn.core.live.ordering import other_order, repeat, skip, swap
from aqyn.core.live.position import (
    FULL_TEMPO,
    Position,
    State,
    next_sung,
    number_after,
    score_from,
    span_at,
    where,
)
from aqyn.core.live.pressing import (
    FASTEST_TEMPO,
    FURTHEST_NUDGE_MS,
    LONGEST_LEAD_MS,
    LONGEST_NOTICE,
    SLOWEST_TEMPO,
    Cannot,
    Do,
    Press,
    SteeringError,
    read_press,
)
from aqyn.core.live.score import Score
from aqyn.core.live.sung import Sung, sung_lines

__all__ = ["Cannot", "Do", "Press", "SteeringError", "read_press", "steer"]

_NO_WORDS = Score((), (), ())


def steer(
    position: Position,
    press: Press,
    *,
    score: Score | None,
    planned: tuple[int, ...] = (),
    now_ms: int,
    lead_ms: int,
    notice: int = 0,
) -> Position:
    """The position after a press at `now_ms` of the server's clock, under a number of its own.

    `score`: of the entry that the press names, else of the present one; None for talk. `planned`: that
    entry's order on the setlist. `notice`: the number under which the text of a `notice` press is kept.
    A start, and a step by hand, take effect `lead_ms` later, so that the hall turns together.
    Raises SteeringError for what cannot be done.
    """
    if position.state in (State.SHUT, State.END):
        raise SteeringError(Cannot.SHUT)
    moment = Moment(position, score or _NO_WORDS, planned, now_ms, lead_ms, notice)
    return replace(_DEEDS[press.do](moment, press), number=number_after(position.number, now_ms))


def _choose(m: Moment, press: Press) -> Position:
    if not press.entry:
        raise SteeringError(Cannot.NOTHING_CHOSEN)
    return _entry(m, press.entry, m.planned, FULL_TEMPO)


def _start(m: Moment, press: Press) -> Position:
    """From the beginning; by hand where nothing is timed. The chosen entry keeps the order it was given."""
    entry = press.entry or m.position.entry
    if not entry:
        raise SteeringError(Cannot.NOTHING_CHOSEN)
    if entry == m.position.entry:
        chosen = _entry(m, entry, m.position.order, m.position.tempo)
    else:
        chosen = _entry(m, entry, m.planned, FULL_TEMPO)
    steps = chosen.order or tuple(range(len(m.score.spans)))
    first = next_sung(m.score, steps, -1)
    if first is not None:
        at_ms = score_from(m.score, steps, first)
        return replace(chosen, time_ms=m.led_ms, state=State.RUN, step=first, at_ms=at_ms)
    begin = next(iter(sung_lines(m.score, steps, by_clock=False)), Sung(0, 0))
    return replace(chosen, time_ms=m.led_ms, state=State.HAND, step=begin.step, line=begin.line)


def _entry(m: Moment, entry: int, order: tuple[int, ...], tempo: int) -> Position:
    """The entry's title; a text of the crew's and the dark stay."""
    return Position(
        number=m.position.number,
        time_ms=m.now_ms,
        state=State.WAIT,
        entry=entry,
        order=short(m.score, order),
        tempo=tempo,
        dark=m.position.dark,
        notice=m.position.notice,
    )


def _hold(m: Moment, press: Press) -> Position:
    if m.position.state is State.HOLD:
        raise SteeringError(Cannot.NOT_RUNNING)
    m.by_clock()
    return replace(m.anew(), time_ms=m.now_ms, state=State.HOLD)


def _go(m: Moment, press: Press) -> Position:
    if m.position.state is not State.HOLD:
        raise SteeringError(Cannot.NOT_HELD)
    return replace(m.anew(), time_ms=m.now_ms, state=State.RUN)


def _nudge(m: Moment, press: Press) -> Position:
    """The words go `ms` of the recording ahead, or back; never out of the song. Just after its end, too."""
    if abs(press.ms) > FURTHEST_NUDGE_MS:
        raise SteeringError(Cannot.NUDGE)
    if m.position.state not in BY_CLOCK:
        m.by_clock()
    there = m.where()
    step, at_ms = there.step, round(there.at_ms) + press.ms
    while span_at(m.score, m.steps, step) and at_ms < score_from(m.score, m.steps, step):
        before = [k for k in range(step) if span_at(m.score, m.steps, k)]
        if not before:
            at_ms = score_from(m.score, m.steps, step)
            break
        span = m.score.spans[m.steps[before[-1]]] or (0, 0)
        at_ms += span[1] - score_from(m.score, m.steps, step)
        step = before[-1]
    moved = replace(m.position, time_ms=m.due_ms, step=step, at_ms=at_ms)
    to = where(moved, m.score, moved.time_ms)
    if to.over and there.over:
        raise SteeringError(Cannot.OVER)
    return replace(moved, step=to.step, at_ms=m.whole(to.step, to.at_ms))


def _tempo(m: Moment, press: Press) -> Position:
    if not SLOWEST_TEMPO <= press.tempo <= FASTEST_TEMPO:
        raise SteeringError(Cannot.TEMPO)
    if m.position.state is State.OVER:
        raise SteeringError(Cannot.OVER)
    return replace(m.anew(), tempo=press.tempo)


def _dark(m: Moment, press: Press) -> Position:
    return replace(m.position, dark=press.on)


def _notice(m: Moment, press: Press) -> Position:
    if not press.text:
        raise SteeringError(Cannot.TEXT_EMPTY)
    if len(press.text) > LONGEST_NOTICE:
        raise SteeringError(Cannot.TEXT_TOO_LONG)
    return replace(m.position, notice=m.notice)


def _clear(m: Moment, press: Press) -> Position:
    return replace(m.position, notice=0)


def _finish(m: Moment, press: Press) -> Position:
    """Over. The position keeps where it ended, so that `back` can go on from there."""
    m.begun()
    there = m.where()
    at_ms = m.whole(there.step, there.at_ms)
    return replace(m.position, time_ms=m.now_ms, state=State.OVER, step=there.step, at_ms=at_ms)


def _lead(m: Moment, press: Press) -> Position:
    """The lead itself is no part of the position: whoever keeps it takes `press.lead`."""
    if not 0 <= press.lead <= LONGEST_LEAD_MS:
        raise SteeringError(Cannot.LEAD)
    return m.position


_DEEDS: dict[Do, Callable[[Moment, Press], Position]] = {
    Do.CHOOSE: _choose,
    Do.START: _start,
    Do.NEXT: following_line,
    Do.BACK: line_before,
    Do.LINE: any_line,
    Do.SECTION: any_section,
    Do.HOLD: _hold,
    Do.GO: _go,
    Do.HAND: by_hand,
    Do.CLOCK: by_clock,
    Do.NUDGE: _nudge,
    Do.TEMPO: _tempo,
    Do.ORDER: other_order,
    Do.REPEAT: repeat,
    Do.SKIP: skip,
    Do.SWAP: swap,
    Do.DARK: _dark,
    Do.NOTICE: _notice,
    Do.CLEAR: _clear,
    Do.FINISH: _finish,
    Do.LEAD: _lead,
}
