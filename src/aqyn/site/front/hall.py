"""What every phone in the hall follows, as server-sent events: /events/live/<show>."""

from __future__ import annotations

import asyncio
import contextlib
from urllib.parse import parse_qs

from django.utils.translation import gettext_noop
from starlette.types import Receive, Scope, Send

from aqyn.core.live import State
from aqyn.site.front.answers import GUARDS, send_sentence
from aqyn.site.front.halls import Halls
from aqyn.site.front.hub import Group, Stream
from aqyn.site.front.visit import Visit
from aqyn.stage.telling import Channel

PREFIX = "/events/live/"
RETRY = b"retry: 2000\n\n"

STREAM_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        # nginx would otherwise hold events back until its buffer is full.
        (b"x-accel-buffering", b"no"),
        *GUARDS,
    ],
}
ONLY_READ = gettext_noop("This can only be read.")
NO_SHOW = gettext_noop("There is no show at this address.")
FULL_HOUSE = gettext_noop("More phones follow than this house can hold. Please try again in a moment.")


class HallLane:
    """Opens the streams; the hub writes to them. At most `most` phones at once, wherever they come from."""

    def __init__(self, halls: Halls, *, most: int) -> None:
        self._halls = halls
        self._most = most

    async def __call__(self, visit: Visit, receive: Receive, send: Send) -> None:
        scope = visit.scope
        if scope["method"] != "GET":
            await send_sentence(scope, send, 405, ONLY_READ, [(b"allow", b"GET")])
            return
        hall = await self._halls.find(_channel(scope))
        if hall is None or hall.position is None:
            await send_sentence(scope, send, 404, NO_SHOW)
        elif hall.position.state is State.END:
            # An EventSource that is answered so does not ask again (WHATWG HTML, 9.2.3).
            await send(
                {"type": "http.response.start", "status": 204, "headers": [(b"cache-control", b"no-store")]}
            )
            await send({"type": "http.response.body", "body": b""})
        elif self._halls.hub.open_streams >= self._most:
            await send_sentence(scope, send, 503, FULL_HOUSE, [(b"retry-after", b"10")])
        else:
            await follow(hall.phones, Stream(send), visit, receive)


async def follow(group: Group, stream: Stream, visit: Visit, receive: Receive) -> None:
    """Be this stream of the group until the visitor leaves or it is ended."""
    await stream.send(STREAM_START)
    group.join(stream, visit.peer, RETRY)
    # For as long as the evening lasts: what it was asked with is of no use any more.
    visit.let_go()
    try:
        # The hub cancels whoever cannot be told any more.
        with contextlib.suppress(asyncio.CancelledError):
            while (await receive())["type"] != "http.disconnect":
                pass
    finally:
        group.leave(stream)


def _channel(scope: Scope) -> Channel:
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    return Channel(scope["path"].removeprefix(PREFIX), asked.get("rehearsal", [""])[0])
