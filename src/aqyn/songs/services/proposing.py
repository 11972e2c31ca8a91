"""What the house proposes stands apart from the times that others are told, until somebody approves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from aqyn.core.lyrics.timing import begins, is_proposed
from aqyn.songs.models import Hearing, Preparation, Recording, Timing, Voice
from aqyn.songs.selectors.hearing import cues_of

CueMap = Mapping[str, list[Any]]
"""Line id as text → the line's times as JSON."""

RELEARN_AFTER = timedelta(minutes=1)
"""Whoever moves a word moves another one soon after: once for all of them."""


def cues_on_desk(recording: Recording) -> dict[str, list[Any]]:
    """The recording's times as her desk shows them, as they are in the database now."""
    timing = Timing.objects.filter(recording=recording).first()
    return cues_of(timing, Hearing.objects.filter(recording=recording).first())


def parted(cues: CueMap) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Lines whose every time may be told to others, and those that hold a proposed one."""
    proposed = {line: times for line, times in cues.items() if is_proposed(times)}
    return {line: times for line, times in cues.items() if line not in proposed}, proposed


def keep_on_desk(
    timing: Timing, cues: CueMap, order: Iterable[str], *, changed: Iterable[str] = (), now: datetime | None
) -> None:
    """Have these times on the desk, in the caller's transaction; `order`: all lines of the song.

    What others saw of a line stays until its proposal is approved, or the line is cleared. Of `changed`
    lines it goes where an approval is taken back: what was approved is proposed once more. With `now` the
    house learns of what is approved.
    """
    recording = timing.recording
    own, proposed = parted(cues)
    hearing = Hearing.objects.filter(recording=recording).first() or Hearing(recording=recording)
    waited = bool(hearing.cues)
    back = {line for line in changed if line in proposed and line not in hearing.cues}
    seen = {line: timing.cues[line] for line in proposed if line in timing.cues and line not in back}
    told = _in_order(own, seen, order) if seen else own
    moved = told != timing.cues
    if moved:
        timing.cues = told
        timing.save()
    if proposed != hearing.cues:
        hearing.cues = proposed
        hearing.save()
    if back:
        forget_learnt(recording)
    elif moved and now is not None and hearing.ear and not proposed:
        _learn_later(recording, now, approved=waited)


def forget_learnt(recording: Recording) -> None:
    """Nothing learnt of this recording, and nothing to be learnt, in the caller's transaction."""
    Preparation.objects.filter(recording=recording, kind="learn", finished_at=None).delete()
    Voice.objects.filter(recording=recording).delete()


def _learn_later(recording: Recording, now: datetime, *, approved: bool) -> None:
    """Leave a job to learn from a recording that has just been approved; or that was, and is corrected."""
    if not approved and not Voice.objects.filter(recording=recording).exists():
        return
    due = None if approved else now + RELEARN_AFTER
    waiting = Preparation.objects.filter(recording=recording, kind="learn", finished_at=None, lease="")
    if not waiting.update(leased_until=due):
        Preparation.objects.create(
            song=recording.song, recording=recording, kind="learn", asked_at=now, leased_until=due
        )


def _in_order(own: CueMap, seen: CueMap, order: Iterable[str]) -> dict[str, list[Any]]:
    """Her times, and of what was seen before what can still be sung among them."""
    lines = [line for line in order if line in own or line in seen]
    told: dict[str, list[Any]] = {}
    at = 0
    for place, line in enumerate(lines):
        later = min((begins(own[other]) for other in lines[place:] if other in own), default=None)
        times = own[line] if line in own else seen[line]
        if line in own or (begins(times) >= at and (later is None or begins(times) <= later)):
            told[line] = times
            at = begins(times)
    return told
