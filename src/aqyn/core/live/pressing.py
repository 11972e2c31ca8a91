"""What the crew presses: one deed, read from what a console sends, and why a deed cannot be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from aqyn.core.live.position import read_order

LONGEST_LEAD_MS = 300
FURTHEST_NUDGE_MS = 5000
SLOWEST_TEMPO, FASTEST_TEMPO = 500, 2000
LONGEST_NOTICE = 280
LARGEST_NUMBER = 2**31 - 1


class Do(StrEnum):
    """What can be pressed; `steering.steer` says what each does."""

    CHOOSE = "choose"
    START = "start"
    NEXT = "next"
    BACK = "back"
    LINE = "line"
    SECTION = "section"
    HOLD = "hold"
    GO = "go"
    HAND = "hand"
    CLOCK = "clock"
    NUDGE = "nudge"
    TEMPO = "tempo"
    ORDER = "order"
    REPEAT = "repeat"
    SKIP = "skip"
    SWAP = "swap"
    DARK = "dark"
    NOTICE = "notice"
    CLEAR = "clear"
    FINISH = "finish"
    LEAD = "lead"


class Cannot(StrEnum):
    """Why a press changes nothing."""

    UNREADABLE = "unreadable"  # what was sent is no press
    SHUT = "shut"  # the hall is not open
    NOTHING_CHOSEN = "nothing_chosen"  # no entry of the setlist is chosen
    NOT_BEGUN = "not_begun"  # an entry is chosen, and nothing is sung yet
    OVER = "over"  # the song has ended
    NOT_RUNNING = "not_running"  # the clock stands already
    NOT_HELD = "not_held"  # the clock is not held, so it cannot go on
    BY_HAND = "by_hand"  # the song goes line by line: there is no clock
    NOT_BY_HAND = "not_by_hand"  # the song goes by the clock already
    UNTIMED = "untimed"  # the line, or the whole section, has no time for the clock
    NO_LINE = "no_line"  # there is no such line, or there are no words at all
    NO_STEP = "no_step"  # the order of tonight has no such place, or another section there
    FIRST_LINE = "first_line"  # no line comes before
    LAST_LINE = "last_line"  # no line follows by the clock
    LAST_SECTION = "last_section"  # no section follows that could be left out or exchanged
    SUNG_ALREADY = "sung_already"  # the section is being sung, or was
    ORDER_UNKNOWN = "order_unknown"  # the order names a section that the song does not have
    ORDER_TOO_LONG = "order_too_long"  # more than 64 sections, or one past the first 64
    SECTION_MISSING = "section_missing"  # the order leaves out the section that is being sung
    NUDGE = "nudge"  # further than 5 s
    TEMPO = "tempo"  # slower than half, or faster than twice
    LEAD = "lead"  # negative, or longer than 300 ms
    TEXT_EMPTY = "text_empty"
    TEXT_TOO_LONG = "text_too_long"


class SteeringError(Exception):
    """A press that cannot be done; nothing has changed."""

    def __init__(self, code: Cannot) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class Press:
    """One deed of the crew's. Each uses only the fields that it needs; `step` None: the nearest one."""

    do: Do
    entry: int = 0
    line: int = 0
    step: int | None = None
    ms: int = 0
    tempo: int = 0
    order: tuple[int, ...] = ()
    on: bool = False
    text: str = ""
    lead: int = 0


_NEEDS: dict[Do, tuple[str, ...]] = {
    Do.CHOOSE: ("entry",),
    Do.LINE: ("line",),
    Do.SECTION: ("step",),
    Do.NUDGE: ("ms",),
    Do.TEMPO: ("tempo",),
    Do.ORDER: ("order",),
    Do.SWAP: ("step",),
    Do.DARK: ("on",),
    Do.NOTICE: ("text",),
    Do.LEAD: ("lead",),
}
_MAY: dict[Do, tuple[str, ...]] = {Do.START: ("entry",), Do.LINE: ("step",)}


def read_press(told: Mapping[str, object]) -> Press:
    """The press that a console sent: `{"do": "line", "line": 12}`, an order as its letters.

    What a deed does not use may not be there. Raises SteeringError: unreadable.
    """
    try:
        do = Do(cast("str", told["do"]))
    except (KeyError, ValueError, TypeError):
        raise SteeringError(Cannot.UNREADABLE) from None
    values = {key: value for key, value in told.items() if key != "do" and value is not None}
    needed = set(_NEEDS.get(do, ()))
    if not needed <= set(values) <= needed | set(_MAY.get(do, ())):
        raise SteeringError(Cannot.UNREADABLE)
    return Press(do, **{key: _read(key, value) for key, value in values.items()})  # type: ignore[arg-type]


def _read(key: str, value: object) -> object:
    if key == "on" and isinstance(value, bool):
        return value
    if key == "text" and isinstance(value, str) and _storable(value):
        return value.strip()
    if key == "order" and isinstance(value, str):
        try:
            return read_order(value)
        except ValueError:
            raise SteeringError(Cannot.UNREADABLE) from None
    if key not in ("on", "text", "order") and isinstance(value, int) and not isinstance(value, bool):
        least = -LARGEST_NUMBER if key in ("ms", "lead", "tempo") else 0
        if least <= value <= LARGEST_NUMBER:
            return value
    raise SteeringError(Cannot.UNREADABLE)


def _storable(text: str) -> bool:
    """Half a surrogate pair, as JSON may spell it, is no text; nor does a database take a zero byte."""
    try:
        return b"\0" not in text.encode("utf-8")
    except UnicodeEncodeError:
        return False
