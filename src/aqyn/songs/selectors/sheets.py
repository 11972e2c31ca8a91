"""A song as the lyrics formats of core hold it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aqyn.core.lyrics.formats import Sheet
from aqyn.core.lyrics.model import Chord, Kind, LayerText, Line, Section
from aqyn.core.lyrics.timing import LineCues, from_json
from aqyn.core.texts import choose
from aqyn.songs.models import LineText, Recording
from aqyn.songs.selectors.rows import LineRow, SongRows


def sheet_of_rows(rows: SongRows, recording: Recording | None) -> Sheet:
    """The song as the formats of core hold it, every layer in it."""
    song = rows.song
    return Sheet(
        sections_of_rows(rows, made=True),
        cues_of(recording, rows.lines),
        song.language,
        choose(song.title, [song.language]).text,
        choose(song.artist.name, [song.language]).text,
    )


def sections_of_rows(rows: SongRows, *, made: bool = False) -> tuple[Section, ...]:
    """The words with what was written or imported; with `made` also what the house made of them."""
    return tuple(
        Section(section.kind, tuple(_line(line, made) for line in section.lines), section.name)
        for section in rows.sections
    )


def _line(line: LineRow, made: bool) -> Line:
    readings = {
        tag: LayerText(text.text, text.origin, text.scheme, text.guessed)
        for tag, text in line.texts.items()
        if text.kind != Kind.MAIN and (made or text.origin != LineText.Origin.MADE)
    }
    return Line(
        line.texts[line.main].text, line.language, readings, tuple(Chord(*chord) for chord in line.chords)
    )


def cues_of(recording: Recording | None, lines: Sequence[LineRow]) -> tuple[LineCues | None, ...]:
    """The times of the recording for these lines."""
    cues: Mapping[str, Any] = getattr(recording, "timing").cues if hasattr(recording, "timing") else {}  # noqa: B009
    return tuple(from_json(cues[str(line.id)]) if str(line.id) in cues else None for line in lines)
