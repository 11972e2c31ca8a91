"""Doors: made and closed, what they take along, what they sell, what they tell."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from tests.tickets.conftest import HOUR, MINUTE, NOON

from aqyn.core.places import Wanted
from aqyn.tickets import claims
from aqyn.tickets.models import Door, Hold, Order, Quota, Scan, Ticket
from aqyn.tickets.selectors.door import door_by, list_for
from aqyn.tickets.sentences.buying import NoSuchSale, TooFewLeft
from aqyn.tickets.sentences.door import (
    DoorIsClosed,
    NoDoorName,
    StillSelling,
)
from aqyn.tickets.services import doors
from aqyn.tickets.services.scans import take_scans

pytestmark = pytest.mark.django_db


def key(number):
    return str(uuid.UUID(int=number))


def ms(at):
    return round(at.timestamp() * 1000)


@pytest.fixture
def sale(make_sale):
    return make_sale(door=10)


@pytest.fixture
def standing(sale, make_type):
    return make_type(sale, price=5_000_00)


@pytest.fixture
def door(sale, standing):
    return doors.make_door(show="evening", name="Main entrance", now=NOON)


def ticket_of(sale, type_, name="Ару", count=1):
    with transaction.atomic():
        asked = claims.HoldAsked("evening", (Wanted(type_.pk, count),), "aru@example.kz")
        held = claims.claim(claims.of_django(), [asked], now=NOON)[0]
        told = claims.OrderAsked(held.id, name, way="cash", confirmed=True)
        placed = claims.order(claims.of_django(), [told], now=NOON, paid_too=True)[0]
    return list(Ticket.objects.filter(order=placed.id))


def tell(door, now=NOON + HOUR, **told):
    door.refresh_from_db()
    return take_scans(door=door, told={"sent": ms(now), **told}, language="en", now=now)


def taken(sale):
    return Quota.objects.get(area__sale=sale, channel="door").taken


def test_a_door_is_opened_by_its_link_and_nothing_else(door):
    assert door_by(doors.token_of(door.pk)) == door
    assert door_by(doors.token_of(door.pk + 1)) is None
    assert door_by("") is None
    assert doors.token_of(door.pk) not in Door.objects.values_list("token_sha256", flat=True)


def test_a_door_has_a_name_and_a_show_with_a_sale(sale, make_show):
    with pytest.raises(NoDoorName):
        doors.make_door(show="evening", name="  ", now=NOON)
    make_show("other")
    with pytest.raises(NoSuchSale):
        doors.make_door(show="other", name="Main", now=NOON)
    assert Door.objects.count() == 0


def test_a_door_is_closed_once(door):
    doors.close_door(door=door.pk, now=NOON)
    with pytest.raises(DoorIsClosed):
        doors.close_door(door=door.pk, now=NOON)


def test_what_is_taken_along_is_held_for_good_and_counted(sale, standing, door):
    doors.take_along(door=door.pk, counts={standing.pk: 6}, now=NOON)
    assert taken(sale) == 6
    assert Hold.objects.get().expires_at is None
    doors.take_along(door=door.pk, counts={standing.pk: 8}, now=NOON)
    assert taken(sale) == 8
    with pytest.raises(TooFewLeft):
        doors.take_along(door=door.pk, counts={standing.pk: 11}, now=NOON)
    assert taken(sale) == 8
    doors.take_along(door=door.pk, counts={}, now=NOON)
    assert taken(sale) == 0


def test_a_sale_without_a_network_comes_out_of_what_was_taken_along(sale, standing, door):
    doors.take_along(door=door.pk, counts={standing.pk: 10}, now=NOON)
    sold = {
        "key": key(1),
        "at": ms(NOON + MINUTE),
        "counts": [[standing.pk, 3]],
        "way": "cash",
        "stock": True,
    }
    for _time in range(2):
        told = tell(door, sales=[sold])
        assert (told.taken, told.refused) == ([key(1)], {})
        assert len(told.sold[key(1)]) == 3
    assert taken(sale) == 10
    order = Order.objects.get()
    assert (order.channel, order.way, order.total) == ("door", "cash", 15_000_00)
    door.refresh_from_db()
    assert [(item.quantity, item.price) for item in door.stock.items.all()] == [(7, 5_000_00)]
    assert sorted(Scan.objects.values_list("verdict", "let_in", "at")) == [("sold", True, NOON + MINUTE)] * 3


def test_the_price_of_the_moment_it_was_taken_along_stands(sale, standing, door):
    doors.take_along(door=door.pk, counts={standing.pk: 2}, now=NOON)
    standing.price, standing.closed_at = 9_000_00, NOON
    standing.save(update_fields=["price", "closed_at"])
    sold = {"key": key(1), "at": ms(NOON), "counts": [[standing.pk, 1]], "way": "terminal", "stock": True}
    assert tell(door, sales=[sold]).refused == {}
    assert Order.objects.get().total == 5_000_00
    standing.refresh_from_db()
    assert (standing.price, standing.closed_at) == (9_000_00, NOON)


def test_more_than_there_is_is_not_sold(sale, standing, door):
    doors.take_along(door=door.pk, counts={standing.pk: 10}, now=NOON)
    other = doors.make_door(show="evening", name="Side", now=NOON)
    sold = {"key": key(1), "at": ms(NOON), "counts": [[standing.pk, 1]], "way": "cash"}
    told = tell(other, sales=[sold])
    assert (told.taken, list(told.refused)) == ([], [key(1)])
    assert (taken(sale), Order.objects.count()) == (10, 0)


def test_a_closed_door_tells_for_a_day_and_gives_its_places_back(sale, standing, door):
    doors.take_along(door=door.pk, counts={standing.pk: 4}, now=NOON)
    with pytest.raises(StillSelling):
        doors.give_back_stock(door=door.pk, now=NOON)
    doors.close_door(door=door.pk, now=NOON)
    sold = {"key": key(1), "at": ms(NOON), "counts": [[standing.pk, 1]], "way": "cash", "stock": True}
    assert tell(door, now=NOON + 23 * HOUR, sales=[sold]).taken == [key(1)]
    fresh = sold | {"key": key(2), "stock": False}
    assert list(tell(door, now=NOON + 23 * HOUR, sales=[fresh]).refused) == [key(2)]
    doors.take_along(door=door.pk, counts={}, now=NOON)
    assert taken(sale) == 1
    with pytest.raises(DoorIsClosed):
        doors.take_along(door=door.pk, counts={standing.pk: 1}, now=NOON)
    with pytest.raises(DoorIsClosed):
        tell(door, now=NOON + timedelta(days=1), scans=[])


def test_a_lost_device_does_not_keep_its_places(sale, standing, door):
    doors.take_along(door=door.pk, counts={standing.pk: 4}, now=NOON)
    doors.close_door(door=door.pk, now=NOON)
    doors.give_back_stock(door=door.pk, now=NOON)
    assert taken(sale) == 0


def test_the_list_says_who_is_on_it_and_how_it_stands(sale, standing, door):
    good, gone = ticket_of(sale, standing, "Қызылорда қонағы", 2)
    waiting = ticket_of(sale, standing, "Дана")[0]
    Order.objects.filter(pk=waiting.order_id).update(confirmed_at=None)
    Ticket.objects.filter(pk=gone.pk).update(gone_at=NOON, gone_why="lapsed")
    told = list_for(door, "en", NOON)
    names = [order[1] for order in told["orders"]]
    assert [(one[0], one[1], names[one[3]], one[4]) for one in told["tickets"]] == [
        (good.serial, 1, "Қызылорда қонағы", 0),
        (gone.serial, 2, "Қызылорда қонағы", 2),
        (waiting.serial, 3, "Дана", 1),
    ]
    assert told["orders"][names.index("Қызылорда қонағы")][2] == "kizilorda konagi"
    assert told["types"][0]["left"] == 10


def test_three_thousand_tickets_are_a_small_list(sale, standing, door):
    import gzip
    import json

    Quota.objects.filter(area__sale=sale, channel="online").update(quantity=5000)
    for number in range(30):
        ticket_of(sale, standing, f"Айгүл Сейітқызы {number}", 100)
    whole = json.dumps(list_for(door, "en", NOON), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(whole)) < 300_000
