"""Letters to buyers: each when it is due, once, in the buyer's own language."""

import pytest
from tests.tickets.conftest import EVENING, HOUR, MINUTE, NOON

from aqyn.core.passes.serials import letters
from aqyn.core.places import Wanted
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.post import services as post
from aqyn.post.models import Bounce, Letter
from aqyn.shows import services as shows
from aqyn.shows.services import Times
from aqyn.tickets import tasks
from aqyn.tickets.claims import HoldAsked
from aqyn.tickets.models import Hold, Mark, Quota
from aqyn.tickets.numbers import secret_of
from aqyn.tickets.services import buying, orders

pytestmark = pytest.mark.django_db
PRICE = 5_000_00


@pytest.fixture(autouse=True)
def looks_anew(monkeypatch):
    monkeypatch.setattr(tasks, "_looked", None)


@pytest.fixture
def floor(make_sale, make_type):
    return make_type(make_sale(places=20), price=PRICE)


def work(now):
    """All that is due at `now`."""
    tasks._looked = None
    for _deed in range(20):
        if not tasks.run_next(now=now, stop=lambda: False):
            return
    raise AssertionError("it never ends")


def kinds():
    return [letter.kind.removeprefix("tickets-") for letter in Letter.objects.order_by("pk")]


def last():
    return Letter.objects.order_by("pk").last()


def test_a_hold_is_told_of_after_a_while_and_once(floor):
    asked = HoldAsked("evening", (Wanted(floor.pk, 2),), "Aru@Example.kz", "en")
    held = buying.hold_places(asked=asked, now=NOON)
    work(NOON + MINUTE)
    assert kinds() == []
    work(NOON + 2 * MINUTE)
    work(NOON + 3 * MINUTE)
    letter = Letter.objects.get()
    assert (letter.to, letter.expires_at) == ("aru@example.kz", held.expires_at)
    assert f"/en/holds/{letters(held.id)}/{secret_of('hold', held.id)}/" in letter.text


def test_a_hold_that_is_over_gives_its_places_back_by_itself(floor):
    asked = HoldAsked("evening", (Wanted(floor.pk, 2),), "aru@example.kz", "en")
    buying.hold_places(asked=asked, now=NOON)
    work(NOON + 10 * MINUTE)
    assert (Quota.objects.get(channel="online").taken, Hold.objects.get().ended_at) == (
        0,
        NOON + 10 * MINUTE,
    )


def test_an_order_its_reminder_and_its_payment_are_told_in_the_buyers_language(floor, buy):
    order = buy(floor, 2)
    work(NOON)
    assert kinds() == ["order"]
    assert order.payment.reference in last().text
    assert "KZ86125KZT5004100100" in last().text
    assert "10\u00a0000\u00a0₸" in last().text
    assert last().language == "kk"
    assert f"/kk/orders/{letters(order.pk)}/" in last().html
    work(NOON + 23 * HOUR)
    assert kinds() == ["order"]
    work(NOON + 24 * HOUR)
    work(NOON + 25 * HOUR)
    assert kinds() == ["order", "reminder"]
    payments.receive(payment=order.payment_id, amount=2 * PRICE, now=NOON + 25 * HOUR)
    work(NOON + 25 * HOUR)
    work(NOON + 26 * HOUR)
    assert kinds() == ["order", "reminder", "paid"]
    assert "№ 0001, № 0002" in last().text


def test_a_part_of_the_money_asks_for_the_rest(floor, buy):
    order = buy(floor)
    work(NOON)
    payments.receive(payment=order.payment_id, amount=PRICE - 1_000_00, now=NOON)
    work(NOON)
    assert kinds() == ["order", "rest"]
    assert "1\u00a0000\u00a0₸" in last().text


def test_free_tickets_are_sent_at_once(floor, make_type, buy):
    buy(make_type(floor.sale, price=0))
    work(NOON)
    assert kinds() == ["tickets"]


