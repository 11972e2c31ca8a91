"""One sale, what buyers do with it, and what has to hold after every deed of anybody."""

import uuid
from collections import Counter

from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from tests.tickets.conftest import EVENING, HOUR, MINUTE, NOON
from tests.tickets.machine.oracle import Bought, Held, Kind, Oracle

from aqyn.core.places import Wanted
from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.tickets import tasks
from aqyn.tickets.claims import HoldAsked
from aqyn.tickets.models import Area, HoldItem, Order, Quota, Sale, Ticket, TicketType
from aqyn.tickets.selectors.admissions import merged
from aqyn.tickets.selectors.orders import state_of
from aqyn.tickets.services import buying, doors, orders
from aqyn.tickets.services.scans import take_scans
from aqyn.ui.refusal import Refusal

ROOM = (  # area, channel, places
    (0, "online", 7), (0, "door", 5), (0, "paper", 4), (0, "guests", 2),
    (1, "online", 3), (1, "door", 2), (1, "paper", 0), (1, "guests", 0),
)  # fmt: skip
KINDS = (
    dict(area=0, price=5_000_00, limit=3),
    dict(area=0, price=2_500_01, quantity=4),
    dict(area=0, price=0, limit=2),
    dict(area=1, price=1_000_00, code="dombyra", limit=2),
    dict(area=1, price=3_000_00, floor=0),
    dict(area=0, price=0, guests=True),
)
BUYERS = ("aru@example.kz", "dana@example.kz", "erlan@example.kz")
ANY = st.integers(0, 999)
KEYS = st.one_of(st.none(), st.integers(0, 5))
FATES = st.tuples(st.integers(1, 3), st.sampled_from(("", "exact", "short", "over", "reduced", "reduced")))
WISHES = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 3), st.sampled_from((None, None, 0, 700_00, 5_000_00))),
    min_size=1,
    max_size=2,
    unique_by=lambda wish: wish[0],
)


def ms(at):
    return round(at.timestamp() * 1000)


def said(deed, *args, **told):
    """What a deed gave, or the word for why it was refused."""
    try:
        return deed(*args, **told)
    except Refusal as refusal:
        return getattr(refusal, "code", "") or type(refusal).__name__


