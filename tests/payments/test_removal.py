"""A statement that was read wrongly goes, while nothing is booked of it, and is uploaded again."""

import threading

import pytest
from django.db import connection
from tests.payments.conftest import NOON

from aqyn.payments import selectors, services
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Statement, StatementRow
from aqyn.payments.signals import money_came

pytestmark = pytest.mark.django_db
CONTENT = "d;balance;a;t\n02.11.2026;99999;5000;{}\n03.11.2026;100099;100;y\n"
WRONG, RIGHT = {"date": 0, "amount": 1, "text": 3}, {"date": 0, "amount": 2, "text": 3}


@pytest.fixture
def upload(way):
    def one(columns, reference="x"):
        told = {"name": "a.csv", "content": CONTENT.format(reference).encode(), "columns": columns}
        return services.upload(**told, way=way.pk, currency="KZT", now=NOON).statement

    return one


def test_a_statement_with_the_wrong_column_is_removed_and_uploaded_again(crew, upload, make_payment):
    payment = make_payment(5_000_00)
    wrong = upload(WRONG, payment.reference)
    services.set_aside(row=wrong.rows.last().pk, now=NOON)
    with pytest.raises(refuse.StatementIsHere):
        upload(RIGHT, payment.reference)
    address = f"/studio/payments/statements/{wrong.pk}/"
    assert "Remove this statement" in crew.get(address).content.decode()
    assert crew.get(f"{address}removal/").status_code == 405
    answer = crew.post(f"{address}removal/", follow=True)
    assert "its file can be uploaded again" in answer.content.decode()
    assert crew.post(f"{address}removal/").status_code == 404
    assert (Statement.objects.count(), StatementRow.objects.count()) == (0, 0)
    right = upload(RIGHT, payment.reference)
    assert [row.amount for row in right.rows.all()] == [5_000_00, 100_00]


@pytest.mark.parametrize("reversed_", [False, True])
def test_a_statement_of_which_something_was_booked_stays(crew, upload, make_payment, reversed_):
    payment = make_payment(5_000_00)
    statement = upload(RIGHT, payment.reference)
    booked = services.confirm(choices={statement.rows.first().pk: payment.pk}, now=NOON).booked[0]
    if reversed_:
        services.reverse(entry=booked.pk, now=NOON)
    address = f"/studio/payments/statements/{statement.pk}/"
    assert "Remove this statement" not in crew.get(address).content.decode()
    answer = crew.post(f"{address}removal/", follow=True)
    assert "Something was booked of this statement" in answer.content.decode()
    assert statement.rows.count() == 2
    assert selectors.standing(payment.pk).received == (0 if reversed_ else 5_000_00)


def test_what_is_not_there_is_not_removed(db):
    with pytest.raises(refuse.NoSuchStatement):
        services.remove_statement(statement=1)


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_not_removed_from_under_what_is_just_booked(upload, make_payment):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one after the other in any case.")
    payment, statement = make_payment(5_000_00), upload(RIGHT)
    became = []

    def remove():
        try:
            services.remove_statement(statement=statement.pk)
        except refuse.StatementIsBooked as refusal:
            became.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=remove)

    def come(**_sent):
        other.start()
        other.join(0.5)
        assert other.is_alive()

    money_came.connect(come)
    try:
        services.confirm(choices={statement.rows.first().pk: payment.pk}, now=NOON)
    finally:
        money_came.disconnect(come)
        other.join(10)
    assert len(became) == 1
    assert selectors.standing(payment.pk).settled
    assert statement.rows.count() == 2
