"""Keeps the worker alive: starts it anew when it ends, more and more slowly if it ends at once."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys

logger = logging.getLogger("aqyn.up")

FIRST_REST_SECONDS = 0.5
LONGEST_REST_SECONDS = 30.0
HEALTHY_SECONDS = 60.0


class Supervisor:
    """One child process, `python -m aqyn.site.worker`."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._ending = False

    async def run(self) -> None:
        """Start the worker, and start it again whenever it ends, until `end`."""
        rest = FIRST_REST_SECONDS
        loop = asyncio.get_running_loop()
        while not self._ending:
            begun = loop.time()
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                "aqyn.site.worker",
                str(os.getpid()),
                stdin=asyncio.subprocess.DEVNULL,
            )
            code = await self._process.wait()
            if self._ending:
                return
            rest = FIRST_REST_SECONDS if loop.time() - begun > HEALTHY_SECONDS else rest
            logger.error("The background worker ended (%s); starting it again in %.1f s.", code, rest)
            await asyncio.sleep(rest)
            rest = min(rest * 2, LONGEST_REST_SECONDS)

    async def end(self, within: float) -> None:
        """Ask the worker to end; kill it after `within` seconds."""
        self._ending = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), within)
            except TimeoutError:
                process.kill()
                await process.wait()
