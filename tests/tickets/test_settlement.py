"""The morning after: every sum of the page is that of the ledger."""

import csv
import io
import time

import pytest
from django.utils import timezone
from tests.tickets.desk import crew_client, text_of

from aqyn.core.passes.serials import letters
from aqyn.core.places import Wanted
from aqyn.payments import selectors as payments
from aqyn.payments import services as money
from aqyn.tickets.models import Hold, Order, Scan, Ticket
from aqyn.tickets.selectors.settlement import settlement
from aqyn.tickets.services import doors, selling
from aqyn.tickets.services import orders as deeds
from aqyn.tickets.settlement.plot import hall

from .conftest import EVENING, HOUR, NOON

FIGURES = ("places", "came", "missed", "waiting", "back", "sold", "paid", "refunded", "due", "owed")


@pytest.fixture
def sale(make_sale):
    return make_sale(places=100, door=10, paper=10, guests=10)


@pytest.fixture
def standing(sale, make_type):
    return make_type(sale, price=5_000_00)


@pytest.fixture
def seated(sale, make_type):
    return make_type(sale, price=9_000_00, name={"en": "Seated"}, position=1)


@pytest.fixture
def guest(sale, make_type):
    return make_type(sale, guests=True, name={"en": "Guest"}, position=2)


def told(line):
    return {name: getattr(line, name) for name in FIGURES if getattr(line, name)}


def scan(ticket, n=1):
    door = ticket.sale.doors.first() or doors.make_door(show="evening", name="Main", now=NOON)
    for number in range(n):
        Scan.objects.create(
            key=f"{ticket.pk}-{number}",
            door=door,
            ticket=ticket,
            verdict="good",
            let_in=True,
            at=EVENING,
            received_at=EVENING,
        )


def test_a_sale_of_nothing_adds_up_to_nothing(sale, standing):
    found = settlement(sale)
    assert told(found.whole) == {}
    assert found.agrees and [told(line) for line in found.types] == [{}]


def test_what_was_paid_by_transfer_stands_with_type_and_way(sale, standing, seated, buy):
    order = buy(standing, 2)
    buy(seated, 1)
    money.receive(payment=order.payment_id, amount=10_000_00, now=NOON)
    scan(order.tickets.first(), 2)
    found = settlement(sale)
    first, second = found.types
    assert told(first) == {"places": 2, "came": 1, "missed": 1, "sold": 10_000_00, "paid": 10_000_00}
    assert told(second) == {"waiting": 1, "sold": 9_000_00, "due": 9_000_00}
    assert [told(line) for line in found.ways] == [
        {
            "places": 2,
            "came": 1,
            "missed": 1,
            "waiting": 1,
            "sold": 19_000_00,
            "paid": 10_000_00,
            "due": 9_000_00,
        }
    ]
    assert found.agrees


def test_money_beyond_the_price_is_owed_and_stands_beyond_the_places(sale, standing, buy):
    order = buy(standing)
    money.receive(payment=order.payment_id, amount=5_700_00, now=NOON)
    found = settlement(sale)
    assert told(found.types[-1]) == {"paid": 700_00, "owed": 700_00}
    assert found.types[-1].key == "beyond"
    assert found.agrees


def test_what_was_sent_back_stands_with_the_place_that_went_back(sale, standing, buy):
    order = buy(standing, 3)
    money.receive(payment=order.payment_id, amount=15_000_00, now=NOON)
    first, second, _third = order.tickets.all()
    deeds.cancel_places(order=order.pk, tickets=[first.pk], now=NOON)
    money.send_refund(refund=payments.open_refunds([order.payment_id])[0].pk, now=NOON)
    deeds.cancel_places(order=order.pk, tickets=[second.pk], now=NOON)
    found = settlement(sale)
    assert told(found.types[0]) == {
        "places": 1,
        "missed": 1,
        "back": 2,
        "sold": 5_000_00,
        "paid": 15_000_00,
        "refunded": 5_000_00,
        "owed": 5_000_00,
    }
    assert found.whole.kept == 10_000_00
    assert found.agrees


def test_guests_and_paper_and_the_door_stand_each_with_its_way(sale, standing, guest):
    party = selling.add_guests(show="evening", type=guest.pk, name="Ару", count=3, now=NOON)
    sell = {"show": "evening", "items": (Wanted(standing.pk, 2),), "language": "kk", "now": NOON}
    selling.sell(channel="paper", way="paper", **sell)
    selling.sell(channel="door", way="cash", **sell)
    scan(party.tickets.first())
    found = settlement(sale)
    assert (found.guests, found.guests_came) == (3, 1)
    assert {line.key.split("-")[0]: line.paid for line in found.ways} == {"guest": 0, "way": 10_000_00}
    assert sorted(line.paid for line in found.ways) == [0, 10_000_00, 10_000_00]
    assert found.agrees


def test_an_order_that_lapsed_leaves_nothing_due(sale, standing, buy):
    order = buy(standing)
    deeds.lapse_due(now=order.payment.due_at + HOUR)
    found = settlement(sale)
    assert told(found.types[0]) == {"back": 1}
    assert found.agrees


