"""A child process that does not outlive its parent, not even one that was killed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """From now on this process is killed when process `parent` ends, however that ends.

    Linux tells us by a signal (prctl(2), PR_SET_PDEATHSIG); elsewhere a thread looks each second.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    # It may have ended before we asked.
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    with contextlib.suppress(OSError):
        os.kill(os.getpid(), signal.SIGKILL)
