"""Songs as lists: for the artist's page, the sitemap and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from aqyn.songs.models import Song
from aqyn.songs.selectors.known import public_rows
from aqyn.songs.selectors.page import wave
from aqyn.songs.selectors.rows import SongRows, whole_songs


@dataclass(frozen=True, slots=True)
class SongCard:
    """One song in a list. `timed`: "words", "lines" or "no"; `state`: "draft", "link" or "public"."""

    slug: str
    title: dict[str, str]
    artist_name: dict[str, str]
    artist_slug: str
    hue: int
    year: int | None
    language: str
    themes: list[dict[str, str]]
    state: str
    public_since: datetime | None
    timed: str
    recordings: int
    preparing: bool
    duration_ms: int | None
    layers: list[str]
    lines: int
    wave: list[int]


def public_songs(artist: str | None = None) -> list[SongCard]:
    """Every public song, of one artist by slug or of all, in the crew's order."""
    found = public_rows() if artist is None else public_rows(artist__slug=artist)
    return [_card(rows) for rows in found]


def songs_of(artist: str, *, drafts: bool = False) -> list[SongCard]:
    """The artist's public songs; with `drafts` all of them, for the crew."""
    return _cards(Song.objects.filter(artist__slug=artist)) if drafts else public_songs(artist)


def all_songs() -> list[SongCard]:
    """Every song of the house in any state: the crew's list."""
    return _cards(Song.objects.all())


def _cards(songs: QuerySet[Song]) -> list[SongCard]:
    return [_card(rows) for rows in whole_songs(songs)]


def _card(rows: SongRows) -> SongCard:
    song = rows.song
    return SongCard(
        slug=song.slug,
        title=song.title,
        artist_name=song.artist.name,
        artist_slug=song.artist.slug,
        hue=song.artist.hue if song.hue is None else song.hue,
        year=song.year,
        language=song.language,
        themes=song.themes,
        state=rows.publication.reach if rows.publication else "draft",
        public_since=rows.publication.at if rows.public and rows.publication else None,
        timed=_timed(rows),
        recordings=len(rows.recordings),
        preparing=rows.preparation is not None,
        duration_ms=rows.recording.duration_ms if rows.recording else None,
        layers=[layer.tag for layer in rows.layers],
        lines=len(rows.lines),
        wave=wave(rows),
    )


def _timed(rows: SongRows) -> str:
    if not rows.cues:
        return "no"
    return "words" if any(cues and not isinstance(cues[0], int) for cues in rows.cues.values()) else "lines"
