"""A song's recordings: kept as they came, preferred, removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

from django.conf import settings
from django.db import transaction

from aqyn import media
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.models import Encoding, Hearing, Preparation, Recording, Song, Waveform
from aqyn.songs.services.files import copied, let_go, linked, name_for, put_away, shelf_lock, work_folder
from aqyn.songs.services.rows import done, song_held, song_of_recording_held
from aqyn.songs.services.timing import Cues, time_recording
from aqyn.songs.services.waiting import take_waiting

OF_THE_HOUSE = {media.DiskFull.code, media.CannotWrite.code}
"""What is not the file's fault, and may go well when there is room again."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A sound file that was looked at and copied beside the media, ready to be put away."""

    copy: Path
    sha256: str
    bytes: int
    probe: media.Probe
    filename: str
    prepared: media.Prepared | None = None

    @property
    def file(self) -> str:
        return name_for(self.sha256, self.probe.container)

    @property
    def duration_ms(self) -> int:
        return round(self.probe.duration_s * 1000)


def staged(source: Path, folder: Path, *, filename: str = "", ours: bool = False) -> Staged:
    """The file, looked at in a process of its own, copied into `folder`. Raises MediaError or a Refusal.

    `ours`: it lies among the media already and nobody else writes to it, so no second copy is made.
    """
    limits = media_limits()
    probe = media.probe(source, **limits)
    if ours:
        copy, sha256, size = linked(source, folder), probe.sha256, probe.bytes
    else:
        copy, sha256, size = copied(source, folder, limits["max_bytes"])
    if sha256 != probe.sha256:
        # Another file stands there now than the one that was looked at.
        raise media.Damaged
    name = Path(checks.one_line(filename or source.name, "filename", 255)).name or "audio"
    return Staged(copy, sha256, size, probe, name)


class MediaLimits(TypedDict):
    max_seconds: float
    max_bytes: int


def media_limits() -> MediaLimits:
    """How long and how large a recording this house takes, as `media.probe` and `media.prepare` want it."""
    config = settings.CONFIG
    return {"max_seconds": config.recording_max_seconds, "max_bytes": config.recording_max_mib << 20}


def attach_recording(
    *,
    song: str,
    source: Path,
    now: datetime,
    actor: Any = None,
    kind: str = "studio",
    name: str = "",
    filename: str = "",
    cues: Cues | None = None,
    timing_source: str = "",
    preferred: bool | None = None,
    replaces: int | None = None,
) -> Recording:
    """Keep the sound file `source` as a recording of the song, and leave a job to have it prepared for
    browsers.

    The file is looked at first, in a process of its own. `cues`: one entry for each line. `preferred`:
    whether it is the one to play, by default if it is the first. `replaces`: the recording whose place and
    times it takes, as in `put_in_place_of`. Raises MediaError or a Refusal, and then leaves nothing behind.
    """
    with work_folder() as folder:
        ready = staged(source, folder, filename=filename)
        with keeping([ready.file]):
            row = song_held(song)
            recording = put_recording(row, ready, now, kind=kind, name=name, preferred=preferred)
            if cues is not None:
                time_recording(row, recording, cues, timing_source)
            if replaces is not None:
                put_in_place_of(row, recording, replaces, now)
            done(f"recording {recording.pk} attached", song, actor)
    return recording


@contextmanager
def keeping(made: Iterable[str]) -> Iterator[None]:
    """Alone with the files, in one transaction; where it fails, what was put away is let go again."""
    with shelf_lock():
        try:
            with transaction.atomic():
                yield
        except BaseException:
            let_go(made)
            raise


def put_in_place_of(song: Song, recording: Recording, replaced: int, now: datetime) -> None:
    """Give a new recording the place of another of the song, and leave a job to take its times over.

    The other one goes when the new one can be played and has its times; where they are not the same
    performance, both stay. Inside the caller's transaction. Raises NoSuchRecording.
    """
    old = song.recordings.filter(pk=replaced).exclude(pk=recording.pk).first()
    if old is None:
        raise refuse.NoSuchRecording
    if old.preferred:
        song.recordings.update(preferred=False)
        recording.preferred = True
        recording.save(update_fields=["preferred"])
    Preparation.objects.create(
        song=song,
        recording=recording,
        source=old,
        kind="compare",
        name=recording.filename,
        asked_at=now,
        details={"replace": True},
    )


def put_recording(
    song: Song, ready: Staged, now: datetime, *, kind: str, name: str, preferred: bool | None
) -> Recording:
    """The row of a staged file, the file in its place, and its encodings or the job to make them; times that
    waited for it are its own.

    Inside the caller's lock and transaction; what was put away is the caller's to let go if that fails.
    """
    if kind not in Recording.Kind.values:
        raise refuse.BadRecordingKind(kind=kind[:20], known=", ".join(Recording.Kind.values))
    if Recording.objects.filter(song=song, sha256=ready.sha256).exists():
        raise refuse.SameRecording
    wanted = not song.recordings.filter(preferred=True).exists() if preferred is None else preferred
    if wanted:
        song.recordings.update(preferred=False)
    put_away(ready.copy, ready.file)
    recording = Recording.objects.create(
        song=song,
        kind=kind,
        name=checks.one_line(name, "name"),
        file=ready.file,
        filename=ready.filename,
        sha256=ready.sha256,
        bytes=ready.bytes,
        container=ready.probe.container,
        duration_ms=ready.duration_ms,
        created_at=now,
        preferred=wanted,
    )
    if ready.prepared is not None:
        keep_prepared(recording, ready.prepared)
    else:
        Preparation.objects.create(song=song, recording=recording, name=ready.filename, asked_at=now)
    take_waiting(song, recording)
    return recording


