"""Which lines of two texts are the same line: what differences and merging stand on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

#: A stretch without a line of its own is compared line by line up to this many pairs; beyond, as replaced.
MOST_PAIRS = 250_000


def aligned(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Places (in before, in after) of equal items, both rising, so that what is left out is what changed.

    Lines that stand once in each text are found first and part the rest (B. Cohen's patience difference), so
    that a chorus sung four times does not draw verses to the wrong place; what lies between them is matched
    by its longest common subsequence. Takes about n log n for a song and never more than the pairs above for
    a stretch.
    """
    pairs: list[tuple[int, int]] = []
    open_stretches = [(0, len(before), 0, len(after))]
    while open_stretches:
        a, a_end, b, b_end = open_stretches.pop()
        while a < a_end and b < b_end and before[a] == after[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and before[a_end - 1] == after[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            pairs.append((a_end, b_end))
        if a == a_end or b == b_end:
            continue
        anchors = _anchors(before, after, a, a_end, b, b_end)
        if anchors:
            pairs += anchors
            edges = [(a - 1, b - 1), *anchors, (a_end, b_end)]
            open_stretches += [
                (left[0] + 1, right[0], left[1] + 1, right[1]) for left, right in pairwise(edges)
            ]
        elif (a_end - a) * (b_end - b) <= MOST_PAIRS:
            pairs += ((a + i, b + j) for i, j in _common(before[a:a_end], after[b:b_end]))
    return sorted(pairs)


def stretches(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """(same, a, a end, b, b end) in order: runs of equal items, and what stands in place of what between."""
    a = b = 0
    run: tuple[int, int] | None = None
    for i, j in [*aligned(before, after), (len(before), len(after))]:
        if (i, j) != (a, b) or i == len(before):
            if run is not None:
                yield True, run[0], a, run[1], b
            if (i, j) != (a, b):
                yield False, a, i, b, j
            run = None
        if run is None:
            run = (i, j)
        a, b = i + 1, j + 1


def _anchors(
    before: Sequence[Hashable], after: Sequence[Hashable], a: int, a_end: int, b: int, b_end: int
) -> list[tuple[int, int]]:
    """The longest rising row of items that stand once in each stretch."""
    theirs = _once(after, b, b_end)
    both = [(i, theirs[item]) for item, i in _once(before, a, a_end).items() if item in theirs]
    tops: list[int] = []
    ends: list[int] = []
    behind: list[int] = []
    for place, (_, j) in enumerate(both):
        height = bisect_left(tops, j)
        tops[height:] = [j]
        behind.append(ends[height - 1] if height else -1)
        ends[height:] = [place]
    row = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append(both[at])
        at = behind[at]
    return row[::-1]


def _once(items: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    twice = set()
    for at in range(start, end):
        if items[at] in places:
            twice.add(items[at])
        places.setdefault(items[at], at)
    return {item: at for item, at in places.items() if item not in twice}


def _common(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The longest common subsequence, by the table of its lengths."""
    lengths = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        row, below = lengths[i], lengths[i + 1]
        for j in range(len(after) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if before[i] == after[j] else max(below[j], row[j + 1])
    i = j = 0
    while i < len(before) and j < len(after):
        if before[i] == after[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
