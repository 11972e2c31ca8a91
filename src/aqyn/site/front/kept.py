"""The finished public pages that are kept, by address, within so many bytes."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from aqyn.site.front.answers import Headers
from aqyn.site.front.pool import Rendered

_OVERHEAD = 2048


class Key(NamedTuple):
    """All that a kept page may depend on."""

    scheme: str
    host: str
    path: str
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page, its answers' opening messages made once; or a file sent in its place."""

    generation: int
    body: bytes
    zipped: bytes | None
    etag: bytes
    start: dict[str, Any]
    start_zipped: dict[str, Any]
    start_unchanged: dict[str, Any]
    file: Path | None
    file_headers: Headers

    @property
    def size(self) -> int:
        return len(self.body) + len(self.zipped or b"") + _OVERHEAD


def keepable(rendered: Rendered) -> Page | None:
    """The page, where DESIGN's rule 9 lets it be kept; otherwise None.

    200, read whole, of a known generation, nothing for one visitor in it, and no header by which the view
    says otherwise.
    """
    if rendered.status != 200 or rendered.generation is None or rendered.spool is not None:
        return None
    if rendered.varies or rendered.secret:
        return None
    control = b",".join(value for name, value in rendered.headers if name == b"cache-control").lower()
    if b"no-store" in control or b"private" in control:
        return None
    if rendered.file is not None:
        return Page(rendered.generation, b"", None, b"", {}, {}, {}, rendered.file, rendered.headers)
    etag = b'W/"' + hashlib.blake2b(rendered.body, digest_size=16).hexdigest().encode() + b'"'
    told = [(n, v) for n, v in rendered.headers if n not in (b"etag", b"vary")]
    if not control:
        # Kept by the browser too, but asked about each time: a change is seen on the next request.
        told.append((b"cache-control", b"no-cache"))
    told += [(b"etag", etag), (b"vary", b"Accept-Encoding")]
    return Page(
        generation=rendered.generation,
        body=rendered.body,
        zipped=rendered.zipped,
        etag=etag,
        start=_start(200, told, rendered.body),
        start_zipped=_start(200, [*told, (b"content-encoding", b"gzip")], rendered.zipped or b""),
        start_unchanged={"type": "http.response.start", "status": 304, "headers": told},
        file=None,
        file_headers=[],
    )


def _start(status: int, headers: Headers, body: bytes) -> dict[str, Any]:
    told = [*headers, (b"content-length", str(len(body)).encode())]
    return {"type": "http.response.start", "status": status, "headers": told}


class Kept:
    """The pages of one generation, least recently asked for first."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._generation: int | None = None
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def follow(self, generation: int | None) -> None:
        """Let go of the pages of any other generation."""
        if generation != self._generation:
            self.clear()
            self._generation = generation

    def get(self, key: Key, generation: int | None) -> Page | None:
        """The page as it was rendered under `generation`, the newest that is known."""
        self.follow(generation)
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        """Keep the page, unless its generation has passed or it alone would take a quarter of the room."""
        if page.generation != self._generation or page.size * 4 > self._limit:
            return
        if old := self._pages.pop(key, None):
            self.bytes -= old.size
        self._pages[key] = page
        self.bytes += page.size
        while self.bytes > self._limit:
            _key, gone = self._pages.popitem(last=False)
            self.bytes -= gone.size

    def clear(self) -> None:
        self._pages.clear()
        self.bytes = 0
