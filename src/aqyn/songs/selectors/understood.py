"""What a lyrics file was understood to hold, and how it meets a song: for whoever decides what to take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from aqyn.core.lyrics.formats import Format, Sheet
from aqyn.core.lyrics.layers import ordered, shown_tag
from aqyn.core.lyrics.meeting import meet, moved, nearest, side_by_side, spoken_in
from aqyn.core.lyrics.model import Kind, Line, kind_of_tag, plain
from aqyn.core.lyrics.timing import LineCues
from aqyn.core.script import direction
from aqyn.songs.models import Recording
from aqyn.songs.selectors.files import format_name
from aqyn.songs.selectors.lyrics import layer_name
from aqyn.songs.selectors.rows import SongRows
from aqyn.songs.selectors.sheets import cues_of, sections_of_rows


@dataclass(frozen=True, slots=True)
class Said:
    """A line as one side has it; `ms` is when it begins, None for a line without a time."""

    text: str
    lang: str
    dir: str
    ms: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A line of the file and one of the song, either of them perhaps None.

    `same`: they are one line; `spelled`: they are, but not letter by letter.
    """

    file: Said | None
    song: Said | None
    same: bool

    @property
    def spelled(self) -> bool:
        return bool(self.same and self.file and self.song and self.file.text != self.song.text)


@dataclass(frozen=True, slots=True)
class HeldLayer:
    """A reading that the file holds. `lines`: how many of its lines have it."""

    tag: str
    name: str
    dir: str
    lines: int
    translation: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds. `begins`, `ends`: of its times; `said`: the language by its own word, or ""."""

    format: str
    title: str
    artist: str
    said: str
    sections: int
    lines: int
    timed: int
    by_word: int
    begins: int | None
    ends: int | None
    layers: tuple[HeldLayer, ...]


@dataclass(frozen=True, slots=True)
class Understood(Held):
    """The same beside a song, its times moved by the offset; `late`, `early`: ms of them outside the
    recording."""

    late: int
    early: int
    beside: tuple[Beside, ...]

    @property
    def same(self) -> int:
        return sum(row.same for row in self.beside)

    @property
    def only_file(self) -> int:
        return sum(row.file is not None and not row.same for row in self.beside)

    @property
    def only_song(self) -> int:
        return sum(row.song is not None and not row.same for row in self.beside)


def language_of(rows: SongRows, sheet: Sheet) -> str:
    """The tag of the file's words: as it says, else of the song's layer which they are, else of the song."""
    if sheet.language:
        return {"kk": "kk-Cyrl"}.get(sheet.language, sheet.language)
    texts = {
        layer.tag: [line.texts[layer.tag].text for line in rows.lines if layer.tag in line.texts]
        for layer in rows.layers
    }
    return nearest(texts, sheet.lines) or rows.song.language


def held(form: Format, sheet: Sheet, *, main: str) -> Held:
    """What the file holds, for a song whose own words are in `main`."""
    begins = min((line.start for line in sheet.cues if line), default=None)
    ends = max((line.end for line in sheet.cues if line), default=None)
    return Held(
        format=format_name(form),
        title=sheet.title,
        artist=sheet.artist,
        said=sheet.language,
        sections=len(sheet.sections),
        lines=len(sheet.lines),
        timed=sum(line is not None for line in sheet.cues),
        by_word=sum(bool(line and line.words) for line in sheet.cues),
        begins=begins,
        ends=ends,
        layers=_layers(replace(sheet, language=sheet.language or main), main),
    )


def understood(
    rows: SongRows, form: Format, sheet: Sheet, *, language: str, recording: Recording | None, offset_ms: int
) -> Understood:
    """The file, its words taken to be in `language`, beside the song as this recording times it."""
    spoken = spoken_in(sheet, language)
    cues = moved(spoken.cues, offset_ms)
    told = held(form, replace(spoken, cues=tuple(cues)), main=rows.song.language)
    begins, ends = told.begins, told.ends
    return Understood(
        **{name.name: getattr(told, name.name) for name in fields(told)} | {"said": sheet.language},
        late=max(0, ends - recording.duration_ms) if recording and ends is not None else 0,
        early=max(0, -begins) if begins is not None else 0,
        beside=_beside(rows, spoken, cues, cues_of(recording, rows.lines)),
    )


def _layers(sheet: Sheet, main: str) -> tuple[HeldLayer, ...]:
    """The layers of the file that may be one of the song's: not those that are its own words."""
    counted = {sheet.language: len(sheet.lines)}
    for line in sheet.lines:
        for tag in line.readings:
            counted[tag] = counted.get(tag, 0) + 1
    return tuple(
        HeldLayer(
            layer.tag,
            layer_name(layer.tag),
            direction(layer.tag),
            counted[layer.tag],
            kind_of_tag(layer.tag, main) is Kind.TRANSLATION,
        )
        for layer in ordered(list(counted), sheet.language)
    )


def _beside(
    rows: SongRows, sheet: Sheet, cues: Sequence[LineCues | None], present: Sequence[LineCues | None]
) -> tuple[Beside, ...]:
    mine = [line for section in sections_of_rows(rows) for line in section.lines]
    pairs = meet(mine, sheet.lines)
    same = set(pairs)
    return tuple(
        Beside(
            file=None if row.file is None else _said(sheet.lines[row.file], sheet.language, cues[row.file]),
            song=None if row.song is None else _said(mine[row.song], rows.song.language, present[row.song]),
            same=(row.song, row.file) in same,
        )
        for row in side_by_side(pairs, len(mine), len(sheet.lines))
    )


def _said(line: Line, layer: str, cues: LineCues | None) -> Said:
    tag = shown_tag(line.language, layer)
    return Said(plain(line.text), tag, direction(tag), cues.start if cues else None)
