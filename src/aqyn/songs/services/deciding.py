"""What a lyrics file would bring into a song: decided, so that it can be shown before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from aqyn.core.lyrics.formats import Sheet
from aqyn.core.lyrics.keeping import kept_lines
from aqyn.core.lyrics.layers import makes, pronounced
from aqyn.core.lyrics.meeting import (
    How,
    fitting,
    layer_pairs,
    meet,
    moved,
    reading,
    spoken_in,
    times_taken,
    words_taken,
)
from aqyn.core.lyrics.model import Kind, LayerText, Line, Section, kind_of_tag
from aqyn.core.lyrics.timing import LineCues, TimingError, check, ended
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.models import LineText, Recording, WorkingText
from aqyn.songs.selectors.rows import SongRows
from aqyn.songs.selectors.sheets import cues_of, sections_of_rows
from aqyn.songs.services.timing import SLACK_MS

Times = Sequence[LineCues | None]


class What(StrEnum):
    """What is taken of a file: its words with all that is theirs, times alone, one layer alone."""

    WORDS = "words"
    TIMES = "times"
    LAYER = "layer"


@dataclass(frozen=True, slots=True)
class Take:
    """What is to be taken. `language`: the tag of the file's own words; `layer`: that of the one layer.

    Without `over_times`, lines that are timed stay so; without `over_readings`, what is written by hand does.
    """

    what: What
    language: str
    layer: str = ""
    recording: int | None = None
    offset_ms: int = 0
    over_times: bool = False
    over_readings: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What would become of the song. `cues`, `readings`: one entry for each line that it then has.

    `timed`, `by_word`: lines that get times of the file; `retimed`: those of them that had others; `stay`:
    lines that keep theirs. `read`: readings that are new or other than they were; `overwritten`: those of
    them that were written by hand; `hers`: readings that stay as they were written. `come`, `gone`: lines
    that are new and that go; `rewritten`: lines of other words than they had.
    """

    sections: tuple[Section, ...] | None = None
    cues: tuple[LineCues | None, ...] | None = None
    readings: tuple[Mapping[str, LayerText], ...] = ()
    how: How | None = None
    timed: int = 0
    by_word: int = 0
    retimed: int = 0
    stay: int = 0
    read: int = 0
    overwritten: int = 0
    hers: int = 0
    come: int = 0
    gone: int = 0
    rewritten: int = 0

    @property
    def changes(self) -> bool:
        return bool(self.sections is not None or self.timed or self.read)


@dataclass(frozen=True, slots=True)
class Stands:
    """The song as it stands, or as it would with other words. `texts`: the readings of each line by tag."""

    lines: list[Line]
    times: Times
    texts: list[Mapping[str, Any]]


def decide(rows: SongRows, sheet: Sheet, take: Take) -> Decision:
    """What taking this of the file makes of the song. Raises the Refusal why it cannot be taken."""
    sheet = spoken_in(sheet, take.language)
    if take.what is What.WORDS:
        decision = _words(rows, sheet, take)
    elif take.what is What.TIMES:
        decision = _times(rows, sheet, take)
    else:
        decision = _layer(rows, sheet, take)
    if not decision.changes:
        raise refuse.NothingToTake
    return decision


def _words(rows: SongRows, sheet: Sheet, take: Take) -> Decision:
    if take.language != rows.song.language:
        raise refuse.OtherLanguage
    if WorkingText.objects.filter(song=rows.song).exists():
        raise refuse.WordsAreBeingWritten
    before, present = sections_of_rows(rows), cues_of(recording_of(rows, take), rows.lines)
    pairs = meet(lines_of(before), sheet.lines)
    after = checks.sections(words_taken(before, sheet.sections, pairs))
    kept = kept_lines([line.text for line in lines_of(before)], [line.text for line in lines_of(after)])
    stands = Stands(
        lines=lines_of(after),
        times=[
            None if place is None or (was := present[place]) is None else fitting(was, len(line.words))
            for place, line in zip(kept, lines_of(after), strict=True)
        ],
        texts=[
            _expected(rows, line, {} if place is None else rows.lines[place].texts)
            for place, line in zip(kept, lines_of(after), strict=True)
        ],
    )
    decision = _of_song(rows, stands, sheet, take)
    same = _told(before) == _told(after)
    return replace(
        decision,
        sections=None if same else after,
        come=sum(place is None for place in kept),
        gone=len(rows.lines) - sum(place is not None for place in kept),
        rewritten=sum(
            place is not None and lines_of(before)[place].words != line.words
            for place, line in zip(kept, lines_of(after), strict=True)
        ),
    )


def _expected(rows: SongRows, line: Line, there: Mapping[str, Any]) -> dict[str, Any]:
    """The readings that the line will have: hers and imported ones of its own, and what the house makes."""
    main = rows.song.language
    made = {tag: pronounced(line.text, line.language, main=main, to=tag) for tag in makes(main)}
    return made | {tag: text for tag, text in there.items() if text.origin != LineText.Origin.MADE}


def _told(sections: Sequence[Section]) -> list[Any]:
    return [
        (s.kind, s.name, [(line.words, line.language, line.chords) for line in s.lines]) for s in sections
    ]


def decide_rest(rows: SongRows, sheet: Sheet, take: Take) -> Decision:
    """Times and readings for a song that has the file's words by now."""
    return _of_song(rows, _stands(rows, take), spoken_in(sheet, take.language), take)


def _stands(rows: SongRows, take: Take) -> Stands:
    return Stands(
        lines_of(sections_of_rows(rows)),
        cues_of(recording_of(rows, take), rows.lines),
        [line.texts for line in rows.lines],
    )


