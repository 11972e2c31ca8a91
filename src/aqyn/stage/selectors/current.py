"""What the hall of a show is to see just now, as its row says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from aqyn.core.live import Position, State, read_order
from aqyn.shows import selectors as shows
from aqyn.stage.models import Performance


@dataclass(frozen=True, slots=True)
class Current:
    """The position, and the performance it is of: None where none is open."""

    position: Position
    performance: Performance | None = None


def current(slug: str, rehearsal: str = "") -> Current | None:
    """What the hall sees, or with its key what a rehearsal sees.

    None: there is no such show, or it is a draft, or the key is of no rehearsal of its. Before the evening
    was opened SHUT, after it was closed END; a cancelled show whose hall is not open has come to its end too.
    """
    if rehearsal:
        return _rehearsal(slug, rehearsal)
    show = shows.public_show(slug)
    if show is None:
        return None
    evening = open_evening(show.pk)
    if evening is not None:
        return Current(position_of(evening), evening)
    return Current(_resting(show.pk, ended=hasattr(show, "cancellation")))


def open_evening(show: int) -> Performance | None:
    """The evening of the show with this number, while its hall is open to everyone."""
    return Performance.objects.filter(show=show, rehearsal=False, closed_at=None).first()


def open_performance(slug: str) -> Performance | None:
    """The evening or the rehearsal of this show that is open, with who holds the wheel; else None."""
    return (
        Performance.objects.filter(show__slug=slug, closed_at=None)
        .select_related("show", "wheel_person", "asking_person")
        .first()
    )


def on_stage(slug: str) -> Position | None:
    """What the crew sees: the evening or rehearsal that is open, else SHUT or END. None: no such show."""
    show = shows.shown(slug)
    if show is None:
        return None
    going = open_performance(slug)
    return position_of(going) if going is not None else _resting(show.pk, ended=False)


def position_of(performance: Performance) -> Position:
    """The position that this row holds; END once it is closed. Closing counts `number` on as a press does."""
    if performance.closed_at is not None:
        return Position(performance.number, _ms(performance.closed_at), State.END)
    return Position(
        number=performance.number,
        time_ms=performance.time_ms,
        state=State(performance.state),
        entry=performance.entry_id or 0,
        step=performance.step,
        at_ms=performance.at_ms,
        tempo=performance.tempo,
        order=read_order(performance.order),
        line=performance.line,
        dark=performance.dark,
        notice=performance.notice,
    )


def last_number(show: int) -> int:
    """The highest number that any performance of this show has come to: the next one begins above it."""
    highest: int | None = Performance.objects.filter(show=show).aggregate(highest=Max("number"))["highest"]
    return highest or 0


def _rehearsal(slug: str, key: str) -> Current | None:
    found = Performance.objects.filter(show__slug=slug, rehearsal=True, key=key).first()
    if found is None:
        return None
    return Current(position_of(found), found if found.closed_at is None else None)


def _resting(show: int, *, ended: bool) -> Position:
    """SHUT or END. Numbered above all that was told of this show, so that nobody takes it for old."""
    past = Performance.objects.filter(show=show).aggregate(
        number=Max("number"), closed=Max("closed_at", filter=Q(rehearsal=False))
    )
    state = State.END if ended or past["closed"] else State.SHUT
    return Position(past["number"] or 0, _ms(past["closed"]) if past["closed"] else 0, state)


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
