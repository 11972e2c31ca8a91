"""The parts of one work done at the same time, each in a process of its own, forked inside a child process.

For code that holds Python's lock while it computes, so that threads would only take turns.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from aqyn.media.child import die_with_parent

Part = TypeVar("Part")
Result = TypeVar("Result")


Tell = Callable[[float], None]


def side_by_side(
    deed: Callable[[Part, Tell], Result], parts: Sequence[Part], progress: Tell = lambda share: None
) -> list[Result]:
    """`deed(part, tell)` for every part, in their order: the first here, each other in a process forked for
    it, at the same time.

    Results come back through pickle. `tell` takes how much of a part is done, 0 to 1; `progress` hears how
    far the whole is, by the part that is done here. Every process is under this one's limits, dies with it,
    and has ended when this returns. Where this process has further threads, or the machine one core, the
    parts are done here one after another: the results must not depend on that. Raises what the first failing
    part raised.
    """
    if len(parts) < 2 or not _may_fork():
        return [
            deed(part, lambda share, done=place: progress((done + share) / len(parts)))  # type: ignore[misc]
            for place, part in enumerate(parts)
        ]
    others: list[tuple[int, BinaryIO]] = []
    try:
        for part in parts[1:]:
            others.append(_forked(deed, part))
        results = [deed(parts[0], progress)]
        for _, answer in others:
            try:
                done, value = pickle.load(answer)  # noqa: S301 (our own copy wrote it)
            except EOFError:
                raise RuntimeError("a process that worked beside this one ended without an answer") from None
            if not done:
                raise value
            results.append(value)
        return results
    finally:
        for process, answer in others:
            answer.close()
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _may_fork() -> bool:
    """Whether a fork is safe (no other thread may hold a lock that the copy would wait for) and of use."""
    if not sys.platform.startswith("linux") or len(os.sched_getaffinity(0)) < 2:
        return False
    return len(list(Path("/proc/self/task").iterdir())) == 1


def _forked(deed: Callable[[Part, Tell], Result], part: Part) -> tuple[int, BinaryIO]:
    parent = os.getpid()
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, os.fdopen(reading, "rb")
    # The copy: nothing of the original's cleaning up may run here.
    status = 1
    try:
        die_with_parent(parent)
        os.close(reading)
        with os.fdopen(writing, "wb") as out:
            pickle.dump(_tried(deed, part), out, protocol=5)
        status = 0
    finally:
        os._exit(status)


def _tried(deed: Callable[[Part, Tell], Result], part: Part) -> tuple[bool, Result | BaseException]:
    try:
        return True, deed(part, lambda share: None)
    except BaseException as error:
        return False, error
