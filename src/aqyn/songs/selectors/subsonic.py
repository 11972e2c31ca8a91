"""The public songs that can be heard, as OpenSubsonic tells them to music players.

What it calls a song is a song with a recording to hear; there are no albums yet. https://opensubsonic.netlify.app
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from aqyn.core.lyrics.model import Kind, Layer
from aqyn.core.lyrics.structured import cue_line, line_text
from aqyn.core.lyrics.timing import LineCues, from_json
from aqyn.core.script import fold
from aqyn.core.texts import choose
from aqyn.songs.models import Encoding, Recording
from aqyn.songs.selectors.known import public_rows
from aqyn.songs.selectors.lyrics import cut_words
from aqyn.songs.selectors.rows import LineRow, SongRows

Artist = Any
"""The artist of a song: a row of people's own."""

FOLDER = {"id": 0, "name": "Aqyn"}
"""The one music folder: the house."""


class Heard(NamedTuple):
    """A song with the recording that its page plays."""

    rows: SongRows
    recording: Recording


def heard_songs(**which: Any) -> list[Heard]:
    """Every public song with a recording to hear, in the crew's order, or those that the lookups choose."""
    return [Heard(rows, rows.recording) for rows in public_rows(**which) if rows.recording is not None]


def heard_song(song: str) -> Heard | None:
    """The song with this id, if anyone may hear it."""
    if not (song.isascii() and song.isdecimal() and len(song) < 16):
        return None
    return next(iter(heard_songs(pk=int(song))), None)


def artists(songs: Sequence[Heard]) -> dict[str, Any]:
    """`artists`: those who sing these songs, under the first letter of their name."""
    index: dict[str, list[dict[str, Any]]] = {}
    for artist in _singers(songs):
        index.setdefault(_name(artist)[:1].upper(), []).append(artist_told(artist))
    return {
        "ignoredArticles": "",
        "index": [{"name": letter, "artist": found} for letter, found in sorted(index.items())],
    }


def artist_told(artist: Artist) -> dict[str, Any]:
    """`ArtistID3`."""
    return {"id": str(artist.pk), "name": _name(artist), "albumCount": 0}


def singer(artist: str, songs: Sequence[Heard]) -> Artist | None:
    """The artist with this id, if one of these songs is hers."""
    return next((found for found in _singers(songs) if str(found.pk) == artist), None)


def found(query: str, songs: Sequence[Heard]) -> tuple[list[Artist], list[Heard]]:
    """Those whose names hold every word of the query, in any spelling; all, if it has none."""
    wanted = fold(query).split()

    def holds(*texts: dict[str, str]) -> bool:
        said = " ".join(fold(text) for known in texts for text in known.values())
        return all(word in said for word in wanted)

    singers = [artist for artist in _singers(songs) if holds(artist.name)]
    return singers, [one for one in songs if holds(one.rows.song.title, one.rows.song.artist.name)]


def song_told(heard: Heard) -> dict[str, Any]:
    """`Child`: the song with the recording that its page plays, as `stream` sends it."""
    song, file = heard.rows.song, playable(heard.recording)
    told: dict[str, Any] = {
        "id": str(song.pk),
        "isDir": False,
        "title": choose(song.title, [song.language]).text,
        "artist": _name(song.artist),
        "artistId": str(song.artist_id),
        "displayArtist": _name(song.artist),
        "artists": [{"id": str(song.artist_id), "name": _name(song.artist)}],
        "duration": round(heard.recording.duration_ms / 1000),
        "created": heard.recording.created_at.isoformat(),
        "type": "music",
        "mediaType": "song",
        "isVideo": False,
        "contentType": _TYPES[file.format],
        "suffix": file.file.rpartition(".")[2],
        "size": file.bytes,
    }
    return told | ({"year": song.year} if song.year else {})


_TYPES = {str(Encoding.Format.AAC): "audio/mp4", str(Encoding.Format.OPUS): "audio/ogg"}


def playable(recording: Recording, form: str = "") -> Encoding:
    """The file to send: in the format asked for where there is one, otherwise AAC, which all players know."""
    wanted = {"opus": Encoding.Format.OPUS, "ogg": Encoding.Format.OPUS}.get(form, Encoding.Format.AAC)
    return min(recording.encodings.all(), key=lambda encoding: encoding.format != wanted)


def structured_lyrics(rows: SongRows, *, enhanced: bool) -> list[dict[str, Any]]:
    """`structuredLyrics`: the song's own words; with `enhanced` every layer, and when each word is sung.

    A layer is `synced` where each of its lines has a time; otherwise no line of it tells one.
    """
    layers = rows.layers if enhanced else rows.layers[:1]
    return [_track(rows, layer, enhanced=enhanced) for layer in layers]


def _track(rows: SongRows, layer: Layer, *, enhanced: bool) -> dict[str, Any]:
    lines = [line for line in rows.lines if layer.kind is not Kind.TRANSLATION or line.has(layer.tag)]
    times = [_times(rows, line) for line in lines]
    words = [cut_words(line, layer.tag) for line in lines]
    synced = all(times)
    told: dict[str, Any] = {
        "displayArtist": choose(rows.song.artist.name, [layer.tag]).text,
        "displayTitle": choose(rows.song.title, [layer.tag]).text,
        # The main words by ISO 639, as players ask; what else there is by the tag that tells it apart.
        "lang": layer.tag.split("-")[0] if layer.kind is Kind.MAIN else layer.tag,
        "offset": 0,
        "synced": synced,
        "line": [
            ({"start": sung.start} if synced and sung else {}) | {"value": line_text(said)}
            for said, sung in zip(words, times, strict=True)
        ],
    }
    if not enhanced:
        return told
    told["kind"] = str(layer.kind)
    cued = layer.kind is not Kind.TRANSLATION and synced
    found = [
        cue_line(index, said, sung)
        for index, (said, sung) in enumerate(zip(words, times, strict=True))
        if cued
    ]
    cues = [line for line in found if line is not None]
    voice = _voice(rows)
    if cues and voice:
        told["agents"] = [{"id": "voice", "role": "main", "name": voice}]
        cues = [{"agentId": "voice"} | line for line in cues]
    return told | ({"cueLine": cues} if cues else {})


def _times(rows: SongRows, line: LineRow) -> LineCues | None:
    cues = rows.cues.get(str(line.id))
    return from_json(cues) if cues else None


def _voice(rows: SongRows) -> str:
    """Who sings it, where the credits name one voice: of several nobody knows who sings which line."""
    voices = [str(credit.get("name", "")) for credit in rows.song.credits if credit.get("role") == "voice"]
    return voices[0] if len(voices) == 1 else ""


def _singers(songs: Sequence[Heard]) -> list[Artist]:
    return list({heard.rows.song.artist_id: heard.rows.song.artist for heard in songs}.values())


def _name(artist: Artist) -> str:
    return choose(artist.name, ["kk-Cyrl", "ru", "en"]).text
