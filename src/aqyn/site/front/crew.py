"""Who of the crew asks, for the lanes that answer without a view."""

from __future__ import annotations

import io
from collections import OrderedDict

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http.cookie import parse_cookie
from starlette.types import Scope

from aqyn.people import selectors as people
from aqyn.site.front.halls import over
from aqyn.site.front.pool import Pool
from aqyn.site.middleware import from_here

MOST_SESSIONS = 256
LONGEST_SESSION_KEY = 40


class Crew:
    """Tells crew from strangers, and keeps strangers from the threads that the crew's presses run in.

    A session that was found good is remembered as one that may ask; each press looks at it anew.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._seen: OrderedDict[str, None] = OrderedDict()

    async def admits(self, session: str) -> bool:
        """Whether this session has signed somebody in lately. Raises PoolFull."""
        if not 0 < len(session) <= LONGEST_SESSION_KEY:
            return False
        if session in self._seen:
            return True
        found = await self._pool.run(lambda: over(lambda: people.person_of_session(session)))
        if found is not None:
            self._seen[session] = None
            if len(self._seen) > MOST_SESSIONS:
                self._seen.popitem(last=False)
        return found is not None

    def forget(self, session: str) -> None:
        self._seen.pop(session, None)


def session_of(cookie: bytes) -> str:
    """The session's key as the browser sends it, empty without one."""
    return parse_cookie(cookie.decode("latin-1")).get(settings.SESSION_COOKIE_NAME, "")


def is_from_here(scope: Scope) -> bool:
    """Whether a page of this house sends it, as `SameOriginMiddleware` asks of every form."""
    return from_here(ASGIRequest(scope, io.BytesIO()))
