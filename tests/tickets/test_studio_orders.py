"""Orders on the desk: found, cancelled, given more time; the guest list; tickets on paper."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.tickets.desk import crew_client, text_of

from aqyn.core.passes.serials import letters, serial
from aqyn.payments import selectors as payments
from aqyn.payments import services as money
from aqyn.post.models import Letter
from aqyn.tickets.models import Order, Quota, Ticket
from aqyn.tickets.services import orders as deeds

ORDERS = "/studio/shows/evening/orders/"


@pytest.fixture
def crew(db):
    return crew_client()


@pytest.fixture
def sale(make_sale):
    return make_sale(places=10, paper=20, guests=4)


@pytest.fixture
def type_(sale, make_type):
    return make_type(sale, price=5_000_00)


@pytest.fixture
def order(type_, buy):
    return buy(type_, 3, now=timezone.now())


def page_of(order):
    return f"/studio/orders/{letters(order.pk)}/"


def pay(order, amount):
    money.receive(payment=order.payment_id, amount=amount, now=timezone.now())


def taken(channel="online"):
    return Quota.objects.get(channel=channel).taken


@pytest.mark.parametrize("how", ["name", "latin", "e-mail", "reference", "number", "serial"])
def test_an_order_is_found_by_anything_that_is_known_of_it(crew, type_, order, buy, how):
    other = buy(type_, name="Ерлан Ахметов", email="erlan@example.kz", now=timezone.now())
    ticket = order.tickets.first()
    said = {
        "name": "серікова",
        "latin": "Serikova",
        "e-mail": "ARU@",
        "reference": order.payment.reference.lower(),
        "number": f"№ {ticket.number}",
        "serial": serial(ticket.serial).lower(),
    }[how]
    page = text_of(crew, ORDERS, q=said)
    assert (letters(order.pk) in page, letters(other.pk) in page) == (True, False)


def test_orders_are_shown_by_state(crew, type_, order, buy):
    other = buy(type_, now=timezone.now())
    pay(other, 5_000_00)
    page = text_of(crew, ORDERS, state="confirmed")
    assert (letters(order.pk) in page, letters(other.pk) in page) == (False, True)


def test_what_nobody_ordered_is_told_of(crew, sale):
    assert "Nothing like that was ordered" in text_of(crew, ORDERS, q="Абай")


def test_many_orders_have_pages(crew, make_type, sale, buy, monkeypatch):
    from aqyn.tickets.views import studio_order

    monkeypatch.setattr(studio_order, "ON_A_PAGE", 2)
    free = make_type(sale)
    for _n in range(3):
        buy(free, now=timezone.now())
    assert "Page 1 of 2" in text_of(crew, ORDERS)
    assert "Page 2 of 2" in text_of(crew, ORDERS, page="2")
    assert "Page 2 of 2" in text_of(crew, ORDERS, page="7000")


def test_an_order_tells_its_places_and_its_money(crew, order):
    pay(order, 5_000_00)
    page = text_of(crew, page_of(order))
    assert order.payment.reference in page
    assert "15\u00a0000\u00a0₸" in page and "10\u00a0000\u00a0₸" in page
    assert serial(order.tickets.first().serial) in page


def test_there_is_no_page_of_an_order_that_is_not_there(crew, db):
    assert crew.get(f"/studio/orders/{letters(4711)}/").status_code == 404
    assert crew.get("/studio/orders/nothing/").status_code == 404


def test_before_places_are_cancelled_it_is_told_what_is_owed_back(crew, order):
    pay(order, 15_000_00)
    first = order.tickets.first()
    page = text_of(crew, f"{page_of(order)}cancel/", place=str(first.number))
    assert "Owed back then" in page and "5\u00a0000\u00a0₸" in page
    assert taken() == 3


def test_a_part_of_an_order_is_cancelled(crew, order):
    pay(order, 15_000_00)
    first = order.tickets.first()
    assert crew.post(f"{page_of(order)}cancel/", {"place": str(first.number)}).status_code == 302
    assert taken() == 2
    assert [row.amount for row in payments.open_refunds([order.payment_id])] == [5_000_00]
    order.refresh_from_db()
    assert order.confirmed_at is not None and order.cancelled_at is None


def test_a_whole_order_is_cancelled(crew, order):
    crew.post(f"{page_of(order)}cancel/", {"all": "1"})
    order.refresh_from_db()
    assert order.cancelled_at is not None
    assert taken() == 0
    assert "Cancelled" in text_of(crew, page_of(order))


@pytest.mark.parametrize("told", [{}, {"place": "999"}, {"place": "-1"}])
def test_nothing_is_cancelled_where_nothing_was_chosen(crew, order, told):
    answer = crew.post(f"{page_of(order)}cancel/", told)
    assert answer.status_code == 409
    assert "Choose at least one place" in answer.content.decode()
    assert taken() == 3


def test_an_order_gets_more_time_to_pay_by_the_clocks_of_its_show(crew, order):
    # 12:30 in Almaty is 7:30 in UTC.
    crew.post(f"{page_of(order)}extend/", {"until": "2100-01-05T12:30"})
    order.payment.refresh_from_db()
    assert order.payment.due_at.isoformat() == "2100-01-05T07:30:00+00:00"


@pytest.mark.parametrize(("said", "status"), [("2020-01-05T12:30", 409), ("soon", 400), ("", 400)])
def test_no_time_is_given_that_is_none(crew, order, said, status):
    before = order.payment.due_at
    assert crew.post(f"{page_of(order)}extend/", {"until": said}).status_code == status
    order.payment.refresh_from_db()
    assert order.payment.due_at == before


def test_places_that_lapsed_are_taken_again(crew, order):
    deeds.lapse_due(now=order.payment.due_at + timedelta(seconds=1))
    assert taken() == 0
    crew.post(f"{page_of(order)}again/")
    order.refresh_from_db()
    assert (taken(), order.lapsed_at) == (3, None)


def test_a_ticket_gets_another_code(crew, order):
    first = order.tickets.first()
    crew.post(f"{page_of(order)}codes/{first.number}/")
    assert Ticket.objects.get(pk=first.pk).serial != first.serial


def test_an_order_costs_less_and_keeps_its_places(crew, order):
    money.receive(payment=order.payment_id, amount=order.total, now=timezone.now())
    reduce = f"{page_of(order)}reduce/"
    for wrong in ("0", "-5", "much", "1000000"):
        assert crew.post(reduce, {"amount": wrong}).status_code >= 400
    assert crew.post(reduce, {"amount": "200.50", "note": "A pillar"}).status_code == 302
    assert payments.standing(order.payment_id).owed == 200_50
    assert order.tickets.filter(gone_at=None).count() == order.tickets.count()


def test_guests_are_written_a_line_for_each(crew, sale, make_type):
    make_type(sale, guests=True)
    told = {
        "type": sale.types.get().pk,
        "key": "one",
        "lines": "Ару Серікова +2\n\nErlan, erlan@example.kz\n",
    }
    for _press in range(2):
        assert crew.post("/studio/shows/evening/guests/", told).status_code == 302
    found = [(row.name, row.email, row.tickets.count()) for row in Order.objects.order_by("name")]
    assert found == [("Erlan", "erlan@example.kz", 1), ("Ару Серікова", "", 3)]
    assert taken("guests") == 4


def test_a_list_with_one_guest_too_many_is_not_taken_at_all(crew, sale, make_type):
    make_type(sale, guests=True)
    told = {"type": sale.types.get().pk, "key": "one", "lines": "Ару +2\nЕрлан +1"}
    answer = crew.post("/studio/shows/evening/guests/", told)
    assert answer.status_code == 400
    assert "Only 1 of these places are left" in answer.content.decode()
    assert (Order.objects.count(), taken("guests")) == (0, 0)


@pytest.mark.parametrize("line", ["+2", "Aru +", "Aru +0", "Aru +2 +3", "Aru +100"])
def test_a_line_that_says_nothing_clear_is_told_of(crew, sale, make_type, line):
    make_type(sale, guests=True)
    answer = crew.post(
        "/studio/shows/evening/guests/", {"type": sale.types.get().pk, "key": "one", "lines": line}
    )
    assert (answer.status_code, Order.objects.count()) == (400, 0)
    assert "write a name" in answer.content.decode()


def test_a_type_for_guests_is_made_with_one_press(crew, sale):
    crew.post("/studio/shows/evening/guests/", {"make": "1"})
    assert [row.guests for row in sale.types.all()] == [True]


def test_tickets_on_paper_are_sold_once_however_often_it_is_pressed(crew, sale, type_):
    told = {"type": type_.pk, "count": "5", "name": "Kiosk", "key": "a" * 32}
    for _press in range(2):
        assert crew.post("/studio/shows/evening/paper/", told).status_code == 302
    order = Order.objects.get()
    assert (order.name, order.tickets.count(), taken("paper")) == ("Kiosk", 5, 5)
    assert payments.standing(order.payment_id).settled
    assert "Kiosk" in text_of(crew, "/studio/shows/evening/paper/")


def test_more_paper_than_there_is_is_not_sold(crew, sale, type_):
    answer = crew.post("/studio/shows/evening/paper/", {"type": type_.pk, "count": "21", "key": "b" * 32})
    assert (answer.status_code, Order.objects.count()) == (400, 0)
    assert "Only 20 of these places are left" in answer.content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_of_orders_asks_the_same_number_of_questions(
    crew, order, type_, buy, more, django_assert_num_queries
):
    for _n in range(more):
        buy(type_, now=timezone.now())
    crew.get(ORDERS)
    with django_assert_num_queries(10):
        assert crew.get(ORDERS).status_code == 200


def test_the_tickets_are_sent_again(crew, order):
    pay(order, 15_000_00)
    page = text_of(crew, page_of(order))
    assert "Send the tickets again" in page
    crew.post(f"{page_of(order)}letters/")
    letter = Letter.objects.get(kind="tickets-tickets")
    assert (letter.to, letter.language) == ("aru@example.kz", "kk")
    assert "Sent again from here" in text_of(crew, page_of(order))


def test_no_tickets_are_sent_of_an_order_that_is_cancelled(crew, order):
    deeds.cancel_order(order=order.pk, now=timezone.now())
    assert crew.post(f"{page_of(order)}letters/").status_code == 409
    assert not Letter.objects.exists()
