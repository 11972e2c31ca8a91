"""An artist, her followers, a show, and mail that is set up."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from aqyn.people.models import Fan, Person, Role
from aqyn.people.services import make_artist
from aqyn.post import services as post
from aqyn.shows import services as shows
from aqyn.shows.services import ShowFacts

NOON = datetime(2026, 11, 2, 7, tzinfo=UTC)
EVENING = datetime(2026, 11, 13, 14, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def aru(db):
    return make_artist(name={"kk-Cyrl": "Ару", "en": "Aru"}, hue=28, slug="aru")


@pytest.fixture
def show(aru):
    facts = ShowFacts(
        title={"kk-Cyrl": "Жалғыз жарық", "en": "One Light"},
        city={"kk-Cyrl": "Астана", "en": "Astana"},
        venue={"kk-Cyrl": "Дала сарайы", "en": "The Steppe House"},
        starts_at=EVENING,
        doors_at=EVENING - timedelta(hours=1),
        slug="evening",
    )
    shows.make_show(artist="aru", facts=facts, now=NOON)
    return shows.announce(show="evening", now=NOON)


@pytest.fixture
def follow(aru):
    """Makes followers: `follow("a@example.kz", "b@example.kz", city="Алматы", language="ru")`."""

    def some(*emails, city="", language="kk", artist=None, confirmed_at=NOON - DAY):
        return [
            Fan.objects.create(
                artist=artist or aru,
                email=email,
                city=city,
                language=language,
                token_sha256=f"{email} {(artist or aru).pk}",
                asked_at=NOON - DAY,
                confirmed_at=confirmed_at,
            )
            for email in emails
        ]

    return some


@pytest.fixture
def mail(db, monkeypatch):
    """Mail is set up, and the house knows its own address."""
    told = dataclasses.replace(settings.CONFIG, public_url="https://aru.example")
    monkeypatch.setattr(settings, "CONFIG", told)

    def write(port=2525, **values):
        usual = {"host": "127.0.0.1", "port": port, "security": "none", "from_address": "house@aru.example"}
        return post.set_mail_server(values=usual | values, now=NOON)

    write()
    return write


@pytest.fixture
def owner(db):
    return Person.objects.create(
        email="aru@example.kz", name="Ару", language="en", role=Role.OWNER, joined_at=NOON
    )


@pytest.fixture
def desk(owner):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    client.force_login(owner)
    return client
