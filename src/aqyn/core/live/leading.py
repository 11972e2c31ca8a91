"""From line to line: the next, the one before, any; by hand and by the clock again."""

from __future__ import annotations

from dataclasses import replace

from aqyn.core.live.moment import BY_CLOCK, Moment, short
from aqyn.core.live.position import FULL_TEMPO, Position, State, Where, span_at
from aqyn.core.live.pressing import Cannot, Press, SteeringError
from aqyn.core.live.sung import Sung, begun, lines_at, lit, nearest, start_of, sung_lines

SUNG_FOR_MS = 1500
"""A line that has been sung for longer begins again, before the line before it does."""


def following_line(m: Moment, press: Press) -> Position:
    """The next line. One that is lit early, before it is sung, counts as the next. By hand the last line is
    followed by the end of the song."""
    m.begun()
    if m.position.state is State.HAND:
        sung = sung_lines(m.score, m.steps, by_clock=False)
        if not sung:
            raise SteeringError(Cannot.NO_LINE)
        place = lit(sung, step=m.position.step, line=m.position.line) + 1
        if place == len(sung):
            return replace(m.position, time_ms=m.led_ms, state=State.OVER)
        return _go_to(m, sung[place])
    there = m.by_clock()
    sung = sung_lines(m.score, m.steps, by_clock=True)
    place = begun(m.score, sung, step=there.step, at_ms=there.at_ms) + 1
    if place == len(sung):
        raise SteeringError(Cannot.LAST_LINE)
    return _go_to(m, sung[place])


def line_before(m: Moment, press: Press) -> Position:
    """The line again, or the one before it. After the end, the line at which it ended."""
    state, there = m.position.state, m.where()
    if state is State.WAIT:
        raise SteeringError(Cannot.NOT_BEGUN)
    by_clock = state in BY_CLOCK or (state is State.OVER and bool(m.position.at_ms))
    sung = sung_lines(m.score, m.steps, by_clock=by_clock)
    if not sung:
        raise SteeringError(Cannot.NO_LINE)
    if by_clock:
        place = begun(m.score, sung, step=there.step, at_ms=there.at_ms)
        if place > 0 and not there.over and not _sung_long(m, sung[place], there):
            place -= 1
    else:
        place = lit(sung, step=m.position.step, line=m.position.line) - (state is State.HAND)
    if place < 0:
        raise SteeringError(Cannot.FIRST_LINE)
    return _go_to(m, sung[place])


def _sung_long(m: Moment, one: Sung, there: Where) -> bool:
    sung_for = (there.at_ms - start_of(m.score, one.line)) * FULL_TEMPO / m.position.tempo
    return one.step < there.step or sung_for > SUNG_FOR_MS


def any_line(m: Moment, press: Press) -> Position:
    """Any line. A section that the order of tonight leaves out is sung now, and then what followed."""
    if not 0 <= press.line < len(m.score.lines):
        raise SteeringError(Cannot.NO_LINE)
    section = m.score.lines[press.line].section
    if press.step is not None:
        if not 0 <= press.step < len(m.steps) or m.steps[press.step] != section:
            raise SteeringError(Cannot.NO_STEP)
        return _go_to(m, Sung(press.step, press.line))
    here = m.step()
    step = nearest(m.steps, section, here)
    if step is not None:
        return _go_to(m, Sung(step, press.line))
    order = short(m.score, (*m.steps[: here + 1], section, *m.steps[here + 1 :]))
    return _go_to(replace(m, position=replace(m.position, order=order)), Sung(here + 1, press.line))


def any_section(m: Moment, press: Press) -> Position:
    """The first line of a section, by its place in the order."""
    if press.step is None or not 0 <= press.step < len(m.steps):
        raise SteeringError(Cannot.NO_STEP)
    lines = lines_at(m.score, m.steps, press.step, by_clock=m.times(press.step))
    if not lines:
        raise SteeringError(Cannot.NO_LINE)
    return _go_to(m, Sung(press.step, lines[0]))


def _go_to(m: Moment, one: Sung) -> Position:
    """Light this line: by hand with the lead; by the clock at once; where nothing is sung, as a start."""
    state, timed = m.position.state, m.score.rises[one.line] is not None
    if state in BY_CLOCK and not timed:
        raise SteeringError(Cannot.UNTIMED)
    if not (timed and m.times(one.step)):
        return replace(m.position, time_ms=m.led_ms, state=State.HAND, step=one.step, line=one.line, at_ms=0)
    return replace(
        m.position,
        time_ms=m.now_ms if state in BY_CLOCK else m.led_ms,
        state=State.HOLD if state is State.HOLD else State.RUN,
        step=one.step,
        at_ms=m.whole(one.step, start_of(m.score, one.line)),
        line=0,
    )


def by_hand(m: Moment, press: Press) -> Position:
    """Line by line from the line that is lit, else from the next; where nothing is sung, from the first."""
    if m.position.state is State.HAND:
        raise SteeringError(Cannot.BY_HAND)
    waits = m.position.state is State.WAIT
    if waits and not m.position.entry:
        raise SteeringError(Cannot.NOTHING_CHOSEN)
    there = Where(0, 0, -1) if waits else m.by_clock()
    step, line = there.step, there.line
    if line < 0:
        ahead = (one for one in sung_lines(m.score, m.steps, by_clock=False) if one.step >= step)
        first = next(ahead, Sung(0, 0))
        step, line = first.step, first.line
    time_ms = m.led_ms if waits else m.now_ms
    return replace(m.position, time_ms=time_ms, state=State.HAND, step=step, at_ms=0, line=line)


def by_clock(m: Moment, press: Press) -> Position:
    """By the clock again, from the beginning of the line that is lit."""
    m.begun()
    if m.position.state is not State.HAND:
        raise SteeringError(Cannot.NOT_BY_HAND)
    step, line = m.position.step, m.position.line
    if line >= len(m.score.lines):
        raise SteeringError(Cannot.NO_LINE)
    if m.score.rises[line] is None or span_at(m.score, m.steps, step) is None:
        raise SteeringError(Cannot.UNTIMED)
    at_ms = m.whole(step, start_of(m.score, line))
    return replace(m.position, time_ms=m.now_ms, state=State.RUN, at_ms=at_ms, line=0)
