"""What time it is on the house's clock: POST /events/clock."""

from __future__ import annotations

import time

from django.utils.translation import gettext_noop
from starlette.types import Receive, Send

from aqyn.site.front.answers import GUARDS, send_problem, send_whole
from aqyn.site.front.bodies import BODY_SENTENCES, BodyError, take_small
from aqyn.site.front.visit import Visit

PATH = "/events/clock"
LARGEST_BODY = 64

_HEADERS = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), *GUARDS]


async def tell_time(visit: Visit, receive: Receive, send: Send) -> None:
    """`{"now": …}`, milliseconds since 1970. Nothing is read from any database."""
    scope = visit.scope
    if scope["method"] != "POST":
        sentence = gettext_noop("Ask for the time by POST.")
        await send_problem(scope, send, 405, sentence, [(b"allow", b"POST")])
        return
    try:
        await take_small(scope, receive, limit=LARGEST_BODY)
    except BodyError as error:
        if error.status:
            headers = [(b"connection", b"close")]
            await send_problem(scope, send, error.status, BODY_SENTENCES[error.status], headers)
        return
    await send_whole(scope, send, 200, _HEADERS, b'{"now":%.3f}' % (time.time() * 1000))
