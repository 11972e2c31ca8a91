"""Each movement is an entry that stays; the sums agree; nothing goes back that did not come."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.payments.conftest import HOUR, NOON

from aqyn.core.ledger.book import Standing
from aqyn.payments import selectors, services
from aqyn.payments import sentences as refuse
from aqyn.payments.models import Entry, Refund
from aqyn.payments.signals import money_came, money_gone

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What was told of money, in its order."""
    told = []

    def came(payment, now, **_sent):
        told.append(("came", payment, now))

    def gone(payment, now, **_sent):
        told.append(("gone", payment, now))

    money_came.connect(came)
    money_gone.connect(gone)
    yield told
    money_came.disconnect(came)
    money_gone.disconnect(gone)


def kinds(payment):
    return [(entry.kind, entry.amount) for entry in selectors.entries_of([payment.pk])]


def test_a_payment_is_charged_with_the_sum_of_its_lines(make_payment):
    payment = make_payment(5_000_00, 2_500_00)
    assert kinds(payment) == [("charge", 7_500_00)]
    assert selectors.standing(payment.pk) == Standing(charged=7_500_00, received=0)
    assert [line.amount for line in payment.lines.all()] == [5_000_00, 2_500_00]
    assert selectors.payment_by_reference(f"билет {payment.reference.lower()}!") == payment


def test_money_that_came_is_told_and_counted_once_for_its_key(make_payment, heard):
    payment = make_payment(5_000_00)
    first = services.receive(payment=payment.pk, amount=2_000_00, now=NOON, key="k1")
    again = services.receive(payment=payment.pk, amount=2_000_00, now=NOON + HOUR, key="k1")
    assert again == first
    assert selectors.standing(payment.pk) == Standing(charged=5_000_00, received=2_000_00)
    assert heard == [("came", payment.pk, NOON)]


def test_less_is_to_be_paid_for_but_never_less_than_nothing(make_payment):
    payment = make_payment(5_000_00)
    services.discharge(payment=payment.pk, amount=1_000_00, now=NOON)
    with pytest.raises(refuse.BeyondCharged):
        services.discharge(payment=payment.pk, amount=4_000_01, now=NOON)
    assert selectors.standing(payment.pk).due == 4_000_00


def test_a_refund_is_owed_and_then_sent(make_payment, heard):
    payment = make_payment(5_000_00)
    services.receive(payment=payment.pk, amount=6_000_00, now=NOON)
    assert selectors.standing(payment.pk).owed == 1_000_00
    refund = services.owe_back(payment=payment.pk, amount=1_000_00, why="over", now=NOON)
    assert selectors.open_refunds() == [refund]
    services.send_refund(refund=refund.pk, now=NOON + HOUR, key="r1")
    services.send_refund(refund=refund.pk, now=NOON + HOUR, key="r1")
    assert kinds(payment) == [("charge", 5_000_00), ("receipt", 6_000_00), ("refund", 1_000_00)]
    assert selectors.standing(payment.pk) == Standing(charged=5_000_00, received=5_000_00)
    assert selectors.open_refunds() == []
    assert heard == [("came", payment.pk, NOON), ("gone", payment.pk, NOON + HOUR)]
    with pytest.raises(refuse.RefundIsClosed):
        services.let_go(refund=refund.pk, now=NOON)


def test_no_more_goes_back_than_came(make_payment):
    payment = make_payment(5_000_00)
    services.receive(payment=payment.pk, amount=5_000_00, now=NOON)
    services.owe_back(payment=payment.pk, amount=3_000_00, why="asked", now=NOON)
    with pytest.raises(refuse.BeyondReceived):
        services.owe_back(payment=payment.pk, amount=2_000_01, why="asked", now=NOON)
    assert [refund.amount for refund in Refund.objects.all()] == [3_000_00]


def test_a_mistake_is_reversed_by_another_entry_and_only_once(make_payment, heard):
    payment = make_payment(5_000_00)
    entry = services.receive(payment=payment.pk, amount=5_000_00, now=NOON)
    services.reverse(entry=entry.pk, now=NOON + HOUR, note="another's")
    assert kinds(payment) == [("charge", 5_000_00), ("receipt", 5_000_00), ("reversal", 5_000_00)]
    assert selectors.standing(payment.pk) == Standing(charged=5_000_00, received=0)
    assert selectors.money_by_way([payment.pk]) == {payment.way_id: (0, 0)}
    with pytest.raises(refuse.IsReversed):
        services.reverse(entry=entry.pk, now=NOON)
    charge = Entry.objects.get(kind="charge")
    with pytest.raises(refuse.CannotReverse):
        services.reverse(entry=charge.pk, now=NOON)


@pytest.mark.parametrize("amount", [0, -1, 10**13])
def test_what_is_no_amount_is_not_booked(make_payment, amount):
    payment = make_payment(5_000_00)
    with pytest.raises(refuse.NothingMoved):
        services.receive(payment=payment.pk, amount=amount, now=NOON)
    assert Entry.objects.count() == 1


def test_money_in_another_currency_is_not_booked(make_payment):
    payment = make_payment(5_000_00)
    with pytest.raises(refuse.OtherCurrency):
        services.receive(payment=payment.pk, amount=5_000_00, currency="USD", now=NOON)
    assert Entry.objects.count() == 1


def test_the_database_refuses_to_change_an_entry(make_payment):
    make_payment(5_000_00)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.update(amount=1)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            connection.cursor().execute("DELETE FROM payments_entry")
    assert [entry.amount for entry in Entry.objects.all()] == [5_000_00]


def test_all_accounts_together_add_up_to_nothing(make_payment):
    one, two = make_payment(5_000_00), make_payment(700_00, 300_00)
    services.receive(payment=one.pk, amount=6_000_00, now=NOON)
    services.owe_back(payment=one.pk, amount=1_000_00, why="over", now=NOON)
    services.send_refund(refund=Refund.objects.get().pk, now=NOON)
    services.receive(payment=two.pk, amount=400_00, now=NOON)
    services.discharge(payment=two.pk, amount=300_00, now=NOON)
    balances = selectors.balances("KZT")
    assert balances == {"payer": 300_00, "sales": -5_700_00, "money": 5_400_00, "unassigned": 0}
    assert sum(balances.values()) == 0


@pytest.mark.parametrize(
    ("adapter", "details", "refusal"),
    [
        ("transfer", {"receiver": "Мадина"}, refuse.DetailMissing),
        ("transfer", {"receiver": "Мадина", "account": "KZ86 125K ZT50 0410 0101"}, refuse.BadIban),
        ("kaspi", {"receiver": "Мадина"}, refuse.NeedsLinkOrPhone),
        ("kaspi", {"link": "http://pay.example/1"}, refuse.BadPayLink),
        ("barter", {}, refuse.UnknownAdapter),
    ],
)
def test_a_way_without_what_it_needs_is_not_made(db, adapter, details, refusal):
    with pytest.raises(refusal):
        services.make_way(adapter=adapter, title={"en": "Pay"}, details=details, now=NOON)
    assert selectors.ways() == []


def test_a_payer_is_told_what_to_send_where(make_payment):
    payment = make_payment(5_000_00)
    services.receive(payment=payment.pk, amount=1_000_50, now=NOON)
    told = selectors.instructions(payment)
    assert told.lines == (
        ("Receiver", "Мадина Иманқұлов"),
        ("Account number (IBAN, IIK)", "KZ86125KZT5004100100"),
        ("Bank", "Дала банкі"),
        ("Purpose", payment.reference),
        ("Amount", "3\u00a0999.50\u00a0₸"),
    )
