"""The address by which others on the same network reach this machine."""

from __future__ import annotations

import fcntl
import socket
import struct
from collections.abc import Iterator
from itertools import chain

SIOCGIFADDR = 0x8915
"""Linux's question for the address of an interface (netdevice(7))."""


def address_nearby() -> str | None:
    """This machine's address on the local network, or None. Nothing is sent to find it.

    The one on the way out; on a network that leads nowhere, as a hall's own Wi-Fi, the first that is there.
    """
    found = chain(_on_the_way_out(), _of_the_interfaces())
    return next((one for one in found if not one.startswith("127.") and one != "0.0.0.0"), None)  # noqa: S104


def _on_the_way_out() -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            yield str(probe.getsockname()[0])
        except OSError:
            return


def _of_the_interfaces() -> Iterator[str]:
    """One address of each; none on a system that answers this question otherwise."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _number, name in socket.if_nameindex():
            try:
                told = fcntl.ioctl(asking, SIOCGIFADDR, struct.pack("256s", name.encode()))
            except OSError:
                continue
            yield socket.inet_ntoa(told[20:24])
