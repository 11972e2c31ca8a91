"""A song's words and times as files: which there are, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aqyn.core.lyrics.formats import FORMATS, Format, FormatError, Sheet, sheet_in
from aqyn.core.script import direction
from aqyn.songs import sentences as refuse
from aqyn.songs.selectors.lyrics import layer_name
from aqyn.songs.selectors.rows import SongRows
from aqyn.songs.selectors.sheets import sheet_of_rows

ENDINGS: Mapping[str, str] = {
    "lrc": "lrc",
    "elrc": "enhanced-lrc",
    "ttml": "ttml",
    "vtt": "vtt",
    "srt": "srt",
    "ass": "ass",
    "txt": "text",
}
"""The format of `lyrics.<ending>`. What has its place inside a recording's own file is not among them."""
WITHOUT_TIMES = ("ttml", "txt")


@dataclass(frozen=True, slots=True)
class LyricsFile:
    """A file as it is sent."""

    data: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file that can be had; `label` is its ending, as players and people name it: "LRC"."""

    label: str
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class LayerFiles:
    """The files of one layer."""

    tag: str
    name: str
    dir: str
    files: tuple[FileLink, ...]


def lyrics_file(rows: SongRows, ending: str, tag: str = "") -> LyricsFile | None:
    """The song in the format of `ENDINGS`, in the layer `tag` or in its own words; None where it has none.

    TTML without a tag holds every layer. Raises a Refusal where the format cannot hold this song.
    """
    if ending not in ENDINGS or (tag and tag not in {layer.tag for layer in rows.layers}):
        return None
    name = ".".join(part for part in (rows.song.slug, tag, ending) if part)
    return LyricsFile(_written(_sheet(rows, tag), ending), FORMATS[ENDINGS[ending]].media_type, name)


def format_name(form: Format) -> str:
    """What the format is called in the reader's language; most have one name in all of them."""
    return _("Plain text") if form.key == "text" else form.label


def file_links(rows: SongRows, url: Callable[[str], str], tag: str = "") -> tuple[FileLink, ...]:
    """The files that can be had of the song in a layer; `url` makes the address of "lyrics.en.lrc"."""
    sheet = _sheet(rows, tag if tag != rows.song.language else "")
    return tuple(_link(rows, ending, url, tag) for ending in ENDINGS if _can_hold(sheet, ending))


def files_by_layer(rows: SongRows, url: Callable[[str], str]) -> tuple[LayerFiles, ...]:
    """The files of every layer, for the crew: what one cannot hold is told by whoever asks for it."""
    endings = [ending for ending in ENDINGS if rows.cues or ending in WITHOUT_TIMES]
    return tuple(
        LayerFiles(
            layer.tag,
            layer_name(layer.tag),
            direction(layer.tag),
            tuple(_link(rows, ending, url, layer.tag, alone=True) for ending in endings),
        )
        for layer in rows.layers
    )


def _link(
    rows: SongRows, ending: str, url: Callable[[str], str], tag: str, *, alone: bool = False
) -> FileLink:
    form = FORMATS[ENDINGS[ending]]
    # TTML holds all layers at once: for whoever wants a file, one of a single layer only repeats it.
    plain = tag == rows.song.language or (ending == "ttml" and not alone)
    name = ".".join(part for part in ("lyrics", "" if plain else tag, ending) if part)
    return FileLink(ending.upper(), form.media_type, url(name))


def _can_hold(sheet: Sheet, ending: str) -> bool:
    # What needs no times holds every song of this house; writing it to see so would take longest.
    if ending in WITHOUT_TIMES:
        return True
    try:
        _written(sheet, ending)
    except refuse.Refusal:
        return False
    return True


def _sheet(rows: SongRows, tag: str = "") -> Sheet:
    sheet = sheet_of_rows(rows, rows.recording)
    return sheet_in(sheet, tag) if tag else sheet


def _written(sheet: Sheet, ending: str) -> bytes:
    """The file of the sheet. Raises a Refusal."""
    form = FORMATS[ENDINGS[ending]]
    if ending not in WITHOUT_TIMES and not any(sheet.cues):
        raise refuse.NoTimesForFile(format=format_name(form))
    try:
        return form.write(sheet)
    except FormatError as error:
        raise refuse.FileCannotHold(format=format_name(form), fault=refuse.lyrics_sentence(error)) from None
