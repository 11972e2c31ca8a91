"""One task that writes to every phone: what a group of streams is to be told, the newest word alone."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aqyn.site.front.deadlines import Peer, set_deadlines

logger = logging.getLogger("aqyn.front")

Send = Callable[[dict[str, Any]], Awaitable[None]]

HEARTBEAT_SECONDS = 2.0
"""The newest word is said again after so long a silence: a phone that hears nothing for longer is cut off."""
HOPELESS_SECONDS = 20.0
"""A stream that took nothing for so long is ended; its phone comes back by itself."""
WATCH_SECONDS = 5.0
BATCH = 200
"""Streams written to before the other work of the event loop has its turn."""

# What the server's `send` hands back where the message was taken at once; learned as it is seen.
_AT_ONCE: set[type] = set()


class Stream:
    """One open connection. `told`: the group's turn that it has been sent last.

    `waiting` is what the server gave for a message that it could not take yet, since `since`: meanwhile the
    stream is skipped, so that no more than the server's own few messages are ever held for it.
    """

    __slots__ = ("group", "send", "since", "task", "told", "waiting")

    def __init__(self, send: Send) -> None:
        self.send = send
        self.task = asyncio.current_task()
        self.group: Group | None = None
        self.told = 0
        self.waiting: Any = None
        self.since = 0.0

    def tell(self, frame: dict[str, Any]) -> None:
        """Hand the frame to the server, without waiting."""
        sent = self.send(frame)
        if type(sent) not in _AT_ONCE:
            self._wait(sent)

    def _wait(self, sent: Any) -> None:
        if inspect.iscoroutine(sent):
            sent = asyncio.ensure_future(sent)
        elif not hasattr(sent, "add_done_callback"):
            _AT_ONCE.add(type(sent))
            return
        self.waiting, self.since = sent, asyncio.get_running_loop().time()
        sent.add_done_callback(self._took)

    def _took(self, _sent: object) -> None:
        self.waiting = None
        group = self.group
        if group is not None and self.told != group.turn:
            self.told = group.turn
            group.tell(self)

    def end(self) -> None:
        """End the connection once it has taken what it was sent."""
        if self.group is not None:
            self.group.leave(self)
        if self.waiting is None:
            self.tell({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            self.cut()

    def cut(self) -> None:
        """End the connection, whatever it still has to take."""
        if self.waiting is not None:
            self.waiting.cancel()
        if self.task is not None:
            self.task.cancel()


class Group:
    """Streams that are told the same. `turn` counts what was said, `frame` is the newest of it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.streams: dict[Stream, None] = {}
        self.frame: dict[str, Any] = {}
        self.turn = 0
        self.spread = 0
        self.said_at = 0.0
        self.ended = False

    def say(self, word: bytes, *, last: bool = False) -> None:
        """Tell every stream, and each one that joins later. `last`: their connections end with it."""
        self.frame = {"type": "http.response.body", "body": word, "more_body": not last}
        self.ended = last
        self.turn += 1
        self._hub.wake()

    def join(self, stream: Stream, peer: Peer, greeting: bytes = b"") -> None:
        """Tell the stream the newest word at once, and from now on each new one."""
        stream.group = self
        self._hub.newcomers.add(peer)
        self.streams[stream] = None
        self._hub.open_streams += 1
        stream.told = self.turn
        if greeting and self.frame:
            stream.tell({**self.frame, "body": greeting + self.frame["body"]})
        else:
            self.tell(stream)

    def leave(self, stream: Stream) -> None:
        if stream.group is self:
            del self.streams[stream]
            self._hub.open_streams -= 1
            stream.group = None

    def tell(self, stream: Stream) -> None:
        """Tell one stream the newest word."""
        if self.frame:
            stream.tell(self.frame)


class Hub:
    """The task, and the groups it writes to. Nothing is queued: what was overtaken is never sent."""

    def __init__(self) -> None:
        self.groups: set[Group] = set()
        self.open_streams = 0
        self.newcomers: set[Peer] = set()
        self._due = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None

    def open(self) -> Group:
        group = Group(self)
        self.groups.add(group)
        if self._task is None:
            self._task = asyncio.create_task(self._run())
            self._watch = asyncio.create_task(self._watch_over())
        return group

    def drop(self, group: Group) -> None:
        self.groups.discard(group)

    def wake(self) -> None:
        self._due.set()

    async def close(self, within: float) -> None:
        """End every stream, politely at first; whoever does not take the end is cut off after `within` s."""
        for group in self.groups:
            group.say(b"", last=True)
        end = asyncio.get_running_loop().time() + within
        while any(group.streams for group in self.groups) and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)
        for group in self.groups:
            for stream in list(group.streams):
                stream.cut()
        for task in (self._task, self._watch):
            if task is not None:
                task.cancel()

    async def _watch_over(self) -> None:
        """Give every new connection its deadline, many at once: they are looked up among all open files."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if self.newcomers:
                peers, self.newcomers = self.newcomers, set()
                await asyncio.to_thread(set_deadlines, peers, HOPELESS_SECONDS)

    async def _run(self) -> None:
        now = asyncio.get_running_loop().time
        while True:
            self._due.clear()
            for group in list(self.groups):
                if group.turn == group.spread and group.streams and not group.ended:
                    if now() - group.said_at < HEARTBEAT_SECONDS:
                        continue
                    # The same word again; who was told it a moment ago hears it twice.
                    group.turn += 1
                if group.turn != group.spread:
                    try:
                        await self._spread(group)
                    except Exception:
                        logger.exception("A word could not be spread.")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._due.wait(), self._until(now()))

    def _until(self, now: float) -> float:
        """Seconds until the next heartbeat."""
        spoken = [group.said_at for group in self.groups if group.streams and not group.ended]
        return max(0.0, min(spoken, default=now) + HEARTBEAT_SECONDS - now)

    async def _spread(self, group: Group) -> None:
        group.spread, group.said_at = group.turn, asyncio.get_running_loop().time()
        streams = list(group.streams)
        for begin in range(0, len(streams), BATCH):
            # Asked anew for each batch: what is said meanwhile overtakes.
            turn, frame = group.turn, group.frame
            for stream in streams[begin : begin + BATCH]:
                if stream.told != turn:
                    if stream.waiting is None:
                        stream.told = turn
                        try:
                            stream.tell(frame)
                        except Exception as error:
                            logger.debug("A stream has gone: %s", error)
                            stream.cut()
                    elif group.said_at - stream.since > HOPELESS_SECONDS:
                        stream.cut()
            await asyncio.sleep(0)
