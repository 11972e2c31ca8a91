"""What becomes of an order: paid, late, short, over, double, taken again, cancelled, refunded."""

import pytest
from tests.tickets.conftest import EVENING, HOUR, NOON

from aqyn.core.ledger.book import Standing
from aqyn.core.places import Wanted
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.shows import services as shows
from aqyn.tickets.claims import HoldAsked
from aqyn.tickets.models import Quota, Sale
from aqyn.tickets.selectors.orders import buyers, orders, state_of
from aqyn.tickets.sentences import orders as refuse
from aqyn.tickets.sentences.buying import NotOnSale
from aqyn.tickets.services import orders as deeds
from aqyn.tickets.services.buying import hold_places

pytestmark = pytest.mark.django_db

PRICE = 5_000_00
LATER = NOON + 48 * HOUR


def pay(order, amount, *, now=NOON + HOUR):
    entry = payments.receive(payment=order.payment_id, amount=amount, now=now)
    order.refresh_from_db()
    return entry


def standing(order):
    return money.standing(order.payment_id)


def owed(order):
    return [(refund.amount, refund.why) for refund in money.open_refunds([order.payment_id])]


def taken(order):
    return Quota.objects.get(area__sale=order.sale_id, channel="online").taken


@pytest.fixture
def floor(make_sale, make_type):
    return make_type(make_sale(places=4), price=PRICE)


def test_an_order_waits_for_its_money_and_is_confirmed_by_it(floor, buy):
    order = buy(floor, 2)
    assert state_of(order, NOON) == "waiting"
    assert order.payment.due_at == LATER
    assert standing(order) == Standing(charged=2 * PRICE, received=0)
    pay(order, 2 * PRICE)
    assert order.confirmed_at == NOON + HOUR
    assert owed(order) == []
    assert [(buyer.email, buyer.name) for buyer in buyers("evening")] == [("aru@example.kz", "Ару Серікова")]


def test_places_are_not_kept_past_the_beginning_of_the_show(floor, buy):
    order = buy(floor, now=EVENING - HOUR)
    assert order.payment.due_at == EVENING


def test_too_little_keeps_waiting_until_the_rest_comes(floor, buy):
    order = buy(floor)
    pay(order, PRICE - 1)
    assert (state_of(order, NOON), standing(order).due, owed(order)) == ("waiting", 1, [])
    pay(order, 1)
    assert (state_of(order, NOON), owed(order)) == ("confirmed", [])


def test_too_much_is_owed_back(floor, buy):
    order = buy(floor)
    pay(order, PRICE + 250)
    assert (state_of(order, NOON), owed(order)) == ("confirmed", [(250, "over")])


def test_what_was_paid_twice_is_owed_back_once(floor, buy):
    order = buy(floor)
    pay(order, PRICE)
    pay(order, PRICE)
    assert owed(order) == [(PRICE, "double")]


def test_an_order_that_is_not_paid_in_time_gives_its_places_back(floor, buy):
    order = buy(floor, 3)
    pay(order, PRICE)
    assert deeds.lapse_due(now=LATER - HOUR) == 0
    assert deeds.lapse_due(now=LATER) == 1
    order.refresh_from_db()
    assert (order.lapsed_at, taken(order)) == (LATER, 0)
    assert standing(order) == Standing(charged=0, received=PRICE)
    assert owed(order) == [(PRICE, "late")]
    assert deeds.lapse_due(now=LATER + HOUR) == 0


def test_late_money_takes_the_places_again_where_they_are(floor, buy):
    order = buy(floor, 2)
    deeds.lapse_due(now=LATER)
    pay(order, 2 * PRICE, now=LATER + HOUR)
    assert (order.lapsed_at, order.confirmed_at, taken(order)) == (None, LATER + HOUR, 2)
    assert standing(order) == Standing(charged=2 * PRICE, received=2 * PRICE)
    assert owed(order) == []


def test_late_money_is_owed_back_where_the_places_are_gone(floor, buy):
    order = buy(floor, 2)
    deeds.lapse_due(now=LATER)
    buy(floor, 3, email="dana@example.kz", now=LATER)
    pay(order, 2 * PRICE, now=LATER + HOUR)
    assert state_of(order, LATER) == "lapsed"
    assert (owed(order), taken(order)) == ([(2 * PRICE, "late")], 3)
    with pytest.raises(refuse.PlacesAreGone):
        deeds.take_again(order=order.pk, now=LATER + HOUR)
    assert taken(order) == 3


def test_the_crew_takes_places_again_and_waits_for_the_money_anew(floor, buy):
    order = buy(floor)
    deeds.lapse_due(now=LATER)
    again = deeds.take_again(order=order.pk, now=LATER)
    again.payment.refresh_from_db()
    assert (state_of(again, LATER), again.payment.due_at) == ("waiting", LATER + 48 * HOUR)


