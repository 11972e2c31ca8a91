"""A sale as it stands: its types, how many places are left, and what is on offer to buyers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from aqyn.shows.selectors import is_over
from aqyn.tickets.models import Channel, HoldItem, Quota, Sale, Ticket, TicketType

PLENTY = 50
"""Where more places than this are left, buyers are not told how many."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One ticket type as buyers see it. Amounts in minor units of `currency`.

    `price`: what it costs, or, where `floor` is there, what is suggested, the buyer naming any price from
    `floor` on. `left`: how many can still be had, None for more than PLENTY. `state`: "on_sale"; "soon", its
    sale begins at `starts_at`, or has not been opened; "ended"; "sold_out".
    """

    id: int
    name: Mapping[str, str]
    note: Mapping[str, str]
    area: Mapping[str, str]
    price: int
    floor: int | None
    currency: str
    limit: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    hidden: bool
    left: int | None
    state: str

    @property
    def sold_out(self) -> bool:
        return self.state == "sold_out"


@dataclass(frozen=True, slots=True)
class Places:
    """Places of a type or a quota. `quantity` None: bounded by the area alone, and so is `left`.

    `held`: kept for a while; `waiting`: ordered, not confirmed yet; `sold`: confirmed.
    """

    quantity: int | None
    held: int
    waiting: int
    sold: int
    left: int | None

    @property
    def taken(self) -> int:
        return self.held + self.waiting + self.sold


def sale_of(slug: str) -> Sale | None:
    """The sale of the show with this slug, its show with it."""
    return Sale.objects.select_related("show__artist").filter(show__slug=slug).first()


def types_of(sale: Sale) -> list[TicketType]:
    """Every ticket type of the sale in its order, its area with it."""
    return list(sale.types.select_related("area"))


@dataclass(frozen=True, slots=True)
class Counts:
    """By type's and by quota's id, and of everything together."""

    types: Mapping[int, Places]
    quotas: Mapping[int, Places]
    whole: Places


def counts(sale: Sale) -> Counts:
    """How many places are held, sold and left, by type and by quota. Four queries."""
    types = list(sale.types.all())
    quotas = list(Quota.objects.filter(area__sale=sale))
    taken: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    held = (
        HoldItem.objects.filter(hold__sale=sale, hold__ended_at=None)
        .values_list("type_id", "quota_id")
        .annotate(n=Sum("quantity"))
        .order_by()
    )
    sold = (
        Ticket.objects.filter(sale=sale, gone_at=None)
        .values_list("type_id", "quota_id")
        .annotate(n=Count("pk"), sure=Count("pk", filter=Q(order__confirmed_at__isnull=False)))
        .order_by()
    )
    for type_, quota, n in held:
        _add(taken, type_, quota, (n, 0, 0))
    for type_, quota, n, sure in sold:
        _add(taken, type_, quota, (0, n - sure, sure))
    by_quota = {row.pk: _count(row.quantity, taken["quota", row.pk]) for row in quotas}
    by_type = {row.pk: _count(row.quantity, taken["type", row.pk]) for row in types}
    whole = [sum(taken["quota", row.pk][n] for row in quotas) for n in range(3)]
    return Counts(by_type, by_quota, _count(sum(row.quantity for row in quotas), whole))


def on_offer(slug: str, *, code: str = "", now: datetime) -> list[Offered]:
    """What buyers may have of this show, in its order; empty where there is no sale.

    Types that are closed or for guests are not among it, nor hidden ones, except to those who say their
    `code`. Places of holds that are over by `now` count as left. Four queries, whatever there is.
    """
    sale = sale_of(slug)
    if sale is None:
        return []
    said = code.strip().casefold()
    types = [
        row
        for row in sale.types.select_related("area").filter(closed_at=None, guests=False)
        if not row.code or row.code.casefold() == said
    ]
    quotas = {row.area_id: row for row in Quota.objects.filter(area__sale=sale, channel=Channel.ONLINE)}
    over = _over(sale, now)
    offered = []
    for row in types:
        quota = quotas.get(row.area_id)
        left = quota.quantity - quota.taken + over.get(("quota", quota.pk), 0) if quota else 0
        if row.quantity is not None:
            left = min(left, row.quantity - row.taken + over.get(("type", row.pk), 0))
        offered.append(_offered(sale, row, left, now))
    return offered


def _offered(sale: Sale, row: TicketType, left: int, now: datetime) -> Offered:
    return Offered(
        id=row.pk,
        name=row.name,
        note=row.note,
        area=row.area.name,
        price=row.price,
        floor=row.floor,
        currency=sale.currency,
        limit=row.limit,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        hidden=bool(row.code),
        left=None if left > PLENTY else max(0, left),
        state=_state(sale, row, left, now),
    )


def _state(sale: Sale, row: TicketType, left: int, now: datetime) -> str:
    over = sale.closed_at is not None or is_over(sale.show, now)
    if over or (row.ends_at is not None and row.ends_at <= now):
        return "ended"
    if left <= 0:
        return "sold_out"
    if sale.opened_at is None or (row.starts_at is not None and row.starts_at > now):
        return "soon"
    return "on_sale"


def _over(sale: Sale, now: datetime) -> dict[tuple[str, int], int]:
    """Places of holds that are over and not given back yet, by type and by quota."""
    over: dict[tuple[str, int], int] = defaultdict(int)
    rows = (
        HoldItem.objects.filter(hold__sale=sale, hold__ended_at=None, hold__expires_at__lte=now)
        .values_list("type_id", "quota_id")
        .annotate(n=Sum("quantity"))
        .order_by()
    )
    for type_, quota, n in rows:
        over["type", type_] += n
        over["quota", quota] += n
    return over


def _add(taken: dict[tuple[str, int], list[int]], type_: int, quota: int, more: tuple[int, int, int]) -> None:
    for key in (("type", type_), ("quota", quota)):
        taken[key] = [before + n for before, n in zip(taken[key], more, strict=True)]


def _count(quantity: int | None, taken: list[int]) -> Places:
    held, waiting, sold = taken
    left = None if quantity is None else quantity - held - waiting - sold
    return Places(quantity, held, waiting, sold, left)


def has_hidden(sale: Sale) -> bool:
    """Whether something of this sale is kept for those who know a code."""
    return sale.types.filter(closed_at=None, guests=False).exclude(code="").exists()
