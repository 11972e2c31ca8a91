"""What is held is ordered over the lane, or given back."""

import asyncio
import json

import pytest
from tests.site.front.shop.conftest import hold, order, sent_as_form, sent_as_json, soon

from aqyn.core.passes import codes
from aqyn.core.passes.serials import number, read_serial
from aqyn.payments.models import Payment
from aqyn.site.front import signing
from aqyn.tickets.models import Hold, Order, Quota, Ticket
from aqyn.tickets.numbers import secret_of
from aqyn.tickets.selectors.passes import public_keys
from aqyn.tickets.services import passes

NOBODY = "0" * 13


def taken():
    return Quota.objects.get(channel="online").taken


def test_what_costs_nothing_has_its_tickets_at_once(play, free):
    async def scenario(ask):
        held = (await hold(ask, free.pk, 2)).told
        return await order(ask, held, language="ru", email="Aru@Example.kz")

    answer = play(scenario, [])
    placed = Order.objects.get()
    secret = secret_of("order", placed.pk)
    assert answer.status == 201
    tickets = answer.told.pop("tickets")
    assert answer.told == {
        "id": answer.told["id"],
        "secret": secret,
        "state": "confirmed",
        "total": 0,
        "currency": "KZT",
        "page": f"/ru/orders/{answer.told['id']}/{secret}/",
    }
    assert number(answer.told["id"]) == placed.pk
    rows = list(Ticket.objects.values_list("number", "serial", "type"))
    assert [(one["number"], read_serial(one["serial"]), one["ticket_type"]) for one in tickets] == rows
    assert [row[0] for row in rows] == [1, 2]
    read = [codes.read(one["code"], public_keys()) for one in tickets]
    assert read == [codes.Pass(1, free.sale_id, serial) for _number, serial, _type in rows]
    told = (placed.name, placed.email, placed.language, placed.way, placed.payment)
    assert told == ("Ару", "Aru@Example.kz", "ru", "free", None)
    assert placed.confirmed_at == placed.placed_at
    assert taken() == 2


def test_an_order_that_is_asked_for_again_is_the_same(play, free):
    async def scenario(ask):
        held = (await hold(ask, free.pk, 2)).told
        at_once = await asyncio.gather(*(order(ask, held) for _one in range(10)))
        return [*at_once, await order(ask, held)]

    answers = play(scenario, [])
    assert {(answer.status, answer.body) for answer in answers} == {(201, answers[0].body)}
    assert (Order.objects.count(), Ticket.objects.count()) == (1, 2)


@pytest.mark.parametrize("secret", ["", "x", "ұ", "0" * 26, 7, None])
def test_a_wrong_secret_opens_nothing(play, free, secret):
    async def scenario(ask):
        held = (await hold(ask, free.pk)).told
        wrong = await order(ask, held | {"secret": secret})
        wish = {"secret": secret}
        back = await ask(f"/api/v1/holds/{held['id']}", **sent_as_json(wish) | {"method": "DELETE"})
        return wrong, back

    wrong, back = play(scenario, [])
    assert (wrong.status, wrong.told["code"], back.status) == (403, "secret", 403)
    assert (Order.objects.count(), Hold.objects.get().ended_at) == (0, None)


@pytest.mark.parametrize("name", [NOBODY, "tiny", "U" * 13])
def test_a_hold_that_is_not_there_is_not_found(play, free, name):
    async def scenario(ask):
        return await order(ask, {"id": name, "secret": secret_of("hold", 0)})

    answer = play(scenario, [])
    assert (answer.status, answer.told["code"]) == (404, "no_such_hold")