def test_late_money_is_owed_back(sale, standing, buy):
    order = buy(standing)
    deeds.lapse_due(now=order.payment.due_at + HOUR)
    standing.quantity = 0
    standing.save()
    money.receive(payment=order.payment_id, amount=5_000_00, now=NOON)
    found = settlement(sale)
    assert told(found.types[0]) == {"back": 1, "paid": 5_000_00, "owed": 5_000_00}
    assert found.agrees


def test_a_price_that_was_lowered_is_sold_for_less(sale, standing, buy):
    order = buy(standing, 2)
    deeds.reduce_price(order=order.pk, amount=3_000_00, now=NOON)
    money.receive(payment=order.payment_id, amount=7_000_00, now=NOON)
    found = settlement(sale)
    assert told(found.types[0]) == {"places": 2, "missed": 2, "sold": 7_000_00, "paid": 7_000_00}
    assert found.agrees


def test_a_receipt_that_was_reversed_is_not_counted(sale, standing, buy):
    order = buy(standing)
    entry = money.receive(payment=order.payment_id, amount=5_000_00, now=NOON)
    money.reverse(entry=entry.pk, now=NOON, actor=None, note="another show")
    found = settlement(sale)
    assert told(found.types[0]) == {"waiting": 1, "sold": 5_000_00, "due": 5_000_00}
    assert found.agrees


@pytest.mark.parametrize("more", [0, 2])
def test_it_is_asked_in_few_queries(sale, standing, buy, more, django_assert_num_queries):
    for _n in range(1 + more):
        order = buy(standing)
        money.receive(payment=order.payment_id, amount=5_000_00, now=NOON)
    with django_assert_num_queries(8):
        settlement(sale)


def test_five_thousand_tickets_are_settled_at_once(sale, standing):
    Hold.objects.bulk_create(
        Hold(
            id=n,
            sale=sale,
            email="aru@example.kz",
            language="kk",
            channel="online",
            asked="",
            total=0,
            created_at=NOON,
            ended_at=NOON,
        )
        for n in range(1, 2501)
    )
    Order.objects.bulk_create(
        Order(
            id=n,
            hold_id=n,
            sale=sale,
            name="Ару",
            email="",
            language="kk",
            channel="online",
            way="free",
            total=0,
            placed_at=NOON,
            confirmed_at=NOON,
        )
        for n in range(1, 2501)
    )
    quota = sale.areas.get().quotas.get(channel="online")
    Ticket.objects.bulk_create(
        Ticket(order_id=1 + n // 2, sale=sale, type=standing, quota=quota, number=n + 1, price=0)
        for n in range(5000)
    )
    began = time.process_time()
    assert settlement(sale).whole.places == 5000
    # No bound on a busy machine's time; far above it something would be asked row by row.
    assert time.process_time() - began < 5


def test_the_page_shows_that_it_adds_up(sale, standing, buy):
    order = buy(standing, 2)
    money.receive(payment=order.payment_id, amount=10_000_00, now=NOON)
    page = text_of(crew_client(), "/studio/shows/evening/settlement/")
    assert "It adds up" in page and "10\u00a0000\u00a0₸" in page


def test_the_table_has_plain_amounts_and_no_formula(sale, standing, buy):
    standing.name = {"en": "=1+1"}
    standing.save()
    order = buy(standing, 2)
    money.receive(payment=order.payment_id, amount=10_000_00, now=NOON)
    answer = crew_client().get("/studio/shows/evening/settlement.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1] == [
        "Ticket type",
        "'=1+1",
        "2",
        "0",
        "2",
        "0",
        "0",
        "10000.00",
        "10000.00",
        "0.00",
        "0.00",
        "0.00",
        "KZT",
    ]
    assert rows[-1][7] == "10000.00"


@pytest.mark.parametrize("language", ["en", "kk", "kk-latn", "kk-arab", "ru"])
def test_the_page_is_set_in_every_language(sale, standing, buy, language):
    buy(standing, 2)
    answer = crew_client(language).get("/studio/shows/evening/settlement.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")


def test_teeth_show_all_only_for_all_and_nothing_only_for_nothing():
    assert hall(0, 0, 0, n=4).count("M") == 4
    parts = [path.count("M") for path in hall(1, 999, 1000, n=10).split("<path")[1:]]
    assert parts == [1, 8, 1]


def test_an_order_of_the_settlement_has_its_page(sale, standing, buy):
    order = buy(standing, now=timezone.now())
    assert crew_client().get(f"/studio/orders/{letters(order.pk)}/").status_code == 200


def test_what_came_in_before_a_price_was_lowered_is_owed_beyond_the_places(sale, standing, buy):
    order = buy(standing, 2)
    money.receive(payment=order.payment_id, amount=10_000_00, now=NOON)
    deeds.reduce_price(order=order.pk, amount=3_000_00, now=NOON)
    found = settlement(sale)
    assert told(found.types[0]) == {"places": 2, "missed": 2, "sold": 7_000_00, "paid": 7_000_00}
    assert told(found.types[1]) == {"paid": 3_000_00, "owed": 3_000_00}
    assert found.agrees
