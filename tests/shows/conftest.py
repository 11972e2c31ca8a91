"""An artist, her shows, and a clock that the tests hold."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from aqyn.people.models import Person, Role
from aqyn.people.services import make_artist
from aqyn.shows import services
from aqyn.shows.services import ActFacts, ShowFacts

NOON = datetime(2026, 11, 2, 7, tzinfo=UTC)
# 13 November 2026, 19:00 in Astana.
EVENING = datetime(2026, 11, 13, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


def facts(**told) -> ShowFacts:
    usual = {
        "title": {"kk-Cyrl": "Жалғыз жарық", "ru": "Один свет", "en": "One Light"},
        "city": {"kk-Cyrl": "Астана", "en": "Astana"},
        "venue": {"kk-Cyrl": "Дала сарайы", "en": "The Steppe House"},
        "country": "KZ",
        "starts_at": EVENING,
        "doors_at": EVENING - HOUR,
        "ends_at": EVENING + 2 * HOUR,
        "acts": [ActFacts({"kk-Cyrl": "Түнгі керуен", "en": "Night Caravan"}, "https://caravan.example/")],
    }
    return ShowFacts(**(usual | told))


@pytest.fixture
def artist(db):
    return make_artist(name={"kk-Cyrl": "Мадина", "ru": "Мадина", "en": "Madina"}, hue=28, slug="madina")


@pytest.fixture
def make(artist):
    """Makes a show: `make("evening", announced=True, starts_at=…)`."""

    def one(slug="evening", *, announced=True, **told):
        show = services.make_show(artist="madina", facts=facts(slug=slug, **told), now=NOON)
        return services.announce(show=show.slug, now=NOON) if announced else show

    return one


@pytest.fixture
def visitor():
    return Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")


@pytest.fixture
def crew(db):
    person = Person.objects.create(
        email="aru@example.kz", name="Ару", language="en", role=Role.CREW, joined_at=NOON
    )
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    client.force_login(person)
    return client


@pytest.fixture
def rows():
    """Everything that a deed could have changed: every row of the app."""
    from django.apps import apps

    def look():
        models = apps.get_app_config("shows").get_models()
        return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}

    return look
