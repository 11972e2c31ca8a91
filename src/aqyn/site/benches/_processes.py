"""A process and all that it has started: what they hold of the memory, what they take of the processor."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path


class Processes:
    def __init__(self, pid: int) -> None:
        self.pid = pid

    def all(self) -> list[int]:
        """This one and its children, and theirs."""
        found = [self.pid]
        for pid in found:
            found += _children(pid)
        return found

    def memory_kib(self) -> int:
        """What they hold, shared pages shared out (PSS)."""
        return sum(_pss_kib(pid) for pid in self.all())

    def cpu_s(self) -> float:
        """What those that run now have taken of the processor so far."""
        return sum(_cpu_s(pid) for pid in self.all())


def gone(pids: list[int], *, within: float) -> bool:
    """Whether none of these runs any longer; they are waited for."""
    end = time.monotonic() + within
    while any(_runs(pid) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def _children(pid: int) -> list[int]:
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in tasks.read_text().split()]
    return found


def _pss_kib(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss: +(\d+)", rollup, re.M).group(1))  # type: ignore[union-attr]


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
