"""The worker's part: recordings made fit for browsers, one at a time, each under a lease.

A lease is renewed while the work goes on and runs out when its holder was killed; then the job is taken up
again. Every write of a worker asks for its own lease, so one that lost it changes nothing any more.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeGuard

from django.db import transaction
from django.db.models import F, Q, QuerySet

from aqyn import media
from aqyn.songs.makers import maker
from aqyn.songs.models import Preparation, Recording
from aqyn.songs.sentences import Refusal
from aqyn.songs.services.files import let_go, media_path, shelf_lock, work_folder
from aqyn.songs.services.hearing import keep_heard, keep_learnt, learn_from, listen
from aqyn.songs.services.importing import attach_folder
from aqyn.songs.services.recordings import OF_THE_HOUSE, drop, keep_prepared, media_limits, prepared_names
from aqyn.songs.services.rows import song_held
from aqyn.songs.services.taking import is_timed, make_way, take_over
from aqyn.songs.services.uploads import forget_old_uploads
from aqyn.ui.pages import pages_changed

log = logging.getLogger("aqyn.songs")

MAKING = media.Limits(seconds=180, memory_mib=768, output_mib=256)

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
TELL_EVERY_S = 0.25
RENEW_EVERY_S = 5.0
TIDY_EVERY = timedelta(minutes=1)
_tidied: datetime | None = None

# What may go better next time.
PASSING = {media.Crashed.code, media.OutOfMemory.code, media.TimedOut.code}


def run_next(*, now: datetime, stop: Callable[[], bool]) -> bool:
    """Take one due preparation and do it; whether there was one. `stop()` leaves it for the next start."""
    _tidy(now)
    job = _take(now)
    if job is None:
        return False
    if job.attempts > MOST_ATTEMPTS:
        _fail(job, Interrupted(), now)
    elif made_by := maker(job.kind):
        _make(job, made_by, _Watch(job, now, stop))
    elif job.recording is None:
        _fail(job, media.NotFound(), now)
    elif job.kind == "compare":
        _compare(job, _Watch(job, now, stop))
    elif job.kind == "hear":
        _hear(job, job.recording, _Watch(job, now, stop))
    elif job.kind == "learn":
        _learn(job, job.recording, _Watch(job, now, stop))
    else:
        _prepare(job, job.recording, _Watch(job, now, stop))
    return True


def _tidy(now: datetime) -> None:
    """Once a minute, let go of the uploads that nobody goes on with."""
    global _tidied
    if _tidied is None or abs(now - _tidied) >= TIDY_EVERY:
        _tidied = now
        forget_old_uploads(now=now)


class Interrupted(media.MediaError):
    """Its worker died in the middle, more often than one tries."""

    code = "interrupted"
    sentence = "The preparation was interrupted several times and was given up."


class Unfit(media.MediaError):
    """The song is not the one any more that the sound was made for."""

    code = "unfit"
    sentence = "The song was changed meanwhile, and the sound no longer fits its words."


def _take(now: datetime) -> Preparation | None:
    due = Preparation.objects.filter(Q(leased_until=None) | Q(leased_until__lt=now), finished_at=None)
    for pk, lease in due.order_by("pk").values_list("pk", "lease")[:5]:
        # One conditional update decides between two workers who saw the same row.
        mine = secrets.token_hex(16)
        taken = due.filter(pk=pk, lease=lease).update(
            lease=mine, leased_until=now + LEASE, attempts=F("attempts") + 1, step="measure", percent=0
        )
        if taken:
            return (
                Preparation.objects.select_related("recording", "source", "song")
                .filter(pk=pk, lease=mine)
                .first()
            )
    return None


class _Watch:
    """Tells how far the work is, renews the lease, and says when to stop, counting on from the time given."""

    def __init__(self, job: Preparation, now: datetime, stop: Callable[[], bool]) -> None:
        self.job, self.began, self.stop = job, now, stop
        self.clock = time.monotonic()
        self.told = self.renewed = 0.0
        self.percent = 0
        self.lost = False

    @property
    def now(self) -> datetime:
        return self.began + timedelta(seconds=time.monotonic() - self.clock)

    def progress(self, share: float) -> None:
        percent = min(99, max(self.percent, int(share * 100)))
        elapsed = time.monotonic() - self.clock
        if percent > self.percent and elapsed - self.told >= TELL_EVERY_S:
            self.percent, self.told = percent, elapsed
            self._write()

    def cancelled(self) -> bool:
        if time.monotonic() - self.clock - self.renewed >= RENEW_EVERY_S:
            self._write()
        return self.lost or self.stop()

    def _write(self) -> None:
        self.renewed = time.monotonic() - self.clock
        self.lost = not _mine(self.job).update(
            percent=self.percent, step=self._step(), leased_until=self.now + LEASE
        )

    def _step(self) -> str:
        if self.job.kind in Preparation.BESIDE:
            return self.job.kind
        first = "make" if maker(self.job.kind) else "measure"
        return first if self.percent < (50 if first == "make" else 1) else "opus"


def _mine(job: Preparation) -> QuerySet[Preparation]:
    """The job's row while it is this worker's to write. A cancelled job is finished, and so nobody's."""
    return Preparation.objects.filter(pk=job.pk, lease=job.lease, finished_at=None)


