"""A song's recordings as the crew's desk shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aqyn.songs.models import Preparation, Recording
from aqyn.songs.selectors.lyrics import sources


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a recording's times were taken over from: `seconds` later there (or earlier, below 0)."""

    name: str
    seconds: float
    sure: int
    left_out: int

    @property
    def earlier(self) -> float:
        return -self.seconds


@dataclass(frozen=True, slots=True)
class DeskRecording:
    """One recording. `timed`: "words", "lines" or "". `others`: those whose times it could take over."""

    id: int
    label: str
    name: str
    filename: str
    kind: str
    bytes: int
    duration_ms: int
    preferred: bool
    timed: str
    taken: Taken | None
    sources: list[dict[str, str]]
    original: str
    preparing: bool
    others: tuple[tuple[int, str], ...]


def desk_recordings(recordings: Sequence[Recording]) -> list[DeskRecording]:
    """These recordings of one song, which were read with their times and encodings."""
    open_jobs = Preparation.objects.filter(recording__in=recordings, kind="recording", finished_at=None)
    waiting = set(open_jobs.values_list("recording", flat=True)) if recordings else set()
    return [_shown(recording, recordings, recording.pk in waiting) for recording in recordings]


def label(recording: Recording) -> str:
    """What a recording is called where it has to be told from others."""
    return recording.name or recording.filename


def timed(recording: Recording) -> str:
    """ "words", "lines", or "" where nothing is timed."""
    timing = getattr(recording, "timing", None)
    if timing is None or not timing.cues:
        return ""
    return "words" if any(not isinstance(line[0], int) for line in timing.cues.values()) else "lines"


def _shown(recording: Recording, all_of_them: Sequence[Recording], preparing: bool) -> DeskRecording:
    return DeskRecording(
        id=recording.pk,
        label=label(recording),
        name=recording.name,
        filename=recording.filename,
        kind=recording.kind,
        bytes=recording.bytes,
        duration_ms=recording.duration_ms,
        preferred=recording.preferred,
        timed=timed(recording),
        taken=_taken(recording),
        sources=sources(recording),
        original=f"/media/{recording.file}",
        preparing=preparing,
        others=tuple((r.pk, label(r)) for r in all_of_them if r.pk != recording.pk and timed(r)),
    )


def _taken(recording: Recording) -> Taken | None:
    timing = getattr(recording, "timing", None)
    if timing is None or not timing.taken:
        return None
    told = timing.taken
    return Taken(told["name"], told["shift_ms"] / 1000, told["sure"], told.get("left_out", 0))
