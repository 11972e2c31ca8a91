"""Books that nobody waits for any more, by the token that each was asked for with.

Remembered by this process alone, which is the one that sets a data folder's books. Where several houses
share a database, a cancel that comes to another one is not heard, and the book is set to its end.
"""

from __future__ import annotations

from threading import Lock

LONGEST = 64
"""Characters of a token."""
MOST = 100
"""Tokens that are remembered: one may be cancelled before its book has begun."""

_lock = Lock()
_cancelled: dict[str, None] = {}


def cancel(token: str) -> None:
    """End the book that was, or will be, asked for with this token."""
    if not 0 < len(token) <= LONGEST:
        return
    with _lock:
        _cancelled[token] = None
        while len(_cancelled) > MOST:
            del _cancelled[next(iter(_cancelled))]


def is_cancelled(token: str) -> bool:
    return token in _cancelled