def _done(job: Preparation, now: datetime) -> bool:
    """End the job well; whether it was still this worker's to end."""
    return bool(_mine(job).update(finished_at=now, percent=100, step="keep", leased_until=None))


def _prepare(job: Preparation, recording: Recording, watch: _Watch) -> None:
    with work_folder() as folder:
        try:
            prepared = media.prepare(
                media_path(recording.file),
                folder,
                **media_limits(),
                progress=watch.progress,
                cancelled=watch.cancelled,
            )
        except media.Cancelled:
            _leave(job)
        except media.MediaError as error:
            _fail_or_again(job, error, watch)
        else:
            _finish(job, prepared, watch.now)


def _fail_or_again(job: Preparation, error: media.MediaError, watch: _Watch) -> None:
    if error.code in PASSING and job.attempts < MOST_ATTEMPTS:
        log.warning("preparation %s, attempt %s: %s", job.pk, job.attempts, error)
        _mine(job).update(leased_until=None, percent=0)
    else:
        _fail(job, error, watch.now)


def _make(job: Preparation, function: str, watch: _Watch) -> None:
    """Have the sound made and prepared, half the bar each, and attach it to the song."""
    # A worker was killed between attaching and saying so.
    if job.song.recordings.exists():
        _done(job, watch.now)
        return

    # A house whose first song is being made shows nothing else: somebody waits for it.
    hurry = not Recording.objects.filter(encodings__isnull=False).exists()
    nice = 0 if hurry else MAKING.nice

    def attach(folder: Path, _told: object) -> None:
        attach_folder(
            folder,
            song=job.song.slug,
            now=watch.now,
            wait=True,
            progress=lambda share: watch.progress(0.5 + share / 2),
            cancelled=watch.cancelled,
            limits=replace(media.PREPARE_LIMITS, nice=nice),
        )

    try:
        with work_folder() as folder:
            media.run_child(
                function,
                job.name,
                ".",
                limits=replace(MAKING, nice=nice),
                scratch=folder,
                progress=lambda share: watch.progress(share / 2),
                cancelled=watch.cancelled,
                keep=attach,
            )
    except media.Cancelled:
        _leave(job)
    except media.MediaError as error:
        _fail_or_again(job, error, watch)
    except Refusal as refusal:
        # The song was changed or removed meanwhile; what was made fits it no more.
        log.warning("preparation %s: %s", job.pk, refusal)
        _fail(job, Unfit(), watch.now)
    else:
        with transaction.atomic():
            _done(job, watch.now)
            pages_changed()


