"""What travels to every phone: a position as one line of JSON, at most 200 bytes."""

from __future__ import annotations

import json
from typing import Any

from aqyn.core.live.position import FULL_TEMPO, Position, State, read_order, write_order

LONGEST_MESSAGE = 200
"""Bytes, as it stands on the wire: `data: …` and the empty line behind it."""


def write_message(position: Position) -> bytes:
    """The position as one server-sent event (WHATWG HTML, 9.2). What is as usual is left out.

    Keys: `n` number · `t` time · `s` state · `e` entry · `k` step · `at` · `r` tempo · `o` order · `l` line ·
    `b` dark · `w` notice.
    """
    told: dict[str, Any] = {"n": position.number, "t": position.time_ms, "s": position.state.value}
    usual = {
        "e": (position.entry, 0),
        "k": (position.step, 0),
        "at": (position.at_ms, 0),
        "r": (position.tempo, FULL_TEMPO),
        "o": (write_order(position.order), ""),
        "l": (position.line, 0),
        "b": (int(position.dark), 0),
        "w": (position.notice, 0),
    }
    told |= {key: value for key, (value, common) in usual.items() if value != common}
    return b"data: " + json.dumps(told, separators=(",", ":")).encode("ascii") + b"\n\n"


def read_message(event: bytes) -> Position:
    """The position of such an event. Raises ValueError where it is none."""
    data = event.removeprefix(b"data: ").strip()
    try:
        told = json.loads(data)
        return Position(
            number=told["n"],
            time_ms=told["t"],
            state=State(told["s"]),
            entry=told.get("e", 0),
            step=told.get("k", 0),
            at_ms=told.get("at", 0),
            tempo=told.get("r", FULL_TEMPO),
            order=read_order(told.get("o", "")),
            line=told.get("l", 0),
            dark=bool(told.get("b", 0)),
            notice=told.get("w", 0),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("this is no position") from error
