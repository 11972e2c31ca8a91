"""How long the house takes to keep one word that was dragged on the sync desk. Run by hand:

    PYTHONPATH=src python tests/songs/measure_saving.py [--lines 100] [--times 300]

The real server over loopback, one connection kept open, a song whose words are all timed, six in a line. Each
request changes one word of one line, as the desk sends it, and is answered after its commit has reached the
disk; first of a draft, then of the same song open to all, whose kept pages are dropped each time.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
WORDS = "Терезеде жанған шам жолымды жарық етті"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LINE_MS, WARM = 3000, 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--times", type=int, default=300)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aqyn-saving-") as folder:
        environment = os.environ | {"AQYN_DATA": folder, "PYTHONPATH": str(SOURCE)}
        command = [sys.executable, "-P", "-m", "aqyn", "up", "--port", "0", "--no-sample"]
        house = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            port = next(
                int(found[1])
                for line in house.stdout
                if (found := re.match(r"Aqyn is open: +\S+:(\d+)/", line))
            )
            for reach in ("", "public"):
                told = subprocess.run(
                    [sys.executable, __file__],
                    env=environment | {"MEASURE_SAVING": f"{asked.lines} {reach}"},
                    stdout=subprocess.PIPE,
                    text=True,
                    check=True,
                )
                took = measured(port, json.loads(told.stdout), asked.times)
                sys.stdout.write(
                    f"{asked.lines} lines, {reach or 'draft':6}: median {took[len(took) // 2]:.1f} ms, "
                    f"95 of 100 within {took[int(len(took) * 0.95)]:.1f} ms, longest {took[-1]:.1f} ms\n"
                )
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(20)


def measured(port: int, told: dict, times: int) -> list[float]:
    """What each request took, in ms, shortest first."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {
        "Cookie": told["cookie"],
        "Origin": f"http://127.0.0.1:{port}",
        "Content-Type": "application/json",
    }
    now, took = told["cues"], []
    for turn in range(WARM + times):
        line = list(now)[turn * 7 % len(now)]
        was, cues = now[line], json.loads(json.dumps(now[line]))
        start = cues[2][0] + (10 if cues[2][0] % 100 == 0 else -10)
        cues[2] = [start, cues[2][1], [start], "placed", 98]
        body = json.dumps({"lines": {line: {"was": was, "now": cues}}})
        begun = time.perf_counter()
        connection.request("POST", told["path"], body, headers)
        answer = connection.getresponse()
        said = answer.read()
        assert answer.status == 200, said
        if turn >= WARM:
            took.append((time.perf_counter() - begun) * 1000)
        now[line] = cues
    return sorted(took)


def prepare(lines: int, reach: str) -> None:
    """In the house at AQYN_DATA: the song, its times, somebody signed in; told as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "aqyn.site.settings"
    import django

    django.setup()
    from django.test import Client

    from aqyn.core.lyrics.model import Line, Section
    from aqyn.people.models import Person, Role
    from aqyn.people.services import make_artist
    from aqyn.songs import services
    from aqyn.songs.models import Recording, Song, Timing

    song = Song.objects.filter(slug="long").first()
    if song is None:
        make_artist(name={"kk-Cyrl": "Ақын"}, hue=28, slug="aqyn")
        facts = services.SongFacts(slug="long", title={"kk-Cyrl": "Ұзақ"}, language="kk-Cyrl")
        words = (Section("verse", tuple(Line(WORDS, "kk") for _ in range(lines))),)
        song = services.write_song(artist="aqyn", facts=facts, sections=words, now=NOW)
        recording = Recording.objects.create(
            song=song, file="00/x.wav", filename="x.wav", sha256="0" * 64, bytes=1, container="wav",
            duration_ms=lines * LINE_MS, created_at=NOW, preferred=True,
        )  # fmt: skip
        ids = song.sections.get().lines.values_list("pk", flat=True)
        Timing.objects.create(recording=recording, cues={str(pk): sung(at) for at, pk in enumerate(ids)})
        Person.objects.create(
            email="aru@example.kz", name="Ару", language="en", role=Role.CREW, joined_at=NOW
        )
    if reach:
        services.publish(song="long", reach=reach, now=NOW)
    client = Client()
    client.force_login(Person.objects.get())
    recording = song.recordings.get()
    told = {
        "cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
        "path": f"/studio/songs/long/recordings/{recording.pk}/sync/cues",
        "cues": recording.timing.cues,
    }
    sys.stdout.write(json.dumps(told))


def sung(place: int) -> list:
    """Six words of a line, with a breath between them."""
    starts = [place * LINE_MS + 400 * k for k in range(6)]
    return [[start, start + 350, [start], "tapped", 90] for start in starts]


if __name__ == "__main__":
    if told := os.environ.get("MEASURE_SAVING"):
        count, _space, wanted = told.partition(" ")
        prepare(int(count), wanted)
    else:
        main()
