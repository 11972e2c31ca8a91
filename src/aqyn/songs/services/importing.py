"""A folder becomes a song: everything is looked at first, then all of it is written, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from aqyn import media
from aqyn.core.lyrics.timing import Origin, TimingError, check, ended, stamped
from aqyn.people.selectors import artist as artist_of
from aqyn.songs import sentences as refuse
from aqyn.songs.folders.reading import FolderRecording, FolderSong, read_folder, read_sound
from aqyn.songs.models import Publication, Recording, Song, Timing
from aqyn.songs.selectors.rows import whole_songs
from aqyn.songs.selectors.sheets import sections_of_rows
from aqyn.songs.services.facts import tell
from aqyn.songs.services.files import let_go, shelf_lock, work_folder
from aqyn.songs.services.publishing import publish, withdraw
from aqyn.songs.services.recordings import (
    Staged,
    drop,
    keeping,
    media_limits,
    prepared_names,
    put_recording,
    staged,
)
from aqyn.songs.services.rows import done, song_held
from aqyn.songs.services.timing import SLACK_MS, time_recording
from aqyn.songs.services.words import write_words

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `waiting`: how many recordings were left to the worker."""

    slug: str
    replaced: bool
    recordings: int
    waiting: int
    loose_times: bool


def import_folder(
    folder: Path,
    *,
    artist: str,
    now: datetime,
    actor: Any = None,
    audio: Path | None = None,
    timing: Path | None = None,
    replacing: bool = False,
    wait: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Imported:
    """The song in `folder` as a song of the artist with this slug.

    `audio` and `timing` are files that lie elsewhere than in the folder. A song at the same address is an
    error unless `replacing`: then its words, facts and state become the folder's, and, where the folder has
    sound, its recordings too. With `wait` the sound is prepared here, before anything is written, with
    `progress` from 0 to 1; otherwise the worker does it afterwards. Raises FolderRefused or another
    Refusal, or media.Cancelled, and then has changed nothing.
    """
    told = read_folder(folder, audio=audio, timing=timing)
    there = _allowed(told, artist, replacing)
    with work_folder() as work:
        playable = _playable(there)
        ready = _staged(told.recordings, work, wait, progress, cancelled, playable)
        made = {r.file for r in ready} | {
            name for r in ready if r.prepared for name in prepared_names(r.prepared).values()
        }
        with shelf_lock() if ready else nullcontext():
            try:
                with transaction.atomic():
                    return _write(told, ready, artist, replacing, now, actor)
            except BaseException:
                let_go(made)
                raise


def attach_folder(
    folder: Path,
    *,
    song: str,
    now: datetime,
    actor: Any = None,
    wait: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: media.Limits = media.PREPARE_LIMITS,
) -> Recording:
    """The sound and times in `folder` (`audio.*`, `timing.json`) as a recording of a song that is there.

    For sound that was made after its words were written. `limits` are those of preparing it. Raises as
    `import_folder` does.
    """
    told = read_sound(folder, song_sections(song))
    with work_folder() as work:
        [ready] = _staged([told], work, wait, progress, cancelled, limits=limits)
        made = {ready.file, *(prepared_names(ready.prepared).values() if ready.prepared else ())}
        with keeping(made):
            row = song_held(song)
            recording = _put(row, told, ready, now)
            done(f"recording {recording.pk} attached", song, actor)
    return recording


def song_sections(song: str) -> tuple[Any, ...]:
    """The words of a song that is there, as the folder formats tell them."""
    found = whole_songs(Song.objects.filter(slug=song))
    if not found:
        raise refuse.NoSuchSong(slug=song)
    return sections_of_rows(found[0])


def _allowed(told: FolderSong, artist: str, replacing: bool) -> Song | None:
    singer = artist_of(artist)
    if singer is None:
        raise refuse.NoSuchArtist(slug=artist)
    there = Song.objects.filter(slug=told.facts.slug).first()
    if there is not None and there.artist_id != singer.pk:
        raise refuse.SongOfAnother(slug=there.slug)
    if there is not None and not replacing:
        raise refuse.SongIsThere(slug=there.slug)
    return there


def _playable(song: Song | None) -> set[str]:
    """The SHA-256 of every recording of the song that browsers can play already."""
    found = Recording.objects.filter(song=song, encodings__isnull=False) if song else Recording.objects.none()
    return set(found.values_list("sha256", flat=True))


def _staged(
    told: Sequence[FolderRecording],
    work: Path,
    wait: bool,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    playable: Container[str] = (),
    limits: media.Limits = media.PREPARE_LIMITS,
) -> list[Staged]:
    """Every sound file looked at and, with `wait`, prepared. Raises FolderRefused naming the file."""
    ready: list[Staged] = []
    for place, recording in enumerate(told):
        shelf = work / str(place)
        shelf.mkdir()
        try:
            one = staged(recording.path, shelf, filename=recording.filename)
            _in_time(recording, one)
            if any(one.sha256 == other.sha256 for other in ready):
                raise refuse.SameRecording
            if wait and one.sha256 not in playable:
                prepared = _prepared(one, shelf, place, len(told), progress, cancelled, limits)
                one = replace(one, prepared=prepared)
        except media.Cancelled:
            raise
        except media.MediaError as error:
            raise refuse.FolderRefused(
                [f"{recording.path.name}: {refuse.media_sentence(error.code, error.details)}"]
            ) from error
        except refuse.Refusal as refusal:
            raise refuse.FolderRefused([f"{recording.path.name}: {refusal}"]) from None
        ready.append(one)
    return ready


def _prepared(
    one: Staged,
    shelf: Path,
    place: int,
    count: int,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    limits: media.Limits,
) -> media.Prepared:
    def tell_share(share: float) -> None:
        if progress is not None:
            progress((place + share) / count)

    return media.prepare(
        one.copy, shelf, limits=limits, progress=tell_share, cancelled=cancelled, **media_limits()
    )


def _in_time(recording: FolderRecording, one: Staged) -> None:
    """Refuse times that go on after the sound has ended."""
    if recording.cues is None:
        return
    cues = ended(recording.cues, one.duration_ms)
    try:
        check(cues, [len(line.words) if line else 0 for line in cues], duration_ms=one.duration_ms + SLACK_MS)
    except TimingError as error:
        raise refuse.BadTimes(fault=refuse.lyrics_sentence(error)) from None


def _write(
    told: FolderSong, ready: list[Staged], artist: str, replacing: bool, now: datetime, actor: Any
) -> Imported:
    # Looked at again: another import may have been quicker.
    there = _allowed(told, artist, replacing)
    singer = artist_of(artist)
    if there is None:
        last = Song.objects.filter(artist=singer).aggregate(last=Max("position"))["last"]
        song = Song(artist=singer, created_at=now, position=0 if last is None else last + 1)
    else:
        song = song_held(there.slug)
    tell(song, told.facts)
    write_words(song, told.sections, keep_readings=False)
    if ready:
        _replace_recordings(song, told, ready, now)
    if told.state == "draft":
        if Publication.objects.filter(song=song).exists():
            withdraw(song=song.slug, now=now, actor=actor)
    else:
        publish(song=song.slug, reach=told.state, now=now, actor=actor)
    done("imported", song.slug, actor)
    waiting = song.preparations.filter(finished_at=None).count()
    return Imported(song.slug, there is not None, len(ready), waiting, told.loose_times)


def _replace_recordings(song: Song, told: FolderSong, ready: list[Staged], now: datetime) -> None:
    gone: set[str] = set()
    kept = {}
    for old in song.recordings.all():
        # The same sound, already prepared, is the same recording.
        if old.encodings.exists() and any(one.sha256 == old.sha256 for one in ready):
            kept[old.sha256] = old
        else:
            gone |= drop(old)
    song.recordings.update(preferred=False)
    if gone:
        transaction.on_commit(lambda: let_go(gone))
    for recording, one in zip(told.recordings, ready, strict=True):
        if one.sha256 in kept:
            _told_anew(song, recording, one, kept[one.sha256])
        else:
            _put(song, recording, one, now)
    if not song.recordings.filter(preferred=True).exists():
        for first in song.recordings.order_by("pk")[:1]:
            song.recordings.filter(pk=first.pk).update(preferred=True)


def _put(song: Song, told: FolderRecording, one: Staged, now: datetime) -> Recording:
    recording = put_recording(song, one, now, kind=told.kind, name=told.name, preferred=told.preferred)
    _time(song, recording, told)
    return recording


def _time(song: Song, recording: Recording, told: FolderRecording) -> None:
    """The folder's times, if it has any; what they do not say of themselves is that they were imported."""
    if told.cues is not None:
        cues = ended(told.cues, recording.duration_ms)
        known = [line and stamped(line, Origin.IMPORTED) for line in cues]
        time_recording(song, recording, known, told.timing_source)


def _told_anew(song: Song, told: FolderRecording, one: Staged, recording: Recording) -> None:
    """The recording that was there, with the folder's kind, name and times."""
    if told.preferred:
        song.recordings.update(preferred=False)
    recording.kind, recording.name, recording.filename = told.kind, told.name, one.filename
    recording.preferred = bool(told.preferred)
    recording.save(update_fields=["kind", "name", "filename", "preferred"])
    Timing.objects.filter(recording=recording).delete()
    _time(song, recording, told)
