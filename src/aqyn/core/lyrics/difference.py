"""What was done to a text between two of its versions, in lines and words that a person can read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aqyn.core.lyrics.aligning import stretches

#: Lines in place of others are compared up to this many letters times letters; beyond, taken one by one.
MOST_COMPARED = 4_000_000
#: The part of their pairs of letters that two lines share when one is the other, changed.
ALIKE = 0.5


class Deed(StrEnum):
    """What happened to a line. A line that moved is told of twice: where it was and where it is."""

    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_AWAY = "moved-away"
    MOVED_HERE = "moved-here"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line with the spaces around them, and whether the other version lacks them."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One line. `before` and `after` are its numbers in the two versions, counted from 1, or None.

    `old` and `new` are the line as it was and as it is, in runs; joined they are the line. Of a line that is
    only in one version the other is empty.
    """

    deed: Deed
    before: int | None
    after: int | None
    old: tuple[Run, ...]
    new: tuple[Run, ...]


def difference(before: str, after: str) -> tuple[Change, ...]:
    """Every line of both versions, in the order of `after`, the lines that are gone where they were.

    The kept, changed, removed and moved-away ones are `before`; the kept, changed, added and moved-here ones
    are `after`. A verse that was moved whole is told as moved, not as written anew.
    """
    old, new = before.splitlines(), after.splitlines()
    found = list(stretches(old, new))
    moved = _moved(old, new, found)
    back = {there: here for here, there in moved.items()}
    changes: list[Change] = []
    for same, a, a_end, b, b_end in found:
        if same:
            changes += (
                _change(Deed.KEPT, old, new, a + step, b + step, whole=False) for step in range(a_end - a)
            )
        else:
            changes += _replaced(old, new, range(a, a_end), range(b, b_end), moved, back)
    return tuple(changes)


def _replaced(
    old: Sequence[str],
    new: Sequence[str],
    gone: Sequence[int],
    come: Sequence[int],
    moved: Mapping[int, int],
    back: Mapping[int, int],
) -> Iterator[Change]:
    pairs = _paired(old, new, [i for i in gone if i not in moved], [j for j in come if j not in back])
    a, b = 0, 0
    for i, j in [*pairs, (None, None)]:
        upto_a = len(gone) if i is None else gone.index(i)
        upto_b = len(come) if j is None else come.index(j)
        for one in gone[a:upto_a]:
            deed = Deed.MOVED_AWAY if one in moved else Deed.REMOVED
            yield _change(deed, old, new, one, moved.get(one), whole=deed is Deed.REMOVED)
        for one in come[b:upto_b]:
            deed = Deed.MOVED_HERE if one in back else Deed.ADDED
            yield _change(deed, old, new, back.get(one), one, whole=deed is Deed.ADDED)
        if i is not None and j is not None:
            yield _changed(old[i], new[j], i, j)
        a, b = upto_a + 1, upto_b + 1


def _change(
    deed: Deed, old: Sequence[str], new: Sequence[str], i: int | None, j: int | None, *, whole: bool
) -> Change:
    was = () if i is None or deed is Deed.MOVED_HERE else _run(old[i], whole)
    now = () if j is None or deed is Deed.MOVED_AWAY else _run(new[j], whole)
    return Change(deed, None if i is None else i + 1, None if j is None else j + 1, was, now)


def _run(text: str, differs: bool) -> tuple[Run, ...]:
    return (Run(text, differs),) if text else ()


def _changed(was: str, now: str, i: int, j: int) -> Change:
    """The two lines with the words that differ marked; white space goes with the word before it."""
    old, new = re.findall(r"^\s+|\S+\s*", was), re.findall(r"^\s+|\S+\s*", now)
    before: list[Run] = []
    after: list[Run] = []
    for same, a, a_end, b, b_end in stretches([w.strip() for w in old], [w.strip() for w in new]):
        before += _run("".join(old[a:a_end]), not same)
        after += _run("".join(new[b:b_end]), not same)
    return Change(Deed.CHANGED, i + 1, j + 1, tuple(before), tuple(after))


def _moved(
    old: Sequence[str], new: Sequence[str], found: Sequence[tuple[bool, int, int, int, int]]
) -> dict[int, int]:
    """Lines (old place to new) of verses that stand word for word elsewhere now."""
    here: dict[tuple[str, ...], list[int]] = {}
    for same, _, _, b, b_end in found:
        for start, verse in [] if same else _verses(new, b, b_end):
            here.setdefault(verse, []).append(start)
    moved: dict[int, int] = {}
    for same, a, a_end, _, _ in found:
        for start, verse in [] if same else _verses(old, a, a_end):
            if here.get(verse):
                there = here[verse].pop(0)
                moved |= {start + step: there + step for step in range(len(verse))}
    return moved


def _verses(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The runs of lines between empty ones."""
    run: list[str] = []
    for at in range(start, end + 1):
        if at < end and lines[at].strip():
            run.append(lines[at])
        elif run:
            yield at - len(run), tuple(run)
            run = []


def _paired(
    old: Sequence[str], new: Sequence[str], gone: Sequence[int], come: Sequence[int]
) -> list[tuple[int, int]]:
    """The lines that are another line, changed: of all ways to pair them in order the most alike one."""
    letters = sum(len(old[i]) for i in gone) * sum(len(new[j]) for j in come)
    if letters > MOST_COMPARED:
        return list(zip(gone, come, strict=False)) if len(gone) == len(come) else []
    were, are = [_pairs_of_letters(old[i]) for i in gone], [_pairs_of_letters(new[j]) for j in come]
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    likeness = [[_alike(one, other) for other in are] for one in were]
    for i in range(len(gone) - 1, -1, -1):
        for j in range(len(come) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    pairs = []
    i = j = 0
    while i < len(gone) and j < len(come):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((gone[i], come[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _pairs_of_letters(line: str) -> Counter[str]:
    plain = " ".join(line.lower().split())
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of their pairs of letters, 0 where they are less than alike."""
    shared = sum((one & other).values())
    both = one.total() + other.total()
    return 2 * shared / both if both and 2 * shared >= ALIKE * both else 0.0
