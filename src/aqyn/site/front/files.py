"""The file lane: bytes from disk with Range, ETag and HEAD, and never a thread of the views."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import anyio.to_thread
from django.utils.translation import gettext_noop
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from aqyn.site.front.answers import names, send_sentence

DISK_THREADS = 4


async def send_file(
    scope: Scope, receive: Receive, send: Send, path: Path, headers: Iterable[tuple[bytes, bytes]]
) -> None:
    """The file at `path` with these headers: whole, in part, or 304. A file that is not there is a 404."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = DISK_THREADS
    try:
        found = await anyio.to_thread.run_sync(os.stat, path)
    except OSError:
        found = None
    if found is None or not stat.S_ISREG(found.st_mode):
        await send_sentence(scope, send, 404, gettext_noop("There is nothing at this address."))
        return
    response = FileResponse(path, stat_result=found)
    for name, value in headers:
        if name == b"set-cookie":
            response.headers.append("set-cookie", value.decode("latin-1"))
        elif name not in (b"content-length", b"etag"):
            response.headers[name.decode("latin-1")] = value.decode("latin-1")
    asked = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
    if asked and names(asked, response.headers["etag"].encode("latin-1")):
        told = [(n, v) for n, v in response.raw_headers if n not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": told})
        await send({"type": "http.response.body", "body": b""})
        return
    await response(scope, receive, send)
