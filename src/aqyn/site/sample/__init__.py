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


def song_folder(name: str) -> Path:
    """The folder inside the package that holds `song.toml` of the sample song `name`.

    It has no sound: `aqyn.site.sample.sound.make_song` makes that. Raises KeyError on other names.
    """
    if name not in SONGS:
        raise KeyError(name)
    return _HERE / "songs" / name
