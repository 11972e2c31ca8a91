"""`run_child`: one function in a process of its own, bounded in time, memory and output."""

from __future__ import annotations

import errno
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from aqyn.media.channel import LOST_PARENT, REQUEST
from aqyn.media.errors import (
    Cancelled,
    CannotWrite,
    Crashed,
    DiskFull,
    TimedOut,
    TooMuchOutput,
    error_for,
)
from aqyn.media.scratch import scratch_folder

# What a child may say on its channel in all, and how much of its log is kept.
ANSWER_BYTES = 16 * 1024 * 1024
LOG_BYTES = 4000
POLL_S = 0.05
# A child's own variables. OPENBLAS_*: some machines need them for right results.
_PASSED_ON = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use: `seconds` of wall and of CPU time, memory, and bytes in any one file; and how
    many steps of priority it stands behind the server (`nice`)."""

    seconds: float = 60.0
    memory_mib: int = 512
    output_mib: int = 256
    nice: int = 10


ORDINARY = Limits()


def run_child(
    function: str,
    /,
    *args: Any,
    limits: Limits = ORDINARY,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    scratch: Path | None = None,
    keep: Callable[[Path, Any], Any] | None = None,
    **kwargs: Any,
) -> Any:
    """What `function` ("package.module:name") returned in a new process, through JSON.

    The child works in an empty folder of its own (made inside `scratch`, else in the system's temp
    folder), which is deleted however it ends. What should outlive it, `keep(folder, value)` moves
    out; its result is then returned instead of the value. Arguments are JSON values or paths (give
    absolute ones: the child's working folder is its own). It inherits no descriptor, a bare
    environment and this process's import path; it starts no processes but by `aqyn.media.parallel`.

    `progress` hears fractions of 0 to 1 as the function calls `channel.report`; `cancelled` is asked
    about twenty times a second. Both run in the calling thread. Raises a `MediaError`: the child's own,
    or TimedOut, OutOfMemory, TooMuchOutput, DiskFull, Cancelled, Crashed, CannotWrite.
    """
    request = {
        "function": function,
        "args": args,
        "kwargs": kwargs,
        "limits": asdict(limits),
        "parent": os.getpid(),
    }
    body = json.dumps(request, default=os.fspath).encode()
    with ExitStack() as stack:
        with _disk_errors():
            folder = stack.enter_context(scratch_folder(scratch))
            (folder / REQUEST).write_bytes(body)
        value = _converse(folder, limits, progress, cancelled)
        if keep is None:
            return value
        with _disk_errors():
            return keep(folder, value)


@contextmanager
def _disk_errors() -> Iterator[None]:
    """The operating system's refusals to write, as ours."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from error
        raise CannotWrite(log=str(error)) from error


def _converse(
    folder: Path,
    limits: Limits,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Any:
    """Start the child, hear it out, and leave no process behind."""
    deadline = time.monotonic() + limits.seconds
    try:
        process = _start(folder)
    except OSError as error:
        raise Crashed(log=f"no process could be started: {error}") from error
    status = 0
    try:
        answer, log = _listen(process, limits, deadline, progress, cancelled)
        if answer is None:
            status = _wait_unreaped(process, deadline)
    finally:
        # Not reaped yet, so the group's number is still ours alone.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in _pipes(process):
            stream.close()
    if answer is None:
        raise _death(status, limits, log)
    if "error" in answer:
        told = answer["error"]
        if told["code"] == Crashed.code:
            raise Crashed(log=told["log"])
        raise error_for(told["code"], told["sentence"], told["details"])
    return answer["value"]


def _start(folder: Path) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {
        # What this process can import, its child can.
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if Path(entry).is_absolute()),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "TMPDIR": os.fspath(folder),
        "HOME": os.fspath(folder),
        # One thread each: the machine is small, and every thread's stack counts as memory.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    # No preexec_fn: this process may have threads, and with it Popen would have to fork slowly.
    return subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "aqyn.media.child"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _listen(
    process: subprocess.Popen[bytes],
    limits: Limits,
    deadline: float,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[dict[str, Any] | None, str]:
    """The child's answer (None if it died without one) and the end of its log."""
    said = 0
    partial, log = bytearray(), b""
    with selectors.DefaultSelector() as selector:
        for stream in _pipes(process):
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map():
            if cancelled is not None and cancelled():
                raise Cancelled
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimedOut(seconds=limits.seconds)
            ready = selector.select(left if cancelled is None else min(left, POLL_S))
            for key, _ in ready:
                chunk = os.read(key.fd, 65536)
                if not chunk:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stderr:
                    log = (log + chunk)[-LOG_BYTES:]
                else:
                    said += len(chunk)
                    if said > ANSWER_BYTES:
                        raise TooMuchOutput(output_mib=ANSWER_BYTES // (1024 * 1024))
                    partial += chunk
                    if b"\n" not in chunk:
                        continue
                    *lines, partial = partial.split(b"\n")
                    for line in lines:
                        message: dict[str, Any] = json.loads(line)
                        if "progress" not in message:
                            return message, log.decode(errors="replace")
                        if progress is not None:
                            progress(message["progress"])
    return None, log.decode(errors="replace")


def _pipes(process: subprocess.Popen[bytes]) -> list[IO[bytes]]:
    return [stream for stream in (process.stdout, process.stderr) if stream is not None]


def _wait_unreaped(process: subprocess.Popen[bytes], deadline: float) -> int:
    """The exit status (negative: a signal) of a child that has said all it will say, left a zombie."""
    while time.monotonic() < deadline:
        found = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)
        if found is not None:
            return found.si_status if found.si_code == os.CLD_EXITED else -found.si_status
        time.sleep(0.001)
    return 0


def _death(status: int, limits: Limits, log: str) -> Exception:
    """Why a child ended without an answer."""
    if status == -signal.SIGXCPU:
        return TimedOut(seconds=limits.seconds)
    if status == -signal.SIGXFSZ:
        return TooMuchOutput(output_mib=limits.output_mib)
    return Crashed(log=f"child ended with status {status} ({LOST_PARENT}: its parent was gone)\n{log}")
