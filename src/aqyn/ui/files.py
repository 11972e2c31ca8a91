"""How a view hands a file over: it checks the right, the front sends the bytes (Range, ETag, HEAD)."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header


class FileAnswer(HttpResponse):
    """An answer whose body is the file at `path`, sent by the file lane and never by a pool thread.

    `immutable` says that the address names this very content, so that a browser may keep it for a year;
    `private` keeps it out of shared caches. `filename` makes the browser save it under that name.
    Cookies and headers set on the answer are sent as well.
    """

    def __init__(
        self,
        path: Path | str,
        content_type: str = "application/octet-stream",
        *,
        immutable: bool = False,
        private: bool = False,
        filename: str | None = None,
    ) -> None:
        super().__init__(content_type=content_type)
        self.path = Path(path)
        self.immutable = immutable
        reach = "private" if private else "public"
        self["Cache-Control"] = f"{reach}, max-age=31536000, immutable" if immutable else f"{reach}, no-cache"
        if filename is not None:
            self["Content-Disposition"] = content_disposition_header(True, filename)
