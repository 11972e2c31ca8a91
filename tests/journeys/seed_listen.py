"""Puts songs into the house at AQYN_DATA that the house is to hear; a script, to run beside an open house.

"sung" has sound that was really sung, "noise" has words that nobody sings in it.
"""

from __future__ import annotations

import sys
import tempfile
import wave
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    import django

    django.setup()
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.songs.sung import sing

    from aqyn.people.services import make_artist

    make_artist(name={"kk-Cyrl": "Ақын", "en": "Aqyn"}, hue=28, slug="aqyn")
    with tempfile.TemporaryDirectory() as folder:
        sung = sing(Path(folder), lines=8)
        _song("sung", sung.sound, sung.sections)
        _song("noise", _noise(Path(folder) / "noise.wav"), sung.sections)


def _noise(file: Path) -> Path:
    """A minute of it."""
    import numpy as np

    rng = np.random.default_rng(1)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(rng.normal(0, 3000, 60 * 16_000).astype("<i2").tobytes())
    return file


def _song(slug, file, sections) -> None:
    from aqyn.songs import services
    from aqyn.songs.services import SongFacts

    facts = SongFacts(
        slug=slug, title={"kk-Cyrl": "Қызылорда", "en": "Kyzylorda"}, language="kk-Cyrl", hue=28
    )
    services.write_song(artist="aqyn", facts=facts, sections=sections, now=NOW)
    services.publish(song=slug, reach="public", now=NOW)
    services.attach_recording(song=slug, source=file, now=NOW)


if __name__ == "__main__":
    main()
