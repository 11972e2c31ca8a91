"""Times as `hours:minutes:seconds` with a fraction, the way subtitles write them."""

from __future__ import annotations

from aqyn.core.lyrics.timing import LONGEST_MS


def milliseconds(hours: str | None, minutes: str | None, seconds: str, fraction: str | None) -> int | None:
    """The time of these figures, what is beyond the millisecond cut off; None beyond the longest song."""
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    total = whole * 1000 + int(f"{fraction or '':0<3}"[:3])
    return total if total <= LONGEST_MS else None


def clock(time: int, mark: str = ".") -> str:
    """A time as `00:01:02.345`, with `mark` before the fraction."""
    seconds, ms = divmod(time, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{ms:03}"
