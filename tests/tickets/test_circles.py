"""Deeds on orders and money that comes for them at once: nobody waits in a circle."""

import threading

import pytest
from django.db import connection, connections
from tests.tickets.conftest import HOUR, NOON

from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.tickets.services import orders as deeds


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="there everything that writes stands in one line")
def test_money_that_comes_while_its_order_is_cancelled_waits_in_no_circle(make_sale, make_type, buy):
    floor = make_type(make_sale(places=200), price=1_000_00)
    bought = [buy(floor, 2, email=f"aru{n}@example.kz") for n in range(40)]
    wrong = []
    start = threading.Barrier(2)

    def each(deed):
        try:
            for order in bought:
                start.wait()
                deed(order)
        except Exception as error:
            wrong.append(error)
            start.abort()
        finally:
            connections.close_all()

    def come(order):
        payments.receive(payment=order.payment_id, amount=2_000_00, now=NOON + HOUR)

    def cancel(order):
        deeds.cancel_order(order=order.pk, now=NOON + HOUR)

    both = [threading.Thread(target=each, args=[deed]) for deed in (come, cancel)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert wrong == []
    owed = {refund.payment_id: refund.amount for refund in money.open_refunds()}
    assert owed == {order.payment_id: 2_000_00 for order in bought}
    assert [one.agree for one in money.sums()] == [True]
