"""One branch of the work in a thread of its own: FFmpeg's filters and encoders leave Python's lock alone."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")

# Enough that neither side waits for the other at every frame, and a few hundred KiB at most.
_WAITING = 32


class Beside(Generic[T]):
    """Calls `deed` with every item given to `put`, in that order, in another thread.

    Use as a context manager: at its end everything has been done, or, where the block raised, what still
    waited was dropped. What `deed` raises comes out of the next `put` or of the end.
    """

    def __init__(self, deed: Callable[[T], None]) -> None:
        self._deed = deed
        self._items: queue.Queue[T | None] = queue.Queue(_WAITING)
        self._error: BaseException | None = None
        self._dropping = False
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Beside[T]:
        self._thread.start()
        return self

    def put(self, item: T) -> None:
        """Hand one item over; waits while the other side is far behind."""
        if self._error is not None:
            raise self._error
        self._items.put(item)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._dropping = error is not None
        self._items.put(None)
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error

    def _work(self) -> None:
        while (item := self._items.get()) is not None:
            if self._error is not None or self._dropping:
                # Somebody may be waiting for room to put the next one.
                continue
            try:
                self._deed(item)
            except BaseException as error:
                self._error = error
