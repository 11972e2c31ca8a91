"""Django's sync views in one small persistent thread pool, each thread with its own database connection."""

from __future__ import annotations

import asyncio
import contextlib
import io
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeVar

from django.core import signals
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import connections
from django.http import HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix
from django.utils.text import compress_string
from starlette.types import Scope

from aqyn.site.front.answers import Headers, is_text
from aqyn.ui.files import FileAnswer
from aqyn.ui.pages import page_generation

T = TypeVar("T")
THREADS = 4
WAITING = 256
GZIP_FROM = 512


class PoolFull(Exception):
    """More requests wait for a thread than can be answered soon."""


@dataclass(slots=True)
class Rendered:
    """An answer that a view made. Its body is `body`, or the file at `file`, or the open `spool`.

    `headers` hold neither Content-Length nor Content-Encoding. `generation` is that of the pages before the
    view ran, None where it was not asked for. `varies`: the answer depends on more of the request than its
    address; `secret`: it holds what is meant for one visitor (a nonce, a CSRF field).
    """

    status: int
    headers: Headers
    body: bytes = b""
    file: Path | None = None
    spool: IO[bytes] | None = None
    varies: bool = False
    secret: bool = False
    generation: int | None = None
    zipped: bytes | None = None
    content_type: bytes = field(default=b"")


class Pool:
    """The threads. `run` is fair: first come, first served; past a bound it refuses rather than queues."""

    def __init__(self, threads: int = THREADS, waiting: int = WAITING) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="view")
        self._threads = threads
        self._bound = threads + waiting
        self._held = 0
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether work given now would have to wait."""
        return self._held >= self._threads

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns, done in a thread. Raises PoolFull. Work cancelled in the queue is not done."""
        if self._held >= self._bound:
            raise PoolFull
        with self._lock:
            self._held += 1
        future = self._executor.submit(work)
        future.add_done_callback(self._done)
        return await asyncio.wrap_future(future)

    async def close(self, within: float = 1.0) -> None:
        """Drop what waits, and let every thread close its connections; a busy thread keeps its own."""
        meeting = threading.Barrier(self._threads)

        def leave() -> None:
            # Nobody leaves before all have come: so each thread gets one of these.
            with contextlib.suppress(threading.BrokenBarrierError):
                meeting.wait(within)
            connections.close_all()

        leaving = [asyncio.wrap_future(self._executor.submit(leave)) for _thread in range(self._threads)]
        await asyncio.wait(leaving, timeout=within)
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _done(self, _future: object) -> None:
        with self._lock:
            self._held -= 1


class Django(BaseHandler):
    """Django's handler without its async machinery: call `render` in a thread of the pool."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)

    def render(self, scope: Scope, body: IO[bytes] | None = None, *, gzip: bool = False) -> Rendered:
        """The view's answer to one request, read to its end, its connections given back."""
        return self._render(scope, body, gzip=gzip, counted=False)

    def render_counted(self, scope: Scope) -> Rendered:
        """As `render`, with the generation of the pages, read before the view runs.

        Whoever keeps the answer asks for the generation again: a change meanwhile makes it another one.
        """
        return self._render(scope, None, gzip=True, counted=True)

    def _render(self, scope: Scope, body: IO[bytes] | None, *, gzip: bool, counted: bool) -> Rendered:
        set_script_prefix("/")
        signals.request_started.send(sender=type(self), scope=scope)
        try:
            request = ASGIRequest(scope, body or io.BytesIO())
        except UnicodeDecodeError:
            response: HttpResponseBase = HttpResponseBadRequest(
                "The address holds letters that cannot be read.\n"
            )
            rendered = _read(response)
            response.close()
            return rendered
        try:
            before = page_generation() if counted else None
            response = self.get_response(request)
        except BaseException:
            signals.request_finished.send(sender=type(self))
            raise
        try:
            rendered = _read(response)
            rendered.secret = _is_secret(request, rendered)
            rendered.generation = before
        finally:
            # Also says that the request is finished, and so lets broken connections go.
            response.close()
        if gzip and rendered.spool is None and rendered.file is None and len(rendered.body) >= GZIP_FROM:
            _zip(rendered, padded=not counted)
        return rendered


def _read(response: HttpResponseBase) -> Rendered:
    rendered = Rendered(status=response.status_code, headers=_headers(response))
    rendered.content_type = response.get("Content-Type", "").encode("latin-1")
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    rendered.varies = (
        bool(vary - {"accept-encoding"}) or bool(response.cookies) or response.has_header("Set-Cookie")
    )
    if isinstance(response, FileAnswer):
        rendered.file = response.path
    elif isinstance(response, StreamingHttpResponse):
        # Read to its end here: a slow visitor then holds a temporary file, never a thread.
        rendered.spool = tempfile.SpooledTemporaryFile(max_size=1 << 20)  # noqa: SIM115
        for part in response:
            rendered.spool.write(part)
        rendered.spool.seek(0)
    elif isinstance(response, HttpResponse):
        rendered.body = response.content
    return rendered


def _headers(response: HttpResponseBase) -> Headers:
    told = [
        (name.lower().encode("ascii"), value.encode("latin-1"))
        for name, value in response.items()
        if name.lower() != "content-length"
    ]
    cookies = [
        (b"set-cookie", c.output(header="").strip().encode("latin-1")) for c in response.cookies.values()
    ]
    return told + cookies


def _is_secret(request: ASGIRequest, rendered: Rendered) -> bool:
    return (
        "CSRF_COOKIE" in request.META
        or getattr(request, "_csp_nonce", None) is not None
        or any(
            name.startswith(b"content-security-policy") and b"'nonce-" in v for name, v in rendered.headers
        )
        or b"csrfmiddlewaretoken" in rendered.body
        or b' nonce="' in rendered.body
    )


def _zip(rendered: Rendered, *, padded: bool) -> None:
    """The body's gzip variant. `padded` blurs its length, by which a secret could be guessed at."""
    if not is_text(rendered.content_type) or any(
        name == b"content-encoding" for name, _value in rendered.headers
    ):
        return
    zipped = compress_string(rendered.body, max_random_bytes=100 if padded else None)
    if len(zipped) < len(rendered.body):
        rendered.zipped = zipped
