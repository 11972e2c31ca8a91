"""The wheel: one console leads the hall at a time. It is taken, asked for, given, kept and let go."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.live import Position
from aqyn.stage import sentences as refuse
from aqyn.stage.models import Performance
from aqyn.stage.selectors.current import position_of
from aqyn.stage.selectors.desk import asked_by_another
from aqyn.stage.services.held import channel_of, check_press, check_wheel, moment, performance_held
from aqyn.stage.services.rows import noted
from aqyn.stage.telling import tell


def turn_wheel(
    *, show: str, person: Any, key: str, number: int, at_ms: float, do: str, now_ms: int
) -> Position:
    """Do one of `WHEEL`; the hall's position, which it leaves as it is. Raises a Refusal.

    Numbered and timed as `press`. Whoever takes the wheel has it, also from another console: that is always
    possible, and everyone at a console sees it.
    """
    with transaction.atomic():
        going = performance_held(show)
        check_press(key=key, number=number, at_ms=at_ms, now_ms=now_ms)
        WHEEL[do](going, person, key, number, moment(now_ms))
        going.save()
        tell(channel_of(going, show))
        noted(f"the wheel: {do}", show, person)
    return position_of(going)


def note_present(*, show: str, keys: Collection[str], now: datetime) -> None:
    """The consoles with these keys are there: a holder that is not among them falls silent in time."""
    # One conditional update: most of the time it is the holder's own process that asks.
    Performance.objects.filter(show__slug=show, closed_at=None, wheel_key__in=list(keys)).update(wheel_at=now)


def _take(going: Performance, person: Any, key: str, number: int, now: datetime) -> None:
    if going.asking_key == key:
        _asked_no_more(going)
    _hand(going, person.pk, key, number, now)


def _ask(going: Performance, person: Any, key: str, number: int, now: datetime) -> None:
    if not going.wheel_key:
        _take(going, person, key, number, now)
    elif going.wheel_key != key:
        other = asked_by_another(going, key, now)
        if other is not None:
            raise refuse.AskedAlready(name=other)
        going.asking_person_id, going.asking_key, going.asking_at = person.pk, key, now


def _give(going: Performance, person: Any, key: str, number: int, now: datetime) -> None:
    check_wheel(going, person=person.pk, key=key)
    if asked_by_another(going, key, now) is None:
        raise refuse.NobodyAsks
    _hand(going, going.asking_person_id, going.asking_key, 0, now)
    _asked_no_more(going)


def _keep(going: Performance, person: Any, key: str, number: int, now: datetime) -> None:
    check_wheel(going, person=person.pk, key=key)
    _asked_no_more(going)


def _release(going: Performance, person: Any, key: str, number: int, now: datetime) -> None:
    check_wheel(going, person=person.pk, key=key)
    _hand(going, None, "", 0, now)


def _hand(going: Performance, person: int | None, key: str, number: int, now: datetime) -> None:
    going.wheel_person_id, going.wheel_key = person, key
    going.wheel_press, going.wheel_at = number, now


def _asked_no_more(going: Performance) -> None:
    going.asking_person_id, going.asking_key, going.asking_at = None, "", None


Turn = Callable[[Performance, Any, str, int, datetime], None]
WHEEL: dict[str, Turn] = {"take": _take, "ask": _ask, "give": _give, "keep": _keep, "release": _release}
