"""Live progress of background jobs as server-sent events: /events/progress."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qs

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.middleware import SessionMiddleware
from django.core import signals
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext_noop
from starlette.types import Receive, Scope, Send

from aqyn.site.front.answers import GUARDS, send_sentence
from aqyn.site.front.pool import Pool, PoolFull
from aqyn.site.front.visit import Visit
from aqyn.site.middleware import negotiated
from aqyn.songs import selectors as songs

logger = logging.getLogger("aqyn.front")

PATH = "/events/progress"
LISTENERS = 2000
LOOK_SECONDS = 0.25
HEARTBEAT_SECONDS = 15
STUCK_SECONDS = 60
# Then the browser connects anew and its rights are looked at again.
LONGEST_SECONDS = 600
# A job that has ended is told for this long, so that every bar is seen to fill.
ENDED = timedelta(seconds=60)


class Group(NamedTuple):
    """Listeners who are told the same: crew hear of every song, others of public ones."""

    language: str
    crew: bool


@dataclass(slots=True)
class _Channel:
    listeners: int = 0
    payload: bytes = b""
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class ProgressLane:
    """One task looks at the jobs while anybody listens; each listener sends itself the newest word.

    A slow listener skips what it missed: nothing is queued for it. `database_changed` gives a number that is
    another one after each commit, or None where that is not known; then the jobs are read once a second.
    """

    def __init__(self, pool: Pool, database_changed: Callable[[], int | None]) -> None:
        self._pool = pool
        self._database_changed = database_changed
        self._channels: dict[Group, _Channel] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._hub: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    async def __call__(self, visit: Visit, receive: Receive, send: Send) -> None:
        scope = visit.scope
        if scope["method"] != "GET":
            sentence = gettext_noop("This can only be read.")
            await send_sentence(scope, send, 405, sentence, [(b"allow", b"GET")])
            return
        if len(self._tasks) >= LISTENERS or self._closing.is_set():
            sentence = gettext_noop("Too many people are asking at once. Please try again in a moment.")
            await send_sentence(scope, send, 503, sentence, [(b"retry-after", b"5")])
            return
        crew = settings.SESSION_COOKIE_NAME.encode() in visit.cookie and await self._pool.run(
            lambda: _is_crew(scope)
        )
        group = Group(_language(scope), crew)
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        self._tasks.add(task)
        channel = self._channels.setdefault(group, _Channel())
        channel.listeners += 1
        if self._hub is None or self._hub.done():
            self._hub = asyncio.create_task(self._look())
        try:
            await self._tell(channel, receive, send)
        except TimeoutError:
            logger.debug("A listener took nothing for %s s.", STUCK_SECONDS)
        finally:
            self._tasks.discard(task)
            channel.listeners -= 1
            if not channel.listeners:
                self._channels.pop(group, None)

    async def close(self, within: float) -> None:
        """End every stream, politely at first; whoever does not take the end is cut off after `within` s."""
        self._closing.set()
        for channel in self._channels.values():
            channel.changed.set()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=within)
        for task in self._tasks:
            task.cancel()
        if self._hub is not None:
            self._hub.cancel()

    async def _tell(self, channel: _Channel, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-store"),
            # nginx would otherwise hold events back until its buffer is full.
            (b"x-accel-buffering", b"no"),
            *GUARDS,
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _part(send, b"retry: 3000\n\n")
        gone = asyncio.create_task(_gone(receive))
        told = b""
        end = asyncio.get_running_loop().time() + LONGEST_SECONDS
        try:
            while not (gone.done() or self._closing.is_set()) and asyncio.get_running_loop().time() < end:
                changed = channel.changed
                if channel.payload != told:
                    told = channel.payload
                    await _part(send, told)
                    continue
                waiting = asyncio.create_task(changed.wait())
                done, _pending = await asyncio.wait(
                    {gone, waiting}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                waiting.cancel()
                if not done:
                    await _part(send, b": still here\n\n")
            if not gone.done():
                await asyncio.wait_for(
                    send({"type": "http.response.body", "body": b"", "more_body": False}), STUCK_SECONDS
                )
        finally:
            gone.cancel()

    async def _look(self) -> None:
        seen: tuple[int | None, frozenset[Group]] | None = None
        quiet = 0.0
        while self._channels:
            groups = frozenset(self._channels)
            now = (self._database_changed(), groups)
            quiet += LOOK_SECONDS
            # Once a second in any case: what is told also changes by time alone.
            if now != seen or quiet >= 1:
                seen, quiet = now, 0.0
                try:
                    payloads = await self._pool.run(lambda asked=groups: _payloads(asked))  # type: ignore[misc]
                except PoolFull:
                    payloads = {}
                except Exception:
                    logger.exception("The jobs could not be read.")
                    payloads = {}
                self._spread(payloads)
            await asyncio.sleep(LOOK_SECONDS)

    def _spread(self, payloads: dict[Group, bytes]) -> None:
        for group, payload in payloads.items():
            channel = self._channels.get(group)
            if channel is not None and channel.payload != payload:
                channel.payload = payload
                channel.changed.set()
                channel.changed = asyncio.Event()


async def _part(send: Send, body: bytes) -> None:
    await asyncio.wait_for(
        send({"type": "http.response.body", "body": body, "more_body": True}), STUCK_SECONDS
    )


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _language(scope: Scope) -> str:
    """`?language=kk-latn`, as the page that listens is written; else as the browser asks."""
    asked: str = parse_qs(scope["query_string"].decode("latin-1")).get("language", [""])[0]
    if asked in dict(settings.LANGUAGES):
        return asked
    accept: bytes = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    return negotiated(accept.decode("latin-1"))


def _is_crew(scope: Scope) -> bool:
    """Whether the session's cookie belongs to somebody who may see drafts."""
    signals.request_started.send(sender=ProgressLane, scope=scope)
    try:
        request = ASGIRequest(scope, io.BytesIO())
        SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
        return bool(get_user(request).is_authenticated)
    finally:
        signals.request_finished.send(sender=ProgressLane)


def _payloads(groups: frozenset[Group]) -> dict[Group, bytes]:
    since = datetime.now(UTC) - ENDED
    payloads = {}
    signals.request_started.send(sender=ProgressLane)
    try:
        public = {song.slug for song in songs.public_songs()}
        for group in groups:
            with translation.override(group.language):
                jobs = [job for job in songs.jobs(since=since) if group.crew or job["song"] in public]
            text = json.dumps({"jobs": jobs}, ensure_ascii=False, separators=(",", ":"), default=str)
            payloads[group] = f"data: {text}\n\n".encode()
    finally:
        signals.request_finished.send(sender=ProgressLane)
    return payloads
