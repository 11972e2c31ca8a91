"""Whom it is still to be told that a show's hours, venue or city have changed.

What stood when is kept in marks about the show, for each language its own, since not every text is read in
every one: "show:12:kk" has "3f9a01bc-7", a digest and the show's `sequence`, at the moment from which on it
stood. A buyer was told what stood when she ordered, or when a letter "changed" was last written to her. Only
where that differs from what stands now is there something to tell; once nobody is left, a mark "told-7" says
so, and the orders are not asked again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from aqyn.core.moments import wall_time
from aqyn.tickets.letters.marks import about, unmarked
from aqyn.tickets.models import Mark, Order, Sale
from aqyn.ui.languages import TAGS, WANTED

SETTLED_AFTER = timedelta(minutes=5)
"""An order that was on its way when the show changed is there by then."""


@dataclass(frozen=True, slots=True)
class Change:
    """What stands since `at` for those who read `code`. `stale`: when what was told then is so no more."""

    show: Any
    code: str
    stood: Sequence[Mark]
    stale: Q

    @property
    def at(self) -> datetime:
        return self.stood[-1].at

    @property
    def number(self) -> str:
        """The show's `sequence` when it came to be."""
        return self.stood[-1].kind.partition("-")[2]

    @property
    def told(self) -> str:
        """The mark that says that nobody is left."""
        return f"told-{self.number}"

    def untold(self) -> QuerySet[Any]:
        """The orders whose buyers are still to be told; each with `mark`, and `told_at`: when she was last
        told where and when."""
        before = Mark.objects.filter(about=about("order"), kind__startswith="changed-").order_by("-at")
        # Of the show as it was read: had it changed since, the letter would say what is not noted yet.
        rows = Order.objects.filter(sale__show=self.show, sale__show__sequence=self.show.sequence)
        rows = rows.filter(lapsed_at=None, cancelled_at=None, placed_at__lt=self.at)
        rows = rows.filter(language=self.code) if self.code != "en" else rows.exclude(language__in=_OTHERS)
        rows = rows.annotate(told_at=Coalesce(Subquery(before.values("at")[:1]), F("placed_at")))
        rows = unmarked(rows.filter(self.stale), "order", f"changed-s{self.number}")
        return rows.order_by("placed_at").select_related("sale__show__artist", "payment__way")

    def settle(self, now: datetime) -> None:
        """Nobody is left; asked no more once all orders from before are there."""
        if self.at < now - SETTLED_AFTER:
            _leave(self.stood[-1].about, self.told, now)


def changes(*, now: datetime, since: datetime) -> list[Change]:
    """What changed after `since` in shows to come, and may be still to be told. Notes what stands now."""
    sales = Sale.objects.filter(show__announcement__isnull=False, show__cancellation=None)
    sales = sales.filter(Q(show__starts_at=None) | Q(show__starts_at__gt=now))
    shows = [sale.show for sale in sales.select_related("show")]
    noted = defaultdict(list)
    for mark in Mark.objects.filter(about__in=[_of(show, code) for show in shows for code in TAGS]):
        noted[mark.about].append(mark)
    found = []
    for show in shows:
        for code in TAGS:
            marks = sorted(noted[_of(show, code)], key=lambda mark: mark.pk)
            change = _change(show, code, [mark for mark in marks if not mark.kind.startswith("told-")])
            if change.stale and change.at > since and change.told not in {mark.kind for mark in marks}:
                found.append(change)
    return found


def _change(show: Any, code: str, stood: list[Mark]) -> Change:
    now = _digest(show, code, show.starts_at, show.doors_at)
    if not stood:
        # The first that is noted stood ever since, as far as anybody knows; but for what was put off.
        at = show.created_at
        for row in show.postponements.all():
            before = _digest(show, code, row.old_starts_at, row.old_doors_at)
            stood.append(_leave(_of(show, code), f"{before}-p{row.pk}", at))
            at = row.at
        stood.append(_leave(_of(show, code), f"{now}-{show.sequence}", at))
    elif stood[-1].kind[:8] != now:
        stood.append(_leave(_of(show, code), f"{now}-{show.sequence}", show.changed_at))
    stale = Q()
    for place, (mark, after) in enumerate(pairwise(stood)):
        if mark.kind[:8] != now:
            then = Q(told_at__lt=after.at)
            stale |= then & Q(told_at__gte=mark.at) if place else then
    return Change(show, code, stood, stale)


def _digest(show: Any, code: str, starts: datetime | None, doors: datetime | None) -> str:
    """Eight letters for what readers in this language are told of when and where."""
    zone = ZoneInfo(show.time_zone)
    times = [str(wall_time(at, zone)) if at else "" for at in (starts, doors)]
    told = json.dumps([*times, _text(show.city, code), _text(show.venue, code)])
    return blake2b(told.encode(), digest_size=4).hexdigest()


def _text(texts: Mapping[str, str], code: str) -> str:
    """The text that `core.texts.choose` begins with: what it makes of it may be made better some day, and
    that is no news."""
    for tag in WANTED[code]:
        for written in (tag, "kk-Cyrl") if tag.startswith("kk-") else (tag,):
            if texts.get(written):
                return texts[written]
    return json.dumps(texts, sort_keys=True)


def _of(show: Any, code: str) -> str:
    return f"show:{show.pk}:{code}"


def _leave(what: str, kind: str, at: datetime) -> Mark:
    return Mark.objects.get_or_create(about=what, kind=kind, defaults={"at": at})[0]


_OTHERS = [code for code in TAGS if code != "en"]
