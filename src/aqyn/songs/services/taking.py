"""A recording takes the times of another one of its song, shifted by what the sound says."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from aqyn import media
from aqyn.core.lyrics.shifting import shifted
from aqyn.songs import sentences as refuse
from aqyn.songs.models import Line, Preparation, Recording, Song
from aqyn.songs.services.files import let_go
from aqyn.songs.services.recordings import drop
from aqyn.songs.services.rows import done, song_of_recording_held
from aqyn.songs.services.timing import time_recording, timing_of

SURE_ENOUGH = 75
"""Below so many percent two recordings count as different performances, and no time is taken over."""


class Unlike(media.MediaError):
    """`sure`: the share of the old recording that was found in the new one, in percent."""

    code = "unlike"
    sentence = "These are not the same performance ({sure} % alike), so no times were taken over."


class Timed(media.MediaError):
    """Somebody timed it while it was being compared."""

    code = "timed"
    sentence = "The recording has been given times of its own meanwhile, so none were taken over."


def take_times(
    *, recording: int, source: int, now: datetime, replacing: bool = False, actor: Any = None
) -> Preparation:
    """Leave a job to lay the recording over the `source` and take its times over. One open job at most.

    Times that the recording has stay, unless `replacing`. Raises NoSuchRecording, NoTimesToTake or
    TimesAreThere.
    """
    with transaction.atomic():
        song, row = song_of_recording_held(recording)
        old = song.recordings.filter(pk=source).exclude(pk=recording).first()
        if old is None:
            raise refuse.NoSuchRecording
        if not is_timed(old):
            raise refuse.NoTimesToTake(name=old.name or old.filename)
        if is_timed(row) and not replacing:
            raise refuse.TimesAreThere(name=row.name or row.filename)
        job = Preparation.objects.filter(recording=row, kind="compare", finished_at=None).first()
        if job is None:
            job = Preparation.objects.create(
                song=song,
                recording=row,
                source=old,
                kind="compare",
                name=row.filename,
                asked_at=now,
                details={"retime": replacing},
            )
        done(f"recording {recording} to take the times of {source}", song.slug, actor)
    return job


def is_timed(recording: Recording) -> bool:
    """Whether it has the times of any line."""
    return bool(hasattr(recording, "timing") and recording.timing.cues)


def take_over(
    song: Song, recording: Recording, source: Recording, found: media.Comparison, *, replacing: bool
) -> None:
    """Give the recording the source's times, shifted as `found`, inside the caller's transaction.

    Raises Unlike where they are not one performance, Timed where it has times and may not lose them, and
    BadTimes.
    """
    if found.sure < SURE_ENOUGH:
        raise Unlike(sure=found.sure)
    if is_timed(recording) and not replacing:
        raise Timed
    lines = Line.objects.filter(section__song=song).order_by("section__position", "position")
    cues = timing_of(source, list(lines.values_list("pk", flat=True)))
    moved, left_out = shifted(cues, found.shift_ms, duration_ms=recording.duration_ms)
    taken = {
        "name": source.name or source.filename,
        "shift_ms": found.shift_ms,
        "sure": found.sure,
        "left_out": left_out,
    }
    time_recording(song, recording, moved, source.timing.source, taken)


def make_way(source: Recording, recording: Recording) -> None:
    """Take the replaced recording away, if the new one can be played. Inside the caller's transaction."""
    if recording.encodings.exists():
        transaction.on_commit(partial(let_go, drop(source)))
