"""Money that went back: told while it holds, and taken from where the money lies."""

import pytest
from tests.payments.conftest import HOUR, NOON

from aqyn.payments import selectors, services
from aqyn.payments.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(make_payment):
    """A refund of 1000 for an order by transfer that was paid by these ways: `owed("cash")`."""

    def one(*ways):
        payment = make_payment(5_000_00)
        for way in ways:
            by = services.crew_way(way, now=NOON).pk if way else None
            services.receive(payment=payment.pk, amount=6_000_00 // len(ways), way=by, now=NOON)
        return services.owe_back(payment=payment.pk, amount=1_000_00, why="over", now=NOON)

    return one


def went_by(refund):
    refund.refresh_from_db()
    return refund.entry.way.adapter


def test_a_refund_that_was_reversed_is_told_to_nobody(owed):
    refund = owed(None)
    sent = services.send_refund(refund=refund.pk, now=NOON + HOUR)
    assert selectors.refunds_sent(since=NOON) == [sent]
    services.reverse(entry=sent.entry.pk, now=NOON + HOUR)
    assert selectors.refunds_sent(since=NOON) == []


def test_a_refund_that_was_reversed_is_not_called_sent(owed, crew):
    refund = services.send_refund(refund=owed(None).pk, now=NOON)
    address = f"/studio/payments/{refund.payment.reference}/"
    assert '<span class="state">sent</span>' in crew.get(address).content.decode()
    services.reverse(entry=refund.entry.pk, now=NOON)
    assert '<span class="state">reversed</span>' in crew.get(address).content.decode()


@pytest.mark.parametrize(
    ("ways", "back"), [((None,), "transfer"), (("cash",), "cash"), (("cash", "terminal"), "terminal")]
)
def test_money_goes_back_the_way_it_came_last(owed, ways, back):
    refund = owed(*ways)
    services.send_refund(refund=refund.pk, now=NOON)
    assert went_by(refund) == back


def test_what_was_paid_in_cash_and_went_back_leaves_the_till_right(owed, way):
    refund = owed("cash")
    services.send_refund(refund=refund.pk, now=NOON)
    cash = services.crew_way("cash", now=NOON)
    assert selectors.money_by_way([refund.payment_id]) == {cash.pk: (6_000_00, 1_000_00)}


def test_a_receipt_that_was_reversed_says_nothing_of_the_way(owed):
    refund = owed("terminal", "cash")
    wrong = Entry.objects.filter(kind="receipt").latest("pk")
    services.reverse(entry=wrong.pk, now=NOON)
    services.send_refund(refund=refund.pk, now=NOON)
    assert went_by(refund) == "terminal"


def test_money_without_a_name_goes_back_by_the_account_on_which_it_came(way, make_payment):
    payment = make_payment(500_00, way=services.crew_way("cash", now=NOON).pk)
    columns = {"date": 0, "amount": 1}
    content = b"d;a\n02.11.2026;600\n"
    done = services.upload(name="a", content=content, columns=columns, way=way.pk, currency="KZT", now=NOON)
    arrival = services.book_unassigned(row=done.statement.rows.get().pk, now=NOON)
    services.assign(entry=arrival.pk, payment=payment.pk, now=NOON)
    refund = services.owe_back(payment=payment.pk, amount=100_00, why="over", now=NOON)
    services.send_refund(refund=refund.pk, now=NOON)
    assert went_by(refund) == "transfer"


def test_the_crew_says_by_which_way_it_sent_the_money(owed, crew, way):
    first, second, third = owed("cash"), owed("cash"), owed("cash")
    told = crew.get("/studio/payments/").context["refunds"]
    chosen = {row.pk: dict(ways)[value] for row, ways, value in told}
    assert chosen == dict.fromkeys(chosen, services.crew_way("cash", now=NOON).title)
    for refund, said in ((first, str(way.pk)), (second, "terminal"), (third, "")):
        crew.post(f"/studio/payments/refunds/{refund.pk}/sending/", {"way": said})
    assert [went_by(refund) for refund in (first, second, third)] == ["transfer", "terminal", "cash"]


@pytest.mark.parametrize("said", ["paper", "9999", "-1", "9" * 40, "\x00"])
def test_by_a_way_that_is_none_nothing_goes_back(owed, crew, said):
    refund = owed("cash")
    answer = crew.post(f"/studio/payments/refunds/{refund.pk}/sending/", {"way": said}, follow=True)
    assert "There is no such way to pay." in answer.content.decode()
    assert selectors.open_refunds() == [refund]
