"""A lyrics file brought into a song, just as it was shown before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.lyrics.formats import Sheet
from aqyn.core.lyrics.model import LayerText, Section, kind_of_tag, plain
from aqyn.core.lyrics.pasted import write_pasted
from aqyn.songs import sentences as refuse
from aqyn.songs.models import LineText, Recording, Song
from aqyn.songs.selectors.rows import SongRows, whole_songs
from aqyn.songs.selectors.sheets import sections_of_rows
from aqyn.songs.selectors.writing import kept_text
from aqyn.songs.services.deciding import Decision, Take, decide, decide_rest, lines_of, recording_of
from aqyn.songs.services.rows import done, song_held
from aqyn.songs.services.timing import time_recording
from aqyn.songs.services.writing import keep_words


def take_lyrics(
    *, song: str, sheet: Sheet, take: Take, seen: str, now: datetime, source: str = "", actor: Any = None
) -> Decision:
    """Do what `decide` decides of the sheet; what that was. `seen`: the song's `state_of` when it was shown.

    The words become a version of the song's. Raises SongChangedMeanwhile where it is another song by now, or
    the Refusal why it cannot be; then nothing is changed.
    """
    with transaction.atomic():
        row = song_held(song)
        [rows] = whole_songs(Song.objects.filter(pk=row.pk))
        if state_of(rows) != seen:
            raise refuse.SongChangedMeanwhile
        decision = decide(rows, sheet, take)
        if decision.sections is not None:
            _keep(rows, decision.sections, now, actor)
            [rows] = whole_songs(Song.objects.filter(pk=row.pk))
            lines = {name: getattr(decision, name) for name in ("come", "gone", "rewritten")}
            decision = replace(decide_rest(rows, sheet, take), **lines)
        recording = recording_of(rows, take)
        if recording is not None and decision.cues is not None and decision.timed:
            time_recording(row, recording, decision.cues, source)
        _read(rows, decision.readings)
        done(f"{take.what} taken from a file", song, actor)
    return decision


def state_of(rows: SongRows) -> str:
    """What the song is, in a few letters: another one says that something of it was changed."""
    told = [
        rows.song.language,
        [(section.kind, section.name, len(section.lines)) for section in rows.sections],
    ]
    lines = [(line.id, line.language, sorted(line.texts.values()), line.chords) for line in rows.lines]
    times = [(r.pk, r.duration_ms, sorted(_cues(r).items())) for r in rows.recordings]
    return hashlib.blake2b(repr([told, lines, times]).encode(), digest_size=16).hexdigest()


def _cues(recording: Recording) -> Mapping[str, Any]:
    return recording.timing.cues if hasattr(recording, "timing") else {}


def _keep(rows: SongRows, sections: tuple[Section, ...], now: datetime, actor: Any) -> None:
    """Make these the song's words, and a version. Raises WordsNotKept where the text would say others."""
    song = rows.song
    text = write_pasted(sections, song.language.split("-")[0], song.language)
    keep_words(song=song.slug, base=kept_text(song), text=text, now=now, actor=actor)
    [after] = whole_songs(Song.objects.filter(pk=song.pk))
    wanted, got = lines_of(sections), lines_of(sections_of_rows(after))
    for place, line in enumerate(wanted):
        if place >= len(got) or got[place].words != line.words:
            raise refuse.WordsNotKept(line=place + 1, text=plain(line.text)[:60])


def _read(rows: SongRows, readings: Sequence[Mapping[str, LayerText]]) -> None:
    """Write the readings of the song's lines, in the caller's transaction."""
    LineText.objects.bulk_create(
        [
            LineText(
                line_id=line.id,
                tag=tag,
                kind=kind_of_tag(tag, rows.song.language),
                text=said.text,
                origin=LineText.Origin.IMPORTED,
            )
            for line, row in zip(rows.lines, readings, strict=False)
            for tag, said in row.items()
        ],
        update_conflicts=True,
        unique_fields=["line", "tag"],
        update_fields=["kind", "text", "origin", "scheme", "guessed"],
    )