def _compare(job: Preparation, watch: _Watch) -> None:
    """Have the recording take the times of its source, and the source's place where it replaces it."""
    if job.recording is None or job.source is None:
        _fail(job, media.NotFound(), watch.now)
        return
    _mine(job).update(step="compare")
    found = None
    with _answered_for(job, watch):
        if is_timed(job.source):
            found = media.compare(
                media_path(job.source.file),
                media_path(job.recording.file),
                **media_limits(),
                progress=watch.progress,
                cancelled=watch.cancelled,
            )
        with shelf_lock(), transaction.atomic():
            _take_over(job, found, watch.now)


@contextmanager
def _answered_for(job: Preparation, watch: _Watch) -> Iterator[None]:
    """However the work within ends, the job's row says so."""
    try:
        yield
    except media.Cancelled:
        _leave(job)
    except media.MediaError as error:
        _fail_or_again(job, error, watch)
    except Refusal as refusal:
        log.warning("preparation %s: %s", job.pk, refusal)
        _fail(job, Unfit(), watch.now)


def _take_over(job: Preparation, found: media.Comparison | None, now: datetime) -> None:
    song = song_held(job.song.slug)
    if not _done(job, now):
        return
    # Either may have gone, or been timed, while they were compared.
    fresh = Preparation.objects.select_related("recording__timing", "source__timing").get(pk=job.pk)
    if fresh.recording is None or fresh.source is None:
        return
    if found is not None:
        retime = bool(job.details.get("retime"))
        take_over(song, fresh.recording, fresh.source, found, replacing=retime)
    if job.details.get("replace"):
        make_way(fresh.source, fresh.recording)
    pages_changed()


def _hear(job: Preparation, recording: Recording, watch: _Watch) -> None:
    """Have the words of the recording proposed."""
    _mine(job).update(step="hear")
    with _answered_for(job, watch), work_folder() as folder:
        heard = listen(
            recording,
            folder,
            everything=bool(job.details.get("all")),
            other=job.details.get("ear", ""),
            progress=watch.progress,
            cancelled=watch.cancelled,
        )
        with shelf_lock(), transaction.atomic():
            if _over(job, watch.now) is not None:
                keep_heard(recording, heard, watch.now)


def _learn(job: Preparation, recording: Recording, watch: _Watch) -> None:
    """Learn the singer's voice from a recording whose times were approved."""
    with _answered_for(job, watch):
        taught = learn_from(recording)
        with transaction.atomic():
            fresh = _over(job, watch.now)
            if fresh is not None and taught is not None:
                keep_learnt(fresh, *taught, watch.now)


def _over(job: Preparation, now: datetime) -> Recording | None:
    """The recording, if it is still there and the job this worker's; the job is done then."""
    if not _done(job, now):
        return None
    fresh = Preparation.objects.select_related("recording").get(pk=job.pk)
    return fresh.recording


def _leave(job: Preparation) -> None:
    """Put the job back as it was, for whoever starts next: stopping is nobody's fault and no attempt."""
    _mine(job).update(leased_until=None, attempts=F("attempts") - 1, percent=0)


def _finish(job: Preparation, prepared: media.Prepared, now: datetime) -> None:
    made = prepared_names(prepared).values()
    with shelf_lock():
        try:
            with transaction.atomic():
                if not _done(job, now):
                    return
                job.refresh_from_db(fields=["recording"])
                if job.recording is None:
                    return
                keep_prepared(job.recording, prepared)
                pages_changed()
        except BaseException:
            let_go(made)
            raise


def _fail(job: Preparation, error: media.MediaError, now: datetime) -> None:
    """Say why in the row. A recording that can never be heard goes with its file; one that may, stays."""
    log.warning("preparation %s failed: %s %s", job.pk, error.code, error.details)
    kept = {key: value for key, value in error.details.items() if key != "log"}
    with transaction.atomic():
        if not _mine(job).update(finished_at=now, error=error.code, details=kept, leased_until=None):
            return
        # Where the house is at fault the recording stays, for another try when there is room again.
        if job.kind not in Preparation.BESIDE and error.code not in OF_THE_HOUSE and _unheard(job.recording):
            transaction.on_commit(partial(let_go, drop(job.recording)))
        pages_changed()


def _unheard(recording: Recording | None) -> TypeGuard[Recording]:
    return recording is not None and not recording.encodings.exists()
