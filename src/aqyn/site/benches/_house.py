"""A house for a bench: the sample's words without their sound, opened by the real `aqyn up`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aqyn.site.benches._processes import Processes, gone
from aqyn.site.extras import ROOT

GONE_SECONDS = 10.0


@dataclass(slots=True)
class BenchHouse:
    """An open house in the folder `data`. `started_s`: from the command to the first answer.

    `key`: the path of the link that makes its owner, as it was printed last. `filled`: what the module said
    that filled it.
    """

    data: Path
    environment: dict[str, str]
    filled: str = ""
    port: int = 0
    started_s: float = 0.0
    key: str = ""
    process: subprocess.Popen[str] = field(init=False)

    @property
    def processes(self) -> Processes:
        return Processes(self.process.pid)

    def memory_mib(self) -> float | None:
        """What all its processes hold, shared pages shared out (PSS); None where the system does not say."""
        try:
            return round(self.processes.memory_kib() / 1024, 1)
        except OSError:
            return None

    def open(self) -> None:
        """Open it, on the port that it had before."""
        begun = time.perf_counter()
        command = [sys.executable, "-P", "-m", "aqyn", "up", "--port", str(self.port), "--no-sample"]
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout or ():
            if found := re.match(r"Aqyn is open: +http://127\.0\.0\.1:(\d+)/", line):
                self.port, self.started_s = int(found.group(1)), round(time.perf_counter() - begun, 2)
            if found := re.match(r"Your key.*?(/sign-in/\S+)", line):
                self.key = found.group(1)
            if line.startswith("Ctrl-C"):
                return
        raise SystemExit("The house did not open.")

    def kill(self) -> None:
        """End it at once (SIGKILL), and see that it and all that it had started are gone."""
        pids = self.processes.all()
        self.process.kill()
        self._end(GONE_SECONDS)
        if not gone(pids, within=GONE_SECONDS):
            raise SystemExit("The house was killed, but something of it still runs.")

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self._end(20)

    def _end(self, within: float) -> None:
        self.process.wait(within)
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def bench_house(
    fill: str = "aqyn.site.benches._house", settings: Mapping[str, str] | None = None
) -> Iterator[BenchHouse]:
    """A house in a temporary folder, on a free port; gone afterwards.

    `fill`: the module that fills it; `settings`: of its environment.
    """
    with tempfile.TemporaryDirectory(prefix="aqyn-bench-") as folder:
        data = Path(folder) / "data"
        environment = {key: value for key, value in os.environ.items() if not key.startswith("AQYN_")}
        environment |= {"PYTHONPATH": str(ROOT / "src"), "AQYN_DATA": str(data)}
        environment |= settings or {}
        command = [sys.executable, "-P", "-m", fill]
        run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        house = BenchHouse(data, environment, run.stdout)
        house.open()
        try:
            yield house
        finally:
            house.close()


def fill_house() -> str:
    """Fills the folder of AQYN_DATA: the sample artist and the words of her songs. Returns her slug."""
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
    return artist.slug


if __name__ == "__main__":
    fill_house()
