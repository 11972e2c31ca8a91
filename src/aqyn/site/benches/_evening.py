"""A house for the bench of the hall: a song timed by lines, and a show whose hall is open."""

from __future__ import annotations

import json
import tempfile
import wave
from array import array
from datetime import UTC, datetime, timedelta
from math import pi, sin
from pathlib import Path

from aqyn.site.benches._house import fill_house

SHOW = "bench"
SONG = "qyzylorda"
LINE_MS = 2500
RATE, PERIOD = 8000, 40


def main() -> None:
    """Fills the folder of AQYN_DATA."""
    artist = fill_house()
    from aqyn.shows import services as shows
    from aqyn.songs import services as songs
    from aqyn.stage import services as stage
    from aqyn.stage.selectors.words import score_of_entry

    now = datetime.now(UTC)
    facts = shows.ShowFacts(
        title={"kk-Cyrl": "Кеш", "en": "An evening"},
        city={"kk-Cyrl": "Астана", "en": "Astana"},
        starts_at=now + timedelta(hours=1),
        slug=SHOW,
    )
    shows.make_show(artist=artist, facts=facts, now=now)
    shows.announce(show=SHOW, now=now)
    entry = stage.add_entry(show=SHOW, song=SONG, now=now)
    score = score_of_entry(entry)
    with tempfile.TemporaryDirectory() as folder:
        _make_sound(Path(folder), lines=len(score.lines) if score else 0)
        songs.attach_folder(Path(folder), song=SONG, now=now, wait=True)
    stage.open_hall(show=SHOW, rehearsal=False, now=now)


def _make_sound(folder: Path, *, lines: int) -> None:
    """A soft tone, its lines timed one after another."""
    times = [{"start": n * LINE_MS, "end": (n + 1) * LINE_MS} for n in range(lines)]
    told = {"recording": {"kind": "studio", "name": ""}, "lines": times}
    (folder / "timing.json").write_text(json.dumps(told), encoding="utf-8")
    wave_length = array("h", [round(8000 * sin(2 * pi * n / PERIOD)) for n in range(PERIOD)])
    with wave.open(str(folder / "audio.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(wave_length.tobytes() * (lines * LINE_MS * RATE // 1000 // PERIOD + 1))


if __name__ == "__main__":
    main()
