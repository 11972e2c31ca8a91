"""Money, and what becomes of orders."""

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)
from tests.tickets.conftest import EVENING, HOUR
from tests.tickets.machine.base import ANY, KEYS, Base, said

from aqyn.payments import selectors as money
from aqyn.payments import services as payments
from aqyn.shows import services as shows
from aqyn.tickets.models import Order
from aqyn.tickets.services import orders


class Deeds(Base):
    """What comes and goes for orders, and what the crew and the worker do with them."""

    # Money

    @precondition(lambda self: any(o.way is not None for o in self.oracle.orders.values()))
    @rule(
        number=ANY,
        how=st.sampled_from(("exact", "exact", "exact", "short", "over", "some")),
        key=KEYS,
        cash=st.booleans(),
    )
    def receive(self, number, how, key, cash):
        pk = self.a_paid_one(number)
        model, payment = self.oracle.orders[pk], Order.objects.get(pk=pk).payment_id
        owing = model.charged - model.received
        if model.lapsed:
            lapsed = sum(place.price for place in model.places if place.gone == "lapsed")
            owing = lapsed - model.reduced - model.received
        amount = {"exact": owing, "short": owing // 2, "over": owing + 7, "some": 2_500_01}[how]
        amount = amount if amount > 0 else 1_000_00
        way = payments.crew_way("cash", now=self.now).pk if cash else None
        name = "" if key is None else f"paid-{key}"
        before = next((one for one in self.entries if name and one["key"] == name), None)
        entry = payments.receive(payment=payment, amount=amount, now=self.now, way=way, key=name)
        if before is not None:
            assert entry.pk == before["pk"]
            return
        self.came(pk, entry, way or model.way, amount, name)

    @precondition(lambda self: self.entries)
    @rule(number=ANY)
    def reverse(self, number):
        one = self.entries[number % len(self.entries)]
        got = said(payments.reverse, entry=one["pk"], now=self.now)
        if one.get("reversed"):
            assert got == "IsReversed"
            return
        assert not isinstance(got, str), got
        one["reversed"] = True
        book, sign = (self.oracle.came, -1) if one["kind"] == "receipt" else (self.oracle.went, 1)
        book[one["way"]] -= one["amount"]
        model = self.oracle.orders[one["order"]]
        model.received += sign * one["amount"]
        self.oracle.moved(model, came=one["kind"] == "refund")

    def a_refund(self, number):
        found = [
            (pk, refund)
            for pk, payment in Order.objects.filter(payment__isnull=False).values_list("pk", "payment")
            for refund in money.open_refunds([payment])
        ]
        found.sort(key=lambda one: one[1].pk)
        return found[number % len(found)]

    @precondition(lambda self: any(o.back for o in self.oracle.orders.values()))
    @rule(number=ANY)
    def send_refund(self, number):
        pk, refund = self.a_refund(number)
        self.keys += 1
        for _press in range(2):
            sent = payments.send_refund(refund=refund.pk, now=self.now, key=f"back-{self.keys}")
        model = self.oracle.orders[pk]
        # It goes back the way the money came last, whatever the buyer had chosen.
        receipts = [one for one in self.entries if one["order"] == pk and one["kind"] == "receipt"]
        way = next((one["way"] for one in reversed(receipts) if not one.get("reversed")), model.way)
        told = dict(pk=sent.entry_id, key="", order=pk, amount=refund.amount, way=way, kind="refund")
        self.entries.append(told)
        self.oracle.went[way] += refund.amount
        model.received -= refund.amount
        self.oracle.moved(model, came=False)

    @precondition(lambda self: any(o.back for o in self.oracle.orders.values()))
    @rule(number=ANY)
    def let_go(self, number):
        pk, refund = self.a_refund(number)
        payments.let_go(refund=refund.pk, now=self.now, note="They leave it to us.")
        assert said(payments.send_refund, refund=refund.pk, now=self.now) == "RefundIsClosed"
        self.oracle.orders[pk].back -= refund.amount

    # What becomes of orders

    @precondition(lambda self: self.oracle.orders)
    @rule(number=ANY)
    def take_again(self, number):
        pk = self.an_order(number)
        model = self.oracle.orders[pk]
        got = said(orders.take_again, order=pk, now=self.now)
        if model.cancelled:
            assert got == "OrderIsOver"
        elif not model.lapsed:
            assert got == "NotLapsed"
        elif not self.oracle.again(model, crew=True):
            assert got == "PlacesAreGone"
        else:
            assert got.pk == pk
            self.oracle.settle(model)
            if not model.confirmed:
                model.due = self.oracle.kept_until(self.now + 48 * HOUR)

    @precondition(lambda self: self.oracle.orders)
    @rule(number=ANY, which=st.lists(st.integers(0, 5), min_size=1, max_size=3))
    def cancel_places(self, number, which):
        pk = self.an_order(number)
        model = self.oracle.orders[pk]
        chosen = sorted({place % len(model.places) for place in which})
        tickets = [self.tickets[pk][place] for place in chosen]
        got = said(orders.cancel_places, order=pk, tickets=tickets, now=self.now)
        if model.over:
            assert got == "OrderIsOver"
        elif any(model.places[place].gone for place in chosen):
            assert got == "NoSuchTicket"
        else:
            assert got.pk == pk
            self.oracle.cancel(model, [model.places[place] for place in chosen])

    @precondition(lambda self: self.oracle.orders)
    @rule(number=ANY)
    def cancel_order(self, number):
        pk = self.an_order(number)
        model = self.oracle.orders[pk]
        got = said(orders.cancel_order, order=pk, now=self.now)
        if model.cancelled:
            assert got == "OrderIsOver"
        else:
            assert got.pk == pk
            self.oracle.cancel(model, model.live)

    @precondition(lambda self: any(o.way is not None for o in self.oracle.orders.values()))
    @rule(number=ANY, amount=st.sampled_from((1, 500_00, 2_500_00)))
    def reduce_price(self, number, amount):
        pk = self.a_paid_one(number)
        model = self.oracle.orders[pk]
        got = said(orders.reduce_price, order=pk, amount=amount, now=self.now)
        if amount > model.charged:
            assert got == "BeyondPrice"
        else:
            assert got.pk == pk
            model.reduced += amount
            self.oracle.settle(model)

    @precondition(lambda self: self.oracle.open and len(self.oracle.orders) > 2)
    @rule(sure=st.integers(0, 5))
    def cancel_show(self, sure):
        if sure == 0 and self.now < EVENING:
            shows.cancel(show="evening", now=self.now)
            self.oracle.open = False

    @precondition(lambda self: not self.oracle.open)
    @rule()
    def worker_cancels(self):
        orders.cancel_with_show(now=self.now)
        for model in self.oracle.orders.values():
            if not model.over:
                self.oracle.cancel(model, model.live)
