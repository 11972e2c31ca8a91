"""What the crew sells and gives away, and what happens at two doors."""

import uuid
from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)
from tests.tickets.conftest import MINUTE, NOON
from tests.tickets.machine.base import ANY, KEYS, WISHES, Base, ms, said
from tests.tickets.machine.oracle import Bought, Held

from aqyn.core.passes.serials import letters
from aqyn.core.places import Wanted
from aqyn.payments import services as payments
from aqyn.payments.models import Entry
from aqyn.tickets.models import Order, Ticket
from aqyn.tickets.services import doors, selling


class Doors(Base):
    """The crew, and doors that tell each thing twice."""

    # The crew

    @rule(
        wishes=WISHES,
        where=st.sampled_from((("door", "cash"), ("door", "terminal"), ("paper", "paper"))),
        key=KEYS,
    )
    def sell(self, wishes, where, key):
        channel, way = where
        wanted, name = self.wanted(wishes), "" if key is None else f"sale-{key}"
        told = dict(show="evening", items=wanted, channel=channel, way=way, language="kk", key=name)
        got = said(selling.sell, now=self.now, **told)
        if name in self.sold:
            before, pk = self.sold[name]
            if before != (wanted, channel):
                assert got == "key"
            else:
                assert got == "hold_over" if not self.oracle.orders[pk].live else got.pk == pk
            return
        self.sold_by_crew(got, self.oracle.ask(wanted, channel=channel, crew=True), way)
        if name and not isinstance(got, str):
            self.sold[name] = (wanted, channel), got.pk

    def sold_by_crew(self, got, expected, way):
        if isinstance(expected, str) or isinstance(got, str):
            assert got == expected
            return
        total = sum(place.price for place in expected)
        way = payments.crew_way(way, now=self.now).pk if total else None
        self.bought(got, Bought("", expected, way, False))
        if total:
            self.came(got.pk, Entry.objects.get(payment=got.payment_id, kind="receipt"), way, total)

    @rule(count=st.integers(1, 2))
    def guests(self, count):
        wanted = (Wanted(self.types[5], count),)
        expected = self.oracle.ask(wanted, channel="guests", crew=True)
        got = said(
            selling.add_guests, show="evening", type=self.types[5], name="Ақын", count=count, now=self.now
        )
        self.sold_by_crew(got, expected, "cash")

    # Doors

    @rule(which=st.integers(0, 1), counts=st.dictionaries(st.integers(0, 4), st.integers(0, 3), max_size=2))
    def take_along(self, which, counts):
        door, before = self.doors[which].pk, self.stock[self.doors[which].pk]
        wanted = tuple(Wanted(self.types[n], count) for n, count in sorted(counts.items()) if count)
        got = said(
            doors.take_along, door=door, counts={one.type: one.quantity for one in wanted}, now=self.now
        )
        if before is not None:
            before.ended = True
        expected = self.oracle.ask(wanted, channel="door", crew=True)
        if isinstance(expected, str):
            assert got == expected
            if before is not None:
                before.ended = False
            return
        assert got is None
        self.stock[door] = self.take(expected) if expected else None

    def take(self, places):
        held = Held("", "door", places, None)
        self.keys += 1
        self.oracle.holds[-self.keys] = held
        return held

    @rule(
        which=st.integers(0, 1), wishes=WISHES, stock=st.booleans(), way=st.sampled_from(("cash", "terminal"))
    )
    def sell_at_door(self, which, wishes, stock, way):
        door, key = self.doors[which], self.new_key()
        counts = {self.types[type_]: count for type_, count, _price in wishes}
        wanted = [Wanted(type_, count) for type_, count in sorted(counts.items())]
        told = {"key": key, "way": way, "stock": stock, "at": ms(self.now)}
        answers = [
            self.tell(door, sales=[told | {"counts": [[*pair] for pair in counts.items()]}])
            for _press in range(2)
        ]
        before = self.stock[door.pk] if stock else None
        if before is not None:
            before.ended = True
        expected = self.oracle.ask(wanted, channel="door", crew=True)
        left = []
        if before is not None and not isinstance(expected, str):
            kept = Counter(place.kind.id for place in before.places)
            kept.subtract(counts)
            left = [Wanted(type_, count) for type_, count in sorted(kept.items()) if count > 0]
            places = self.oracle.ask([*wanted, *left], channel="door", crew=True)
            expected = places if isinstance(places, str) else expected
        if isinstance(expected, str):
            assert all(key in answer.refused for answer in answers)
            if before is not None:
                before.ended = False
            return
        assert [(answer.taken, answer.refused) for answer in answers] == [([key], {})] * 2
        order = Order.objects.get(hold__key=f"door:{key}")
        self.sold_by_crew(order, expected, way)
        if before is not None:
            rest = self.oracle.ask(left, channel="door", crew=True)
            self.stock[door.pk] = self.take(rest) if left else None
        for place, ticket in enumerate(self.tickets[order.pk]):
            name = str(uuid.uuid5(uuid.UUID(key), str(place)))
            self.oracle.scans[name] = (ticket, door.pk, self.now, "sold", "")

    @precondition(lambda self: any(o.at_once for o in self.oracle.orders.values()))
    @rule(number=ANY, which=st.integers(0, 1))
    def pays_at_door(self, number, which):
        pks = [pk for pk, order in self.oracle.orders.items() if order.at_once]
        pk = pks[number % len(pks)]
        key, amount = self.new_key(), max(self.oracle.orders[pk].charged, 1)
        taking = {"key": key, "order": letters(pk), "amount": amount, "way": "cash", "at": ms(self.now)}
        for _press in range(2):
            assert self.tell(self.doors[which], takings=[taking]).taken == [key]
        way = payments.crew_way("cash", now=self.now).pk
        self.came(pk, Entry.objects.get(key=f"door:{key}"), way, amount)

    @precondition(lambda self: self.oracle.orders)
    @rule(number=ANY, place=ANY, which=st.integers(0, 1), ago=st.integers(0, 3), times=st.integers(1, 2))
    def scan(self, number, place, which, ago, times):
        pk, key = self.an_order(number), self.new_key(place)
        ticket = self.tickets[pk][place % len(self.tickets[pk])]
        at = max(NOON, self.now - ago * MINUTE)
        serial = Ticket.objects.get(pk=ticket).serial
        told = {"key": key, "verdict": "in", "serial": serial, "at": ms(at)}
        for _time in range(times):
            assert self.tell(self.doors[which], scans=[told]).taken == [key]
        self.oracle.scans[key] = (ticket, self.doors[which].pk, at, "in", "")

    @precondition(lambda self: self.oracle.scans)
    @rule(number=ANY, which=st.integers(0, 1))
    def undo(self, number, which):
        of = list(self.oracle.scans)[number % len(self.oracle.scans)]
        key, ticket = self.new_key(), self.oracle.scans[of][0]
        serial = Ticket.objects.get(pk=ticket).serial
        told = {"key": key, "verdict": "undone", "serial": serial, "text": of, "at": ms(self.now)}
        assert self.tell(self.doors[which], scans=[told]).taken == [key]
        self.oracle.scans[key] = (ticket, self.doors[which].pk, self.now, "undone", of)
