"""A song's words and times as files: which there are, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aqyn.core.lyrics.formats import FORMATS, FormatError, sheet_in
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
    """A file that can be had; `layered` says that it holds every layer of the song."""

    label: str
    media_type: str
    url: str
    layered: bool


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
    if ENDINGS.get(ending) not in FORMATS or (tag and tag not in {layer.tag for layer in rows.layers}):
        return None
    form, sheet = FORMATS[ENDINGS[ending]], sheet_of_rows(rows, rows.recording)
    if ending not in WITHOUT_TIMES and not any(sheet.cues):
        raise refuse.NoTimesForFile(format=form.label)
    try:
        data = form.write(sheet_in(sheet, tag) if tag else sheet)
    except FormatError as error:
        raise refuse.FileCannotHold(format=form.label, fault=refuse.lyrics_sentence(error)) from None
    return LyricsFile(data, form.media_type, ".".join(part for part in (rows.song.slug, tag, ending) if part))


def file_links(rows: SongRows, url: Callable[[str], str], tag: str = "") -> tuple[FileLink, ...]:
    """The files that can be had of the song in a layer; `url` makes the address of "lyrics.en.lrc"."""
    shown = "" if tag == rows.song.language else tag
    links = []
    for ending, key in ENDINGS.items():
        # TTML holds all layers at once: one of a single layer only repeats it.
        layered = ending == "ttml"
        kept = "" if layered else shown
        try:
            found = lyrics_file(rows, ending, kept)
        except refuse.Refusal:
            continue
        if found is None:
            continue
        form = FORMATS[key]
        name = ".".join(part for part in ("lyrics", kept, ending) if part)
        links.append(FileLink(form.label, form.media_type, url(name), layered))
    return tuple(links)


def files_by_layer(rows: SongRows, url: Callable[[str], str]) -> tuple[LayerFiles, ...]:
    """The files of every layer, for the crew."""
    return tuple(
        LayerFiles(layer.tag, layer_name(layer.tag), direction(layer.tag), file_links(rows, url, layer.tag))
        for layer in rows.layers
    )
