"""What a parent and its child say to each other: a file there, one JSON object a line back.

`report` is what a function run by `run_child` calls to say how far it is.
"""

from __future__ import annotations

import json
import os
from typing import Any

# The file in the child's folder that says what to do; the status of one whose parent was gone.
REQUEST = "request.json"
LOST_PARENT = 77

_descriptor: int | None = None
_last = -1.0


def connect(descriptor: int) -> None:
    """Send everything from here on to this descriptor."""
    global _descriptor
    _descriptor = descriptor


def report(fraction: float) -> None:
    """Tell the parent how much of the work is done, 0 to 1; never backwards, at most 200 times.

    Outside a child it does nothing, so the same function can be called directly.
    """
    global _last
    fraction = min(1.0, max(0.0, fraction))
    if _descriptor is None or fraction <= _last or (fraction < 1.0 and fraction < _last + 0.005):
        return
    _last = fraction
    send({"progress": round(fraction, 4)})


def send(message: dict[str, Any]) -> None:
    """Write one message whole; the parent's reading end keeps up or we wait."""
    if _descriptor is None:
        return
    line = json.dumps(message, ensure_ascii=True, allow_nan=False).encode() + b"\n"
    while line:
        line = line[os.write(_descriptor, line) :]
