"""The words of what stands on a setlist: for a phone as JSON, for the house as a score."""

from __future__ import annotations

from typing import Any

from aqyn.core.live import MOST_STEPS, LineSpan, Score, score_of
from aqyn.songs import selectors as songs
from aqyn.songs.selectors import SungSong
from aqyn.stage.models import Entry


def words_json(entry: Entry) -> dict[str, Any] | None:
    """The song's words and times as docs/setlist.md describes them. None where the entry has no song.

    `spans` are those of `score_of_entry`; `planned` is as `planned_of` gives it.
    """
    song = _song(entry)
    if song is None:
        return None
    score = score_of_song(song)
    return song.words() | {
        "entry": entry.pk,
        "hue": song.hue,
        "duration": song.duration_ms,
        "timed": score.timed,
        "spans": [list(span) if span else None for span in score.spans],
        "planned": list(planned_of(entry, len(score.spans))),
        "cause": song.cause,
    }


def score_of_entry(entry: Entry) -> Score | None:
    """When each section and line of its song is sung. None where the entry has no song."""
    times = songs.sung_times(entry.song_id) if entry.song_id is not None else None
    if times is None:
        return None
    return score_of(times.sections, [LineSpan(*line) for line in times.lines], duration=times.duration_ms)


def score_of_song(song: SungSong) -> Score:
    """The same of a song that was read with its words."""
    lines = [LineSpan(*line) for line in song.lines()]
    return score_of(len(song.rows.sections), lines, duration=song.duration_ms)


def planned_of(entry: Entry, sections: int) -> tuple[int, ...]:
    """The sections of its song, which has so many, as they are to be sung; empty: as written.

    Those that it no longer has are left out. Of a song with more than `MOST_STEPS` sections the order cannot
    be told, so it is sung as written.
    """
    if sections > MOST_STEPS:
        return ()
    order = tuple(number for number in entry.order if 0 <= number < sections)[:MOST_STEPS]
    return () if order == tuple(range(sections)) else order


def _song(entry: Entry) -> SungSong | None:
    return songs.sung_songs([entry.song_id]).get(entry.song_id or 0)
