"""An announced show, its sale, and a clock that the tests hold."""

from datetime import UTC, datetime, timedelta

import pytest

from aqyn.people.services import make_artist
from aqyn.shows import services as shows
from aqyn.shows.services import ShowFacts
from aqyn.tickets.models import Area, Quota, Sale, TicketType

NOON = datetime(2026, 11, 2, 7, tzinfo=UTC)
# 13 November 2026, 19:00 in Astana.
EVENING = datetime(2026, 11, 13, 14, tzinfo=UTC)
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
