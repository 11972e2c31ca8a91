"""What the scans of several doors come to, in whatever order they arrive: who came, and who came twice.

Each door decides alone, at times without a network. Put together, the first scan in time is the admission and
every later one of the same ticket a duplicate; what was undone at a door counts for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One scan. `let_in`: it let somebody in; `undoes`: the key of the scan that it takes back."""

    key: str
    ticket: int
    door: int
    at: datetime
    let_in: bool = True
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """`first`: the admission of each ticket that came. `again`: what let it in later, by time."""

    first: dict[int, Seen]
    again: dict[int, tuple[Seen, ...]]


def merge(scans: Iterable[Seen]) -> Merged:
    """What these scans come to. A scan that is told twice counts once; two at the same moment go by their
    keys, so that every order of arrival gives the same.

    A scan is undone by the door that made it, and by none other.
    """
    told = {scan.key: scan for scan in scans}
    undone = {(scan.undoes, scan.door) for scan in told.values() if scan.undoes}
    by_ticket: defaultdict[int, list[Seen]] = defaultdict(list)
    for scan in told.values():
        if scan.let_in and (scan.key, scan.door) not in undone:
            by_ticket[scan.ticket].append(scan)
    ordered = {
        ticket: sorted(seen, key=lambda scan: (scan.at, scan.key)) for ticket, seen in by_ticket.items()
    }
    return Merged(
        first={ticket: seen[0] for ticket, seen in ordered.items()},
        again={ticket: tuple(seen[1:]) for ticket, seen in ordered.items() if len(seen) > 1},
    )