def test_a_hold_whose_time_is_over_is_gone(play, free):
    async def scenario(ask):
        held = (await hold(ask, free.pk)).told
        await asyncio.to_thread(over)
        return await order(ask, held)

    def over():
        from django.db import connections

        Hold.objects.update(expires_at=soon(-1))
        connections.close_all()

    answer = play(scenario, [])
    assert (answer.status, answer.told["code"]) == (410, "hold_over")
    assert (taken(), Order.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": ""}, "name"),
        ({"name": " \u200b\n "}, "name"),
        ({"name": "x" * 121}, "malformed"),
        ({"name": 7}, "malformed"),
        ({"payment": True}, "malformed"),
        ({"payment": []}, "malformed"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_an_order_that_cannot_be_one_leaves_the_hold(play, free, told, code):
    async def scenario(ask):
        return await order(ask, (await hold(ask, free.pk)).told, **told)

    answer = play(scenario, [])
    assert (answer.status, answer.told["code"]) == (400, code)
    assert (Order.objects.count(), Hold.objects.get().ended_at) == (0, None)


def test_a_form_goes_on_to_the_order_and_a_refused_one_back_to_the_hold(play, free):
    async def scenario(ask):
        held = (await hold(ask, free.pk)).told
        form = {"secret": held["secret"], "name": "Ару", "language": "kk", "payment": "free"}
        path = f"/api/v1/holds/{held['id']}/order"
        refused = await ask(path, **sent_as_form(form | {"name": ""}))
        forged = await ask(path, **sent_as_form(form | {"secret": "/../\r\nx"}))
        return held, refused, forged, await ask(path, **sent_as_form(form))

    held, refused, forged, placed = play(scenario, [])
    row = Order.objects.get()
    assert [answer.status for answer in (refused, forged, placed)] == [303] * 3
    assert refused.headers["location"] == f"/kk/holds/{held['id']}/{held['secret']}/?why=name"
    assert forged.headers["location"] == f"/kk/holds/{held['id']}/x/?why=secret"
    assert placed.headers["location"].startswith("/kk/orders/")
    assert placed.headers["location"].endswith(f"/{secret_of('order', row.pk)}/")


def test_what_is_given_back_is_free_once(play, free):
    async def scenario(ask):
        held = (await hold(ask, free.pk, 3)).told
        path, query = f"/api/v1/holds/{held['id']}", f"secret={held['secret']}".encode()
        first = await ask(path, method="DELETE", query=query)
        again = await ask(path, **sent_as_json({"secret": held["secret"]}) | {"method": "DELETE"})
        return first, again, await order(ask, held)

    first, again, late = play(scenario, [])
    assert (first.status, first.body) == (204, b"")
    assert (again.status, json.loads(again.body)["code"]) == (410, "hold_over")
    assert late.status == 410
    assert taken() == 0


@pytest.fixture
def dear(sale, make_type, way):
    """A type that costs 2,000 tenge, to be paid by transfer."""
    sale.ways.add(way)
    return make_type(sale, price=2_000_00)


def test_what_costs_something_is_told_how_to_pay(play, dear, way):
    async def scenario(ask):
        held = (await hold(ask, dear.pk, 2)).told
        first = await order(ask, held, payment=str(way.pk), language="en")
        return held, first, await order(ask, held, payment=way.pk)

    held, answer, again = play(scenario, [])
    payment = Payment.objects.get()
    placed = Order.objects.get()
    assert held["total"] == 4_000_00
    assert answer.status == 201
    told = answer.told["payment"]
    instructions = told.pop("instructions")
    assert told == {
        "reference": payment.reference,
        "amount": 4_000_00,
        "currency": "KZT",
        "due_at": told["due_at"],
    }
    assert told["due_at"] == payment.due_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert {"label": "Purpose", "value": payment.reference} in instructions["lines"]
    assert (answer.told["state"], answer.told["total"]) == ("waiting", 4_000_00)
    assert "code" not in answer.told["tickets"][0]
    assert (placed.payment, placed.way, placed.confirmed_at) == (payment, "transfer", None)
    assert (again.status, again.told["id"], again.told["payment"]["reference"]) == (
        201,
        answer.told["id"],
        payment.reference,
    )
    assert taken() == 2


@pytest.mark.parametrize("payment", ["free", "", "99999", "cash", "-1", 10**30, "²"])
def test_a_way_that_is_not_offered_leaves_the_hold(play, dear, payment):
    async def scenario(ask):
        return await order(ask, (await hold(ask, dear.pk)).told, payment=payment)

    answer = play(scenario, [])
    assert answer.status == 400
    assert (Order.objects.count(), Payment.objects.count(), Hold.objects.get().ended_at) == (0, 0, None)


def test_many_tickets_are_signed_beside_the_others(play, sale, make_type):
    type_ = make_type(sale)

    async def scenario(ask):
        return await order(ask, (await hold(ask, type_.pk, 9)).told)

    told = play(scenario, []).told["tickets"]
    read = [codes.read(one["code"], public_keys()) for one in told]
    assert [one.serial for one in read] == [read_serial(one["serial"]) for one in told]
    assert len(read) == 9


def test_a_new_key_signs(play, free, elsewhere, monkeypatch):
    monkeypatch.setattr(signing, "KEPT_SECONDS", 0.0)

    async def scenario(ask):
        await elsewhere(lambda: passes.rotate_key(now=soon(0)))
        return await order(ask, (await hold(ask, free.pk)).told)

    (ticket,) = play(scenario, []).told["tickets"]
    assert codes.read(ticket["code"], public_keys()).key == 2
