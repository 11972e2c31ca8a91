"""What every deed of a sale's set-up needs: the sale held, and the word of what was done."""

from __future__ import annotations

from typing import Any

from aqyn.shows import selectors as shows
from aqyn.tickets import claims
from aqyn.tickets.models import Area, Sale, TicketType
from aqyn.tickets.sentences import sale as refuse
from aqyn.ui.journal import Journal

_journal = Journal("aqyn.tickets")
done, noted = _journal.done, _journal.noted


def show_of(slug: str) -> Any:
    """The show, in whatever state it is. Raises NoSuchShow."""
    show = shows.shown(slug)
    if show is None:
        raise refuse.NoSuchShow(slug=slug[:80])
    return show


def sale_held(show: str) -> Sale:
    """The sale of the show with this slug, held until the transaction around this call ends.

    Raises NoSaleYet.
    """
    locked = claims.lock_sales(claims.of_django(), [show]).get(show)
    if locked is None:
        raise refuse.NoSaleYet
    return Sale.objects.get(pk=locked.id)


def can_be_paid(sale: Sale) -> None:
    """Raises NoWayToPay where something has a price and there is no way to pay it."""
    priced = TicketType.objects.filter(sale=sale, closed_at=None, guests=False, price__gt=0)
    if priced.exists() and not sale.ways.filter(closed_at=None).exists():
        raise refuse.NoWayToPay


def stays_payable(sale: Sale) -> None:
    """Whether an open sale can still be paid after it was told anew. Raises NoWayToPay."""
    if sale.opened_at is not None and sale.closed_at is None:
        can_be_paid(sale)


def area_held(area: int) -> Area:
    """The area, its sale held. Raises NoSuchArea."""
    slug = Area.objects.filter(pk=area).values_list("sale__show__slug", flat=True).first()
    if slug is None:
        raise refuse.NoSuchArea
    sale = sale_held(slug)
    found = Area.objects.filter(pk=area).first()
    if found is None:
        raise refuse.NoSuchArea
    found.sale = sale
    return found


def type_held(type_: int) -> TicketType:
    """The ticket type, its sale held. Raises NoSuchType."""
    slug = TicketType.objects.filter(pk=type_).values_list("sale__show__slug", flat=True).first()
    if slug is None:
        raise refuse.NoSuchType
    sale = sale_held(slug)
    found = TicketType.objects.filter(pk=type_).first()
    if found is None:
        raise refuse.NoSuchType
    found.sale = sale
    return found
