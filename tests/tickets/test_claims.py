"""Places are held, ordered and given back; what is taken is always what stands in the rows."""

import pytest
from django.db import transaction
from tests.tickets.conftest import MINUTE, NOON

from aqyn.core.places import No, Refused, Wanted
from aqyn.tickets import claims
from aqyn.tickets.claims import Held, HoldAsked, HoldOver, KeyTaken, NoSale, OrderAsked, Ordered, ToBePaid
from aqyn.tickets.models import Hold, Order, Quota, Ticket

pytestmark = pytest.mark.django_db


def hold(sale, type_, quantity=1, *, email="aru@example.kz", now=NOON, **told):
    asked = HoldAsked("evening", (Wanted(type_.pk, quantity),), email, **told)
    with transaction.atomic():
        return claims.claim(claims.of_django(), [asked], now=now)[0]


def order(hold_id, *, now=NOON, **told):
    with transaction.atomic():
        asked = OrderAsked(hold_id, told.pop("name", "Ару"), **told)
        return claims.order(claims.of_django(), [asked], now=now)[0]


def taken(sale):
    return {quota.channel: quota.taken for quota in Quota.objects.filter(area__sale=sale)}


def test_the_last_place_goes_to_one_buyer(make_sale, make_type):
    sale = make_sale(places=1)
    type_ = make_type(sale)
    asked = [HoldAsked("evening", (Wanted(type_.pk, 1),), f"{name}@example.kz") for name in ("aru", "dana")]
    with transaction.atomic():
        first, second = claims.claim(claims.of_django(), asked, now=NOON)
    assert isinstance(first, Held)
    assert second == Refused(No.SOLD_OUT, type_.pk, 0)
    assert taken(sale)["online"] == 1
    assert [row.email for row in Hold.objects.all()] == ["aru@example.kz"]


def test_a_key_gives_the_same_hold_again(make_sale, make_type):
    sale = make_sale(places=5)
    type_ = make_type(sale)
    first = hold(sale, type_, key="k1")
    again = hold(sale, type_, key="k1", now=NOON + MINUTE)
    assert (again.id, again.expires_at, again.again) == (first.id, first.expires_at, True)
    assert hold(sale, type_, 2, key="k1") == KeyTaken()
    assert taken(sale)["online"] == 1


def test_a_hold_that_is_over_frees_its_places_for_the_next(make_sale, make_type):
    sale = make_sale(places=2)
    type_ = make_type(sale, quantity=2)
    first = hold(sale, type_, 2)
    assert hold(sale, type_, email="b@example.kz", now=NOON + 9 * MINUTE).why is No.SOLD_OUT
    later = NOON + 10 * MINUTE
    assert isinstance(hold(sale, type_, 2, email="b@example.kz", now=later), Held)
    assert order(first.id, now=later) == HoldOver()
    type_.refresh_from_db()
    assert (taken(sale)["online"], type_.taken) == (2, 2)


def test_a_free_order_has_its_tickets_at_once_and_only_once(make_sale, make_type):
    sale = make_sale()
    type_ = make_type(sale)
    held = hold(sale, type_, 3)
    placed = order(held.id)
    assert isinstance(placed, Ordered)
    assert [ticket.number for ticket in placed.tickets] == [1, 2, 3]
    again = order(held.id)
    assert (again.id, again.tickets, again.again) == (placed.id, placed.tickets, True)
    assert (Order.objects.count(), Ticket.objects.count(), taken(sale)["online"]) == (1, 3, 3)


def test_what_is_to_be_paid_is_left_to_the_services(make_sale, make_type):
    sale = make_sale()
    held = hold(sale, make_type(sale, price=500_000), 2)
    assert order(held.id) == ToBePaid(1_000_000, "KZT")
    assert Order.objects.count() == 0


def test_a_limit_counts_over_all_orders_of_a_buyer(make_sale, make_type):
    sale = make_sale()
    type_ = make_type(sale, limit=3)
    order(hold(sale, type_, 2).id)
    assert hold(sale, type_, 2, email=" ARU@example.kz") == Refused(No.LIMIT, type_.pk, 1)
    assert isinstance(hold(sale, type_, 1), Held)
    assert isinstance(hold(sale, type_, 3, email="dana@example.kz"), Held)


def test_a_show_without_a_sale_has_no_places(make_show):
    make_show("evening")
    asked = HoldAsked("evening", (Wanted(1, 1),), "a@example.kz")
    with transaction.atomic():
        assert claims.claim(claims.of_django(), [asked], now=NOON) == [NoSale()]


def test_given_back_places_are_free_once(make_sale, make_type):
    sale = make_sale()
    type_ = make_type(sale)
    held = hold(sale, type_, 3)
    for ended in ([held.id], []):
        with transaction.atomic():
            assert claims.give_back_holds(claims.of_django(), [held.id], now=NOON) == ended
    placed = order(hold(sale, type_, 2).id)
    gone = list(Ticket.objects.filter(order=placed.id).values_list("pk", flat=True))[:1]
    for ended in (gone, []):
        with transaction.atomic():
            back = claims.give_back_tickets(claims.of_django(), gone, why="cancelled", now=NOON)
        assert back == ended
    assert taken(sale)["online"] == 1
