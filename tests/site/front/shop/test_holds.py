"""Places are held over the lane: each wish has one answer, and a refusal changes nothing."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.site.front.shop.conftest import HOLDS, hold, sent_as_form, sent_as_json

from aqyn.core.passes.serials import number
from aqyn.site.front.till import TillFull
from aqyn.tickets.models import Hold, HoldItem, Quota, Sale
from aqyn.tickets.numbers import secret_of


def taken():
    return Quota.objects.get(channel="online").taken


def test_a_hold_is_answered_with_what_opens_it(play, free):
    async def scenario(ask):
        return await hold(ask, free.pk, 3, language="ru")

    before = datetime.now(UTC)
    answer = play(scenario, [])
    row = Hold.objects.get()
    name = answer.told["id"]
    secret = secret_of("hold", row.pk)
    assert answer.status == 201
    assert answer.told == {
        "id": name,
        "secret": secret,
        "expires_at": answer.told["expires_at"],
        "total": 0,
        "currency": "KZT",
        "page": f"/ru/holds/{name}/{secret}/",
    }
    assert number(name) == row.pk
    expires = datetime.fromisoformat(answer.told["expires_at"])
    assert answer.told["expires_at"].endswith("Z")
    assert timedelta(minutes=9, seconds=58) < expires - before < timedelta(minutes=10, seconds=20)
    assert (answer.headers["location"], answer.headers["cache-control"]) == (
        f"/api/v1/holds/{name}",
        "no-store",
    )
    assert (taken(), row.email, row.language, row.channel) == (3, "aru@example.kz", "ru", "online")


def test_a_key_that_comes_again_gets_the_same_body_and_no_more_places(play, free):
    async def scenario(ask):
        first = await hold(ask, free.pk, 2, key="k-1")
        again = await hold(ask, free.pk, 2, key='"k-1"')
        other = await hold(ask, free.pk, 1, key="k-1")
        return first, again, other

    first, again, other = play(scenario, [])
    assert (again.status, again.body) == (201, first.body)
    assert (other.status, other.told["code"]) == (422, "key")
    assert (taken(), Hold.objects.count()) == (2, 1)


@pytest.mark.parametrize("key", ["k\xa0", "\x85k", '""k""', 'k"', '"k', '"', '""', "k k", "k" * 65])
def test_a_key_that_is_none_is_refused_and_keeps_nothing(key, play, free):
    async def scenario(ask):
        return await hold(ask, free.pk, 2, key=key)

    answer = play(scenario, [])
    assert (answer.status, answer.told["code"]) == (400, "malformed")
    assert (taken(), Hold.objects.count()) == (0, 0)


def test_one_key_from_many_at_once_is_one_hold(play, free):
    async def scenario(ask):
        return await asyncio.gather(*(hold(ask, free.pk, 2, key="k-1") for _one in range(20)))

    answers = play(scenario, [])
    assert {(answer.status, answer.body) for answer in answers} == {(201, answers[0].body)}
    assert taken() == 2


def test_what_is_gone_is_told_with_what_is_left(play, sale, make_type):
    type_ = make_type(sale, quantity=3)

    async def scenario(ask):
        return [await hold(ask, type_.pk, quantity) for quantity in (4, 3, 1)]

    few, held, none = play(scenario, [])
    assert (few.status, few.told["code"], few.told["left"]) == (409, "sold_out", 3)
    assert few.told["title"] == "Only 3 of these places are left."
    assert held.status == 201
    assert (none.status, none.told["code"]) == (409, "sold_out")
    assert none.headers["content-type"] == "application/problem+json"


def test_a_limit_counts_the_buyer_and_not_the_address(play, free):
    async def scenario(ask):
        await hold(ask, free.pk, 3)
        return [await hold(ask, free.pk, 2, email=email) for email in ("ARU@Example.kz", "dana@example.kz")]

    over, other = play(scenario, [])
    assert (over.status, over.told["code"], over.told["left"]) == (409, "limit", 1)
    assert other.status == 201


@pytest.mark.parametrize(("column", "status"), [("opened_at", 409), ("closed_at", 409)])
def test_a_sale_that_is_not_on_holds_nothing(play, free, column, status):
    Sale.objects.update(**{column: datetime.now(UTC) if column == "closed_at" else None})

    async def scenario(ask):
        return await hold(ask, free.pk)

    answer = play(scenario, [])
    assert (answer.status, answer.told["code"]) == (status, "not_on_sale")
    assert taken() == 0


def test_there_are_no_places_for_a_show_that_is_not_there(play, free):
    async def scenario(ask):
        return await hold(ask, free.pk, path="/api/v1/shows/nowhere/holds")

    answer = play(scenario, [])
    assert (answer.status, answer.told["code"]) == (404, "no_such_show")


BAD_QUANTITIES = [
    (0, "empty"),
    (-1, "empty"),
    (1_000_000, "too_many"),
    (10**30, "too_many"),
    ("2", "malformed"),
    ("٢", "malformed"),
    (1.5, "malformed"),
    (True, "malformed"),
    (None, "malformed"),
    ([1], "malformed"),
]


@pytest.mark.parametrize(("quantity", "code"), BAD_QUANTITIES)
def test_a_number_of_places_that_is_none_changes_nothing(play, free, quantity, code):
    async def scenario(ask):
        return await hold(ask, free.pk, quantity)

    answer = play(scenario, [])
    assert (answer.status, answer.told["code"], answer.told["status"]) == (400, code, 400)
    assert (taken(), Hold.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "malformed"),
        (b"[]", "malformed"),
        (b"{", "malformed"),
        (b"\xff\xfe", "malformed"),
        (b"[" * 10_000, "malformed"),
        (b'{"items": {}, "email": "a@example.kz"}', "malformed"),
        (b'{"items": [7], "email": "a@example.kz"}', "malformed"),
        (b'{"items": [], "email": "a@example.kz"}', "empty"),
        (b'{"items": [], "email": 7}', "email"),
        (b'{"items": [], "email": "nobody"}', "email"),
        (b'{"items": [], "email": "a@example.kz\\nBcc: b@example.kz"}', "email"),
        (b'{"items": [], "email": "a@example.kz", "key": "two words"}', "malformed"),
        (b'{"items": [], "email": "a@example.kz", "code": 1}', "malformed"),
    ],
)
def test_a_body_that_is_no_wish_is_refused(play, free, body, code):
    async def scenario(ask):
        return await ask(HOLDS, **sent_as_json(body))

    answer = play(scenario, [])
    assert (answer.status, json.loads(answer.body)["code"]) == (400, code)
    assert Hold.objects.count() == 0


@pytest.mark.parametrize("type_", [0, -1, 10**30, 4_611_686_018_427_387_903])
def test_a_type_that_is_not_there_is_not_found(play, free, type_):
    async def scenario(ask):
        return await hold(ask, type_)

    answer = play(scenario, [])
    assert (answer.status, answer.told["code"]) == (404, "no_such_type")


def test_a_page_of_somebody_elses_holds_nothing(play, free):
    async def scenario(ask):
        told = sent_as_json(
            b'{"items": [{"ticket_type": %d, "quantity": 1}], "email": "a@example.kz"}' % free.pk
        )
        elsewhere = told | {"headers": {**told["headers"], "sec-fetch-site": "cross-site"}}
        return [(await ask(HOLDS, **one)).status for one in (elsewhere, told)]

    assert play(scenario, []) == [403, 201]


def test_a_form_is_refused_in_a_sentence_that_can_be_read(play, free):
    async def scenario(ask):
        return await ask(HOLDS, **sent_as_form({"email": "x" * 16_385}))

    answer = play(scenario, [])
    assert (answer.status, answer.body) == (413, b"This is larger than the house takes.\n")


def test_a_wish_that_is_too_large_is_not_read(play, free):
    async def scenario(ask):
        return await ask(HOLDS, **sent_as_json(b"x" * 16_385))

    answer = play(scenario, [])
    assert (answer.status, json.loads(answer.body)["code"]) == (413, "body")


def test_letters_of_any_script_stand_in_what_is_sent(play, free):
    """Also half of a surrogate pair, which no database would take."""

    async def scenario(ask):
        wish = b'{"items": [{"ticket_type": %d, "quantity": 1}], "email": "a@example.kz", "code": "%s"}'
        return [
            (await ask(HOLDS, **sent_as_json(wish % (free.pk, code)))).status
            for code in (b"\\ud800", "ұлт 🎶".encode(), b"\\u0000")
        ]

    assert play(scenario, []) == [201, 201, 201]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", HOLDS, "POST"),
        ("POST", "/api/v1/shows/evening", "GET"),
        ("GET", "/api/v1/holds/0000000000000", "DELETE"),
        ("DELETE", "/api/v1/holds/0000000000000/order", "POST"),
    ],
)
def test_each_address_says_how_it_is_asked(play, free, method, path, allowed):
    async def scenario(ask):
        return await ask(path, method=method)

    answer = play(scenario, [])
    assert (answer.status, answer.headers["allow"]) == (405, allowed)


def test_a_form_goes_on_to_the_hold_and_a_refused_one_to_why(play, free):
    async def scenario(ask):
        fields = {f"type-{free.pk}": "2", "email": "aru@example.kz", "language": "kk", "key": "f1"}
        held = await ask(HOLDS, **sent_as_form(fields))
        again = await ask(HOLDS, **sent_as_form(fields))
        limit = await ask(HOLDS, **sent_as_form(fields | {f"type-{free.pk}": "3", "key": "f2"}))
        empty = await ask(HOLDS, **sent_as_form(fields | {f"type-{free.pk}": "0", "key": "f3"}))
        wrong = await ask(HOLDS, **sent_as_form(fields | {f"type-{free.pk}": "²", "key": "f4"}))
        return held, again, limit, empty, wrong

    answers = play(scenario, [])
    row = Hold.objects.get()
    assert [answer.status for answer in answers] == [303] * 5
    held, again, limit, empty, wrong = (answer.headers["location"] for answer in answers)
    assert held.startswith("/kk/holds/")
    assert held.endswith(f"/{secret_of('hold', row.pk)}/")
    assert again == held
    assert limit == "/kk/shows/evening/tickets/refused/?why=limit&left=2"
    assert (empty, wrong) == ("/kk/shows/evening/tickets/refused/?why=empty",) * 2


def test_a_buyer_names_a_price_from_the_floor_on(play, sale, make_type):
    type_ = make_type(sale, price=500_000, floor=100_000)

    async def scenario(ask):
        form = {f"type-{type_.pk}": "2", "email": "aru@example.kz", "language": "en"}
        shown = [
            await ask(HOLDS, **sent_as_form(form | {f"price-{type_.pk}": price}))
            for price in ("1 500", "999", "a lot", "-5000")
        ]
        wish = {"items": [{"ticket_type": type_.pk, "quantity": 1, "price": 99_999}], "email": "a@b.kz"}
        return [*shown, await ask(HOLDS, **sent_as_json(wish))]

    named, *refused, low = play(scenario, [])
    assert named.headers["location"].startswith("/en/holds/")
    assert {answer.headers["location"] for answer in refused} == {
        "/en/shows/evening/tickets/refused/?why=price"
    }
    assert (low.status, json.loads(low.body)["code"]) == (400, "price")
    assert HoldItem.objects.values_list("quantity", "price").get() == (2, 150_000)


def test_whoever_comes_past_the_bound_is_asked_to_come_again(play, free):
    async def scenario(ask):
        till = ask.house.shop._till
        till._most = 0
        with pytest.raises(TillFull):
            await till.ask(None)
        return await hold(ask, free.pk)

    answer = play(scenario, [])
    assert (answer.status, answer.headers["retry-after"], answer.told["code"]) == (503, "1", "busy")


def test_a_house_that_closes_writes_what_waits_and_takes_no_more(play, free):
    async def scenario(ask):
        waiting = [asyncio.create_task(hold(ask, free.pk, email=f"b{n}@example.kz")) for n in range(5)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        ask.house.app.closing = True
        late = await ask(HOLDS, **sent_as_json({}))
        await ask.house.shop._till.close(within=5)
        return [(await one).status for one in waiting], late

    before, late = play(scenario, [])
    assert before == [201] * 5
    assert (late.status, late.headers["retry-after"]) == (503, "5")
    assert taken() == 5


def test_an_answer_is_in_the_language_that_was_asked_for(play, free):
    async def scenario(ask):
        wish = {"items": [], "email": "a@example.kz"}
        return [
            (await ask(HOLDS, **sent_as_json(wish | told, {"accept-language": "ru"}))).headers[
                "content-language"
            ]
            for told in ({}, {"language": "kk"}, {"language": "xx"})
        ]

    assert play(scenario, []) == ["ru", "kk", "ru"]
