"""The static lane: only names found at start are served, so no path leads anywhere else."""

from __future__ import annotations

import gzip
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_noop
from starlette.types import Receive, Send

from aqyn.site.front.answers import GUARDS, Headers, is_text, names, send_sentence, send_whole, takes_gzip
from aqyn.site.front.files import send_file
from aqyn.site.front.visit import Visit

PREFIX = "/static/"
IMMUTABLE = b"public, max-age=31536000, immutable"
# Texts up to this size are held in memory, with their gzip variant; the rest comes from disk.
HELD = 262_144

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("application/manifest+json", ".webmanifest")


@dataclass(frozen=True, slots=True)
class _Held:
    body: bytes
    zipped: bytes
    etag: bytes


class StaticLane:
    """Serves `files` under /static/<build>/; under another build's name they are served too, but not kept."""

    def __init__(self, files: dict[str, Path], build: str) -> None:
        self._files = files
        self._build = build
        self._held: dict[str, _Held] = {}

    async def __call__(self, visit: Visit, receive: Receive, send: Send) -> None:
        scope = visit.scope
        if scope["method"] not in ("GET", "HEAD"):
            await send_sentence(
                scope, send, 405, gettext_noop("This can only be read."), [(b"allow", b"GET, HEAD")]
            )
            return
        build, _sep, name = scope["path"].removeprefix(PREFIX).partition("/")
        file = self._files.get(name)
        if file is None:
            await send_sentence(scope, send, 404, gettext_noop("There is nothing at this address."))
            return
        content_type = (mimetypes.guess_type(name)[0] or "application/octet-stream").encode()
        if content_type.startswith(b"text/"):
            content_type += b"; charset=utf-8"
        headers = [
            (b"content-type", content_type),
            (b"cache-control", IMMUTABLE if build == self._build else b"no-cache"),
            *GUARDS,
        ]
        if is_text(content_type) and not visit.range and (held := self._hold(name, file)):
            await _send_held(visit, send, held, headers)
        else:
            await send_file(scope, receive, send, file, headers)

    def _hold(self, name: str, file: Path) -> _Held | None:
        held = self._held.get(name)
        if held is None:
            try:
                body = file.read_bytes()
            except OSError:
                return None
            if len(body) > HELD:
                return None
            # The build names the content; the size tells apart what a running house finds changed.
            etag = f'W/"{self._build}-{len(body):x}"'.encode()
            held = self._held[name] = _Held(body, gzip.compress(body, 9, mtime=0), etag)
        return held


async def _send_held(visit: Visit, send: Send, held: _Held, headers: Headers) -> None:
    told = [*headers, (b"etag", held.etag), (b"vary", b"Accept-Encoding")]
    if visit.if_none_match and names(visit.if_none_match, held.etag):
        await send({"type": "http.response.start", "status": 304, "headers": told})
        await send({"type": "http.response.body", "body": b""})
    elif takes_gzip(visit.accept_encoding):
        await send_whole(visit.scope, send, 200, [*told, (b"content-encoding", b"gzip")], held.zipped)
    else:
        await send_whole(visit.scope, send, 200, told, held.body)
