"""Times that nobody has given yet: how long a line plausibly lasts, and its words spread over it.

The sync desk in the browser does the same sums; this is their specification, and a journey compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence

from aqyn.core.lyrics.timing import SURE, Cue, Origin

SYLLABLE_MS = 600
"""A syllable of a slow song that is held no longer than most: no line is thought to last longer than this for
each of its syllables."""

SHORTEST_LINE_MS = 1000
"""One short word is still held for a breath."""

BASE = 3
"""What a syllable weighs before its letters are counted: a long one is sung longer, but not in proportion."""


def weight(piece: str) -> int:
    """How much of its line's time a syllable takes, beside the others: three, and one for each letter."""
    return BASE + sum(letter.isalpha() for letter in piece)


def lasts_ms(syllables: int) -> int:
    """How long a line of so many syllables plausibly lasts at most, where nobody has marked its end."""
    return max(SHORTEST_LINE_MS, SYLLABLE_MS * syllables)


def spread(start: int, end: int, weights: Sequence[Sequence[int]]) -> tuple[Cue, ...]:
    """The words of a line from `start` to `end`, one right after the other, each syllable by its weight.

    `weights`: those of the syllables of each word, none empty. The cues say that they were spread, and are as
    sure as such times are.
    """
    whole, before, words = sum(map(sum, weights)), 0, []
    for word in weights:
        marks = []
        for syllable in word:
            marks.append(start + (end - start) * before // whole)
            before += syllable
        upto = start + (end - start) * before // whole
        words.append(Cue(marks[0], upto, tuple(marks), Origin.SPREAD, SURE[Origin.SPREAD]))
    return tuple(words)