def prepared_names(prepared: media.Prepared) -> dict[str, str]:
    """The media name of each made file, by format."""
    return {
        Encoding.Format.OPUS: name_for(prepared.opus.sha256, "opus"),
        Encoding.Format.AAC: name_for(prepared.aac.sha256, "m4a"),
    }


def keep_prepared(recording: Recording, prepared: media.Prepared) -> None:
    """Put the made files away and write their rows, inside the caller's lock and transaction.

    A recording that was prepared before keeps its times; what was made of it then is let go.
    """
    names = prepared_names(prepared)
    before = set(recording.encodings.values_list("file", flat=True))
    for form, made in ((Encoding.Format.OPUS, prepared.opus), (Encoding.Format.AAC, prepared.aac)):
        put_away(made.path, names[form])
        Encoding.objects.update_or_create(
            recording=recording,
            format=form,
            defaults={"file": names[form], "bytes": made.bytes, "sha256": made.sha256},
        )
    recording.duration_ms = round(prepared.duration_s * 1000)
    recording.loudness = asdict(prepared.loudness) | {"gain_db": prepared.gain_db}
    recording.peaks = list(prepared.peaks)
    recording.save(update_fields=["duration_ms", "loudness", "peaks"])
    Waveform.objects.update_or_create(recording=recording, defaults={"levels": prepared.levels})
    transaction.on_commit(partial(let_go, before - set(names.values())))


def tell_recording(*, recording: int, kind: str, name: str, now: datetime, actor: Any = None) -> None:
    """Of which kind it is, and what it is called; no name is fine, its file has one. Raises a Refusal."""
    if kind not in Recording.Kind.values:
        raise refuse.BadRecordingKind(kind=kind[:20], known=", ".join(Recording.Kind.values))
    said = checks.one_line(name, "name")
    with transaction.atomic():
        song, row = song_of_recording_held(recording)
        song.recordings.filter(pk=row.pk).update(kind=kind, name=said)
        done(f"recording {recording} told anew", song.slug, actor)


def prefer_recording(*, recording: int, now: datetime, actor: Any = None) -> None:
    """Make this the recording that the song's page plays."""
    with transaction.atomic():
        song, row = song_of_recording_held(recording)
        song.recordings.exclude(pk=row.pk).update(preferred=False)
        song.recordings.filter(pk=row.pk).update(preferred=True)
        done(f"recording {recording} preferred", song.slug, actor)


def remove_recording(*, recording: int, now: datetime, actor: Any = None) -> None:
    """The recording, its times and its files, once this is committed. It cannot be undone."""
    with transaction.atomic():
        song, row = song_of_recording_held(recording)
        transaction.on_commit(partial(let_go, drop(row)))
        done(f"recording {recording} removed", song.slug, actor)


def drop(recording: Recording) -> set[str]:
    """Delete the row and all that hangs on it, its open jobs too; the media names that may now be let go."""
    files = files_of(recording)
    song, preferred = recording.song, recording.preferred
    Preparation.objects.filter(recording=recording, finished_at=None).delete()
    recording.delete()
    following = song.recordings.first() if preferred else None
    if following is not None:
        song.recordings.filter(pk=following.pk).update(preferred=True)
    return files


def files_of(recording: Recording) -> set[str]:
    """The media names of a recording and of all that was made of it."""
    heard = Hearing.objects.filter(recording=recording).exclude(ear="").values_list("ear", flat=True)
    return {recording.file, *recording.encodings.values_list("file", flat=True), *heard}


def cancel_preparation(*, preparation: int, now: datetime, actor: Any = None) -> None:
    """Stop a job. A recording that was being prepared is taken away again, as it cannot be heard; one that
    was being compared or heard stays. No row, no matter."""
    with transaction.atomic():
        row = Preparation.objects.select_for_update().filter(pk=preparation, finished_at=None).first()
        if row is None:
            return
        song = song_held(row.song.slug)
        row.cancelled_at, row.finished_at, row.error = now, now, media.Cancelled.code
        row.save()
        recording = row.recording
        if row.kind not in Preparation.BESIDE and recording is not None and not recording.encodings.exists():
            transaction.on_commit(partial(let_go, drop(recording)))
        done(f"preparation {preparation} cancelled", song.slug, actor)


def have_made(*, song: str, kind: str, name: str, now: datetime, actor: Any = None) -> None:
    """Have the song's sound made by the code that was brought for `kind`, which is told `name`."""
    with transaction.atomic():
        row = song_held(song)
        Preparation.objects.create(song=row, kind=kind, name=name, asked_at=now)
        done(f"sound to be made by {kind}", song, actor)


def prepare_again(*, recording: int, now: datetime, actor: Any = None) -> Preparation:
    """Another try at a recording whose preparation failed for no fault of the file. One open job at most."""
    with transaction.atomic():
        song, row = song_of_recording_held(recording)
        job = Preparation.objects.filter(recording=row, kind="recording", finished_at=None).first()
        if job is None:
            job = Preparation.objects.create(song=song, recording=row, name=row.filename, asked_at=now)
        done(f"recording {recording} prepared again", song.slug, actor)
    return job
