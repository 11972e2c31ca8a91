"""Songs as the stage sings them: by their numbers, in whatever state they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from aqyn.core.lyrics.model import Layer
from aqyn.core.texts import in_scripts
from aqyn.songs.models import Recording, Section, Song
from aqyn.songs.selectors.lyrics import layer_json, line_times, lyrics_json
from aqyn.songs.selectors.page import section_label, wave
from aqyn.songs.selectors.rows import SongRows, whole_songs


@dataclass(frozen=True, slots=True)
class SungSection:
    """A part of the song: what stands over it in the reader's language, and the words it begins with."""

    label: str
    begins: str


@dataclass(frozen=True, slots=True)
class SungSong:
    """One song, drafts too. `public`: anyone may read its words. `wave`: as its ornament is drawn from.

    Its times are those of the recording to be heard; where there is no recording, those that wait for one.
    `duration_ms`: of that recording, None without one. Shared by nobody: read anew each time.
    """

    rows: SongRows

    @property
    def pk(self) -> int:
        return self.rows.song.pk

    @property
    def slug(self) -> str:
        return self.rows.song.slug

    @property
    def title(self) -> dict[str, str]:
        title: dict[str, str] = self.rows.song.title
        return title

    @property
    def language(self) -> str:
        return self.rows.song.language

    @property
    def hue(self) -> int:
        song = self.rows.song
        return song.artist.hue if song.hue is None else song.hue

    @property
    def wave(self) -> list[int]:
        return wave(self.rows)

    @property
    def public(self) -> bool:
        return self.rows.public

    @property
    def reach(self) -> str:
        """ "public", "link" or "draft"."""
        return self.rows.publication.reach if self.rows.publication else "draft"

    @property
    def duration_ms(self) -> int | None:
        return self.rows.recording.duration_ms if self.rows.recording else None

    @property
    def recording(self) -> int | None:
        """The number of the recording to be heard."""
        return self.rows.recording.pk if self.rows.recording else None

    @property
    def preparing(self) -> bool:
        """Whether its sound is being made fit to be heard."""
        return self.rows.preparation is not None

    @property
    def layers(self) -> list[Layer]:
        return self.rows.layers

    @property
    def cause(self) -> dict[str, Any] | None:
        """`title` and `text` by tag, `partner`, `link`; None where the song stands for nothing."""
        cause = getattr(self.rows.song, "cause", None)
        if cause is None:
            return None
        return {
            "title": in_scripts(cause.title),
            "text": in_scripts(cause.text),
            "partner": cause.partner,
            "link": cause.link,
        }

    @property
    def sections(self) -> tuple[SungSection, ...]:
        main = self.rows.song.language
        return tuple(
            SungSection(
                section.name or section_label(section.kind),
                next((" ".join(word.text for word in line.words(main)) for line in section.lines), ""),
            )
            for section in self.rows.sections
        )

    def lines(self) -> list[tuple[int, int | None, int | None]]:
        """For each line the number of its section and its times in ms, None where it is not timed."""
        return [
            (number, *line_times(self.rows.cues.get(str(line.id)))[:2])
            for number, section in enumerate(self.rows.sections)
            for line in section.lines
        ]

    def words(self) -> dict[str, Any]:
        """As `lyrics_json`, without the sound."""
        told = lyrics_json(self.rows)
        del told["recording"]
        return told

    def layer_json(self, layer: Layer) -> dict[str, str]:
        """One of its layers as `lyrics_json` tells it."""
        return layer_json(self.rows, layer.tag, layer.kind)


def sung_songs(pks: Iterable[int | None]) -> dict[int, SungSong]:
    """These songs by number; one that is no longer there is left out. Five queries, however many songs."""
    found = whole_songs(Song.objects.filter(pk__in=[pk for pk in pks if pk is not None]))
    return {rows.song.pk: SungSong(_timed(rows)) for rows in found}


@dataclass(frozen=True, slots=True)
class SungTimes:
    """When a song is sung, without its words. `sections`: how many; `lines`: as `SungSong.lines`."""

    sections: int
    lines: list[tuple[int, int | None, int | None]]
    duration_ms: int | None


def sung_times(pk: int) -> SungTimes | None:
    """The same values as `sung_songs` gives of this song, for whoever asks many times an evening: three
    short queries at most. None where it is no longer there."""
    song = Song.objects.filter(pk=pk).only("waiting_times").first()
    if song is None:
        return None
    heard = Recording.objects.filter(song=pk, encodings__isnull=False).order_by("-preferred", "pk")
    told = heard.values_list("duration_ms", "timing__cues").first()
    cues = (told[1] if told else _waiting(song)) or {}
    rows = Section.objects.filter(song=pk).order_by("position", "pk", "lines__position", "lines__pk")
    numbers: dict[int, int] = {}
    lines = []
    for section, line in rows.values_list("pk", "lines__pk"):
        number = numbers.setdefault(section, len(numbers))
        if line is not None:
            lines.append((number, *line_times(cues.get(str(line)))[:2]))
    return SungTimes(len(numbers), lines, told[0] if told else None)


def _waiting(song: Song) -> dict[str, Any]:
    if not song.waiting_times or Recording.objects.filter(song=song).exists():
        return {}
    cues: dict[str, Any] = song.waiting_times["cues"]
    return cues


def song_number(slug: str) -> int | None:
    """The number of the song with this slug, in whatever state it is; None where there is none."""
    return Song.objects.filter(slug=slug).values_list("pk", flat=True).first()


def _timed(rows: SongRows) -> SongRows:
    # As `sung_times` has it.
    waiting = rows.song.waiting_times
    return replace(rows, cues=waiting["cues"]) if waiting and not rows.recordings else rows
