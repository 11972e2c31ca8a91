"""A song's words and times as JSON: what the player, and later the hall, reads."""

from __future__ import annotations

from typing import Any

from aqyn.core.lyrics.layers import NAMES, pieces, shown_tag
from aqyn.core.lyrics.model import Kind
from aqyn.core.lyrics.timing import bare
from aqyn.core.script import direction
from aqyn.songs.models import Encoding, Recording, Song
from aqyn.songs.selectors.rows import LineRow, SongRows, whole_songs

Times = tuple[int | None, int | None, list[Any] | None]
SOURCE_TYPES: dict[str, str] = {
    Encoding.Format.OPUS: "audio/ogg; codecs=opus",
    Encoding.Format.AAC: "audio/mp4",
}


def lyrics_json(song: Song | SongRows, *, key: str = "") -> dict[str, Any]:
    """Words, layers, cues and sound of a song, in the shape docs/formats.md describes. Times in whole ms.

    `key` is that of a song heard by link: it goes into the addresses of the sound.
    """
    rows = song if isinstance(song, SongRows) else whole_songs(Song.objects.filter(pk=song.pk))[0]
    return {
        "song": rows.song.slug,
        "title": rows.song.title,
        "main": rows.song.language,
        "layers": [layer_json(rows, layer.tag, layer.kind) for layer in rows.layers],
        "sections": [
            {"kind": section.kind, "name": section.name, "lines": [line.id for line in section.lines]}
            for section in rows.sections
        ],
        "lines": [_line(rows, line) for line in rows.lines],
        "recording": recording_json(rows.recording, key) if rows.recording else None,
    }


def recording_json(recording: Recording, key: str = "") -> dict[str, Any]:
    return {
        "id": recording.pk,
        "duration": recording.duration_ms,
        "sources": sources(recording, key),
        "peaks": recording.peaks,
    }


def sources(recording: Recording, key: str = "") -> list[dict[str, str]]:
    """The playable files, Opus first."""
    query = f"?key={key}" if key else ""
    encodings = sorted(recording.encodings.all(), key=lambda e: e.format != Encoding.Format.OPUS)
    return [{"type": SOURCE_TYPES[e.format], "url": f"/media/{e.file}{query}"} for e in encodings]


def line_times(cues: list[Any] | None) -> Times:
    """(start, end, word cues) of one line's entry in `Timing.cues`, without where they come from."""
    if not cues:
        return None, None, None
    if isinstance(cues[0], int):
        return cues[0], cues[1], None
    return cues[0][0], cues[-1][1], bare(cues)


def layer_json(rows: SongRows, tag: str, kind: Kind) -> dict[str, str]:
    """A layer of the song: `tag`, `kind`, `dir`, its own `name`, and `scheme` where the house made it."""
    told = {"tag": tag, "kind": str(kind), "dir": direction(tag), "name": layer_name(tag)}
    schemes = {
        line.texts[tag].scheme for line in rows.lines if tag in line.texts and line.texts[tag].scheme
    } - {"as-written"}
    return told | {"scheme": min(schemes)} if schemes else told


def layer_name(tag: str) -> str:
    """The layer's name in its own language and script; the tag where nobody told us one."""
    return NAMES.get(tag) or NAMES.get(tag.split("-")[0]) or tag


def cut_words(line: LineRow, layer: str) -> list[tuple[str, ...]]:
    """The syllables of each word of the line in a layer."""
    words, main = line.words(layer), line.words("kk-Cyrl" if line.main == "kk-Cyrl" else layer)
    cut = []
    for place, word in enumerate(words):
        shown = shown_tag(word.language, layer)
        of = main[place].text if len(main) == len(words) and shown != "kk-Cyrl" else ""
        cut.append(pieces(word.text, shown, of))
    return cut


def _line(rows: SongRows, line: LineRow) -> dict[str, Any]:
    start, end, cues = line_times(rows.cues.get(str(line.id)))
    texts: dict[str, Any] = {}
    for layer in rows.layers:
        if layer.kind is Kind.TRANSLATION:
            if line.has(layer.tag):
                texts[layer.tag] = " ".join(word.text for word in line.words(layer.tag))
        else:
            texts[layer.tag] = cut_words(line, layer.tag)
    words = line.words(rows.song.language)
    return {
        "id": line.id,
        "lang": line.language,
        "start": start,
        "end": end,
        "cues": cues,
        "texts": texts,
        "langs": {str(i): word.language for i, word in enumerate(words) if word.language != line.language},
    }
