"""Many wishes in one transaction: each is decided by itself, and one that is broken fails alone."""

import sqlite3
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from aqyn.core.places import No, Refused, Wanted
from aqyn.site.front import till
from aqyn.site.front.till import GiveBack, open_drawer, write
from aqyn.tickets import claims
from aqyn.tickets.claims import Held, HoldAsked, NoHold, NoSale, OrderAsked, Ordered
from aqyn.tickets.models import Hold, HoldItem, Order, Quota, Ticket, TicketType

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drawer(transactional_db):
    drawer = open_drawer()
    yield drawer
    drawer.close()


def wish(show, type_, quantity=1, email="aru@example.kz", **told):
    return HoldAsked(show, (Wanted(type_.pk, quantity),), email, **told)


@pytest.fixture
def shows(make_sale, make_type):
    """Two shows with two types each."""
    first, second = make_sale("one", places=3), make_sale("two", places=100)
    return [
        make_type(first),
        make_type(first, price=200_000),
        make_type(second),
        make_type(second, quantity=1),
    ]


def test_many_shows_and_types_go_into_one_batch(drawer, shows):
    one, dear, two, last = shows
    asked = [
        wish("one", one, 2),
        wish("two", last),
        wish("two", last, email="dana@example.kz"),
        wish("one", dear, 2),
        wish("nowhere", one),
        wish("one", dear, 1, email="dana@example.kz"),
        wish("two", two, 5),
        wish("two", one),
    ]
    outcomes = write(drawer, asked)
    assert [type(outcome) for outcome in outcomes] == [
        Held, Held, Refused, Refused, NoSale, Held, Held, Refused,
    ]  # fmt: skip
    assert [outcomes[n] for n in (2, 3)] == [
        Refused(No.SOLD_OUT, last.pk, 0),
        Refused(No.SOLD_OUT, dear.pk, 1),
    ]
    assert outcomes[7].why is No.NO_SUCH_TYPE
    held = {outcome.id: outcome.total for outcome in outcomes if isinstance(outcome, Held)}
    assert dict(Hold.objects.values_list("id", "total")) == held
    assert sorted(held.values()) == [0, 0, 0, 200_000]
    assert list(Quota.objects.filter(channel="online").order_by("id").values_list("taken", flat=True)) == [
        3,
        6,
    ]
    assert [TicketType.objects.get(pk=type_.pk).taken for type_ in shows] == [2, 1, 5, 1]


def test_one_bad_wish_fails_alone(drawer, shows):
    _one, _dear, two, _last = shows
    bad = HoldAsked("two", (Wanted(two.pk, 1),), None)
    good = [wish("two", two, email=f"b{n}@example.kz") for n in range(4)]
    outcomes = write(drawer, [*good[:2], bad, *good[2:], OrderAsked(7, "Ару")])
    assert [type(outcome) for outcome in outcomes] == [Held, Held, AttributeError, Held, Held, NoHold]
    assert Hold.objects.count() == 4
    assert TicketType.objects.get(pk=two.pk).taken == 4


def test_what_is_given_back_goes_to_those_who_come_in_the_same_moment(drawer, shows):
    *_others, last = shows
    (held,) = write(drawer, [wish("two", last)])
    outcomes = write(drawer, [wish("two", last, email="dana@example.kz"), GiveBack(held.id), GiveBack(7)])
    assert isinstance(outcomes[0], Held)
    assert outcomes[1:] == [True, False]


def rows_of(model, *without):
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in without]
    return list(model.objects.order_by("pk").values(*names))


def everything():
    """All rows of a sale, without what is drawn by chance."""
    return {
        "holds": sorted(rows_of(Hold, "id"), key=lambda row: row["email"]),
        "items": sorted(rows_of(HoldItem, "id", "hold_id"), key=str),
        "orders": sorted(rows_of(Order, "id", "hold_id"), key=lambda row: row["email"]),
        "tickets": sorted(rows_of(Ticket, "id", "order_id", "serial"), key=lambda row: row["number"]),
        "quotas": rows_of(Quota),
        "types": rows_of(TicketType),
    }


def empty():
    for model in (Ticket, Order, HoldItem, Hold):
        model.objects.all().delete()
    for model in (Quota, TicketType):
        model.objects.update(taken=0)
    TicketType.objects.first().sale.__class__.objects.update(last_number=0)


def test_the_lane_and_the_services_leave_the_same_rows(drawer, shows, monkeypatch):
    now = datetime(2026, 11, 20, 12, 30, 15, 120_000, tzinfo=UTC)

    class Clock:
        @staticmethod
        def now(_zone):
            return now

    monkeypatch.setattr(till, "datetime", Clock)
    one, dear, two, last = shows
    asked = [
        wish("one", one, 2, key="k1", language="kk"),
        wish("two", two, 3, " Dana@Example.kz", code="x"),
        wish("two", last, email="төре@example.kz", language="ru"),
        wish("one", dear, 1, email="z@example.kz"),
    ]

    def by_lane():
        held = write(drawer, asked)
        return write(drawer, orders(held))

    def by_service():
        with transaction.atomic():
            held = claims.claim(claims.of_django(), asked, now=now)
        with transaction.atomic():
            return claims.order(claims.of_django(), orders(held), now=now)

    def orders(held):
        return (
            [OrderAsked(one.id, "Ару", "kk-arab"), OrderAsked(held[1].id, "Дана")] if (one := held[0]) else []
        )

    assert {type(outcome) for outcome in by_lane()} == {Ordered}
    lane = everything()
    empty()
    assert {type(outcome) for outcome in by_service()} == {Ordered}
    assert everything() == lane
    assert [len(lane[name]) for name in ("holds", "items", "orders", "tickets")] == [4, 4, 2, 5]


def test_django_writes_beside_a_busy_till_all_succeed(drawer, shows):
    _one, _dear, two, _last = shows
    ended, failed, changed = threading.Event(), [], []

    def busy():
        mine, n = open_drawer(), 0
        try:
            while not ended.is_set():
                n += 1
                wishes = [wish("two", two, email=f"b{n}-{i}@example.kz") for i in range(20)]
                failed.extend(outcome for outcome in write(mine, wishes) if isinstance(outcome, Exception))
        finally:
            mine.close()

    def django(who):
        try:
            for n in range(40):
                with transaction.atomic():
                    row = TicketType.objects.select_for_update().get(pk=shows[who].pk)
                    row.position = n
                    with transaction.atomic():
                        row.save(update_fields=["position"])
                changed.append(who)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=busy)
    others = [threading.Thread(target=django, args=(who,)) for who in range(4)]
    for thread in (writer, *others):
        thread.start()
    for thread in others:
        thread.join(60)
    ended.set()
    writer.join(60)
    assert failed == []
    assert sorted(changed) == [who for who in range(4) for _n in range(40)]


def test_a_connection_that_was_lost_is_opened_anew(drawer, shows):
    _one, _dear, two, _last = shows
    if connection.vendor == "sqlite":
        pytest.skip("a file does not go away")
    drawer._raw.close()
    (held,) = write(drawer, [wish("two", two)])
    assert isinstance(held, Held)


def test_a_transaction_that_failed_lets_the_next_one_in(drawer, shows):
    if connection.vendor != "sqlite":
        pytest.skip("the line is SQLite's")
    _one, _dear, two, _last = shows
    drawer.begin()
    with pytest.raises(sqlite3.OperationalError):
        drawer.database.ask("SELECT nonsense FROM nowhere", [])
    drawer.roll_back()
    with transaction.atomic():
        TicketType.objects.update(position=3)
    (held,) = write(drawer, [wish("two", two)])
    assert isinstance(held, Held)
