"""The front door: who asks is settled, then one lane answers."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_noop
from starlette.types import Receive, Scope, Send

from aqyn.payments.services import LARGEST_PICTURE
from aqyn.site.front.answers import names, send_sentence, send_whole, takes_gzip
from aqyn.site.front.bodies import BODY_SENTENCES, BodyError, take_body
from aqyn.site.front.clock import PATH as CLOCK
from aqyn.site.front.clock import tell_time
from aqyn.site.front.console import PREFIX as CONSOLE
from aqyn.site.front.files import send_file
from aqyn.site.front.hall import PREFIX as HALL
from aqyn.site.front.kept import Page
from aqyn.site.front.pages import PageLane
from aqyn.site.front.pool import Django, Pool, PoolFull, Rendered
from aqyn.site.front.press import PATH as PRESS
from aqyn.site.front.progress import PATH as PROGRESS
from aqyn.site.front.progress import ProgressLane
from aqyn.site.front.shop import PREFIX as API
from aqyn.site.front.shop import ShopLane
from aqyn.site.front.stage import Stage
from aqyn.site.front.static import PREFIX as STATIC
from aqyn.site.front.static import StaticLane
from aqyn.site.front.visit import Doorkeeper, Visit
from aqyn.songs.services import LARGEST_PIECE

logger = logging.getLogger("aqyn.front")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SMALL_BODY = 1 << 20
_ADVICE = re.compile(r"/[a-z-]+/orders/[^/]+/[^/]+/advice/")
_CHUNK = 1 << 16

GONE = gettext_noop("This house is closing for a moment. Please try again.")
FULL = gettext_noop("Too many people are asking at once. Please try again in a moment.")


class Front:
    """The ASGI application. `closing` makes it refuse new work with 503 and Retry-After."""

    def __init__(
        self,
        *,
        doorkeeper: Doorkeeper,
        pool: Pool,
        django: Django,
        pages: PageLane,
        static: StaticLane,
        progress: ProgressLane,
        stage: Stage,
        shop: ShopLane,
        upload_limit: int,
    ) -> None:
        self._doorkeeper = doorkeeper
        self._pool = pool
        self._django = django
        self._pages = pages
        self._static = static
        self._progress = progress
        self._stage = stage
        self._shop = shop
        self._upload_limit = upload_limit
        self.closing = False
        self.answering = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        begun = _Begun(send)
        method, path = scope["method"], scope["path"]
        self.answering += 1
        try:
            await self._answer(scope, receive, begun)
        except PoolFull:
            await send_sentence(scope, begun, 503, FULL, [(b"retry-after", b"5")])
        except Exception:
            logger.exception("%s %s could not be answered.", method, path)
            if not begun.yes:
                sentence = gettext_noop("Something went wrong here. It has been written down.")
                await send_sentence(scope, begun, 500, sentence)
        finally:
            self.answering -= 1

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.closing:
            headers = [(b"retry-after", b"5"), (b"connection", b"close")]
            await send_sentence(scope, send, 503, GONE, headers)
            return
        visit = self._doorkeeper.settle(scope)
        if visit is None:
            sentence = gettext_noop("This house does not go by that name.")
            await send_sentence(scope, send, 400, sentence)
            return
        scope = visit.scope
        path = scope["path"]
        if path.startswith(API) and self._shop.takes(path):
            await self._shop(visit, receive, send)
        elif scope["method"] not in METHODS:
            sentence = gettext_noop("This cannot be done here.")
            allowed = ", ".join(sorted(METHODS)).encode()
            await send_sentence(scope, send, 405, sentence, [(b"allow", allowed)])
        elif path.startswith(STATIC):
            await self._static(visit, receive, send)
        elif path == PROGRESS:
            await self._progress(visit, receive, send)
        elif path == CLOCK:
            await tell_time(visit, receive, send)
        elif path.startswith(HALL):
            await self._stage.hall(visit, receive, send)
        elif path.startswith(CONSOLE):
            await self._stage.console(visit, receive, send)
        elif PRESS.fullmatch(path):
            await self._stage.press(visit, receive, send)
        elif key := self._pages.key(visit):
            if page := self._pages.ready(key):
                await _send_page(visit, receive, send, page)
                return
            outcome = await self._pages.fetch(key)
            if outcome is not None and outcome.page is not None:
                await _send_page(visit, receive, send, outcome.page)
            elif outcome is not None and not outcome.rendered.varies:
                await _send_rendered(visit, receive, send, outcome.rendered)
            else:
                await self._from_view(visit, receive, send)
        else:
            await self._from_view(visit, receive, send)

    async def _from_view(self, visit: Visit, receive: Receive, send: Send) -> None:
        scope = visit.scope
        body: IO[bytes] | None = None
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            try:
                body = await take_body(receive, announced=_announced(scope), limit=self._limit(visit))
            except BodyError as error:
                if error.status:
                    headers = [(b"connection", b"close")]
                    await send_sentence(scope, send, error.status, BODY_SENTENCES[error.status], headers)
                return
        gzip = takes_gzip(visit.accept_encoding)
        rendered = await self._while_there(receive, lambda: self._django.render(scope, body, gzip=gzip))
        if rendered is not None:
            await _send_rendered(visit, receive, send, rendered)

    async def _while_there(self, receive: Receive, work) -> Rendered | None:  # type: ignore[no-untyped-def]
        """What `work` makes in the pool; None if the visitor left before a thread was free for it."""
        if not self._pool.busy:
            return await self._pool.run(work)
        working = asyncio.create_task(self._pool.run(work))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                working.cancel()
                # Only when it has taken note is it out of the queue.
                await asyncio.wait({working})
            return None if working.cancelled() else working.result()
        finally:
            leaving.cancel()

    def _limit(self, visit: Visit) -> int:
        """How large a body may be: what is uploaded comes from somebody who is signed in, but for the picture
        of a receipt."""
        if _ADVICE.fullmatch(visit.scope["path"]):
            return LARGEST_PICTURE + SMALL_BODY
        if settings.SESSION_COOKIE_NAME.encode() not in visit.cookie:
            return SMALL_BODY
        # A recording that comes in by pieces is a PATCH for each.
        return LARGEST_PIECE if visit.scope["method"] == "PATCH" else self._upload_limit


class _Begun:
    """`send`, remembering whether an answer has begun."""

    __slots__ = ("_send", "yes")

    def __init__(self, send: Send) -> None:
        self._send = send
        self.yes = False

    def __call__(self, message):  # type: ignore[no-untyped-def]
        # What the server hands back, as it is: the hub looks at it and does not await it.
        self.yes = True
        return self._send(message)


async def _send_page(visit: Visit, receive: Receive, send: Send, page: Page) -> None:
    if page.file is not None:
        await send_file(visit.scope, receive, send, page.file, page.file_headers)
        return
    if visit.if_none_match and names(visit.if_none_match, page.etag):
        await send(page.start_unchanged)
        body = b""
    elif page.zipped is not None and takes_gzip(visit.accept_encoding):
        await send(page.start_zipped)
        body = page.zipped
    else:
        await send(page.start)
        body = page.body
    await send({"type": "http.response.body", "body": b"" if visit.scope["method"] == "HEAD" else body})


async def _send_rendered(visit: Visit, receive: Receive, send: Send, rendered: Rendered) -> None:
    scope = visit.scope
    headers = rendered.headers
    if not any(name == b"cache-control" for name, _value in headers):
        headers = [*headers, (b"cache-control", b"private, no-cache")]
    if rendered.file is not None:
        await send_file(scope, receive, send, rendered.file, headers)
    elif rendered.spool is not None:
        with rendered.spool as spool:
            await send({"type": "http.response.start", "status": rendered.status, "headers": headers})
            while scope["method"] != "HEAD" and (chunk := spool.read(_CHUNK)):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
    elif rendered.status in (204, 304):
        await send({"type": "http.response.start", "status": rendered.status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
    elif rendered.zipped is not None and takes_gzip(visit.accept_encoding):
        headers = [*_with_vary(headers), (b"content-encoding", b"gzip")]
        await send_whole(scope, send, rendered.status, headers, rendered.zipped)
    else:
        await send_whole(scope, send, rendered.status, headers, rendered.body)


def _with_vary(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    vary = [value for name, value in headers if name == b"vary"]
    others = [pair for pair in headers if pair[0] != b"vary"]
    return [*others, (b"vary", b", ".join([*vary, b"Accept-Encoding"]))]


def _announced(scope: Scope) -> bytes:
    return next((value for name, value in scope["headers"] if name == b"content-length"), b"")


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
