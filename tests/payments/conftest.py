"""A way to pay, and payments over something that costs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from aqyn.payments import services
from aqyn.payments.services import LineFacts
from aqyn.people.models import Person, Role

NOON = datetime(2026, 11, 2, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def way(db):
    """A bank transfer. The number is an example of the registry of IBANs."""
    details = {"receiver": "Мадина Иманқұлов", "account": "KZ86 125K ZT50 0410 0100", "bank": "Дала банкі"}
    title = {"kk-Cyrl": "Банк аударымы", "en": "Bank transfer"}
    return services.make_way(adapter="transfer", title=title, details=details, now=NOON)


@pytest.fixture
def make_payment(way):
    """Makes a payment: `make_payment(10_000_00)`, one line for each amount."""

    def one(*amounts, name="Ару Серікова", **told):
        lines = [LineFacts("thing", f"{number}", amount) for number, amount in enumerate(amounts)]
        usual = {
            "payer_name": name,
            "payer_email": "aru@example.kz",
            "language": "kk",
            "currency": "KZT",
            "way": way.pk,
            "due_at": NOON + 48 * HOUR,
            "now": NOON,
        }
        return services.open_payment(lines=lines, **(usual | told))

    return one


@pytest.fixture
def desk(db):
    """Signs somebody in: `desk(Role.CREW)`, the owner otherwise."""

    def one(role=Role.OWNER):
        person = Person.objects.create(
            email=f"{role}@example.kz", name="Ару", language="en", role=role, joined_at=NOON
        )
        client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
        client.force_login(person)
        return client

    return one


@pytest.fixture
def crew(desk):
    """One of the crew, signed in."""
    return desk(Role.CREW)
