"""Times that came with the words, before any recording: they wait for the first one that they fit."""

from __future__ import annotations

from aqyn.core.lyrics.timing import Origin, ended, from_json, stamped
from aqyn.songs import checks
from aqyn.songs.models import Recording, Song, Timing
from aqyn.songs.sentences import BadTimes
from aqyn.songs.services.timing import Cues, by_line, singable, time_recording, word_counts


def keep_waiting(song: Song, cues: Cues, source: str) -> None:
    """Keep these times, one entry for each line, in the caller's transaction. Raises BadTimes."""
    counts = word_counts(song)
    singable(cues, counts)
    imported = [line and stamped(line, Origin.IMPORTED) for line in cues]
    song.waiting_times = {
        "cues": by_line(imported, counts),
        "source": checks.one_line(source, "source", 40),
    }
    song.save(update_fields=["waiting_times"])


def take_waiting(song: Song, recording: Recording) -> None:
    """Give a new recording the times that wait, in the caller's transaction.

    They wait on where they go past its end, and go where another recording of the song has been timed.
    """
    if not song.waiting_times:
        return
    timed = Timing.objects.filter(recording__song=song).exclude(cues={}).exists()
    if not timed and not _fit(song, recording):
        return
    song.waiting_times = {}
    song.save(update_fields=["waiting_times"])


def _fit(song: Song, recording: Recording) -> bool:
    cues, lines = song.waiting_times["cues"], word_counts(song)
    times = [from_json(cues[line]) if line in cues else None for line in lines]
    times = ended(times, recording.duration_ms)
    try:
        time_recording(song, recording, times, song.waiting_times["source"])
    except BadTimes:
        return False
    return True
