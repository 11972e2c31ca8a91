"""A song with everything that its pages need, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from aqyn.core.lyrics.layers import ordered
from aqyn.core.lyrics.model import Layer, Word, parse_marked
from aqyn.songs.models import Line, LineText, Preparation, Publication, Recording, Section, Song


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with its readings by tag."""

    id: int
    language: str
    texts: Mapping[str, LineText]
    main: str

    def words(self, tag: str) -> tuple[Word, ...]:
        """The words in this layer; the main ones where the layer has no reading of the line."""
        text = self.texts.get(tag) or self.texts.get(self.main)
        if text is None:
            return ()
        language = tag if text.kind == LineText.Kind.TRANSLATION else self.language
        return parse_marked(text.text, language)

    def has(self, tag: str) -> bool:
        return tag in self.texts


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its lines."""

    id: int
    kind: str
    name: str
    lines: tuple[LineRow, ...]


@dataclass
class SongRows:
    """A song as it was read: never a half-loaded row, so that no template asks the database again."""

    song: Song
    sections: tuple[SectionRow, ...]
    recording: Recording | None
    cues: Mapping[str, list[Any]] = field(default_factory=dict)
    preparation: Preparation | None = None

    @cached_property
    def lines(self) -> tuple[LineRow, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    @cached_property
    def layers(self) -> list[Layer]:
        return ordered([tag for line in self.lines for tag in line.texts], self.song.language)

    @property
    def publication(self) -> Publication | None:
        return getattr(self.song, "publication", None)

    @property
    def public(self) -> bool:
        return bool(self.publication and self.publication.reach == Publication.Reach.PUBLIC)


def whole_songs(songs: QuerySet[Song]) -> list[SongRows]:
    """These songs with words, layers, recording, times and open job: eight queries, however many songs."""
    lines = Line.objects.prefetch_related("texts")
    sections = Section.objects.prefetch_related(Prefetch("lines", lines))
    recordings = Recording.objects.select_related("timing").prefetch_related("encodings")
    jobs = Preparation.objects.filter(finished_at=None)
    loaded = songs.select_related("artist", "publication", "cause").prefetch_related(
        Prefetch("sections", sections), Prefetch("recordings", recordings), Prefetch("preparations", jobs)
    )
    return [_rows(song) for song in loaded]


def _rows(song: Song) -> SongRows:
    # Only a recording that a browser can play has times to show; among those, the one she prefers.
    playable = [recording for recording in song.recordings.all() if recording.encodings.all()]
    recording = min(playable, key=lambda r: (not r.preferred, r.pk), default=None)
    timing = getattr(recording, "timing", None)
    return SongRows(
        song=song,
        sections=tuple(
            SectionRow(
                section.pk,
                section.kind,
                section.name,
                tuple(_line(line, song) for line in section.lines.all()),
            )
            for section in song.sections.all()
        ),
        recording=recording,
        cues=timing.cues if timing else {},
        preparation=next(iter(song.preparations.all()), None),
    )


def _line(line: Line, song: Song) -> LineRow:
    return LineRow(line.pk, line.language, {text.tag: text for text in line.texts.all()}, song.language)
