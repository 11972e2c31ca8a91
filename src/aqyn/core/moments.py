"""What a clock on a wall says, and the moments at which it says so.

Where clocks are put forward an hour is missing, where they are put back one comes twice (PEP 495).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


def moments(wall: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """When the zone's clocks show `wall` (a time without a zone), in UTC: once, never, or twice.

    Raises OverflowError where that lies outside the years that a computer counts.
    """
    found = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if wall_time(moment, zone) == wall and moment not in found:
            found.append(moment)
    return tuple(sorted(found))


def wall_time(moment: datetime, zone: tzinfo) -> datetime:
    """What the zone's clocks show at a moment: a time without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def offset(moment: datetime, zone: tzinfo) -> str:
    """How far the zone's clocks are from UTC at a moment: "UTC+5", "UTC−3:30", "UTC"."""
    away = moment.astimezone(zone).utcoffset() or timedelta()
    hours, rest = divmod(abs(away) // timedelta(minutes=1), 60)
    said = f"{hours}:{rest:02}" if rest else f"{hours}"
    sign = "+" if away > timedelta() else "−"
    return f"UTC{sign}{said}" if away else "UTC"
