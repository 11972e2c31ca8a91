"""When a recording's lines are sung: all of them at once, or some of them, as the sync desk changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.lyrics.model import parse_marked
from aqyn.core.lyrics.timing import LineCues, TimingError, check, from_json, to_json
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.models import LineText, Publication, Recording, Song, Timing
from aqyn.songs.services.proposing import cues_on_desk, keep_on_desk
from aqyn.songs.services.rows import done, noted, song_of_recording_held

Cues = Sequence[LineCues | None]
Json = list[Any] | None

SLACK_MS = 10
"""A sound's length is rounded in more than one place on its way; a word may end in that last hundredth."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line's times as the desk knew them, and as they are to be; None for an untimed line."""

    was: Json
    now: Json


def set_timing(*, recording: int, cues: Cues, now: datetime, source: str = "", actor: Any = None) -> None:
    """When each line and word is sung in this recording: one entry for each line, None for an untimed one.

    Raises BadTimes where nobody could sing so.
    """
    with transaction.atomic():
        song, row = song_of_recording_held(recording)
        time_recording(song, row, cues, source)
        done(f"recording {recording} timed", song.slug, actor)


def timing_of(recording: Recording, lines: Sequence[int]) -> list[LineCues | None]:
    """The recording's cues for these lines, in their order."""
    cues: Mapping[str, Any] = recording.timing.cues if hasattr(recording, "timing") else {}
    return [from_json(cues[str(line)]) if str(line) in cues else None for line in lines]


def time_recording(
    song: Song, recording: Recording, cues: Cues, source: str, taken: Mapping[str, Any] | None = None
) -> None:
    """Write the cues, in the caller's transaction. `taken`: as in `Timing`. Raises BadTimes."""
    counts = word_counts(song)
    singable(cues, counts, recording.duration_ms)
    timing = Timing.objects.filter(recording=recording).first() or Timing(recording=recording)
    timing.source, timing.taken = checks.one_line(source, "source", 40), dict(taken or {})
    # They take the place of all that was there, of what others saw too.
    timing.cues = {}
    keep_on_desk(timing, by_line(cues, counts), counts, now=None)
    timing.save()


def set_lines(
    *, recording: int, lines: Mapping[str, Change], now: datetime, actor: Any = None
) -> dict[str, Json]:
    """Change the times of some of a recording's lines, by their ids as text; what is kept of each now.

    All of the recording's times are looked at together. A line that already is as wanted is no fault: whoever
    heard no answer sends the same again. Raises NoSuchLine for one that is not in the song, WordsChanged for
    one that has another number of words now, TimedElsewhere where another is there than the desk knew,
    BadTimes where nobody could sing so.
    """
    wanted = {line: read_times(change.now) for line, change in lines.items()}
    with transaction.atomic():
        song, row = song_of_recording_held(recording)
        timing = Timing.objects.filter(recording=row).first() or Timing(recording=row)
        there = cues_on_desk(row)
        counts = word_counts(song)
        _in_song(wanted, counts)
        _known(there, lines)
        cues = _changed(there, wanted)
        times = [from_json(cues[line]) if line in cues else None for line in counts]
        singable(times, counts, row.duration_ms)
        if cues != there:
            keep_on_desk(timing, cues, counts, changed=lines, now=now)
        deed = f"recording {recording}: {len(lines)} lines timed"
        # What is not open to all stands on no kept page: most of a song is timed before it is published.
        if Publication.objects.filter(song=song, reach=Publication.Reach.PUBLIC).exists():
            done(deed, song.slug, actor)
        else:
            noted(deed, song.slug, actor)
    return {line: cues.get(line) for line in lines}


def read_times(value: Json) -> LineCues | None:
    """A line's times as they were sent. Raises BadTimes."""
    try:
        return None if value is None else from_json(value)
    except TimingError as error:
        raise refuse.BadTimes(fault=refuse.lyrics_sentence(error)) from None


def _in_song(wanted: Mapping[str, LineCues | None], counts: Mapping[str, int]) -> None:
    if not counts.keys() >= wanted.keys():
        raise refuse.NoSuchLine
    if any(cues and cues.words and len(cues.words) != counts[line] for line, cues in wanted.items()):
        raise refuse.WordsChanged


def _known(there: Mapping[str, Any], lines: Mapping[str, Change]) -> None:
    strange = {
        line: there.get(line)
        for line, change in lines.items()
        if there.get(line) not in (change.was, change.now)
    }
    if strange:
        raise refuse.TimedElsewhere(strange)


def _changed(there: Mapping[str, Any], wanted: Mapping[str, LineCues | None]) -> dict[str, Any]:
    kept = {line: value for line, value in there.items() if line not in wanted}
    return kept | {line: to_json(cues) for line, cues in wanted.items() if cues is not None}


def word_counts(song: Song) -> dict[str, int]:
    """How many words each line has, by its id, in the song's order."""
    texts = (
        LineText.objects.filter(line__section__song=song, kind=LineText.Kind.MAIN)
        .order_by("line__section__position", "line__section", "line__position", "line")
        .values_list("line_id", "text", "line__language")
    )
    return {str(line): len(parse_marked(text, language)) for line, text, language in texts}


def by_line(cues: Cues, lines: Iterable[str]) -> dict[str, Any]:
    """The cues as `Timing` holds them; `lines`: the ids of all lines, in the song's order."""
    return {line: to_json(times) for line, times in zip(lines, cues, strict=True) if times}


def singable(cues: Cues, counts: Mapping[str, int], duration_ms: int | None = None) -> None:
    """Raise BadTimes where nobody could sing so, or where they go on after the recording has ended.

    `counts`: as `word_counts` tells them.
    """
    slack = None if duration_ms is None else duration_ms + SLACK_MS
    try:
        check(cues, list(counts.values()), duration_ms=slack)
    except TimingError as error:
        raise refuse.BadTimes(fault=refuse.lyrics_sentence(error)) from None