def test_one_place_is_cancelled_and_its_price_owed_back(floor, buy):
    order = buy(floor, 3)
    pay(order, 3 * PRICE)
    first = order.tickets.first()
    deeds.cancel_places(order=order.pk, tickets=[first.pk], now=NOON)
    order.refresh_from_db()
    assert (state_of(order, NOON), taken(order), owed(order)) == ("confirmed", 2, [(PRICE, "part")])
    with pytest.raises(refuse.NoSuchTicket):
        deeds.cancel_places(order=order.pk, tickets=[first.pk], now=NOON)


def test_cancelling_what_is_not_paid_yet_confirms_the_rest_that_is(floor, buy):
    order = buy(floor, 2)
    pay(order, PRICE)
    deeds.cancel_places(order=order.pk, tickets=[order.tickets.first().pk], now=NOON)
    order.refresh_from_db()
    assert (state_of(order, NOON), owed(order)) == ("confirmed", [])


def test_a_whole_order_is_cancelled_and_refunded_to_the_end(floor, buy):
    order = buy(floor, 2)
    pay(order, 2 * PRICE)
    deeds.cancel_order(order=order.pk, now=NOON)
    order.refresh_from_db()
    assert (state_of(order, NOON), taken(order), owed(order)) == ("cancelled", 0, [(2 * PRICE, "cancelled")])
    refund = money.open_refunds([order.payment_id])[0]
    payments.send_refund(refund=refund.pk, now=NOON)
    assert (standing(order), owed(order)) == (Standing(charged=0, received=0), [])


def test_a_part_of_the_price_goes_back_and_the_places_stay(floor, buy):
    order = buy(floor)
    pay(order, PRICE)
    deeds.reduce_price(order=order.pk, amount=500_00, now=NOON)
    assert (owed(order), taken(order), standing(order).charged) == ([(500_00, "asked")], 1, PRICE - 500_00)
    with pytest.raises(refuse.BeyondPrice):
        deeds.reduce_price(order=order.pk, amount=PRICE, now=NOON)


def test_a_payment_that_was_a_mistake_lets_the_order_wait_again(floor, buy):
    order = buy(floor)
    entry = pay(order, PRICE + 100)
    payments.reverse(entry=entry.pk, now=LATER)
    order.refresh_from_db()
    assert (state_of(order, NOON), owed(order)) == ("waiting", [])
    assert order.payment.due_at is not None
    assert deeds.lapse_due(now=LATER) == 0


def test_whoever_pays_at_the_door_is_confirmed_and_owes(floor, buy, db):
    door = payments.make_way(adapter="door", title={"en": "At the door"}, details={}, now=NOON)
    order = buy(floor, by=door)
    assert (state_of(order, NOON), order.way, order.payment.due_at) == ("confirmed", "door", None)
    assert standing(order).due == PRICE
    pay(order, PRICE)
    assert standing(order).settled


def test_a_cancelled_show_cancels_every_order_and_owes_everything_back(floor, buy):
    paid, waiting = buy(floor, 2), buy(floor, email="dana@example.kz")
    pay(paid, 2 * PRICE)
    shows.cancel(show="evening", now=LATER - HOUR)
    assert Sale.objects.get().closed_at == LATER - HOUR
    assert deeds.cancel_with_show(now=LATER) == 2
    assert deeds.cancel_with_show(now=LATER) == 0
    assert {state_of(order, LATER) for order in orders("evening")} == {"cancelled"}
    assert (owed(paid), owed(waiting), taken(paid)) == ([(2 * PRICE, "cancelled")], [], 0)


def test_a_show_of_which_places_are_held_is_not_withdrawn(floor):
    asked = HoldAsked(show="evening", items=(Wanted(floor.pk, 1),), email="aru@example.kz")
    hold_places(asked=asked, now=NOON)
    with pytest.raises(refuse.PlacesAreSold):
        shows.withdraw(show="evening", now=NOON)
    shows.withdraw(show="evening", now=NOON + HOUR)


def test_a_show_with_sold_places_is_not_withdrawn(floor, buy):
    buy(floor)
    with pytest.raises(refuse.PlacesAreSold):
        shows.withdraw(show="evening", now=NOON)


def test_places_of_a_show_that_was_put_off_may_be_given_back(floor, buy):
    order = buy(floor)
    pay(order, PRICE)
    with pytest.raises(refuse.AskTheCrew):
        deeds.give_up(order=order.pk, now=NOON)
    shows.postpone(show="evening", now=NOON + HOUR)
    later = buy(floor, email="dana@example.kz", now=NOON + 2 * HOUR)
    pay(later, PRICE, now=NOON + 2 * HOUR)
    with pytest.raises(refuse.AskTheCrew):
        deeds.give_up(order=later.pk, now=NOON + 3 * HOUR)
    deeds.give_up(order=order.pk, now=NOON + 3 * HOUR)
    assert owed(order) == [(PRICE, "postponed")]


