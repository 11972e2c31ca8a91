"""The first code that runs in a child process: `python -m aqyn.media.child`, started by `run_child`.

It ties its life to its parent's, takes the limits upon itself, and only then imports the function.
"""

from __future__ import annotations

import ctypes
import errno
import importlib
import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from aqyn.media import channel
from aqyn.media.channel import LOST_PARENT, REQUEST
from aqyn.media.errors import DiskFull, MediaError, OutOfMemory, TooMuchOutput

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_MIB = 1024 * 1024
_GRACE_S = 5


def main() -> int:
    """Run the request in this folder; the answer goes to what was standard output."""
    request = json.loads(Path(REQUEST).read_bytes())
    die_with_parent(request["parent"])
    channel.connect(os.dup(1))
    # What a library prints must not reach the channel: it goes to the log.
    os.dup2(2, 1)
    limits = request["limits"]
    take_limits(**limits)
    try:
        value = _resolve(request["function"])(*request["args"], **request["kwargs"])
        channel.send({"value": value})
    except BaseException as error:
        channel.send({"error": _as_message(error, limits)})
    return 0


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the parent's waiting thread ends, however it ends."""
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # The parent may have died before the line above: then nobody will ever signal us.
    if os.getppid() != parent:
        os._exit(LOST_PARENT)


def take_limits(*, seconds: float, memory_mib: int, output_mib: int, nice: int) -> None:
    """Bound this process's CPU time, memory, files and descriptors, and step behind the server."""
    cpu = int(seconds) + 1
    for what, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, cpu, cpu + _GRACE_S),
        # Data, not address space: libraries map much that they never write.
        (resource.RLIMIT_DATA, memory_mib * _MIB, memory_mib * _MIB),
        (resource.RLIMIT_FSIZE, output_mib * _MIB, output_mib * _MIB),
        (resource.RLIMIT_NOFILE, 64, 64),
    ):
        ceiling = resource.getrlimit(what)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(what, (soft, hard))
    os.nice(nice)


def _resolve(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _as_message(error: BaseException, limits: dict[str, Any]) -> dict[str, Any]:
    """What the parent needs to raise the same error; a surprise carries its traceback."""
    number = getattr(error, "errno", None)
    if not isinstance(error, MediaError):
        # FFmpeg's and numpy's own classes are not imported here, but they keep the number or base.
        if isinstance(error, MemoryError) or number == errno.ENOMEM:
            error = OutOfMemory(memory_mib=limits["memory_mib"])
        elif number == errno.EFBIG:
            error = TooMuchOutput(output_mib=limits["output_mib"])
        elif number in (errno.ENOSPC, errno.EDQUOT):
            error = DiskFull()
        else:
            return {"code": "crashed", "log": traceback.format_exc()[-4000:]}
    return {"code": error.code, "sentence": str(error), "details": error.details}


if __name__ == "__main__":
    # Past this point only the channel's last line counts: skip the destructors of C libraries.
    status = main()
    sys.stderr.flush()
    os._exit(status)