def _of_song(rows: SongRows, stands: Stands, sheet: Sheet, take: Take) -> Decision:
    """Line by line the file's times and readings for the song that has its words."""
    pairs = [(place, place) for place in range(len(stands.lines))]
    recording = recording_of(rows, take)
    decision = Decision()
    if recording is not None and any(sheet.cues):
        decision = _timed(stands, moved(sheet.cues, take.offset_ms), pairs, recording, take)
    found: list[dict[str, LayerText]] = [{} for _ in stands.lines]
    for place, line in enumerate(sheet.lines):
        for tag, said in line.readings.items():
            if kind_of_tag(tag, rows.song.language) is not Kind.MAIN:
                spoken = _read_line(line, said, tag, sheet.language)
                found[place][tag] = reading(spoken, tag, stands.lines[place], rows.song.language)
    return _with_readings(decision, stands, found, take)


def _times(rows: SongRows, sheet: Sheet, take: Take) -> Decision:
    recording = recording_of(rows, take)
    if not any(sheet.cues):
        raise refuse.NoTimesInFile
    if recording is None:
        raise refuse.NoRecordingChosen
    stands = _stands(rows, take)
    pairs = meet(stands.lines, sheet.lines)
    if not pairs:
        raise refuse.NoLineMet
    return _timed(stands, moved(sheet.cues, take.offset_ms), pairs, recording, take)


def _timed(
    stands: Stands, cues: Times, pairs: Sequence[tuple[int, int]], recording: Recording, take: Take
) -> Decision:
    last = ended(cues, recording.duration_ms)
    taken = times_taken(stands.lines, stands.times, last, pairs, over=take.over_times)
    try:
        check(
            taken,
            [len(line.words) for line in stands.lines],
            duration_ms=recording.duration_ms + SLACK_MS,
        )
    except TimingError as error:
        raise refuse.BadTimes(fault=refuse.lyrics_sentence(error)) from None
    changed = [place for place, line in enumerate(taken) if line != stands.times[place]]
    return Decision(
        cues=tuple(taken),
        timed=len(changed),
        by_word=sum(bool(line and line.words) for line in (taken[place] for place in changed)),
        retimed=sum(stands.times[place] is not None for place in changed),
        stay=0 if take.over_times else sum(
            stands.times[here] is not None and cues[there] is not None for here, there in pairs
        ),
    )  # fmt: skip


def _layer(rows: SongRows, sheet: Sheet, take: Take) -> Decision:
    stands = _stands(rows, take)
    if kind_of_tag(take.layer, rows.song.language) is Kind.MAIN:
        raise refuse.NoSuchLayerInFile(tag=take.layer)
    said = {
        place: line if take.layer == sheet.language else _read_line(line, text, take.layer, sheet.language)
        for place, line in enumerate(sheet.lines)
        if (text := line.readings.get(take.layer)) is not None or take.layer == sheet.language
    }
    if not said:
        raise refuse.NoSuchLayerInFile(tag=take.layer)
    how, pairs = _met(rows, stands, sheet, take)
    found: list[dict[str, LayerText]] = [{} for _ in stands.lines]
    for here, there in pairs:
        if there in said:
            found[here][take.layer] = reading(said[there], take.layer, stands.lines[here], rows.song.language)
    return replace(_with_readings(Decision(), stands, found, take), how=how)


def _met(rows: SongRows, stands: Stands, sheet: Sheet, take: Take) -> tuple[How, Sequence[tuple[int, int]]]:
    """Which line of the file reads which of the song, and by what. Raises NoLineMet, LinesDoNotMeet."""
    if take.language == rows.song.language:
        # Beside the song's own words only lines of these very words count: it may be another song's file.
        pairs = meet(stands.lines, sheet.lines)
        if not pairs:
            raise refuse.NoLineMet
        return How.WORDS, pairs
    met = layer_pairs(stands.lines, stands.times, sheet.lines, moved(sheet.cues, take.offset_ms))
    if met is None:
        raise refuse.LinesDoNotMeet
    return met


def _read_line(line: Line, said: LayerText | None, tag: str, main: str) -> Line:
    """A reading of a file's line as a line of its own."""
    translated = kind_of_tag(tag, main) is Kind.TRANSLATION
    return Line(said.text if said else line.text, tag.split("-")[0] if translated else line.language)


def _with_readings(
    decision: Decision, stands: Stands, found: Sequence[Mapping[str, LayerText]], take: Take
) -> Decision:
    taken: list[dict[str, LayerText]] = []
    overwritten = hers = 0
    for texts, said, line in zip(stands.texts, found, stands.lines, strict=True):
        row: dict[str, LayerText] = {}
        for tag, text in said.items():
            clean = checks.layer_text(text.text, tag if tag.split("-")[0] != line.language else line.language)
            there = texts.get(tag)
            if not clean or (there is not None and there.text == clean):
                continue
            written = there is not None and there.origin == LineText.Origin.WRITTEN
            if written and not take.over_readings:
                hers += 1
                continue
            overwritten += written
            row[tag] = replace(text, text=clean)
        taken.append(row)
    return replace(
        decision,
        readings=tuple(taken),
        read=sum(map(len, taken)),
        overwritten=overwritten,
        hers=hers,
    )


def recording_of(rows: SongRows, take: Take) -> Recording | None:
    """The recording whose times are meant. Raises NoSuchRecording for one that is not this song's."""
    if take.recording is None:
        return None
    found = next((one for one in rows.recordings if one.pk == take.recording), None)
    if found is None:
        raise refuse.NoSuchRecording
    return found


def lines_of(sections: Sequence[Section]) -> list[Line]:
    return [line for section in sections for line in section.lines]
