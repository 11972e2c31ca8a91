"""What a visitor sends, taken in before a pool thread is asked for: bounded in size and in waiting."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import tempfile
from typing import IO

from starlette.types import Receive

IN_MEMORY = 2_621_440
SILENCE_SECONDS = 60


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
