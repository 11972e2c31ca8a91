"""What is being prepared, for the progress bars of the browser."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aqyn.songs.models import Preparation
from aqyn.songs.sentences import media_sentence

QUIET = ("learn",)
"""Nobody waits for these."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job as /events/progress tells it. `state`: waiting, running, done, failed (with a `sentence`)."""

    id: int
    song: str
    title: dict[str, str]
    step: str
    percent: int
    state: str
    sentence: str


def job(row: Preparation) -> Job:
    return Job(
        id=row.pk,
        song=row.song.slug,
        title=row.song.title,
        step=step_label(row),
        percent=100 if row.finished_at and not row.error else row.percent,
        state=_state(row),
        sentence=media_sentence(row.error, row.details) if row.error else "",
    )


def jobs(*, since: datetime | None = None) -> list[dict[str, Any]]:
    """Open jobs, and those that ended after `since`, oldest first."""
    told = _told()
    rows = told.filter(finished_at=None)
    if since is not None:
        rows = rows | told.filter(finished_at__gte=since)
    return [asdict(job(row)) for row in rows.order_by("pk")]


def song_jobs(song: str) -> list[dict[str, Any]]:
    """The song's open jobs for its own desk, oldest first, each under the name of its file."""
    rows = _told().filter(finished_at=None, song__slug=song)
    return [asdict(job(row)) | {"title": row.name or row.song.title} for row in rows.order_by("pk")]


def _told() -> QuerySet[Preparation]:
    """The jobs that somebody waits for."""
    return Preparation.objects.select_related("song").exclude(kind__in=QUIET)


def _state(row: Preparation) -> str:
    if row.finished_at:
        return "failed" if row.error else "done"
    return "running" if row.leased_until else "waiting"


def step_label(row: Preparation) -> str:
    """What is being done, in the reader's language."""
    labels = {
        "make": _("Singing and playing"),
        "probe": _("Looking at the recording"),
        "decode": _("Listening to the recording"),
        "measure": _("Measuring its loudness"),
        "opus": _("Making it ready for browsers"),
        "aac": _("Making it ready for browsers"),
        "compare": _("Laying it over the other recording"),
        "hear": _("Listening for the words"),
        "keep": _("Putting it away"),
    }
    return labels.get(
        row.step, _("Making it ready for browsers") if row.leased_until else _("Waiting its turn")
    )
