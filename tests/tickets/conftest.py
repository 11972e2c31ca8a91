"""An announced show, its sale, and a clock that the tests hold."""

from datetime import UTC, datetime, timedelta

import pytest

from aqyn.people.services import make_artist
from aqyn.shows import services as shows
from aqyn.shows.services import ShowFacts
from aqyn.tickets.models import Area, Quota, Sale, TicketType

NOON = datetime(2046, 11, 2, 7, tzinfo=UTC)
# 13 November 2026, 19:00 in Astana.
EVENING = datetime(2046, 11, 13, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def artist(db):
    return make_artist(name={"kk-Cyrl": "Мадина", "ru": "Мадина", "en": "Madina"}, hue=28, slug="madina")


@pytest.fixture
def make_show(artist):
    """Makes an announced show: `make_show("evening")`."""

    def one(slug="evening", **told):
        facts = {
            "title": {"kk-Cyrl": "Жалғыз жарық", "en": "One Light"},
            "city": {"kk-Cyrl": "Астана", "en": "Astana"},
            "venue": {"kk-Cyrl": "Дала сарайы"},
            "starts_at": EVENING,
            "doors_at": EVENING - HOUR,
            "ends_at": EVENING + 2 * HOUR,
        }
        show = shows.make_show(artist="madina", facts=ShowFacts(**(facts | told), slug=slug), now=NOON)
        return shows.announce(show=show.slug, now=NOON)

    return one


@pytest.fixture
def make_sale(make_show):
    """Makes a show whose sale is on: `make_sale(places=3, door=1)`; its floor has one area."""

    def one(slug="evening", *, places=100, door=0, paper=0, guests=0, opened=True, **told) -> Sale:
        show = make_show(slug)
        sale = Sale.objects.create(
            show=show, currency="KZT", made_at=NOON, opened_at=NOON if opened else None, **told
        )
        area = Area.objects.create(sale=sale, name={"kk-Cyrl": "Партер", "en": "Floor"})
        for channel, count in {"online": places, "door": door, "paper": paper, "guests": guests}.items():
            Quota.objects.create(area=area, channel=channel, quantity=count)
        return sale

    return one


@pytest.fixture
def make_type():
    """Makes a ticket type: `make_type(sale, price=5_000_00, quantity=10)`."""

    def one(sale: Sale, *, price=0, **told) -> TicketType:
        area = told.pop("area", None) or sale.areas.first()
        name = told.pop("name", {"kk-Cyrl": "Тұрып тыңдау", "en": "Standing"})
        return TicketType.objects.create(sale=sale, area=area, name=name, price=price, **told)

    return one


@pytest.fixture
def way(db):
    """A bank transfer. The number is an example of the registry of IBANs."""
    from aqyn.payments import services as payments

    details = {"receiver": "Мадина Иманқұлов", "account": "KZ86 125K ZT50 0410 0100"}
    return payments.make_way(adapter="transfer", title={"en": "Transfer"}, details=details, now=NOON)


@pytest.fixture
def buy(way):
    """Orders places: `buy(type, 2)`, to be paid by transfer where they cost something."""
    from aqyn.core.places import Wanted
    from aqyn.tickets.claims import HoldAsked
    from aqyn.tickets.services import buying

    def one(type_, count=1, *, name="Ару Серікова", email="aru@example.kz", by=None, now=NOON):
        type_.sale.ways.add(by or way)
        show = type_.sale.show.slug
        asked = HoldAsked(show, (Wanted(type_.pk, count),), email, "kk")
        held = buying.hold_places(asked=asked, now=now)
        chosen = str((by or way).pk)
        return buying.place_order(hold=held.id, name=name, language="kk", way=chosen, now=now)

    return one
