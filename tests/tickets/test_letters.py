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
from aqyn.shows.models import Show
from aqyn.shows.services import Times
from aqyn.tickets import tasks
from aqyn.tickets.claims import HoldAsked
from aqyn.tickets.models import Hold, Mark, Order, Quota
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


@pytest.fixture
def bought(floor, buy):
    """An order that is paid and told so."""
    order = buy(floor)
    payments.receive(payment=order.payment_id, amount=PRICE, now=NOON)
    work(NOON)
    assert kinds() == ["paid"]
    return order


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


def test_a_payment_taken_back_is_told_and_so_is_the_next_one(floor, buy):
    order = buy(floor)
    work(NOON)
    entry = payments.receive(payment=order.payment_id, amount=PRICE, now=NOON + HOUR)
    work(NOON + HOUR)
    payments.reverse(entry=entry.pk, now=NOON + 2 * HOUR)
    work(NOON + 2 * HOUR)
    work(NOON + 3 * HOUR)
    assert kinds() == ["order", "paid", "order"]
    payments.receive(payment=order.payment_id, amount=PRICE, now=NOON + 4 * HOUR)
    work(NOON + 4 * HOUR)
    work(NOON + 5 * HOUR)
    assert kinds() == ["order", "paid", "order", "paid"]


def test_an_order_that_is_taken_again_is_told_reminded_and_lapses_anew(floor, buy):
    order = buy(floor)
    work(NOON)
    work(NOON + 24 * HOUR)
    work(NOON + 48 * HOUR)
    assert kinds() == ["order", "reminder", "lapsed"]
    orders.take_again(order=order.pk, now=NOON + 50 * HOUR)
    for hours in (50, 51, 74, 75, 98, 99):
        work(NOON + hours * HOUR)
    assert kinds() == ["order", "reminder", "lapsed"] * 2


def test_a_longer_time_to_pay_is_told_and_reminded_of(floor, buy):
    order = buy(floor)
    work(NOON)
    work(NOON + 24 * HOUR)
    orders.extend(order=order.pk, due_at=NOON + 96 * HOUR, now=NOON + 25 * HOUR)
    work(NOON + 25 * HOUR)
    work(NOON + 71 * HOUR)
    assert kinds() == ["order", "reminder", "order"]
    work(NOON + 72 * HOUR)
    work(NOON + 73 * HOUR)
    assert kinds() == ["order", "reminder", "order", "reminder"]


def test_one_who_was_just_told_what_is_to_be_paid_is_not_reminded_of_it(floor, buy):
    order = buy(floor)
    work(NOON)
    work(NOON + 24 * HOUR)
    orders.extend(order=order.pk, due_at=NOON + 47 * HOUR, now=NOON + 30 * HOUR)
    work(NOON + 30 * HOUR)
    assert kinds() == ["order", "reminder", "order"]
    work(NOON + 31 * HOUR + MINUTE)
    assert kinds() == ["order", "reminder", "order", "reminder"]


def test_places_that_go_while_others_stay_are_told_once_each(floor, buy):
    order = buy(floor, 4)
    payments.receive(payment=order.payment_id, amount=4 * PRICE, now=NOON)
    work(NOON)
    pks = list(order.tickets.values_list("pk", flat=True))
    orders.cancel_places(order=order.pk, tickets=[pks[0], pks[2]], now=NOON + HOUR)
    work(NOON + HOUR)
    work(NOON + 2 * HOUR)
    assert kinds() == ["paid", "cancelled"]
    assert "№ 0001, № 0003" in last().text
    assert "№ 0002, № 0004" in last().text
    orders.cancel_places(order=order.pk, tickets=[pks[1]], now=NOON + 3 * HOUR)
    work(NOON + 3 * HOUR)
    assert kinds() == ["paid", "cancelled", "cancelled"]
    assert "№ 0001" not in last().text
    orders.cancel_places(order=order.pk, tickets=[pks[3]], now=NOON + 3 * HOUR)
    work(NOON + 4 * HOUR)
    work(NOON + 5 * HOUR)
    assert kinds() == ["paid", "cancelled", "cancelled", "cancelled"]


def test_whoever_has_not_paid_is_told_what_is_due_without_the_cancelled_places(floor, buy):
    order = buy(floor, 2)
    work(NOON)
    orders.cancel_places(order=order.pk, tickets=[order.tickets.first().pk], now=NOON + HOUR)
    work(NOON + HOUR)
    assert kinds() == ["order", "cancelled"]
    assert "5\u00a0000\u00a0₸" in last().text


