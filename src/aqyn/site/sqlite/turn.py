"""One line for all who write in this process, first come, first served.

SQLite lets one writer in at a time, and lets the others try again after naps: beside a busy writer some of
them would sleep through every gap. Here each is woken when its turn has come.
"""

from __future__ import annotations

import threading
from collections import deque


class Turn:
    """A lock that is handed on in the order in which it was asked for. No thread takes it twice."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line: deque[threading.Lock] = deque()
        self._taken = False

    def take(self, within: float) -> bool:
        """Wait until the turn has come; False where it has not after `within` seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._line.append(mine)
        if mine.acquire(timeout=within):
            return True
        with self._guard:
            if mine in self._line:
                self._line.remove(mine)
                return False
        # It was handed over in the very moment in which the waiting ended.
        return True

    def hand_on(self) -> None:
        """Let the next in the line write."""
        with self._guard:
            if self._line:
                self._line.popleft().release()
            else:
                self._taken = False


turn = Turn()
"""The line of this process; it has one database."""