def test_a_part_is_owed_back_and_the_place_stays(floor, buy):
    order = buy(floor, 2)
    pay(order, 2 * PRICE)
    deeds.reduce_price(order=order.pk, amount=PRICE, now=LATER, note="A seat behind a pillar")
    assert (owed(order), taken(order)) == ([(PRICE, "asked")], 2)
    # What was taken off is shared out: the other place is not free.
    deeds.cancel_places(order=order.pk, tickets=[order.tickets.first().pk], now=LATER)
    assert standing(order) == Standing(charged=PRICE // 2, received=2 * PRICE)
    assert sum(amount for amount, _why in owed(order)) == PRICE * 3 // 2


def test_after_the_show_nothing_is_held_online(floor, buy):
    with pytest.raises(NotOnSale):
        buy(floor, now=EVENING + 6 * HOUR)


def test_once_the_show_has_begun_places_are_kept_to_its_end(floor, buy):
    order = buy(floor, now=EVENING + HOUR)
    assert order.payment.due_at == order.sale.show.ends_at


def test_a_refund_that_is_sent_takes_no_places_again(floor, buy):
    order = buy(floor)
    deeds.lapse_due(now=LATER)
    others = buy(floor, 4, email="dana@example.kz", now=LATER)
    for _time in range(2):
        pay(order, PRICE, now=LATER)
    deeds.cancel_order(order=others.pk, now=LATER)
    first = money.open_refunds([order.payment_id])[0]
    payments.send_refund(refund=first.pk, now=LATER)
    order.refresh_from_db()
    assert (order.lapsed_at, taken(order)) == (LATER, 0)


@pytest.mark.parametrize("name", ["Imangaliev", "Dana Alieva"])
def test_a_name_that_could_be_a_serial_is_found(floor, buy, name):
    order = buy(floor, name=name)
    assert [row.pk for row in orders("evening", query=name)] == [order.pk]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("серик", True),
        ("Serik", True),
        ("aru@", True),
        ("№1", True),
        ("2", False),
        ("dana", False),
    ],
)
def test_an_order_is_found(floor, buy, said, found):
    order = buy(floor)
    assert [row.pk for row in orders("evening", query=said)] == ([order.pk] if found else [])


def test_an_order_is_found_by_its_reference(floor, buy):
    order = buy(floor)
    buy(floor, email="dana@example.kz")
    assert [row.pk for row in orders("evening", query=order.payment.reference.lower())] == [order.pk]


def test_late_money_pays_what_the_price_was_lowered_to(floor, buy):
    order = buy(floor, 2)
    deeds.reduce_price(order=order.pk, amount=PRICE, now=NOON)
    deeds.lapse_due(now=LATER)
    pay(order, PRICE, now=LATER + HOUR)
    assert (state_of(order, LATER), taken(order), owed(order)) == ("confirmed", 2, [])
    assert standing(order) == Standing(charged=PRICE, received=PRICE)


def test_late_money_takes_no_places_for_an_order_that_was_cancelled(floor, buy):
    order = buy(floor, 2)
    deeds.lapse_due(now=LATER)
    deeds.cancel_order(order=order.pk, now=LATER)
    pay(order, 2 * PRICE, now=LATER + HOUR)
    assert (state_of(order, LATER), taken(order), owed(order)) == ("cancelled", 0, [(2 * PRICE, "late")])
    with pytest.raises(refuse.OrderIsOver):
        deeds.take_again(order=order.pk, now=LATER + HOUR)


def test_late_money_takes_no_places_at_a_show_that_is_over_or_cancelled(floor, buy):
    first, second = buy(floor), buy(floor, email="dana@example.kz")
    deeds.lapse_due(now=LATER)
    shows.cancel(show="evening", now=LATER)
    pay(first, PRICE, now=LATER + HOUR)
    shows.undo_cancellation(show="evening", now=LATER + HOUR)
    pay(second, PRICE, now=EVENING + 2 * HOUR)
    for order in (first, second):
        assert (state_of(order, LATER), owed(order)) == ("lapsed", [(PRICE, "late")])


def test_late_money_takes_no_places_beyond_the_limit_of_a_buyer(make_sale, make_type, buy):
    floor = make_type(make_sale(places=9), price=PRICE, limit=2)
    order = buy(floor, 2)
    deeds.lapse_due(now=LATER)
    buy(floor, 1, now=LATER)
    pay(order, 2 * PRICE, now=LATER + HOUR)
    assert (state_of(order, LATER), taken(order), owed(order)) == ("lapsed", 1, [(2 * PRICE, "late")])
    # The crew may go beyond it.
    deeds.take_again(order=order.pk, now=LATER + HOUR)
    assert (taken(order), owed(order)) == (3, [])