def test_places_that_lapsed_or_went_with_the_whole_order_are_told_once(floor, buy):
    lapses, whole = buy(floor, 2), buy(floor, 2, email="dana@example.kz")
    work(NOON)
    orders.cancel_places(order=whole.pk, tickets=[whole.tickets.first().pk], now=NOON + HOUR)
    orders.cancel_order(order=whole.pk, now=NOON + HOUR)
    work(NOON + HOUR)
    work(NOON + 48 * HOUR)
    orders.take_again(order=lapses.pk, now=NOON + 49 * HOUR)
    work(NOON + 49 * HOUR)
    assert [kind for kind in kinds() if kind in ("cancelled", "lapsed")] == ["cancelled", "lapsed"]


def test_a_look_without_news_writes_and_renders_nothing(bought, monkeypatch):
    shows.cancel(show="evening", now=NOON + HOUR)
    work(NOON + HOUR)
    payments.send_refund(refund=money.open_refunds([bought.payment_id])[0].pk, now=NOON + 2 * HOUR)
    work(NOON + 2 * HOUR)
    assert kinds() == ["paid", "cancelled", "refunded"]
    composed = []
    monkeypatch.setattr(tasks, "write_of_order", lambda *order, **told: composed.append(order))
    work(NOON + 3 * HOUR)
    assert composed == []


def test_waiting_orders_are_not_read_before_a_reminder_is_due(floor, buy, monkeypatch):
    buy(floor)
    work(NOON)
    read = []
    monkeypatch.setattr(
        type(Order.objects.all()), "_fetch_all", fetched_by(read, type(Order.objects.all())._fetch_all)
    )
    assert not tasks._reminders(NOON + 23 * HOUR)
    assert read == []


def fetched_by(read, fetch):
    """Reading rows, noting the orders among them."""

    def one(rows):
        fetch(rows)
        read.extend(row for row in rows._result_cache if isinstance(row, Order))

    return one


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


def test_tomorrow_is_told_again_of_a_show_that_was_put_off(bought):
    work(EVENING - 30 * HOUR)
    assert kinds() == ["paid", "tomorrow"]
    shows.postpone(show="evening", to=Times(EVENING + 48 * HOUR), now=EVENING - 28 * HOUR)
    work(EVENING - 28 * HOUR)
    work(EVENING + 18 * HOUR)
    work(EVENING + 19 * HOUR)
    assert kinds() == ["paid", "tomorrow", "changed", "tomorrow"]


def test_many_buyers_of_a_show_whose_hour_has_not_come_keep_nobody_from_being_told(
    bought, make_sale, make_type, buy, monkeypatch
):
    monkeypatch.setattr(tasks, "AT_ONCE", 1)
    floor = make_type(make_sale("far"), price=0)
    buy(floor, email="dana@example.kz", now=NOON + HOUR)
    # The same day there, but 22:00 when it is 14:00 in Astana: too late to write.
    Show.objects.filter(slug="far").update(
        starts_at=EVENING - 4 * HOUR, doors_at=None, ends_at=None, time_zone="Pacific/Auckland"
    )
    work(NOON + HOUR)
    work(EVENING - 29 * HOUR)
    told = Letter.objects.filter(kind="tickets-tomorrow")
    assert [letter.to for letter in told] == ["aru@example.kz"]


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
    of_orders = Mark.objects.filter(about__startswith="order:")
    assert of_orders.count() == 0
    work(NOON)
    assert [mark.about for mark in of_orders] == [f"order:{order.pk}"]


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


@pytest.mark.parametrize("language", ["kk", "kk-latn", "kk-arab", "ru", "en"])
def test_what_became_of_an_order_can_be_written_in_every_language(floor, buy, language):
    order = buy(floor, 2)
    Order.objects.update(language=language)
    entry = payments.receive(payment=order.payment_id, amount=2 * PRICE, now=NOON)
    work(NOON)
    shows.postpone(show="evening", now=NOON + HOUR)
    orders.cancel_places(order=order.pk, tickets=[order.tickets.first().pk], now=NOON + HOUR)
    work(NOON + HOUR)
    payments.reverse(entry=entry.pk, now=NOON + 2 * HOUR)
    work(NOON + 2 * HOUR)
    assert kinds() == ["paid", "changed", "cancelled", "order"]
    for letter in Letter.objects.all():
        assert letter.language == language
        assert "%(" not in letter.subject + letter.text + letter.html


def test_guests_without_an_address_are_not_written_to(make_sale, make_type):
    from aqyn.tickets.services import selling

    sale = make_sale(guests=5)
    guests = make_type(sale, guests=True)
    selling.add_guests(show="evening", type=guests.pk, name="Ақын досы", count=2, now=NOON)
    work(NOON)
    assert kinds() == []
    assert orders.lapse_due(now=NOON) == 0
