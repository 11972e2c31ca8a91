"""The crew's desk of payments: the queue, one payment, ways to pay, a statement from file to book."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.payments.conftest import NOON

from aqyn.payments import selectors, services, urls
from aqyn.payments.models import Entry, FiscalReceipt, Way
from aqyn.payments.selectors import queue
from aqyn.payments.selectors.statements import arrivals

pytestmark = pytest.mark.django_db


def addresses():
    """Every address of the desk, with numbers of rows that are not there."""
    told = {"pk": 1, "reference": "2222-2222", "adapter": "transfer"}
    return [
        reverse(f"payments-studio:{one.name}", kwargs={name: told[name] for name in one.pattern.converters})
        for one in urls.studio
    ]


@pytest.mark.parametrize("address", addresses())
def test_strangers_see_no_money_and_move_none(db, address):
    stranger = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    for ask in (stranger.get, stranger.post):
        answer = ask(address)
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("address", addresses())
def test_what_is_not_there_or_not_asked_so_has_an_honest_status(desk, address):
    client = desk()
    statuses = {client.get(address).status_code, client.post(address).status_code}
    assert statuses <= {200, 302, 400, 404, 405}


def test_ways_are_the_owners(crew, way):
    for path in ("", "new/transfer/", f"{way.pk}/"):
        assert crew.get(f"/studio/payments/ways/{path}").status_code == 403
    assert crew.post(f"/studio/payments/ways/{way.pk}/closure/").status_code == 403
    assert selectors.ways() == [way]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_queue_shows_what_waits_and_costs_as_many_queries_for_three(desk, make_payment, way):
    client = desk()
    client.get("/studio/payments/")

    def more(name):
        paid = make_payment(5_000_00, name=name)
        services.receive(payment=paid.pk, amount=6_000_00, now=NOON)
        services.owe_back(payment=paid.pk, amount=1_000_00, why="over", now=NOON)
        services.advise(payment=paid.pk, payer=name, paid_at=None, picture=None, now=NOON)
        make_payment(5_000_00, name=name)
        content = f"d;a;p\n02.11.2026;700;{name}\n02.11.2026;800;{name}\n".encode()
        columns = {"date": 0, "amount": 1, "payer": 2}
        done = services.upload(
            name=name, content=content, columns=columns, way=way.pk, currency="KZT", now=NOON
        )
        first, second = done.statement.rows.all()
        services.book_unassigned(row=first.pk, now=NOON)
        services.give_back_arrival(entry=services.book_unassigned(row=second.pk, now=NOON).pk, now=NOON)

    more("Ару Серікова")
    once, asked = queries_of(client, "/studio/payments/"), queries_of(client, "/studio/payments/?q=serik")
    more("Дана"), more("Ерлан")
    page = client.get("/studio/payments/").content.decode()
    assert all(name in page for name in ("Ару Серікова", "Дана", "Ерлан"))
    assert queries_of(client, "/studio/payments/") == once
    assert queries_of(client, "/studio/payments/?q=serik") == asked
    found = client.get("/studio/payments/?q=serik").context["queue"]
    assert {one.payment.payer_name for one in found} == {"Ару Серікова"}


def test_other_lists_cost_as_many_queries_for_three(desk, make_payment, way):
    client, payments = desk(), [make_payment(5_000_00, name=f"Ару {n}") for n in range(3)]
    line = "02.11.2026;{};Ару;{}"
    client.get("/studio/payments/")
    costs = {}
    for n in (1, 3):
        content = "d;a;p;t\n" + "\n".join(line.format(n, one.reference) for one in payments[:n])
        columns = {"date": 0, "amount": 1, "payer": 2, "text": 3}
        done = services.upload(
            name=f"{n}.csv", content=content.encode(), columns=columns, way=way.pk, currency="KZT", now=NOON
        )
        payment = payments[n - 1]
        for _time in range(n):
            services.receive(payment=payment.pk, amount=100, now=NOON)
            services.owe_back(payment=payment.pk, amount=50, why="asked", now=NOON)
            services.advise(payment=payment.pk, payer="Ару", paid_at=None, picture=None, now=NOON)
            services.make_way(adapter="door", title={"en": "Door"}, details={}, now=NOON)
        costs[n] = [
            queries_of(client, f"/studio/payments/{path}")
            for path in ("ways/", "statements/", f"statements/{done.statement.pk}/", f"{payment.reference}/")
        ]
    assert costs[1] == costs[3]


def test_what_was_paid_long_ago_hides_nothing_that_waits(make_payment, monkeypatch):
    monkeypatch.setattr(queue, "MOST_SHOWN", 2)
    for n in range(3):
        paid = make_payment(100, due_at=NOON, name=f"Paid {n}")
        services.receive(payment=paid.pk, amount=100, now=NOON)
    waits = [make_payment(100, name=f"Waits {n}") for n in range(3)]
    assert [one.payment for one in queue.queue()] == waits[:2]
    assert queue.waiting_count() == 3


def test_a_payment_is_found_by_what_is_known_of_it(make_payment):
    one, two = make_payment(5_000_00), make_payment(7_500_50, name="Дана", payer_email="Dana@example.kz")
    services.receive(payment=one.pk, amount=7_500_50, now=NOON)
    asked = {
        one.reference.lower().replace("-", " "): [one],
        "билет " + two.reference: [two],
        "SERIKOVA": [one],
        "dana@EXAMPLE": [two],
        two.reference[:4].lower(): [two],
        "7 500,50": [one, two],
        "5000 ₸": [one],
        "nobody": [],
        "%": [],
        "'; --": [],
        "9" * 100: [],
    }
    found = {said: sorted(one.payment.pk for one in queue.queue(said)) for said in asked}
    assert found == {said: sorted(one.pk for one in rows) for said, rows in asked.items()}


def booking(client, payment, **told):
    """What the form on a payment's page sends, and the answer."""
    page = client.get(f"/studio/payments/{payment.reference}/")
    form = {"key": page.context["key"], "way": page.context["way"], "paid_at": "2026-11-01"} | told
    return form, client.post(f"/studio/payments/{payment.reference}/receipts/", form)


