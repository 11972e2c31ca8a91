"""What the crew's consoles are told of one another: who holds the wheel, who asks for it, who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aqyn.core.live import Position
from aqyn.stage.models import Performance
from aqyn.stage.selectors.current import on_stage, open_performance, position_of

SILENT_AFTER = timedelta(seconds=15)
"""A console that has not been heard of for so long is shown as silent: anyone may take the wheel from it."""
ASKING_LASTS = timedelta(seconds=60)
MARK = 8
"""Letters of a console's key that others may see."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A console that holds the wheel or asks for it: whose it is, and the beginning of its key."""

    name: str
    mark: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The stage as the crew sees it. `rehearsal`: the key of the rehearsal that is on, else empty."""

    position: Position
    open: bool = False
    rehearsal: str = ""
    wheel: Hand | None = None
    asking: Hand | None = None
    lead_ms: int = 0


def desk(slug: str, *, now: datetime) -> Desk | None:
    """The desk of this show, None where there is no such show."""
    going = open_performance(slug)
    if going is None:
        resting = on_stage(slug)
        return None if resting is None else Desk(resting)
    return Desk(
        position=position_of(going),
        open=True,
        rehearsal=going.key if going.rehearsal else "",
        wheel=_wheel(going, now),
        asking=_asking(going, now),
        lead_ms=going.lead_ms,
    )


def is_silent(performance: Performance, now: datetime) -> bool:
    """Whether the console that holds the wheel has not been heard of for `SILENT_AFTER`."""
    return performance.wheel_at is None or now - performance.wheel_at > SILENT_AFTER


def asked_by_another(going: Performance, key: str, now: datetime) -> str | None:
    """The name of whoever asks for the wheel from another console than this one."""
    asking = _asking(going, now)
    return asking.name if asking is not None and going.asking_key != key else None


def _wheel(going: Performance, now: datetime) -> Hand | None:
    if not going.wheel_key or going.wheel_person is None:
        return None
    return Hand(going.wheel_person.name, going.wheel_key[:MARK], is_silent(going, now))


def _asking(going: Performance, now: datetime) -> Hand | None:
    if not going.asking_key or going.asking_person is None or going.asking_at is None:
        return None
    if now - going.asking_at > ASKING_LASTS:
        return None
    return Hand(going.asking_person.name, going.asking_key[:MARK])
