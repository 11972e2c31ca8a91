"""What stays of a song when its words change: which lines are still those that were there, and when the words
of a changed line are sung.
"""

from __future__ import annotations

from collections.abc import Sequence

from aqyn.core.lyrics.aligning import stretches
from aqyn.core.lyrics.difference import Deed, difference
from aqyn.core.lyrics.spreading import spread, weight
from aqyn.core.lyrics.timing import Cue, LineCues

SHORTEST_MS = 60
"""Less than this for each new word is no room to sing it: its neighbours give way."""


def kept_lines(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """For each line of `after` the place in `before` of the line that it is, or None for a new one.

    Places only rise, so times stay in order too. A line that was changed is still that line: where as many
    stand in place of as many, each is the one it stands for; elsewhere the one that it is most like.
    """
    kept: list[int | None] = [None] * len(after)
    for same, a, a_end, b, b_end in stretches(before, after):
        if same or a_end - a == b_end - b:
            kept[b:b_end] = range(a, a_end)
            continue
        for change in difference("\n".join(before[a:a_end]), "\n".join(after[b:b_end])):
            if change.deed in (Deed.KEPT, Deed.CHANGED) and change.before and change.after:
                kept[b + change.after - 1] = a + change.before - 1
    return kept


def kept_times(
    cues: LineCues, before: Sequence[str], after: Sequence[str], syllables: Sequence[Sequence[str]]
) -> LineCues:
    """The times of a line whose words were `before` and are `after`, of these `syllables` each.

    A word that stayed, or stands in place of one, keeps its time. New words are spread by their syllables
    over the gap that they stand in, and say so; where it is too short, their neighbours are spread with them.
    Where only the line was timed, or by other words than these, its own start and end stay.
    """
    if not cues.words:
        return cues
    if len(cues.words) != len(before):
        return LineCues(cues.start, cues.end)
    times: list[Cue | None] = [None] * len(after)
    for same, a, a_end, b, b_end in stretches(before, after):
        if same or a_end - a == b_end - b:
            times[b:b_end] = cues.words[a:a_end]
    while None in times:
        first, end, start, stop = _room(times, times.index(None), cues)
        weights = [[weight(syllable) for syllable in word] for word in syllables[first:end]]
        times[first:end] = spread(start, stop, weights)
    return LineCues.of([word for word in times if word is not None])


def _room(times: Sequence[Cue | None], first: int, cues: LineCues) -> tuple[int, int, int, int]:
    """(first, end, start, stop): the words around `first` to be spread, and the time that they have."""
    end = first
    while True:
        while end < len(times) and times[end] is None:
            end += 1
        before, behind = times[first - 1] if first else None, times[end] if end < len(times) else None
        start, stop = before.end if before else cues.start, behind.start if behind else cues.end
        if stop - start >= SHORTEST_MS * (end - first) or (before is None and behind is None):
            return first, end, start, stop
        if behind is None or (before is not None and before.end - before.start >= behind.end - behind.start):
            first -= 1
        else:
            end += 1
