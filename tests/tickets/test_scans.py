"""Scans: each is kept once, whatever comes with it; the first in time is the admission."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from tests.tickets.conftest import HOUR, MINUTE, NOON
from tests.tickets.test_doors import door, key, ms, sale, standing, tell, ticket_of  # noqa: F401

from aqyn.core.passes.serials import letters
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.tickets.models import Revocation, Scan
from aqyn.tickets.selectors.admissions import merged
from aqyn.tickets.selectors.door import list_for
from aqyn.tickets.selectors.doors import doors_of
from aqyn.tickets.selectors.orders import buyers
from aqyn.tickets.selectors.settlement import settlement
from aqyn.tickets.sentences.door import NotUnderstood
from aqyn.tickets.sentences.orders import WasLetIn
from aqyn.tickets.services import doors
from aqyn.tickets.services.orders import give_up
from aqyn.tickets.services.scans import take_scans

pytestmark = pytest.mark.django_db
SEVEN = NOON + HOUR


def scan(number, ticket=None, verdict="in", at=SEVEN, **told):
    serial = {} if ticket is None else {"serial": ticket.serial}
    return {"key": key(number), "verdict": verdict, "at": ms(at), **serial, **told}


@pytest.fixture
def side(door):  # noqa: F811
    return doors.make_door(show="evening", name="Side", now=NOON)


@pytest.fixture
def ticket(sale, standing):  # noqa: F811
    return ticket_of(sale, standing)[0]


def test_a_scan_that_is_told_twice_is_kept_once(door, ticket):  # noqa: F811
    for _time in range(2):
        assert tell(door, scans=[scan(1, ticket)]).taken == [key(1)]
    row = Scan.objects.get()
    assert (row.ticket, row.let_in, row.at, row.door) == (ticket, True, SEVEN, door)


def test_the_first_scan_in_time_wins_though_it_is_heard_of_later(sale, door, side, ticket):  # noqa: F811
    tell(door, scans=[scan(1, ticket, at=SEVEN + MINUTE)], now=SEVEN + HOUR)
    tell(side, scans=[scan(2, ticket)], now=SEVEN + HOUR)
    assert merged(sale).first[ticket.pk].door == side.pk
    twice = doors_of(sale, SEVEN + HOUR).twice
    assert [(one.number, one.name, one.first, one.again) for one in twice] == [
        (1, "Ару", ("13:00:00", "Side"), [("13:01:00", "Main entrance")])
    ]


def test_what_was_undone_leaves_the_ticket_good(sale, door, side, ticket):  # noqa: F811
    tell(door, scans=[scan(1, ticket)])
    tell(door, scans=[scan(2, ticket, "undone", text=key(1))])
    assert merged(sale).first == {}
    assert buyers("evening", came=True) == []
    assert [line.came for line in settlement(sale).types if line.places] == [0]
    assert list_for(door, "en", SEVEN)["came"] == []
    tell(side, scans=[scan(3, ticket, at=SEVEN + MINUTE)], now=SEVEN + HOUR)
    assert len(buyers("evening", came=True)) == 1
    with pytest.raises(WasLetIn):
        give_up(order=ticket.order_id, now=SEVEN)
    assert list_for(door, "en", SEVEN)["came"] == [[ticket.serial, ms(SEVEN + MINUTE), "Side"]]
    assert doors_of(sale, SEVEN + HOUR).twice == []


@pytest.mark.parametrize("verdict", [[], {}, None, 3, "maybe"])
def test_a_scan_without_a_verdict_is_refused_and_the_others_are_kept(door, ticket, verdict):  # noqa: F811
    taken = tell(door, scans=[scan(1, ticket), scan(2, ticket, verdict)])
    assert (taken.taken, list(taken.refused)) == ([key(1)], [key(2)])


def test_what_is_no_ticket_is_kept_as_it_was_read(door, ticket):  # noqa: F811
    told = [
        scan(1, verdict="forged", text="X" * 500),
        scan(2, verdict="not_code", text="nul \0 here"),
        scan(3, verdict="new", serial=77),
        scan(4, verdict="not_code", text=17),
        scan(5, verdict="not_code", text="half \ud800"),
    ]
    assert tell(door, scans=told).refused == {}
    assert list(Scan.objects.order_by("key").values_list("ticket", "text", "let_in")) == [
        (None, "X" * 300, False),
        (None, "nul \ufffd here", False),
        (None, "77", True),
        (None, "", False),
        (None, "half ?", False),
    ]


def test_a_code_from_before_is_told_of_its_ticket(door, ticket):  # noqa: F811
    Revocation.objects.create(ticket=ticket, serial=5, at=NOON)
    tell(door, scans=[scan(1, verdict="revoked", serial=5)])
    assert Scan.objects.get().ticket == ticket
    assert list_for(door, "en", NOON)["revoked"] == [5]


def test_one_bad_thing_keeps_no_other_from_being_kept(door, ticket):  # noqa: F811
    told = tell(
        door,
        scans=[
            scan(1, ticket),
            scan(2, ticket, "dance"),
            "nonsense",
            {"key": "no key"},
            scan(3, verdict="forged"),
        ],
        sales=[
            {"key": key(4), "counts": "none", "way": "cash"},
            {"key": key(5), "counts": [[1, 1]], "way": "gold"},
        ],
        takings=[{"key": key(6), "order": "0000000000000", "amount": 5, "way": "cash"}],
    )
    assert sorted(told.taken) == [key(1), key(3)]
    assert sorted(told.refused) == [key(2), key(4), key(5), key(6)]
    assert Scan.objects.count() == 2


@pytest.mark.parametrize("told", [None, [], "x", {"scans": {}}, {"scans": [{}] * 501}])
def test_what_is_no_telling_is_refused(door, told):  # noqa: F811
    with pytest.raises(NotUnderstood):
        take_scans(door=door, told=told, language="en", now=NOON)


def test_no_scan_is_from_the_future_or_from_before_its_door(door, ticket):  # noqa: F811
    early, late = scan(1, ticket, at=NOON - HOUR), scan(2, ticket, at=NOON + 9 * HOUR)
    tell(door, scans=[early, late, {**scan(3), "at": "noon"}, {**scan(4), "at": float("nan")}], now=SEVEN)
    assert list(Scan.objects.order_by("key").values_list("at", flat=True)) == [NOON, SEVEN, SEVEN, SEVEN]


def test_a_device_whose_clock_is_wrong_is_put_right(door, ticket):  # noqa: F811
    told = {
        "sent": ms(SEVEN - timedelta(days=900)),
        "scans": [scan(1, ticket, at=SEVEN - timedelta(days=900, minutes=5))],
    }
    take_scans(door=door, told=told, language="en", now=SEVEN)
    assert Scan.objects.get().at == SEVEN - 5 * MINUTE


def test_money_taken_at_the_door_is_booked_once(door, standing, buy):  # noqa: F811
    at_door = payments.crew_way("door", now=NOON)
    order = buy(standing, 2, by=at_door)
    assert list_for(door, "en", NOON)["orders"] == [
        [letters(order.pk), "Ару Серікова", "aru serikova", 10_000_00]
    ]
    taking = {"key": key(1), "at": ms(SEVEN), "order": letters(order.pk), "amount": 10_000_00, "way": "cash"}
    for _time in range(2):
        assert tell(door, takings=[taking]).taken == [key(1)]
    stands = money.standing(order.payment_id)
    assert (stands.received, stands.due) == (10_000_00, 0)
    assert list_for(door, "en", NOON)["orders"][0][3] == 0


def test_the_studio_sees_who_came_and_what_each_door_did(sale, door, side, ticket):  # noqa: F811
    tell(door, scans=[scan(1, ticket), scan(2, ticket, "again"), scan(3, verdict="forged", text="x")])
    desk = doors_of(sale, SEVEN + MINUTE)
    assert [(row.name, row.live, row.let_in, row.turned_away) for row in desk.rows] == [
        ("Main entrance", True, 1, 2),
        ("Side", False, 0, 0),
    ]
    assert (desk.came, desk.expected) == (1, 1)
    assert [(one[1], one[2]) for one in desk.types] == [(1, 1)]


@pytest.mark.django_db(transaction=True)
def test_two_doors_that_scan_the_same_ticket_at_once_make_one_admission(sale, door, side, ticket):  # noqa: F811
    ready = threading.Barrier(2)
    failed = []

    def at(one, number):
        try:
            ready.wait(5)
            take_scans(door=one, told={"scans": [scan(number, ticket)]}, language="en", now=SEVEN + HOUR)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=at, args=pair) for pair in ((door, 1), (side, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert failed == []
    whole = merged(sale)
    assert (whole.first[ticket.pk].key, [one.key for one in whole.again[ticket.pk]]) == (key(1), [key(2)])
