"""What the crew's consoles follow, as server-sent events: /events/console/<show>."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from django.utils.translation import gettext_noop
from starlette.types import Receive, Send

from aqyn.site.front.answers import send_sentence
from aqyn.site.front.crew import Crew, session_of
from aqyn.site.front.desks import Console, Desks
from aqyn.site.front.hall import NO_SHOW, ONLY_READ, follow
from aqyn.site.front.hub import Stream
from aqyn.site.front.visit import Visit

PREFIX = "/events/console/"
MOST_CONSOLES = 64
"""Of one show, in one process."""

NOT_CREW = gettext_noop("Sign in to open the console.")
NO_KEY = gettext_noop("A console names its own key.")
TOO_MANY = gettext_noop("Too many consoles of this show are open; close one first.")

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


class ConsoleLane:
    """Opens the consoles' streams, for those who are signed in."""

    def __init__(self, crew: Crew, desks: Desks) -> None:
        self._crew = crew
        self._desks = desks

    async def __call__(self, visit: Visit, receive: Receive, send: Send) -> None:
        scope = visit.scope
        if scope["method"] != "GET":
            await send_sentence(scope, send, 405, ONLY_READ, [(b"allow", b"GET")])
            return
        session = session_of(visit.cookie)
        if not await self._crew.admits(session):
            await send_sentence(scope, send, 403, NOT_CREW)
            return
        show = scope["path"].removeprefix(PREFIX)
        key = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if not _KEY.fullmatch(key):
            await send_sentence(scope, send, 400, NO_KEY)
            return
        table = await self._desks.find(show) if _SLUG.fullmatch(show) else None
        if table is None:
            await send_sentence(scope, send, 404, NO_SHOW)
        elif len(table.consoles) >= MOST_CONSOLES:
            await send_sentence(scope, send, 503, TOO_MANY, [(b"retry-after", b"10")])
        else:
            stream = Stream(send)
            table.consoles[stream] = Console(key, session)
            try:
                await follow(table.group, stream, visit, receive)
            finally:
                del table.consoles[stream]
