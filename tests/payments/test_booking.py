"""Each movement is an entry that stays; the sums agree; nothing goes back that did not come."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.payments.conftest import HOUR, NOON

from aqyn.core.ledger.book import Standing
from aqyn.payments import selectors, services
from aqyn.payments import sentences as refuse
from aqyn.payments.adapters.by_hand import iban_fits
from aqyn.payments.models import Entry, Refund
from aqyn.payments.signals import money_came, money_gone, money_moving

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


def test_the_sums_prove_that_money_by_way_is_what_came_less_what_went(make_payment, way):
    one, two, foreign = make_payment(5_000_00), make_payment(1_000_00), make_payment(20_00, currency="USD")
    cash = services.crew_way("cash", now=NOON)
    services.receive(payment=one.pk, amount=6_000_00, now=NOON)
    services.owe_back(payment=one.pk, amount=1_000_00, why="over", now=NOON)
    services.send_refund(refund=Refund.objects.get().pk, now=NOON)
    services.receive(payment=two.pk, amount=1_000_00, way=cash.pk, now=NOON)
    wrong = services.receive(payment=two.pk, amount=300_00, way=cash.pk, now=NOON)
    services.reverse(entry=wrong.pk, now=NOON)
    services.receive(payment=foreign.pk, amount=20_00, now=NOON)
    kzt, usd = selectors.sums()
    assert (kzt.currency, kzt.agree, usd.currency, usd.agree) == ("KZT", True, "USD", True)
    assert [(row.way, row.came, row.went, row.left) for row in kzt.by_way] == [
        (way, 6_000_00, 1_000_00, 5_000_00),
        (cash, 1_000_00, 0, 1_000_00),
    ]
    assert (kzt.came, kzt.went, kzt.left, kzt.accounts["money"]) == (7_000_00, 1_000_00, 6_000_00, 6_000_00)


def test_the_sums_do_not_agree_where_an_entry_is_not_what_it_says(make_payment):
    payment = make_payment(5_000_00)
    entry = services.receive(payment=payment.pk, amount=5_000_00, now=NOON)
    Entry.objects.create(
        payment=payment, kind="note", debit="money", credit="payer", amount=1, currency="KZT", at=entry.at
    )
    assert [one.agree for one in selectors.sums()] == [False]


def test_the_crews_own_way_is_made_once_and_named_in_every_language(db):
    first = services.crew_way("terminal", now=NOON)
    assert services.crew_way("terminal", now=NOON) == first
    assert set(first.title) == {"kk-Cyrl", "ru", "en"}
    assert first.title["en"] == "Card terminal"


def test_whoever_holds_rows_before_a_payment_hears_of_it_first(make_payment):
    payment, order = make_payment(5_000_00), []
    moving = lambda payment, **_sent: order.append(("moving", selectors.standing(payment).received))  # noqa: E731
    came = lambda payment, **_sent: order.append(("came", selectors.standing(payment).received))  # noqa: E731
    gone = lambda payment, **_sent: order.append(("gone", selectors.standing(payment).received))  # noqa: E731
    money_moving.connect(moving), money_came.connect(came), money_gone.connect(gone)
    try:
        entry = services.receive(payment=payment.pk, amount=5_000_00, now=NOON)
        services.reverse(entry=entry.pk, now=NOON)
    finally:
        money_moving.disconnect(moving), money_came.disconnect(came), money_gone.disconnect(gone)
    assert order == [("moving", 0), ("came", 5_000_00), ("moving", 5_000_00), ("gone", 0)]


@pytest.mark.parametrize(
    ("adapter", "details", "refusal"),
    [
        ("transfer", {"receiver": "Мадина"}, refuse.DetailMissing),
        ("transfer", {"receiver": "Мадина", "account": "KZ86 125K ZT50 0410 0101"}, refuse.BadIban),
        ("kaspi", {"receiver": "Мадина"}, refuse.NeedsLinkOrPhone),
        ("kaspi", {"link": "http://pay.example/1"}, refuse.BadPayLink),
        ("kaspi", {"link": "javascript:alert(1)//https://"}, refuse.BadPayLink),
        ("transfer", {"receiver": "М", "account": "KZ86"}, refuse.BadIban),
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


def test_each_way_says_what_its_payer_needs(make_payment):
    kaspi = services.make_way(
        adapter="kaspi",
        title={"en": "Kaspi"},
        details={"link": "https://pay.kaspi.kz/pay/abc", "phone": "+7 701 000 00 00"},
        now=NOON,
    )
    payment = make_payment(5_000_00, way=kaspi.pk)
    told = selectors.instructions(payment)
    assert (told.link, told.code) == ("https://pay.kaspi.kz/pay/abc", "https://pay.kaspi.kz/pay/abc")
    assert told.lines == (
        ("Phone number", "+7 701 000 00 00"),
        ("Message", payment.reference),
        ("Amount", "5\u00a0000\u00a0₸"),
    )
    door = services.make_way(adapter="door", title={"en": "At the door"}, details={}, now=NOON)
    told = selectors.instructions(make_payment(700_00, way=door.pk))
    assert (told.lines, told.link, told.code) == ((("Amount", "700\u00a0₸"),), "", "")
    assert selectors.instructions(make_payment(700_00, way=None)) == selectors.Instructions()


def test_accounts_of_other_lands_are_checked_by_their_digits():
    # Examples of the registry of IBANs, each with one digit changed after it.
    for right in ("GB29NWBK60161331926819", "DE89370400440532013000", "KZ86125KZT5004100100"):
        assert iban_fits(right)
        for place in range(4, len(right)):
            wrong = right[:place] + ("1" if right[place] != "1" else "2") + right[place + 1 :]
            assert not iban_fits(wrong)
    assert not iban_fits("KZ86125KZT50041001О0")
