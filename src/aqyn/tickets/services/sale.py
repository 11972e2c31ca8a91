"""A show gets its sale, the sale is told anew, opens and closes.

Areas and ticket types are set up by `areas` and `ticket_types`; all of it may be asked for here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.ledger import money
from aqyn.payments import selectors as payments
from aqyn.shows import selectors as shows
from aqyn.shows import services as show_services
from aqyn.tickets.models import Hold, Sale, TicketType
from aqyn.tickets.sentences import sale as refuse
from aqyn.tickets.services.areas import add_area, change_area, move_places, remove_area
from aqyn.tickets.services.sale_rows import can_be_paid, done, sale_held, show_of, stays_payable
from aqyn.tickets.services.ticket_types import (
    TypeFacts,
    add_type,
    change_type,
    close_type,
    move_type,
    remove_type,
    reopen_type,
)
from aqyn.ui.refusal import Refusal

__all__ = [
    "SaleFacts",
    "TypeFacts",
    "add_area",
    "add_type",
    "change_area",
    "change_sale",
    "change_type",
    "close_sale",
    "close_type",
    "make_sale",
    "move_places",
    "move_type",
    "open_sale",
    "remove_area",
    "remove_sale",
    "remove_type",
    "reopen_type",
    "start_sale",
]

LONGEST_HOLD, LONGEST_KEPT = 240, 2160


@dataclass(frozen=True, slots=True)
class SaleFacts:
    """What is told of a sale. `ways`: ids of the payments' ways that buyers may choose from.

    `hold_minutes`: how long a hold is kept; `pay_hours`: how long places are kept for one who pays by hand;
    `remind_hours`: how long before its end the payer is reminded, 0 for never.
    """

    currency: str = "KZT"
    hold_minutes: int = 10
    pay_hours: int = 48
    remind_hours: int = 24
    ways: Sequence[int] = ()

    def checked(self) -> SaleFacts:
        """The same, made clean. Raises a Refusal."""
        currency = self.currency.strip().upper()
        if not money.known(currency):
            raise refuse.UnknownCurrency(currency=currency[:10])
        if not 1 <= self.hold_minutes <= LONGEST_HOLD:
            raise refuse.BadHoldTime(least=1, most=LONGEST_HOLD)
        if not 1 <= self.pay_hours <= LONGEST_KEPT:
            raise refuse.BadPayTime(least=1, most=LONGEST_KEPT)
        if not 0 <= self.remind_hours < self.pay_hours:
            raise refuse.BadReminder
        ways = sorted(set(self.ways))
        if ways and not set(ways) <= {way.pk for way in payments.ways(open_only=False)}:
            raise refuse.NoSuchWay
        return SaleFacts(currency, self.hold_minutes, self.pay_hours, self.remind_hours, ways)


def make_sale(
    *, show: str, currency: str = "KZT", facts: SaleFacts | None = None, now: datetime, actor: Any = None
) -> Sale:
    """The sale of the show with this slug, not open yet, without areas and types.

    `facts` tell more than the currency. Raises NoSuchShow, SaleIsThere, UnknownCurrency, …
    """
    told = (facts or SaleFacts(currency=currency)).checked()
    with transaction.atomic():
        show_services.hold_show(show)
        row = show_of(show)
        if Sale.objects.filter(show_id=row.pk).exists():
            raise refuse.SaleIsThere
        sale = Sale(show_id=row.pk, made_at=now)
        _tell(sale, told)
        done("sale made", show, actor)
    return sale


def start_sale(
    *,
    show: str,
    facts: SaleFacts,
    area: Mapping[str, str],
    places: Mapping[str, int],
    type_: TypeFacts,
    now: datetime,
    actor: Any = None,
) -> Sale:
    """A sale with one area and one ticket type, all of it or nothing. The area that `type_` names is passed
    over. Raises a Refusal."""
    with transaction.atomic():
        sale = make_sale(show=show, facts=facts, now=now, actor=actor)
        made = add_area(show=show, name=area, places=places, actor=actor)
        add_type(show=show, facts=replace(type_, area=made.pk), actor=actor)
    return sale


def change_sale(*, show: str, facts: SaleFacts, now: datetime, actor: Any = None) -> Sale:
    """Tell the sale anew. What is held or ordered already keeps the times that it was told.

    Another currency is taken only before the first hold; prices keep their numbers ("5000" stays "5000").
    """
    told = facts.checked()
    with transaction.atomic():
        sale = sale_held(show)
        if told.currency != sale.currency:
            if Hold.objects.filter(sale=sale).exists():
                raise refuse.CurrencyIsFixed
            _reprice(sale, told.currency)
        _tell(sale, told)
        stays_payable(sale)
        done("sale told anew", show, actor)
    return sale


def open_sale(*, show: str, now: datetime, actor: Any = None) -> Sale:
    """Places are sold from now on, each type within its own window. `close_sale` takes it back."""
    with transaction.atomic():
        sale = sale_held(show)
        row = show_of(show)
        if sale.opened_at is not None and sale.closed_at is None:
            raise refuse.SaleIsOpen
        if (no := _NOT_SOLD.get(shows.state_of(row, now))) is not None:
            raise no
        if not TicketType.objects.filter(sale=sale, closed_at=None, guests=False).exists():
            raise refuse.NothingToSell
        can_be_paid(sale)
        sale.opened_at, sale.closed_at = sale.opened_at or now, None
        sale.save(update_fields=["opened_at", "closed_at"])
        done("sale opened", show, actor)
    return sale


def close_sale(*, show: str, now: datetime, actor: Any = None) -> Sale:
    """Nothing is held online from now on; what is held can still be ordered. `open_sale` takes it back."""
    with transaction.atomic():
        sale = sale_held(show)
        if sale.opened_at is None or sale.closed_at is not None:
            raise refuse.SaleIsNotOpen
        sale.closed_at = now
        sale.save(update_fields=["closed_at"])
        done("sale closed", show, actor)
    return sale


def remove_sale(*, show: str, now: datetime, actor: Any = None) -> None:
    """The sale with its areas and types, as long as nothing was ever held. It cannot be undone."""
    with transaction.atomic():
        sale = sale_held(show)
        if Hold.objects.filter(sale=sale).exists() or sale.doors.exists():
            raise refuse.SaleWasUsed
        sale.types.all().delete()
        sale.delete()
        done("sale removed", show, actor)


_NOT_SOLD: dict[str, type[Refusal]] = {
    "draft": refuse.NotAnnouncedYet,
    "cancelled": refuse.ShowIsCancelled,
    "past": refuse.ShowIsOver,
}


def _tell(sale: Sale, facts: SaleFacts) -> None:
    sale.currency, sale.hold_minutes = facts.currency, facts.hold_minutes
    sale.pay_hours, sale.remind_hours = facts.pay_hours, facts.remind_hours
    if sale.pk is None:
        sale.save()
    else:
        # Never the whole row: `last_number` is counted by claims.
        sale.save(update_fields=["currency", "hold_minutes", "pay_hours", "remind_hours"])
    sale.ways.set(facts.ways)


def _reprice(sale: Sale, currency: str) -> None:
    """Prices as numbers stay what they are, in the minor unit of another currency."""
    up, down = 10 ** money.DIGITS[currency], 10 ** money.DIGITS[sale.currency]
    for type_ in sale.types.all():
        told = (type_.price, type_.floor or 0)
        if any(amount * up % down for amount in told):
            raise refuse.PricesDoNotFit(currency=currency)
        type_.price = type_.price * up // down
        type_.floor = None if type_.floor is None else type_.floor * up // down
        type_.save(update_fields=["price", "floor"])
