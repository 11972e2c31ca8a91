"""A house for a bench: the sample's words without their sound, opened by the real `aqyn up`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aqyn.site.extras import ROOT


@dataclass(frozen=True, slots=True)
class BenchHouse:
    """An open house. `started_s`: from the command to the first answer."""

    port: int
    pid: int
    started_s: float

    def memory_mib(self) -> float | None:
        """What all its processes hold, shared pages shared out (PSS); None where the system does not say."""
        try:
            return round(sum(_pss_kib(pid) for pid in [self.pid, *_children(self.pid)]) / 1024, 1)
        except OSError:
            return None


@contextmanager
def bench_house() -> Iterator[BenchHouse]:
    """A house in a temporary folder, on a free port; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="aqyn-bench-") as folder:
        data = Path(folder) / "data"
        environment = {key: value for key, value in os.environ.items() if not key.startswith("AQYN_")}
        environment |= {"PYTHONPATH": str(ROOT / "src"), "AQYN_DATA": str(data)}
        run: dict[str, Any] = {"env": environment, "check": True}
        subprocess.run([sys.executable, "-P", "-m", "aqyn.site.benches._house"], **run)
        begun = time.perf_counter()
        command = [sys.executable, "-P", "-m", "aqyn", "up", "--port", "0", "--no-sample"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            port = _port(process)
            yield BenchHouse(port, process.pid, round(time.perf_counter() - begun, 2))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _port(process: subprocess.Popen[str]) -> int:
    for line in process.stdout or ():
        if found := re.match(r"Aqyn is open: +http://127\.0\.0\.1:(\d+)/", line):
            return int(found.group(1))
    raise SystemExit("The house did not open.")


def _children(pid: int) -> list[int]:
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in tasks.read_text().split()]
    return found


def _pss_kib(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss: +(\d+)", rollup, re.M).group(1))  # type: ignore[union-attr]


def main() -> None:
    """Fills the folder of AQYN_DATA: the sample artist and the words of her songs."""
    from aqyn.site.house import migrate, open_house

    open_house()
    migrate()
    from aqyn.people import services as people
    from aqyn.site import sample
    from aqyn.songs import services as songs

    facts = sample.artist()
    artist = people.make_artist(name=facts["names"], bio=facts["bio"], hue=facts["hue"])
    for name in sample.SONGS:
        songs.import_folder(sample.song_folder(name), artist=artist.slug, now=datetime.now(UTC))


if __name__ == "__main__":
    main()