def test_whoever_pays_at_the_door_gets_tickets_and_is_told_what_is_owed(floor, buy):
    door = payments.make_way(adapter="door", title={"en": "At the door"}, details={}, now=NOON)
    buy(floor, by=door)
    work(NOON)
    assert kinds() == ["tickets"]
    work(EVENING - 24 * HOUR)
    assert kinds() == ["tickets", "tomorrow"]
    assert "5\u00a0000\u00a0₸" in last().text


def test_an_order_that_lapses_is_told(floor, buy):
    buy(floor)
    work(NOON)
    work(NOON + 48 * HOUR)
    assert kinds()[-1] == "lapsed"
    assert kinds().count("lapsed") == 1


def test_a_cancelled_show_and_each_refund_are_told(floor, buy):
    order = buy(floor)
    payments.receive(payment=order.payment_id, amount=PRICE, now=NOON)
    work(NOON)
    shows.cancel(show="evening", now=NOON + HOUR)
    work(NOON + HOUR)
    assert kinds() == ["paid", "cancelled"]
    refund = money.open_refunds([order.payment_id])[0]
    payments.send_refund(refund=refund.pk, now=NOON + 2 * HOUR)
    work(NOON + 2 * HOUR)
    work(NOON + 3 * HOUR)
    assert kinds() == ["paid", "cancelled", "refunded"]
    assert "5\u00a0000\u00a0₸" in last().text


def test_another_date_is_told_for_each_time_it_is_put_off(floor, buy):
    order = buy(floor)
    payments.receive(payment=order.payment_id, amount=PRICE, now=NOON)
    work(NOON)
    shows.postpone(show="evening", now=NOON + HOUR)
    work(NOON + HOUR)
    work(NOON + 2 * HOUR)
    assert kinds() == ["paid", "changed"]
    shows.undo_postponement(show="evening", now=NOON + 3 * HOUR)
    shows.postpone(show="evening", to=Times(EVENING + 240 * HOUR), now=NOON + 3 * HOUR)
    work(NOON + 4 * HOUR)
    assert kinds() == ["paid", "changed", "changed"]


def test_tomorrow_is_told_by_day_at_the_place_of_the_show(floor, buy):
    order = buy(floor)
    payments.receive(payment=order.payment_id, amount=PRICE, now=NOON)
    work(NOON)
    # 09:00 in Astana, the day before.
    work(EVENING - 34 * HOUR)
    assert kinds() == ["paid"]
    work(EVENING - 33 * HOUR)
    work(EVENING - 30 * HOUR)
    assert kinds() == ["paid", "tomorrow"]


def test_an_address_that_cannot_be_reached_stops_nobody(floor, make_type, buy):
    Bounce.objects.create(address="aru@example.kz", at=NOON)
    free = make_type(floor.sale, price=0)
    buy(free)
    buy(free, email="dana@example.kz")
    work(NOON)
    assert [letter.to for letter in Letter.objects.all()] == ["dana@example.kz"]


def test_what_was_written_is_marked_in_the_same_moment(floor, make_type, buy, monkeypatch):
    order = buy(make_type(floor.sale, price=0))

    def broken(**told):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(post, "send", broken)
        with pytest.raises(RuntimeError):
            work(NOON)
    assert Mark.objects.count() == 0
    work(NOON)
    assert [mark.about for mark in Mark.objects.all()] == [f"order:{order.pk}"]


@pytest.mark.parametrize("language", ["kk", "kk-latn", "kk-arab", "ru", "en"])
def test_every_letter_can_be_written_in_every_language(floor, buy, language):
    order = buy(floor)
    type(order).objects.update(language=language)
    Hold.objects.update(language=language)
    work(NOON)
    letter = Letter.objects.get()
    assert letter.language == language
    assert "%(" not in letter.subject + letter.text + letter.html
    assert f'dir="{"rtl" if language == "kk-arab" else "ltr"}"' in letter.html


def test_guests_without_an_address_are_not_written_to(make_sale, make_type):
    from aqyn.tickets.services import selling

    sale = make_sale(guests=5)
    guests = make_type(sale, guests=True)
    selling.add_guests(show="evening", type=guests.pk, name="Ақын досы", count=2, now=NOON)
    work(NOON)
    assert kinds() == []
    assert orders.lapse_due(now=NOON) == 0
