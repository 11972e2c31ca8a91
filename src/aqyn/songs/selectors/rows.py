"""A song with everything that its pages need, read in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

from aqyn.core.lyrics.layers import ordered
from aqyn.core.lyrics.model import Layer, Word, parse_marked
from aqyn.songs.models import LineText, Preparation, Publication, Recording, Section, Song


class TextRow(NamedTuple):
    """One reading of a line; the fields are those of `LineText`."""

    tag: str
    kind: str
    text: str
    origin: str
    scheme: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with its readings by tag."""

    id: int
    language: str
    texts: dict[str, TextRow]
    main: str
    chords: Sequence[tuple[int, int, str]] = ()

    def words(self, tag: str) -> tuple[Word, ...]:
        """The words in this layer; the main ones where the layer has no reading of the line."""
        text = self.texts.get(tag) or self.texts.get(self.main)
        if text is None:
            return ()
        language = tag if text.kind == LineText.Kind.TRANSLATION.value else self.language
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
    """A song as it was read: never a half-loaded row, so that no template asks the database again.

    `recordings` are all of it in their order, with timing and encodings; `recording` is the one to hear.
    `pages`: what was drawn of these very rows, by what was asked.
    """

    song: Song
    sections: tuple[SectionRow, ...]
    recordings: Sequence[Recording]
    recording: Recording | None
    cues: Mapping[str, list[Any]] = field(default_factory=dict)
    preparation: Preparation | None = None
    pages: dict[Any, Any] = field(default_factory=dict)

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
    """These songs with words, layers, recordings, times and open job: five queries, however many songs."""
    loaded = {song.pk: song for song in songs.select_related("artist", "publication", "cause")}
    if not loaded:
        return []
    sections = _sections(loaded)
    recordings = defaultdict(list)
    kept = Recording.objects.filter(song__in=loaded).select_related("timing")
    for recording in kept.prefetch_related("encodings"):
        recordings[recording.song_id].append(recording)
    jobs: dict[int, Preparation] = {}
    # A recording that is only compared, or listened to, can be played all the while.
    for job in Preparation.objects.filter(song__in=loaded, finished_at=None).exclude(
        kind__in=Preparation.BESIDE
    ):
        job.song = loaded[job.song_id]
        jobs.setdefault(job.song_id, job)
    return [_rows(song, sections[pk], recordings[pk], jobs.get(pk)) for pk, song in loaded.items()]


def sections_of(song: Song) -> tuple[SectionRow, ...]:
    """The words of one song with their readings: one query."""
    return _sections({song.pk: song})[song.pk]


def _rows(
    song: Song, sections: tuple[SectionRow, ...], recordings: list[Recording], job: Preparation | None
) -> SongRows:
    # Only a recording that a browser can play has times to show; among those, the one she prefers.
    playable = [recording for recording in recordings if recording.encodings.all()]
    recording = min(playable, key=lambda r: (not r.preferred, r.pk), default=None)
    timing = getattr(recording, "timing", None)
    return SongRows(
        song=song,
        sections=sections,
        recordings=recordings,
        recording=recording,
        cues=timing.cues if timing else {},
        preparation=job,
    )


def _sections(songs: Mapping[int, Song]) -> Mapping[int, tuple[SectionRow, ...]]:
    """The words of the songs, each text one row of one query: a song has hundreds, and no more than their
    values are wanted."""
    found = Section.objects.filter(song__in=songs).values_list(
        "song_id",
        "pk",
        "kind",
        "name",
        "lines__pk",
        "lines__language",
        "lines__chords",
        "lines__texts__tag",
        "lines__texts__kind",
        "lines__texts__text",
        "lines__texts__origin",
        "lines__texts__scheme",
        "lines__texts__guessed",
    )
    rows = found.order_by("song_id", "position", "pk", "lines__position", "lines__pk", "lines__texts__pk")
    return _gathered(rows, songs)


def _gathered(
    rows: Iterable[tuple[Any, ...]], songs: Mapping[int, Song]
) -> Mapping[int, tuple[SectionRow, ...]]:
    sections: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    lines: dict[int, dict[int, LineRow]] = defaultdict(dict)
    for song, section, kind, name, line, language, chords, *text in rows:
        sections[song][section] = (kind, name)
        # A section without lines, or a line without a text, is a row of its own with nothing there.
        if line is not None and line not in lines[section]:
            lines[section][line] = LineRow(line, language, {}, songs[song].language, chords)
        reading = TextRow(*text)
        if reading.tag is not None:
            lines[section][line].texts[reading.tag] = reading
    return defaultdict(
        tuple,
        {
            song: tuple(
                SectionRow(section, kind, name, tuple(lines[section].values()))
                for section, (kind, name) in found.items()
            )
            for song, found in sections.items()
        },
    )
