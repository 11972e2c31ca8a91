"""What a command says while it works: one bar that fills, on a terminal; a line a tenth, in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

_WIDTH = 32


class Progress(Protocol):
    def __call__(self, share: float) -> None: ...


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Gives a function that takes the share done, from 0 to 1, and draws it on standard error."""
    stream = sys.stderr
    drawn = -1

    def draw(share: float) -> None:
        nonlocal drawn
        share = min(1.0, max(0.0, share))
        step = int(share * (_WIDTH if stream.isatty() else 10))
        if step == drawn:
            return
        drawn = step
        if stream.isatty():
            bar = "▲" * step + "·" * (_WIDTH - step)
            stream.write(f"\r{label}  {bar} {share:4.0%}")
        else:
            stream.write(f"{label}: {share:.0%}\n")
        stream.flush()

    draw(0.0)
    try:
        yield draw
    finally:
        if stream.isatty():
            stream.write("\n")
            stream.flush()
