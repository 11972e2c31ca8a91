"""What stays of a song when its words change: which lines are still those that were there, and when the words
of a changed line are sung.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

from aqyn.core.lyrics.timing import SURE, Cue, LineCues, Origin

SHORTEST_MS = 60
"""Less than this for each new word is no room to sing it: its neighbours give way."""


def kept_lines(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[int | None]:
    """For each line of `after` the place in `before` of the line that it is, or None for a new one.

    Places only rise, so times stay in order too. A line that was changed is still that line: where as many
    stand in place of as many, each is the one it stands for; elsewhere it shares half of its words with it.
    """
    kept: list[int | None] = [None] * len(after)
    for deed, a, a_end, b, b_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal" or (deed == "replace" and a_end - a == b_end - b):
            kept[b:b_end] = range(a, a_end)
        elif deed == "replace":
            for place, of in _alike(
                [str(one) for one in before[a:a_end]], [str(one) for one in after[b:b_end]]
            ):
                kept[b + place] = a + of
    return kept


def _alike(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """(new, old) of the lines that share at least half of their words, in order."""
    old, found, at = [set(line.split()) for line in before], [], 0
    for place, line in enumerate(after):
        words = set(line.split())
        for of in range(at, len(old)):
            if 4 * len(words & old[of]) >= len(words) + len(old[of]):
                found.append((place, of))
                at = of + 1
                break
    return found


def kept_times(
    cues: LineCues, before: Sequence[str], after: Sequence[str], syllables: Sequence[int]
) -> LineCues:
    """The times of a line whose words were `before` and are `after`; `syllables`: how many each has now.

    A word that stayed, or stands in place of one, keeps its time. New words are spread by their syllables
    over the gap that they stand in, and say so; where it is too short, their neighbours are spread with them.
    Where only the line was timed, or by other words than these, its own start and end stay.
    """
    if not cues.words:
        return cues
    if len(cues.words) != len(before):
        return LineCues(cues.start, cues.end)
    times: list[Cue | None] = [None] * len(after)
    for deed, a, a_end, b, b_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if deed == "equal" or (deed == "replace" and a_end - a == b_end - b):
            times[b:b_end] = cues.words[a:a_end]
    while None in times:
        first, end, start, stop = _room(times, times.index(None), cues)
        times[first:end] = _spread(syllables[first:end], start, stop)
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


def _spread(syllables: Sequence[int], start: int, stop: int) -> list[Cue]:
    """Words one after the other from `start` to `stop`, each as long as it has syllables."""
    words, at, count = [], 0, sum(syllables)
    for many in syllables:
        starts = [start + (stop - start) * (at + step) // count for step in range(many)]
        at += many
        upto = start + (stop - start) * at // count
        words.append(Cue(starts[0], upto, tuple(starts), Origin.SPREAD, SURE[Origin.SPREAD]))
    return words
