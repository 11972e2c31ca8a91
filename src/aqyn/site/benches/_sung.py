"""The evening of the benches, its song timed by words: for the bench of the lit word."""

from __future__ import annotations

from datetime import UTC, datetime

from aqyn.core.lyrics.timing import Cue, LineCues
from aqyn.site.benches import _evening

REST_MS = 200
"""Between the last word of a line and the next line."""


def main() -> None:
    """Fills the folder of AQYN_DATA."""
    _evening.main()
    from aqyn.songs import selectors
    from aqyn.songs import services as songs

    number = selectors.song_number(_evening.SONG)
    song = selectors.sung_songs([number])[number or 0]
    told = song.words()
    cues = [
        words_of(n * _evening.LINE_MS, len(line["texts"][told["main"]]))
        for n, line in enumerate(told["lines"])
    ]
    songs.set_timing(recording=song.recording or 0, cues=cues, now=datetime.now(UTC))


def words_of(start_ms: int, count: int) -> LineCues:
    """So many words of a line, one as long as the other."""
    ends = [start_ms + (_evening.LINE_MS - REST_MS) * n // count for n in range(count + 1)]
    return LineCues.of([Cue(ends[n], ends[n + 1]) for n in range(count)])


if __name__ == "__main__":
    main()
