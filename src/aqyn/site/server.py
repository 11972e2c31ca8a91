"""The running house: granian inside our own event loop, and the worker beside it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import logging
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from aqyn.site.asgi import OpenFront, open_front
from aqyn.site.config import Config
from aqyn.site.house import Refused
from aqyn.site.supervisor import Supervisor

logger = logging.getLogger("aqyn.up")

FORCE_SECONDS = 5.0
# After a power cut a whole hall comes back within a second; the system may cut this short (somaxconn).
BACKLOG = 8192
MOST_CONNECTIONS = 65_536
# For the database, the media, the log; everything else may be a connection.
SPARE_FILES = 128
OWN_CONNECTIONS = 32
"""Of the spare ones: kept for the house's own machine, where the crew sits, when strangers hold the rest."""
MOST_WRITERS = 2
"""Threads of granian that read and write: with two a word to a whole hall leaves in half the time."""
PAGES_SHARE = 10
"""One connection in so many is kept for pages: phones that follow a show never take them all."""

HEAD_SECONDS = 10
"""Whoever has not asked within so long is cut off, and nobody holds a connection by silence."""
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104


def probe_port(host: str, port: int) -> int:
    """The port, if nobody listens there; a free one where `port` is 0. Raises Refused.

    Bound without SO_REUSEPORT: granian sets it, and would share a taken port without a word.
    """
    try:
        family, _type, _proto, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        raise Refused(f"“{host}” is not an address of this machine; choose another with --host.") from None
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            # Two sockets may be bound with SO_REUSEADDR; only one of them may listen.
            probe.listen(1)
        except OSError as error:
            raise Refused(_why_not(error, host, port)) from None
        return int(probe.getsockname()[1])


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program; choose another with --port {port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this user; choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"“{host}” is not an address of this machine; choose another with --host."
    return f"Port {port} cannot be used: {error.strerror}."


def raise_files_limit() -> int:
    """Lets this process hold as many connections as the system allows it; returns how many files that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 1 << 20) if hard != resource.RLIM_INFINITY else 1 << 16
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def room_for(files: int) -> tuple[int, int]:
    """How many connections, and among them how many phones, so many open files allow."""
    connections = min(max(files - SPARE_FILES, 1), MOST_CONNECTIONS)
    return connections, connections - connections // PAGES_SHARE


def serve(config: Config, port: int, greet: Callable[[int], None]) -> int:
    """Answers on `port` until SIGINT or SIGTERM.

    `greet` is called, in a thread, once it answers, with the number of phones that may follow at once.
    Returns the exit status: 0 after a signal, 1 where the server ended by itself.
    """
    connections, phones = room_for(raise_files_limit())
    return asyncio.run(_serve(config, port, lambda: greet(phones), connections=connections, phones=phones))


async def _serve(
    config: Config, port: int, greet: Callable[[], None], *, connections: int, phones: int
) -> int:
    stop = asyncio.Event()
    _hear_signals(stop)
    supervisor = Supervisor()
    # The worker takes a second to wake, on another core; the port answers before that.
    supervising = asyncio.create_task(supervisor.run())
    await asyncio.sleep(0)
    front = open_front(config, most_phones=phones)
    # Each has one such thread and a socket of its own on the port; the system deals the connections out.
    writers = min(MOST_WRITERS, os.cpu_count() or 1)
    servers = [
        _server(front, config.host, port, max(1, connections // writers)) for _writer in range(writers)
    ]
    if config.host in _LOOPBACK:
        # The system hands a connection to whoever listens on that very address.
        servers.append(_server(front, _LOOPBACK[config.host], port, OWN_CONNECTIONS))
    serving = asyncio.create_task(_serve_all(servers))
    await _until_answering(config.host, port, serving)
    greeting = asyncio.create_task(front.pool.run(greet))
    # What is loaded by now stays: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not stop.is_set():
        logger.error("The server ended by itself: %s", serving.exception() if serving.done() else "")
        _force_after(FORCE_SECONDS, status=1)
    greeting.cancel()
    await _close(front, servers, serving, supervisor)
    supervising.cancel()
    return 0 if stop.is_set() else 1


async def _close(
    front: OpenFront, servers: list[Server], serving: asyncio.Task[None], supervisor: Supervisor
) -> None:
    front.app.closing = True
    ending = asyncio.create_task(supervisor.end(within=3.0))
    await front.progress.close(within=1.0)
    await front.stage.hub.close(within=1.0)
    # What was begun is brought to its end, within reason.
    for _tick in range(20):
        if not front.app.answering:
            break
        await asyncio.sleep(0.05)
    for server in servers:
        server.stop()  # type: ignore[no-untyped-call]
    await asyncio.wait({serving}, timeout=2.0)
    await front.close()
    await ending
    sys.stdout.flush()
    if not serving.done():
        os._exit(0)


def _server(front: OpenFront, host: str, port: int, connections: int) -> Server:
    return Server(
        front.app,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
        backlog=BACKLOG,
        backpressure=connections,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000),
    )


async def _serve_all(servers: list[Server]) -> None:
    """Until all have ended; where one fails, its error."""
    await asyncio.gather(*(server.serve() for server in servers))


def _hear_signals(stop: asyncio.Event) -> None:
    """The first SIGINT or SIGTERM closes the house within five seconds, a second one at once."""

    def heard() -> None:
        if stop.is_set():
            os._exit(0)
        stop.set()
        _force_after(FORCE_SECONDS, status=0)

    loop = asyncio.get_running_loop()
    # Not by the loop: it hears a signal as a byte in the pipe that wakes it, and when thousands of phones
    # leave at once that pipe is full, and the signal would be lost.
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda _number, _frame: loop.call_soon_threadsafe(heard))


def _force_after(seconds: float, *, status: int) -> None:
    timer = threading.Timer(seconds, os._exit, args=(status,))
    timer.daemon = True
    timer.start()


async def _until_answering(host: str, port: int, serving: asyncio.Task[None]) -> None:
    reach = _LOOPBACK.get(host, host)
    for _attempt in range(200):
        if serving.done():
            return
        try:
            _reader, writer = await asyncio.open_connection(reach, port)
        except OSError:
            await asyncio.sleep(0.025)
        else:
            writer.close()
            return
