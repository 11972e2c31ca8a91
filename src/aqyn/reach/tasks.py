"""Letters to many on their way into the outbox. Runs in the worker process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aqyn.reach import services


def run_next(*, now: datetime, stop: Callable[[], bool]) -> bool:
    """Write the next few copies of a letter that was started. Whether there was anything to do."""
    return not stop() and services.write_some(now=now)
