"""A song as the crew's desk shows it."""

from __future__ import annotations

from dataclasses import dataclass

from aqyn.core.lyrics.layers import makes, ordered, shown_tag
from aqyn.core.lyrics.model import Kind, Layer, plain
from aqyn.core.lyrics.timing import from_json
from aqyn.core.script import direction
from aqyn.songs.facts import CauseFacts, SongFacts
from aqyn.songs.models import LineText, Preparation, Publication, Recording, Song
from aqyn.songs.selectors.files import LayerFiles, files_by_layer
from aqyn.songs.selectors.lyrics import layer_name
from aqyn.songs.selectors.page import section_label
from aqyn.songs.selectors.recordings import timed
from aqyn.songs.selectors.rows import LineRow, SongRows, whole_songs


@dataclass(frozen=True, slots=True)
class DeskText:
    """One cell of the table of lines. `hers`: written by a person, so that no machine overwrites it.

    `text` has its `{ru:…}` spans, `words` is what is read.
    """

    tag: str
    name: str
    lang: str
    dir: str
    text: str
    words: str
    hers: bool
    guessed: bool
    main: bool
    can_be_made: bool


@dataclass(frozen=True, slots=True)
class DeskLine:
    id: int
    number: int
    texts: tuple[DeskText, ...]


@dataclass(frozen=True, slots=True)
class DeskSection:
    label: str
    lines: tuple[DeskLine, ...]


@dataclass(frozen=True, slots=True)
class DeskSong:
    """What songs/studio/song.html is given as `song`."""

    slug: str
    facts: SongFacts
    hue: int
    layers: list[Layer]
    columns: list[tuple[str, bool]]
    """(name, whether it is a translation) of every layer, in the order of each line's texts."""
    sections: tuple[DeskSection, ...]
    publication: Publication | None
    state: str
    recordings: list[Recording]
    failed: Preparation | None
    preparing: bool
    files: tuple[LayerFiles, ...]
    waiting_ms: int | None
    """Where the times end that wait for a recording; None where none wait."""

    @property
    def line_count(self) -> int:
        return sum(len(section.lines) for section in self.sections)


def desk_song(slug: str, also: str = "") -> DeskSong | None:
    """The song in any state, or None; with room in each line for the layer `also`."""
    found = whole_songs(Song.objects.filter(slug=slug))
    if not found:
        return None
    rows = found[0]
    layers = (
        ordered([*(layer.tag for layer in rows.layers), also], rows.song.language) if also else rows.layers
    )
    number, sections = 0, []
    for section in rows.sections:
        lines = []
        for line in section.lines:
            number += 1
            lines.append(_line(rows, line, number, layers))
        sections.append(DeskSection(section.name or section_label(section.kind), tuple(lines)))
    song = rows.song
    return DeskSong(
        slug=song.slug,
        facts=facts_of(song),
        hue=song.artist.hue if song.hue is None else song.hue,
        layers=layers,
        columns=[(layer_name(layer.tag), layer.kind is Kind.TRANSLATION) for layer in layers],
        sections=tuple(sections),
        publication=rows.publication,
        state=rows.publication.reach if rows.publication else "draft",
        recordings=list(rows.recordings),
        failed=_failed(song),
        preparing=rows.preparation is not None,
        files=files_by_layer(rows, lambda name: f"/studio/songs/{song.slug}/{name}"),
        waiting_ms=_waiting(rows),
    )


def desk_line(song: DeskSong, line: int) -> DeskLine | None:
    """One line of it, or None."""
    return next((found for section in song.sections for found in section.lines if found.id == line), None)


def facts_of(song: Song) -> SongFacts:
    """The song's facts, as they would be written again."""
    cause = getattr(song, "cause", None)
    return SongFacts(
        slug=song.slug,
        title=song.title,
        language=song.language,
        hue=song.hue,
        year=song.year,
        story=song.story,
        themes=song.themes,
        credits=song.credits,
        cause=CauseFacts(cause.title, cause.text, cause.partner, cause.link) if cause else None,
    )


def _waiting(rows: SongRows) -> int | None:
    if any(timed(recording) for recording in rows.recordings):
        return None
    cues = rows.song.waiting_times.get("cues", {})
    return max((from_json(line).end for line in cues.values()), default=None)


def _failed(song: Song) -> Preparation | None:
    """The last preparation, if it failed. What cannot be heard is told on the sync desk."""
    last = Preparation.objects.filter(song=song).exclude(kind__in=("hear", "learn")).order_by("-pk").first()
    return last if last is not None and last.error else None


def _line(rows: SongRows, line: LineRow, number: int, layers: list[Layer]) -> DeskLine:
    return DeskLine(line.id, number, tuple(_text(rows, line, layer) for layer in layers))


def _text(rows: SongRows, line: LineRow, layer: Layer) -> DeskText:
    text = line.texts.get(layer.tag)
    tag = layer.tag if layer.kind is Kind.TRANSLATION else shown_tag(line.language, layer.tag)
    return DeskText(
        tag=layer.tag,
        name=layer_name(layer.tag),
        lang=tag,
        dir=direction(tag),
        text=text.text if text else "",
        words=plain(text.text) if text else "",
        hers=text is not None and text.origin != LineText.Origin.MADE,
        guessed=text is not None and text.guessed,
        main=layer.kind is Kind.MAIN,
        can_be_made=layer.tag in makes(rows.song.language),
    )
