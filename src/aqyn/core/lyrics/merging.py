"""Two people's changes of one text brought together, line by line, with nothing that either wrote lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aqyn.core.lyrics.aligning import stretches


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines that both changed, each in another way.

    In the merged text `mine` stands from line `where` on, counted from 1, and `theirs` right after it. Lines
    are without their ends; a side that took the lines away has none.
    """

    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    where: int


@dataclass(frozen=True, slots=True)
class Merge:
    """The text with both sides' changes in it, and the places where a person has to choose."""

    text: str
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """`lines` in place of the lines `start` to `end` of the base; between two lines where those are equal."""

    start: int
    end: int
    lines: tuple[str, ...]


def merged(base: str, mine: str, theirs: str) -> Merge:
    """What `mine` and `theirs` make of `base` together.

    Changes in different lines both stay, in the lines right beside each other too; the same change is made
    once. Where both changed a line in different ways, or put different lines between the same two, that is a
    conflict. Lines are parted by "\\n" alone and every other character counts: hand in texts with one kind of
    line end.
    """
    old = base.split("\n")
    ours, others = _edits(old, mine.split("\n")), _edits(old, theirs.split("\n"))
    out: list[str] = []
    conflicts = []
    at = 0
    while ours or others:
        left, right = _next_place(ours, others)
        start = min(edit.start for edit in (*left, *right))
        end = max(edit.end for edit in (*left, *right))
        out += old[at:start]
        said, heard = _applied(old, left, start, end), _applied(old, right, start, end)
        if not right or (left and said == heard):
            out += said
        elif not left:
            out += heard
        else:
            conflicts.append(Conflict(tuple(old[start:end]), said, heard, len(out) + 1))
            out += said + heard
        at = end
    return Merge("\n".join(out + old[at:]), tuple(conflicts))


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    """What was done to the old lines, in order; as many lines in place of as many are changed one by one."""
    edits = []
    for same, a, a_end, b, b_end in stretches(old, new):
        if same:
            continue
        if a_end - a == b_end - b:
            edits += [
                _Edit(a + step, a + step + 1, (new[b + step],))
                for step in range(a_end - a)
                if old[a + step] != new[b + step]
            ]
        else:
            edits.append(_Edit(a, a_end, tuple(new[b:b_end])))
    return edits


def _next_place(ours: list[_Edit], others: list[_Edit]) -> tuple[list[_Edit], list[_Edit]]:
    """The first edit that is left with all that it meets on the other side, taken out of both."""
    left: list[_Edit] = []
    right: list[_Edit] = []
    sides = [(ours, left), (others, right)]
    first = min((queue for queue, _ in sides if queue), key=lambda queue: (queue[0].start, queue[0].end))
    taken = left if first is ours else right
    taken.append(first.pop(0))
    growing = True
    while growing:
        growing = False
        for queue, into in sides:
            across = right if into is left else left
            while queue and any(_meet(queue[0], edit) for edit in across):
                into.append(queue.pop(0))
                growing = True
    return left, right


def _meet(one: _Edit, two: _Edit) -> bool:
    """Whether two edits touch the same line, or both stand between the same two lines.

    Lines put in at the very edge of changed ones do not meet them: their order is plain.
    """
    if one.start == one.end and two.start == two.end:
        return one.start == two.start
    return one.start < two.end and two.start < one.end


def _applied(old: Sequence[str], edits: Sequence[_Edit], start: int, end: int) -> tuple[str, ...]:
    out: list[str] = []
    for edit in edits:
        out += [*old[start : edit.start], *edit.lines]
        start = edit.end
    return (*out, *old[start:end])
