"""Letters to those who have places for a show, and thanks to those who came."""

from datetime import timedelta

import pytest
from tests.reach.conftest import EVENING, NOON
from tests.reach.test_bulletins import begin, bulletin, run

from aqyn.people.models import Fan
from aqyn.post import selectors as post_selectors
from aqyn.post import services as post
from aqyn.post.models import Letter
from aqyn.reach import selectors, services
from aqyn.stage.models import Performance, Played
from aqyn.tickets.models import Area, Door, Hold, Order, Quota, Sale, Scan, Ticket, TicketType

pytestmark = pytest.mark.django_db


@pytest.fixture
def buy(show):
    """Makes a confirmed order of one place: `buy("a@example.kz", came=True)`."""
    sale = Sale.objects.create(show=show, currency="KZT", made_at=NOON, opened_at=NOON)
    area = Area.objects.create(sale=sale, name={"kk-Cyrl": "Партер"})
    quota = Quota.objects.create(area=area, channel="online", quantity=100)
    kind = TicketType.objects.create(sale=sale, area=area, name={"kk-Cyrl": "Билет"}, price=0)
    door = Door.objects.create(sale=sale, name="Есік", token_sha256="d", made_at=NOON)

    def one(email, *, came=False, language="ru", confirmed=True):
        number = Ticket.objects.count() + 1
        hold = Hold.objects.create(
            sale=sale, email=email.lower(), language=language, channel="online", total=0, created_at=NOON
        )
        order = Order.objects.create(
            **{"hold": hold, "sale": sale, "name": "Сауле", "email": email, "language": language},
            **{"channel": "online", "way": "free", "total": 0, "placed_at": NOON},
            confirmed_at=NOON if confirmed else None,
        )
        ticket = Ticket.objects.create(order=order, sale=sale, type=kind, quota=quota, number=number, price=0)
        if came:
            Scan.objects.create(
                **{"key": str(number), "door": door, "ticket": ticket, "verdict": "good", "let_in": True},
                at=EVENING,
                received_at=EVENING,
            )

    return one


def test_thanks_go_to_those_who_came_with_the_songs_as_they_were_played(mail, buy, show):
    buy("came@example.kz", came=True)
    buy("Came@example.kz", came=True)
    buy("home@example.kz")
    evening = Performance.objects.create(show=show, key="k", opened_at=EVENING, closed_at=EVENING)
    for position, title in enumerate(["Қызылорда", "Жарық"]):
        at = EVENING + timedelta(minutes=position)
        Played.objects.create(
            performance=evening, position=position, kind="song", title={"kk-Cyrl": title}, began_at=at
        )
    row = services.thank(show="evening", house="https://aru.example", now=NOON, actor=None)
    assert "What we played:\n1. Qyzylorda\n2. Jaryq\n" in row.text["en"]
    assert "\n1. Қызылорда\n2. Жарық\n" in row.text["kk-Cyrl"]
    assert selectors.count(row, now=NOON) == 1
    begin(row, 1)
    run()
    assert [letter.to for letter in Letter.objects.all()] == ["came@example.kz"]


def test_a_buyer_leaves_the_letters_about_one_show_and_is_made_no_follower(mail, buy, show):
    buy("a@example.kz")
    buy("b@example.kz")
    buy("unpaid@example.kz", confirmed=False)
    row = bulletin(show="evening", audience="buyers")
    assert selectors.count(row, now=NOON) == 2
    begin(row, 2)
    run()
    letter = Letter.objects.get(to="a@example.kz")
    assert letter.kind == f"evening:{show.pk}"
    assert post_selectors.leave_path(address="a@example.kz", kind=letter.kind) in letter.html
    post.leave(address="a@example.kz", kind=letter.kind, now=NOON)
    assert selectors.count(bulletin(show="evening", audience="buyers"), now=NOON) == 1
    assert not Fan.objects.exists()
    assert post.send(to="a@example.kz", subject="ticket", text="t", kind="service", now=NOON)
