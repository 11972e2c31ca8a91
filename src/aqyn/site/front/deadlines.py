"""A deadline for phones that have gone without a word, which only the system can see."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Collection
from pathlib import Path

UNSENT_BYTES = 4096
"""So much waits in the system for a phone that takes nothing, beside what is on its way already."""
_OPEN_FILES = Path("/proc/self/fd")

Peer = tuple[str, str]
"""The address and the port of the other end, as the server writes them into a scope."""


def set_deadlines(peers: Collection[Peer], seconds: float) -> None:
    """End these connections by themselves where what was sent is not taken within so many seconds.

    The server hands out no sockets, so they are looked up among the open files. Where the system does not
    show them nothing is set, and only what the server itself holds back is noticed.
    """
    if not hasattr(socket, "TCP_USER_TIMEOUT") or not _OPEN_FILES.is_dir():
        return
    for file in _OPEN_FILES.iterdir():
        with contextlib.suppress(OSError):
            _set_deadline(int(file.name), peers, seconds)


def _set_deadline(file: int, peers: Collection[Peer], seconds: float) -> None:
    connection = socket.socket(fileno=file)
    try:
        address = connection.getpeername()
        if connection.family in (socket.AF_INET, socket.AF_INET6) and (address[0], str(address[1])) in peers:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(seconds * 1000))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
    finally:
        # It is the server's, and stays open.
        connection.detach()
