"""A network that can be cut: a port that leads to a house, through threads of the test's own."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PIECE = 1 << 16


class Network:
    """`url` leads to the house until it is `cut()`, and again once it was mended."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: set[socket.socket] = set()
        self.is_cut = False
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Everything that is open ends, and nothing that is new is answered."""
        self.is_cut = True
        for one in list(self._open):
            _end(one)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        _end(self._door)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                guest, _address = self._door.accept()
                if self.is_cut:
                    _end(guest)
                    continue
                with contextlib.suppress(OSError):
                    house = socket.create_connection(("127.0.0.1", self._port))
                    self._open |= {guest, house}
                    for pair in ((guest, house), (house, guest)):
                        threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := one.recv(PIECE):
                other.sendall(piece)
        for end in (one, other):
            _end(end)
            self._open.discard(end)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def network(house) -> Iterator[Network]:
    """A network of its own that leads to the house."""
    way = Network(house.port)
    try:
        yield way
    finally:
        way.close()
