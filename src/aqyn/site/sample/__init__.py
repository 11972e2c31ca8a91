"""The sample artist: what an empty house shows. Words, melodies and sound are our own."""

import tomllib
from pathlib import Path
from typing import Any

SONGS = ("qyzylorda", "jabyq-mektep", "teniz-more")
"""Names of the sample songs in the order in which they are made and shown."""

_HERE = Path(__file__).parent


def artist() -> dict[str, Any]:
    """The sample artist: `names`, `say` (one line) and `bio` by language tag, `hue` in degrees,
    `city`, `born` (year) and `languages`."""
    return tomllib.loads((_HERE / "artist.toml").read_text(encoding="utf-8"))


def show() -> dict[str, Any]:
    """The sample artist's evening: texts by language tag under `title`, `city`, `venue`, `about` and in
    `acts`; `doors`, `start` and `end` as clocks at `time_zone` show them; the `weekday`, from 1 for Monday,
    at the earliest so many `weeks` ahead."""
    return tomllib.loads((_HERE / "show.toml").read_text(encoding="utf-8"))


def setlist() -> list[dict[str, Any]]:
    """What is sung that evening: the name of a `song` with its `bpm`, or a `talk` by language tag; perhaps
    `encore`, the `order` of its parts, a `note`."""
    entries: list[dict[str, Any]] = tomllib.loads((_HERE / "setlist.toml").read_text("utf-8"))["entries"]
    return entries


def song_folder(name: str) -> Path:
    """The folder inside the package that holds `song.toml` of the sample song `name`.

    It has no sound: `aqyn.site.sample.sound.make_song` makes that. Raises KeyError on other names.
    """
    if name not in SONGS:
        raise KeyError(name)
    return _HERE / "songs" / name
