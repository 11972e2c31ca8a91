"""What a visitor sends, taken in before a pool thread is asked for: bounded in size and in waiting."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import tempfile
from typing import IO

from django.utils.translation import gettext_noop
from starlette.types import Receive, Scope

IN_MEMORY = 2_621_440
SILENCE_SECONDS = 60
SMALL_SECONDS = 5
"""What fits into one packet is there within this time, or it is not waited for."""
BODY_SENTENCES = {
    413: gettext_noop("This is larger than the house takes."),
    408: gettext_noop("The upload stopped on its way. Please try again."),
    507: gettext_noop("There is no room left on the disk of the house."),
}


class BodyError(Exception):
    """The body cannot be taken; `status` says why: 413 too large, 408 too slow,
    507 no room for it on the disk, 0 the visitor has gone."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def take_body(receive: Receive, *, announced: bytes, limit: int) -> IO[bytes]:
    """The whole body as a file at its beginning, on disk past 2.5 MiB. Raises BodyError."""
    if announced and (not announced.isdigit() or int(announced) > limit):
        raise BodyError(413)
    body: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    size = 0
    try:
        while True:
            message = await asyncio.wait_for(receive(), SILENCE_SECONDS)
            if message["type"] == "http.disconnect":
                raise BodyError(0)
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > limit:
                raise BodyError(413)
            body.write(chunk)
            if not message.get("more_body"):
                body.seek(0)
                return body
    except TimeoutError:
        body.close()
        raise BodyError(408) from None
    except OSError as error:
        with contextlib.suppress(OSError):
            body.close()
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise BodyError(507) from error
        raise
    except BaseException:
        body.close()
        raise


async def take_small(scope: Scope, receive: Receive, *, limit: int) -> bytes:
    """The whole of a body of a few bytes. Raises BodyError."""
    headers = dict(scope["headers"])
    announced = headers.get(b"content-length", b"")
    if announced == b"0" or not (announced or b"transfer-encoding" in headers):
        return b""
    if announced and (not announced.isdigit() or int(announced) > limit):
        raise BodyError(413)
    body: bytes = b""
    try:
        async with asyncio.timeout(SMALL_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise BodyError(0)
                body += message.get("body", b"")
                if len(body) > limit:
                    raise BodyError(413)
                if not message.get("more_body"):
                    return body
    except TimeoutError:
        raise BodyError(408) from None
