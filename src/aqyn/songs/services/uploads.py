"""A recording comes in by pieces, each on the disk before it is acknowledged.

How much of it has arrived is the size of its file and nothing else: so after a crash it is what is there.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from aqyn import media
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.models import Recording, Upload
from aqyn.songs.services.files import work_folder
from aqyn.songs.services.recordings import (
    OF_THE_HOUSE,
    keeping,
    media_limits,
    put_in_place_of,
    put_recording,
    staged,
)
from aqyn.songs.services.rows import done, song_held

LARGEST_PIECE = 8 << 20
"""Bytes that one request may bring."""
MOST_UPLOADS = 20
"""Uploads that may be on their way at once."""
UPLOAD_LIFE = timedelta(hours=24)
"""How long one is kept that nobody goes on with."""
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Arrived:
    """How an upload stands: `offset` of `bytes` are here. `recording`: what it became at its last byte."""

    key: str
    offset: int
    bytes: int
    expires: datetime
    recording: Recording | None = None


def begin_upload(
    *,
    song: str,
    length: int,
    filename: str,
    now: datetime,
    kind: str = "studio",
    name: str = "",
    replaces: int | None = None,
    actor: Any = None,
) -> Arrived:
    """Make ready for a file of `length` bytes, which will be a recording of the song when all have arrived.

    Raises a Refusal, or media.Empty.
    """
    most = media_limits()["max_bytes"]
    if length > most:
        raise refuse.UploadTooLarge(most=most >> 20)
    if length == 0:
        raise media.Empty
    if kind not in Recording.Kind.values:
        raise refuse.BadRecordingKind(kind=kind[:20], known=", ".join(Recording.Kind.values))
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < length:
        raise refuse.NoRoom
    forget_old_uploads(now=now)
    with transaction.atomic():
        row = song_held(song)
        if Upload.objects.count() >= MOST_UPLOADS:
            raise refuse.TooManyUploads(most=MOST_UPLOADS)
        old = None
        if replaces is not None:
            old = row.recordings.filter(pk=replaces).first()
            if old is None:
                raise refuse.NoSuchRecording
        upload = Upload.objects.create(
            song=row,
            key=secrets.token_urlsafe(32),
            filename=Path(checks.one_line(filename, "filename", 255)).name or "audio",
            bytes=length,
            kind=kind,
            name=checks.one_line(name, "name"),
            replaces=old,
            person=actor,
            created_at=now,
            touched_at=now,
        )
    return _arrived(upload, 0)


def upload_state(*, song: str, key: str, now: datetime) -> Arrived:
    """How much has arrived. Raises NoSuchUpload or UploadExpired."""
    upload = _found(song, key, now)
    try:
        return _arrived(upload, _path(upload).stat().st_size)
    except FileNotFoundError:
        return _arrived(upload, 0)


def take_piece(
    *, song: str, key: str, offset: int, piece: IO[bytes], now: datetime, actor: Any = None
) -> Arrived:
    """Write the next piece, which begins at `offset`, through to the disk.

    The last one makes it a recording, after the file was looked at: what is no recording is refused with a
    MediaError or a Refusal, and nothing of it is left. An empty piece at the end asks for that again. Where
    the disk is full, what had arrived before this piece stays.
    """
    upload = _found(song, key, now)
    path = _path(upload)
    with _alone_with(path) as file:
        there = os.fstat(file).st_size
        if offset != there:
            raise refuse.WrongOffset(offset=there)
        arrived = there + _append(file, piece, there, min(LARGEST_PIECE, upload.bytes - there))
        if not Upload.objects.filter(pk=upload.pk).update(touched_at=now):
            # Cancelled meanwhile, or its song was removed.
            path.unlink(missing_ok=True)
            raise refuse.NoSuchUpload
        if arrived < upload.bytes:
            return _arrived(upload, arrived, now)
        try:
            recording = _attach(upload, path, song, now, actor)
        except media.MediaError as error:
            # Otherwise what has arrived stays, for another try when there is room again.
            if error.code not in OF_THE_HOUSE:
                _forget(upload)
            raise
        except refuse.Refusal:
            _forget(upload)
            raise
        path.unlink(missing_ok=True)
        return _arrived(upload, arrived, now, recording)


def stop_upload(*, song: str, key: str, now: datetime, actor: Any = None) -> None:
    """Forget the upload and what has arrived of it. Raises NoSuchUpload."""
    _forget(_found(song, key, now))


def forget_old_uploads(*, now: datetime) -> int:
    """Forget the uploads that nobody has gone on with for a day, and files without a row; how many."""
    gone = 0
    for upload in Upload.objects.filter(touched_at__lt=now - UPLOAD_LIFE):
        _forget(upload)
        gone += 1
    with suppress(FileNotFoundError):
        # The row is always there before its file.
        files = {path.name: path for path in _folder().iterdir()}
        known = set(Upload.objects.filter(key__in=files).values_list("key", flat=True))
        for key in files.keys() - known:
            files[key].unlink(missing_ok=True)
            gone += 1
    return gone


def _attach(upload: Upload, path: Path, song: str, now: datetime, actor: Any) -> Recording:
    """The finished file as a recording; the upload's row goes in the same transaction."""
    with work_folder() as folder:
        ready = staged(path, folder, filename=upload.filename, ours=True)
        with keeping([ready.file]):
            row = song_held(song)
            if not Upload.objects.filter(pk=upload.pk).delete()[0]:
                raise refuse.NoSuchUpload
            recording = put_recording(row, ready, now, kind=upload.kind, name=upload.name, preferred=None)
            if upload.replaces_id is not None:
                put_in_place_of(row, recording, upload.replaces_id, now)
            done(f"recording {recording.pk} uploaded", song, actor)
    return recording


def _append(file: int, piece: IO[bytes], at: int, most: int) -> int:
    """Write all of the piece and see it reach the disk; how many bytes. Nothing of it stays if that fails."""
    written = 0
    try:
        while block := piece.read(_BLOCK):
            if written + len(block) > most:
                raise refuse.PieceTooLarge(most=LARGEST_PIECE >> 20)
            view = memoryview(block)
            while view:
                count = os.write(file, view)
                view, written = view[count:], written + count
        os.fsync(file)
    except BaseException as error:
        with suppress(OSError):
            os.ftruncate(file, at)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise refuse.NoRoom from error
        raise
    return written


@contextmanager
def _alone_with(path: Path) -> Iterator[int]:
    """The upload's file, open at its end, held by nobody else. Raises UploadBusy."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refuse.UploadBusy from None
        if new:
            _reach_the_disk(path.parent)
        yield file
    finally:
        os.close(file)


def _reach_the_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _found(song: str, key: str, now: datetime) -> Upload:
    upload = Upload.objects.filter(key=key, song__slug=song).first()
    if upload is None:
        raise refuse.NoSuchUpload
    if upload.touched_at < now - UPLOAD_LIFE:
        _forget(upload)
        raise refuse.UploadExpired(hours=int(UPLOAD_LIFE.total_seconds() // 3600))
    return upload


def _forget(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk).delete()
    _path(upload).unlink(missing_ok=True)


def _arrived(
    upload: Upload, offset: int, touched: datetime | None = None, recording: Recording | None = None
) -> Arrived:
    expires = (touched or upload.touched_at) + UPLOAD_LIFE
    return Arrived(upload.key, offset, upload.bytes, expires, recording)


def _folder() -> Path:
    # Its name begins with a dot: no backup takes what is half there.
    return Path(settings.MEDIA, ".uploads")


def _path(upload: Upload) -> Path:
    return _folder() / upload.key
