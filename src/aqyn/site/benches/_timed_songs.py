"""Songs whose words' times are known: folders of recordings with `words.tsv`, and the sample's own songs."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from aqyn.media import run_child
from aqyn.media.hearing import SungLine
from aqyn.site.sample import song_folder
from aqyn.site.sample.words import lines_of, read_song

Times = tuple[tuple[float, float], ...]
"""Start and end of each word, in seconds."""

_FILES = ("words.tsv", "song.json")
_COLUMNS = {"start", "end", "line", "word"}
_AUDIO = {".mp3", ".ogg", ".wav", ".flac", ".m4a", ".opus", ".aac"}


@dataclass(frozen=True, slots=True)
class TimedSong:
    """A recording, its lines as `hear` takes them, and the true times of each line's words.

    `offset_unknown`: all times may be off by one and the same amount, as those made by hand on a beat grid
    are.
    """

    name: str
    artist: str
    audio: Path
    lines: tuple[SungLine, ...]
    times: tuple[Times, ...]
    offset_unknown: bool = False


def read_songs(folder: Path, only: Sequence[str] = ()) -> list[TimedSong]:
    """The songs in `folder`, a folder each, by name; with `only`, those whose names begin with one of these.

    Raises SystemExit with one sentence where there is none, or one cannot be read.
    """
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder of songs; name one that holds a folder a song.")
    names = sorted(each.name for each in folder.iterdir() if (each / "words.tsv").exists())
    wanted = [name for name in names if not only or name.startswith(tuple(only))]
    if not wanted:
        chosen = f" whose name begins with {' or '.join(only)}" if only and names else ""
        raise SystemExit(f"There is no song in {folder}{chosen}: a song is a folder with words.tsv in it.")
    return [read_song_folder(folder / name) for name in wanted]


def read_song_folder(folder: Path) -> TimedSong:
    """The song in one folder: audio.*, words.tsv, song.json. Raises SystemExit with one sentence."""
    audio = sorted(file for file in folder.glob("audio.*") if file.suffix.lower() in _AUDIO)
    missing = [name for name in _FILES if not (folder / name).is_file()] + ["audio.*"] * (not audio)
    if missing:
        raise SystemExit(f"{folder} is not a whole song: it has no {', '.join(missing)}.")
    try:
        facts = json.loads((folder / "song.json").read_text("utf-8"))
        language, artist = str(facts["language"]), str(facts.get("artist", ""))
        source = str(facts.get("source", ""))
        words, times = _timed_lines(folder / "words.tsv")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SystemExit(f"The song in {folder} cannot be read: {_reason(error)}.") from None
    lines = tuple(SungLine(language=language, words=line) for line in words)
    return TimedSong(folder.name, artist, audio[0], lines, times, offset_unknown="UltraStar" in source)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(getattr(error, "strerror", "") or error).rstrip(".")


def _timed_lines(file: Path) -> tuple[list[tuple[str, ...]], tuple[Times, ...]]:
    """Words and times by line. Raises ValueError where the rows are not what they should be."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not _COLUMNS.issubset(reader.fieldnames or ()):
            raise ValueError(f"words.tsv must have the columns {', '.join(sorted(_COLUMNS))}")
        rows = list(reader)
    if not rows:
        raise ValueError("words.tsv has no words")
    words, times = [], []
    for _, line in groupby(rows, key=lambda row: int(row["line"])):
        of_line = list(line)
        words.append(tuple(row["word"] for row in of_line))
        times.append(tuple((float(row["start"]), float(row["end"])) for row in of_line))
    return words, tuple(times)


def make_sample_song(name: str, folder: Path) -> TimedSong:
    """The sample's song `name`, sung and played into `folder` as an empty house does it.

    Raises what `run_child` raises.
    """

    def keep(made: Path, files: dict[str, Any]) -> tuple[Path, dict[str, Any]]:
        audio = (made / files["audio"]).rename(folder / f"{name}.wav")
        timing: dict[str, Any] = json.loads((made / files["timing"]).read_text("utf-8"))
        return audio, timing

    audio, timing = run_child("aqyn.site.sample.sound:make_song", name, ".", scratch=folder, keep=keep)
    return sample_song(name, audio, timing)


def sample_song(name: str, audio: Path, timing: dict[str, Any]) -> TimedSong:
    """The sample's song `name` as `audio` holds it; `timing`: what its maker wrote down."""
    told = read_song(song_folder(name))
    languages = [
        line.get("language", told["language"]) for part in told["sections"] for line in part["lines"]
    ]
    written = [line for section in lines_of(told) for line in section]
    lines = tuple(
        SungLine(language=language, words=tuple(word.text for word in line))
        for language, line in zip(languages, written, strict=True)
    )
    times = tuple(
        tuple((start / 1000, end / 1000) for start, end, *_ in line["words"]) for line in timing["lines"]
    )
    return TimedSong(name, "sample", audio, lines, times)