class Base(RuleBasedStateMachine):
    """One sale. Numbers that rules are given choose among what is there, so that they stay small."""

    show = None

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        sale = Sale.objects.create(show=self.show, currency="KZT", made_at=NOON, opened_at=NOON)
        transfer = payments.make_way(
            adapter="transfer", title={"en": "Transfer"}, details={"receiver": "M", "account": "1"}, now=NOON
        )
        at_door = payments.make_way(adapter="door", title={"en": "At the door"}, details={}, now=NOON)
        sale.ways.set([transfer, at_door])
        areas = [Area.objects.create(sale=sale, name={"en": name}) for name in ("Floor", "Balcony")]
        self.oracle = Oracle(now=NOON, ends=EVENING + 2 * HOUR)
        for area, channel, quantity in ROOM:
            Quota.objects.create(area=areas[area], channel=channel, quantity=quantity)
            self.oracle.quotas[areas[area].pk, channel] = quantity
        for kind in KINDS:
            told = kind | {"area": areas[kind["area"]]}
            row = TicketType.objects.create(sale=sale, name={"en": "Place"}, **told)
            self.oracle.kinds[row.pk] = Kind(row.pk, **(kind | {"area": row.area_id}))
        self.sale, self.types = sale, list(self.oracle.kinds)
        self.ways = {"transfer": transfer.pk, "door": at_door.pk}
        self.doors = [doors.make_door(show="evening", name=name, now=NOON) for name in ("Main", "Side")]
        self.stock = {door.pk: None for door in self.doors}
        self.keyed, self.sold, self.entries, self.keys, self.tickets = {}, {}, [], 0, {}

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @property
    def now(self):
        return self.oracle.now

    @initialize(fates=st.lists(FATES, min_size=2, max_size=3), late=st.booleans())
    def some_have_ordered(self, fates, late):
        """The evening begins with orders of which something has become, so that more can."""
        for number, (who, (count, fate)) in enumerate(zip(BUYERS, fates, strict=False)):
            self.hold(who, [(number % 2, count, None)], "", None)
            self.order(number, "transfer")
            if fate == "reduced":
                self.reduce_price(number, 500_00)
            elif fate:
                self.receive(number, fate, None, False)
        if late:
            self.time_passes(50 * 60, True)

    def wanted(self, wishes):
        return tuple(Wanted(self.types[type_], count, price) for type_, count, price in wishes)

    def an_order(self, number):
        pks = list(self.oracle.orders)
        return pks[number % len(pks)]

    def a_paid_one(self, number):
        pks = [pk for pk, order in self.oracle.orders.items() if order.way is not None]
        return pks[number % len(pks)]

    def bought(self, order, model):
        """Remember an order that was made just now, and its tickets in the order of their places."""
        self.oracle.orders[order.pk] = model
        self.tickets[order.pk] = list(order.tickets.order_by("number").values_list("pk", flat=True))
        self.oracle.settle(model)
        assert len(self.tickets[order.pk]) == len(model.places)

    def came(self, pk, entry, way, amount, key=""):
        model = self.oracle.orders[pk]
        self.entries.append(dict(pk=entry.pk, key=key, order=pk, amount=amount, way=way, kind="receipt"))
        self.oracle.came[way] += amount
        model.received += amount
        self.oracle.moved(model, came=True)

    def new_key(self, first=0):
        """A key that nobody had, beginning with anything: of two scans at one moment the smaller is first."""
        self.keys += 1
        return str(uuid.UUID(int=(first % 7 << 100) + self.keys))

    def tell(self, door, **told):
        door.refresh_from_db()
        return take_scans(door=door, told={"sent": ms(self.now), **told}, language="en", now=self.now)

    # Buyers

    @rule(who=st.sampled_from(BUYERS), wishes=WISHES, code=st.sampled_from(("", "dombyra")), key=KEYS)
    def hold(self, who, wishes, code, key):
        wanted, name = self.wanted(wishes), "" if key is None else f"key-{key}"
        asked = HoldAsked("evening", wanted, who, key=name, code=code)
        got = said(buying.hold_places, asked=asked, now=self.now)
        if name in self.keyed:
            before, pk = self.keyed[name]
            same = before == asked.digest()
            assert (got.id, got.again) == (pk, True) if same else got == "key"
            return
        expected = self.oracle.ask(wanted, email=who, code=code)
        if isinstance(expected, str):
            assert got == expected
            return
        assert not isinstance(got, str), (got, expected)
        assert (got.total, got.again) == (sum(place.price for place in expected), False)
        self.oracle.holds[got.id] = Held(who, "online", expected, self.now + 10 * MINUTE)
        if name:
            self.keyed[name] = asked.digest(), got.id

    @precondition(lambda self: self.oracle.holds)
    @rule(number=ANY)
    def give_back(self, number):
        pk = list(self.oracle.holds)[number % len(self.oracle.holds)]
        held = self.oracle.holds[pk]
        if held.expires is None:
            return
        got = buying.give_back(hold=pk, now=self.now)
        # One that is over and was not looked at since may be either; its places are free in both cases.
        assert got or not held.kept(self.now)
        held.ended = True

    @precondition(lambda self: any(h.expires for h in self.oracle.holds.values()))
    @rule(number=ANY, way=st.sampled_from(("transfer", "transfer", "door")))
    def order(self, number, way):
        pks = [pk for pk, held in self.oracle.holds.items() if held.expires is not None]
        pk = pks[number % len(pks)]
        held = self.oracle.holds[pk]
        got = said(
            buying.place_order, hold=pk, name="Ару", language="kk", way=str(self.ways[way]), now=self.now
        )
        before = Order.objects.filter(hold=pk, pk__in=self.oracle.orders).first()
        if before is not None:
            assert got == before
        elif not held.kept(self.now):
            assert got == "hold_over"
        else:
            total = sum(place.price for place in held.places)
            due = self.oracle.kept_until(self.now + 48 * HOUR)
            held.ended = True
            free = not total
            model = Bought(
                held.email,
                held.places,
                None if free else self.ways[way],
                way == "door" and not free,
                None if free or way == "door" else due,
            )
            self.bought(got, model)

    @rule(minutes=st.sampled_from((1, 6, 11, 25 * 60, 50 * 60)), seen=st.booleans())
    def time_passes(self, minutes, seen):
        self.oracle.now += minutes * MINUTE
        if seen:
            self.worker_looks()

    def worker_looks(self):
        tasks.give_back_over(now=self.now)
        assert orders.lapse_due(now=self.now) == self.oracle.lapse()

    # What always holds

    @invariant()
    def places_add_up(self):
        held = HoldItem.objects.filter(hold__ended_at=None)
        over = held.filter(hold__expires_at__lte=self.now)
        live = Ticket.objects.filter(gone_at=None)
        for of in ("quota", "type"):
            counts = [
                dict(rows.values_list(of).annotate(n=Sum("quantity")).order_by()) for rows in (held, over)
            ]
            sold = dict(live.values_list(of).annotate(n=Count("pk")).order_by())
            rows = Quota.objects.all() if of == "quota" else TicketType.objects.all()
            for row in rows:
                held_now, over_now = (count.get(row.pk, 0) for count in counts)
                assert row.taken == held_now + sold.get(row.pk, 0), row
                assert row.quantity is None or 0 <= row.taken <= row.quantity
                expected = (
                    self.oracle.taken(row.area_id, row.channel)
                    if of == "quota"
                    else self.oracle.taken_of(self.oracle.kinds[row.pk])
                )
                assert row.taken - over_now == expected, row
        for who in {*BUYERS} - self.oracle.beyond:
            for kind in self.oracle.kinds.values():
                assert kind.limit is None or self.oracle.used(who, kind) <= kind.limit

    @invariant()
    def tickets_are_numbered(self):
        rows = list(Ticket.objects.order_by("number").values_list("number", "serial", "pk", "gone_at"))
        last = Sale.objects.get(pk=self.sale.pk).last_number
        assert [row[0] for row in rows] == list(range(1, last + 1))
        assert len({row[1] for row in rows}) == len(rows)
        live = {row[2] for row in rows if row[3] is None}
        expected = {
            ticket
            for pk, model in self.oracle.orders.items()
            for ticket, place in zip(self.tickets[pk], model.places, strict=True)
            if not place.gone
        }
        assert live == expected

    @invariant()
    def every_tiyn_is_accounted_for(self):
        rows = list(Order.objects.all())
        assert {row.pk for row in rows} == {*self.oracle.orders}
        pks = [row.payment_id for row in rows if row.payment_id]
        standings, back = money.standings(pks), Counter()
        for refund in money.open_refunds():
            back[refund.payment_id] += refund.amount
        for row in rows:
            model = self.oracle.orders[row.pk]
            assert (row.payment_id is None) == (model.way is None)
            if row.payment_id:
                stands = standings[row.payment_id]
                assert (stands.charged, stands.received) == (model.charged, model.received)
                assert back[row.payment_id] == model.back <= max(0, model.received - model.charged)
            state = "waiting"
            if model.over:
                state = "cancelled" if model.cancelled else "lapsed"
            elif model.confirmed:
                state = "confirmed"
            assert state_of(row, self.now) == state
        balances = money.balances("KZT")
        assert sum(balances.values()) == 0
        assert balances["money"] == sum(model.received for model in self.oracle.orders.values())
        assert -balances["sales"] == sum(model.charged for model in self.oracle.orders.values())
        by_way = {way: sums for way, sums in money.money_by_way(pks).items() if way and any(sums)}
        ways = {*self.oracle.came, *self.oracle.went}
        told = {way: (self.oracle.came[way], self.oracle.went[way]) for way in ways}
        assert by_way == {way: sums for way, sums in told.items() if any(sums)}

    @invariant()
    def the_first_in_time_came(self):
        first = merged(self.sale).first
        assert {ticket: seen.key for ticket, seen in first.items()} == self.oracle.admitted()