def test_what_is_just_due_is_booked_at_once_and_only_once(desk, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    page = client.get(f"/studio/payments/{payment.reference}/")
    assert 'value="5000.00"' in page.content.decode()
    form, answer = booking(client, payment, amount="5 000,00")
    assert answer.status_code == 302
    # The form once more, as a second press or the browser's way back sends it.
    client.post(f"/studio/payments/{payment.reference}/receipts/", form | {"seen": "500000:0:double"})
    (entry,) = Entry.objects.filter(kind="receipt")
    assert (entry.amount, entry.paid_at.day, entry.way) == (5_000_00, 1, payment.way)


@pytest.mark.parametrize(
    ("received", "discharged", "amount", "becomes", "said"),
    [
        (0, 0, "4 999,50", "short", "0.50\xa0₸ stays open"),
        (0, 0, "6000", "over", "1\xa0000\xa0₸ will be owed back"),
        (5_000_00, 0, "5000", "double", "paid already: all of it will be owed back"),
        (0, 5_000_00, "5000", "late", "Nothing is to be paid here any more"),
    ],
)
def test_what_becomes_of_another_amount_is_shown_first(
    desk, make_payment, received, discharged, amount, becomes, said
):
    client, payment = desk(), make_payment(5_000_00)
    if received:
        services.receive(payment=payment.pk, amount=received, now=NOON)
    if discharged:
        services.discharge(payment=payment.pk, amount=discharged, now=NOON)
    form, answer = booking(client, payment, amount=amount, note="чек 7")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert said in page
    assert "Book it all the same" in page
    assert 'value="чек 7"' in page
    assert selectors.standing(payment.pk).received == received
    seen = answer.context["seen"]
    assert seen.endswith(f":{becomes}")
    # What was seen was of another amount: it is shown again.
    again = client.post(f"/studio/payments/{payment.reference}/receipts/", form | {"seen": "1:over"})
    assert again.status_code == 200
    client.post(f"/studio/payments/{payment.reference}/receipts/", form | {"seen": seen})
    (entry,) = Entry.objects.filter(kind="receipt", note="чек 7")
    assert selectors.standing(payment.pk).received == received + entry.amount


def test_money_is_booked_by_the_way_in_which_it_came(desk, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    booking(client, payment, amount="5000", way="cash")
    assert Entry.objects.get(kind="receipt").way.adapter == "cash"
    other = make_payment(700_00)
    for wrong in ("9999", "paper", "-1", "9" * 40):
        booking(client, other, amount="700", way=wrong)
    assert selectors.standing(other.pk).received == 0


def test_a_mistake_is_reversed_and_nonsense_is_not_booked(desk, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    base = f"/studio/payments/{payment.reference}/"
    booking(client, payment, amount="5000")
    entry = Entry.objects.get(kind="receipt")
    client.post(f"{base}entries/{entry.pk}/reversal/", {"note": "another's"})
    assert selectors.standing(payment.pk).received == 0
    for wrong in ("", "abc", "-5", "0", "1.234,567,8", "9" * 5_000):
        answer = client.post(base + "receipts/", {"amount": wrong}, follow=True)
        assert 'class="message error"' in answer.content.decode()
    other = make_payment(700_00)
    answer = client.post(f"/studio/payments/{other.reference}/entries/{entry.pk}/reversal/")
    assert answer.status_code == 404
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


def test_where_a_refund_goes_is_noted_and_why_another_does_not_go(desk, make_payment):
    client, payment = desk(), make_payment(5_000_00)
    services.receive(payment=payment.pk, amount=6_000_00, now=NOON)
    refund = services.owe_back(payment=payment.pk, amount=1_000_00, why="over", now=NOON)
    client.post(f"/studio/payments/refunds/{refund.pk}/receiver/", {"to": "  Kaspi +7 701 "})
    assert "Kaspi +7 701" in client.get("/studio/payments/").content.decode()
    client.post(f"/studio/payments/refunds/{refund.pk}/letting-go/", {"note": "a gift"})
    refund.refresh_from_db()
    assert (refund.to, refund.note, refund.entry_id) == ("Kaspi +7 701", "a gift", None)
    client.post(f"/studio/payments/refunds/{refund.pk}/sending/")
    assert selectors.standing(payment.pk).received == 6_000_00


def test_money_without_a_name_is_given_to_its_payment_from_the_queue(desk, way, make_payment):
    client, payment = desk(), make_payment(700_00)
    content = b"d;a;p\n02.11.2026;700;x\n02.11.2026;800;y\n"
    columns = {"date": 0, "amount": 1, "payer": 2}
    done = services.upload(name="a", content=content, columns=columns, way=way.pk, currency="KZT", now=NOON)
    for row in done.statement.rows.all():
        client.post(f"/studio/payments/rows/{row.pk}/arrival/")
    first, second = Entry.objects.filter(kind="arrival")
    for wrong in ("", "2222-2222", "сөз"):
        client.post(f"/studio/payments/arrivals/{first.pk}/assignment/", {"reference": wrong})
    assert selectors.standing(payment.pk).received == 0
    client.post(f"/studio/payments/arrivals/{first.pk}/assignment/", {"reference": payment.reference})
    assert selectors.standing(payment.pk).settled
    client.post(f"/studio/payments/arrivals/{second.pk}/return/")
    returned = Entry.objects.get(kind="return")
    assert "Sent back lately" in client.get("/studio/payments/").content.decode()
    client.post(f"/studio/payments/arrivals/{returned.pk}/reversal/", {"note": "not yet"})
    assert arrivals() == [second]
    # Only what is of no payment is reversed here.
    receipt = services.receive(payment=payment.pk, amount=100, now=NOON)
    client.post(f"/studio/payments/arrivals/{receipt.pk}/reversal/", {"note": "?"})
    assert not Entry.objects.filter(reverses=receipt).exists()


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


NUL = "a\x00b"


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("{reference}/receipts/", {"amount": "4000", "key": NUL}),
        ("{reference}/receipts/", {"amount": "4000", "note": NUL}),
        ("{reference}/receipts/", {"amount": NUL}),
        ("{reference}/receipts/", {"amount": "4000", "way": NUL}),
        ("{reference}/receipts/", {"amount": "4000", "paid_at": "2026-11-01\x00", "way": "\x00"}),
        ("{reference}/fiscal-receipts/", {"number": NUL}),
        ("{reference}/entries/{receipt}/reversal/", {"note": NUL}),
        ("arrivals/{arrival}/reversal/", {"note": NUL}),
        ("arrivals/{arrival}/assignment/", {"reference": NUL}),
        ("refunds/{refund}/letting-go/", {"note": NUL}),
        ("refunds/{refund}/receiver/", {"to": NUL}),
        ("refunds/{refund}/sending/", {"way": NUL}),
        ("ways/new/transfer/", {"title-en": NUL, "receiver": "a", "account": "KZ86125KZT5004100100"}),
        ("ways/new/transfer/", {"title-en": "a", "receiver": NUL, "account": "KZ86125KZT5004100100"}),
        ("ways/{way}/", {"title-en": NUL, "receiver": "a", "account": "KZ86125KZT5004100100"}),
        ("statements/{statement}/", {"row": "{row}", "for-{row}": NUL}),
        ("statements/", {"kept": NUL}),
        ("a%00b/receipts/", {"amount": "5"}),
    ],
)
def test_what_no_database_takes_is_refused_with_a_sentence(desk, make_payment, way, path, form):
    client, payment = desk(), make_payment(5_000_00)
    receipt = services.receive(payment=payment.pk, amount=1_000_00, now=NOON)
    refund = services.owe_back(payment=payment.pk, amount=500_00, why="asked", now=NOON)
    done = services.upload(
        name=NUL,
        content=b"d;a\n02.11.2026;700\n03.11.2026;800\n",
        columns={"date": 0, "amount": 1},
        way=way.pk,
        currency="KZT",
        now=NOON,
    )
    first, second = done.statement.rows.all()
    told = {
        "reference": payment.reference,
        "receipt": receipt.pk,
        "arrival": services.book_unassigned(row=first.pk, now=NOON).pk,
        "refund": refund.pk,
        "way": way.pk,
        "statement": done.statement.pk,
        "row": second.pk,
    }
    before = Entry.objects.count()
    said = {name.format(**told): value.format(**told) for name, value in form.items()}
    answer = client.post("/studio/payments/" + path.format(**told), said, follow=True)
    assert answer.status_code in (200, 400, 404)
    assert answer.status_code == 404 or 'class="message error"' in answer.content.decode()
    assert Entry.objects.count() == before


def test_an_address_that_no_database_takes_is_a_page_that_is_not_there(desk):
    client = desk()
    assert client.get("/studio/payments/a%00b/").status_code == 404
    assert client.get("/studio/payments/?q=a%00b").status_code == 200
