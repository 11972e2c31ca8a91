"""The crew's desk of payments: the queue, one payment, ways to pay, a statement from file to book."""

import io

import pytest
from django.test import Client
from tests.payments.conftest import NOON

from aqyn.payments import selectors, services
from aqyn.payments.models import Entry, FiscalReceipt, Statement, Way
from aqyn.people.models import Person, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    def one(role=Role.OWNER):
        person = Person.objects.create(
            email=f"{role}@example.kz", name="Ару", language="en", role=role, joined_at=NOON
        )
        client = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
        client.force_login(person)
        return client

    return one


def test_strangers_see_no_money(make_payment):
    payment = make_payment(5_000_00)
    stranger = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    for path in ("", "ways/", "statements/", f"{payment.reference}/"):
        assert stranger.get(f"/studio/payments/{path}")["Location"].startswith("/sign-in/")


def test_ways_are_the_owners(desk, way):
    assert desk(Role.CREW).get("/studio/payments/ways/").status_code == 403


def test_the_queue_shows_what_waits_and_costs_as_many_queries_for_three(
    desk, make_payment, django_assert_num_queries
):
    client = desk()
    make_payment(5_000_00)
    client.get("/studio/payments/")
    with django_assert_num_queries(12):
        page = client.get("/studio/payments/").content.decode()
    assert "Ару Серікова" in page
    make_payment(6_000_00, name="Дана"), make_payment(7_000_00, name="Ерлан")
    with django_assert_num_queries(12):
        page = client.get("/studio/payments/").content.decode()
    assert "Дана" in page
    assert "Ерлан" in page
    assert "Дана" not in client.get("/studio/payments/?q=serik").content.decode()


def test_a_payment_is_booked_and_a_mistake_reversed(desk, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    base = f"/studio/payments/{payment.reference}/"
    assert 'value="5000.00"' in client.get(base).content.decode()
    client.post(base + "receipts/", {"amount": "4 999,50", "paid_at": "2026-11-01"})
    assert selectors.standing(payment.pk).due == 50
    entry = Entry.objects.get(kind="receipt")
    client.post(f"{base}entries/{entry.pk}/reversal/", {"note": "another's"})
    assert selectors.standing(payment.pk).received == 0
    for wrong in ("", "abc", "-5", "0", "1.234,567,8"):
        answer = client.post(base + "receipts/", {"amount": wrong}, follow=True)
        assert 'class="message error"' in answer.content.decode()
    assert selectors.standing(payment.pk).received == 0


def test_a_fiscal_receipt_stands_beside_a_payment(desk, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    for _again in range(2):
        client.post(f"/studio/payments/{payment.reference}/fiscal-receipts/", {"number": "FR-17"})
    assert [row.number for row in FiscalReceipt.objects.all()] == ["FR-17"]
    assert "FR-17" in client.get(f"/studio/payments/{payment.reference}/").content.decode()


def test_a_refund_is_sent_from_the_queue(desk, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    services.receive(payment=payment.pk, amount=6_000_00, now=NOON)
    refund = services.owe_back(payment=payment.pk, amount=1_000_00, why="over", now=NOON)
    assert "I have sent it back" in client.get("/studio/payments/").content.decode()
    for _again in range(2):
        client.post(f"/studio/payments/refunds/{refund.pk}/sending/")
    assert selectors.standing(payment.pk).received == 5_000_00


def test_a_way_is_made_changed_and_closed(desk):
    client = desk()
    told = {"title-en": "Transfer", "receiver": "Madina", "account": "KZ86 125K ZT50 0410 0101"}
    answer = client.post("/studio/payments/ways/new/transfer/", told)
    assert answer.status_code == 400
    assert "check digits do not fit" in answer.content.decode()
    client.post("/studio/payments/ways/new/transfer/", told | {"account": "KZ86125KZT5004100100"})
    way = Way.objects.get()
    client.post(
        f"/studio/payments/ways/{way.pk}/", told | {"account": "KZ86125KZT5004100100", "bank": "Dala"}
    )
    way.refresh_from_db()
    assert way.details["bank"] == "Dala"
    client.post(f"/studio/payments/ways/{way.pk}/closure/")
    assert selectors.ways() == []
    client.post(f"/studio/payments/ways/{way.pk}/opening/")
    assert selectors.ways() == [way]


def test_a_statement_goes_from_the_file_to_the_book(desk, way, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    file = io.BytesIO(f"Дата;Сумма;Кто;Зачем\n02.11.2026;5000;Ару;{payment.reference}\n".encode())
    file.name = "шот.csv"
    answer = client.post("/studio/payments/statements/", {"file": file})
    assert answer.status_code == 200
    kept = answer.context["kept"]
    told = {f"column-{n}": meaning for n, meaning in enumerate(("date", "amount", "payer", "text"))}
    told |= {"kept": kept, "way": way.pk, "currency": "KZT"}
    answer = client.post("/studio/payments/statements/", told)
    statement = Statement.objects.get()
    assert answer["Location"] == f"/studio/payments/statements/{statement.pk}/"
    row = statement.rows.get()
    assert "fits exactly" in client.get(answer["Location"]).content.decode()
    assert selectors.standing(payment.pk).received == 0
    client.post(answer["Location"], {"row": row.pk, f"for-{row.pk}": payment.reference})
    assert selectors.standing(payment.pk).settled


def test_a_picture_is_no_statement(desk):
    file = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    file.name = "шот.csv"
    answer = desk().post("/studio/payments/statements/", {"file": file})
    assert answer.status_code == 400
    assert "This is not a table in CSV" in answer.content.decode()
    assert Statement.objects.count() == 0
