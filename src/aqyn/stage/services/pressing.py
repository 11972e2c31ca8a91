"""What the holder of the wheel presses, done in the order in which it comes to the house."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from aqyn.core.live import Position, write_message, write_order
from aqyn.core.live.steering import Do, Press, SteeringError, steer
from aqyn.stage import sentences as refuse
from aqyn.stage.models import Entry, Notice, Performance
from aqyn.stage.selectors.current import position_of
from aqyn.stage.selectors.words import planned_of, score_of_entry
from aqyn.stage.services.held import channel_of, check_press, check_wheel, moment, performance_held
from aqyn.stage.services.played import note_played
from aqyn.stage.telling import tell


def press(
    *, show: str, person: Any, key: str, number: int, at_ms: float, press: Press, now_ms: int
) -> Position:
    """Do what was pressed; the hall's position after it. Raises a Refusal, and then nothing has changed.

    `key`: the console's own secret; only presses of the console that holds the wheel count. `number` counts
    up on that console: the same one again is done already, and does nothing twice. `at_ms`: when it was
    pressed, by the house's clock.
    """
    with transaction.atomic():
        going = performance_held(show)
        check_press(key=key, number=number, at_ms=at_ms, now_ms=now_ms)
        check_wheel(going, person=person.pk, key=key)
        before = position_of(going)
        if number == going.wheel_press:
            return before
        if number < going.wheel_press:
            raise refuse.PressedBefore
        position = _steered(going, before, press, now_ms)
        now = moment(now_ms)
        note_played(going, position, now)
        if press.do is Do.NOTICE:
            _keep_text(going, position.notice, press.text, person, now)
        if press.do is Do.LEAD:
            going.lead_ms = press.lead
        _write(going, position)
        going.wheel_press, going.wheel_at = number, now
        going.save()
        tell(channel_of(going, show), write_message(position))
    return position


def _steered(going: Performance, before: Position, press: Press, now_ms: int) -> Position:
    entry = Entry.objects.filter(pk=press.entry or before.entry, show=going.show_id).first()
    if press.entry and entry is None:
        raise refuse.NoSuchEntry
    # The song is read once: reading it is most of what a press costs.
    score = score_of_entry(entry) if entry else None
    last = going.notices.aggregate(last=Max("number"))["last"] if press.do is Do.NOTICE else None
    try:
        return steer(
            before,
            press,
            score=score,
            planned=planned_of(entry, len(score.spans)) if entry and score else (),
            now_ms=now_ms,
            lead_ms=going.lead_ms,
            notice=(last or 0) + 1,
        )
    except SteeringError as error:
        raise refuse.CannotPress(error.code) from None


def _keep_text(going: Performance, number: int, text: str, person: Any, now: datetime) -> None:
    Notice.objects.create(performance=going, number=number, text=text, language=person.language, at=now)


def _write(going: Performance, position: Position) -> None:
    going.number = position.number
    going.time_ms = position.time_ms
    going.state = position.state.value
    going.entry_id = position.entry or None
    going.step = position.step
    going.at_ms = position.at_ms
    going.tempo = position.tempo
    going.order = write_order(position.order)
    going.line = position.line
    going.dark = position.dark
    going.notice = position.notice
