"""What the crew presses, as it comes over the wire: from here, signed in, small and well formed."""

import asyncio
import json
import threading
import time

import pytest
from django.db import transaction
from tests.site.front.stage.conftest import FIRST

from aqyn.people.models import Person
from aqyn.site.front.pool import PoolFull
from aqyn.stage.models import Notice, Performance
from aqyn.stage.services import held

PRESS = "/studio/stage/astana/press"
HERE = {"origin": "http://127.0.0.1"}


def test_a_press_is_answered_with_its_number(play, wheel, pressing):
    async def scenario(ask):
        return await pressing(ask, 1, do="dark", on=True)

    answer = play(scenario, [])
    assert (answer.status, answer.told) == (200, {"n": FIRST + 1})
    assert answer.headers["cache-control"] == "no-store"
    assert Performance.objects.get().dark is True


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": None},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_sites_page_presses_nothing(play, wheel, pressing, headers):
    async def scenario(ask):
        return await pressing(ask, 1, headers=headers, do="dark", on=True)

    assert play(scenario, []).status == 403
    assert Performance.objects.get().dark is False


@pytest.mark.parametrize("cookie", [None, "aqyn=", "aqyn=forged", "other=1"])
def test_a_stranger_presses_nothing(play, wheel, pressing, cookie):
    async def scenario(ask):
        return await pressing(ask, 1, headers={"cookie": cookie}, do="dark", on=True)

    answer = play(scenario, [])
    assert (answer.status, answer.told) == (403, {"title": "Sign in to lead the hall.", "status": 403})


def test_whoever_has_left_the_crew_presses_nothing_from_then_on(play, wheel, pressing, person, elsewhere):
    async def scenario(ask):
        before = await pressing(ask, 1, do="dark", on=True)
        await elsewhere(lambda: Person.objects.filter(pk=person.pk).update(removed_at=person.joined_at))
        return [before.status, (await pressing(ask, 2, do="dark", on=False)).status]

    assert play(scenario, []) == [200, 403]
    assert Performance.objects.get().dark is True


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"key": "o" * 43}, 403),
        ({"at": 0}, 409),
        ({"press": {"do": "hold"}}, 409),
        ({"press": {"do": "fly"}}, 400),
        ({"press": {"do": "take", "more": 1}}, 400),
        ({"press": []}, 400),
        ({"key": 7}, 400),
        ({"key": "short"}, 400),
        ({"number": True}, 400),
        ({"number": "1"}, 400),
        ({"number": 1.5}, 400),
        ({"at": float("nan")}, 400),
        ({"at": None}, 400),
        ({"more": 1}, 400),
        ({"press": {"do": "choose", "entry": 10**30}}, 400),
    ],
)
def test_what_is_no_press_changes_nothing(play, wheel, pressing, told, status):
    async def scenario(ask):
        return await pressing(ask, 1, told=told, do="clear")

    answer = play(scenario, [])
    assert answer.status == answer.told["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert Performance.objects.get().number == FIRST


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 1000])
def test_what_is_no_json_is_refused(play, wheel, session, body):
    async def scenario(ask):
        headers = {"content-length": str(len(body)), "cookie": f"aqyn={session}", **HERE}
        return await ask(PRESS, headers, method="POST", body=body)

    assert play(scenario, []).status == 400


@pytest.mark.parametrize("announced", [True, False])
def test_a_large_press_is_refused(play, wheel, pressing, announced):
    async def scenario(ask):
        headers = {} if announced else {"content-length": None, "transfer-encoding": "chunked"}
        return await pressing(ask, 1, headers=headers, do="notice", text="x" * 2000)

    assert play(scenario, []).status == 413


def test_a_show_that_is_not_there_is_pressed_by_nobody(play, wheel, pressing):
    async def scenario(ask):
        return await pressing(ask, 1, slug="nowhere", do="clear")

    answer = play(scenario, [])
    assert (answer.status, answer.told["title"]) == (404, "There is no show “nowhere”.")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_a_press_is_sent_by_post(play, wheel, method):
    async def scenario(ask):
        return await ask(PRESS, method=method)

    answer = play(scenario, [])
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_a_crews_press_does_not_wait_behind_visitors(play, wheel, pressing):
    """Nor, once a console was there, behind others who say that they are of the crew."""

    async def scenario(ask):
        async def full(work):
            raise PoolFull

        ask.house.stage._asking.run = full
        first = await pressing(ask, 1, do="dark", on=True)
        ask.house.stage._admitting.run = full
        stranger = await pressing(ask, 2, headers={"cookie": "aqyn=forged"}, do="clear")
        return first.status, stranger.status, (await pressing(ask, 2, do="dark", on=False)).status

    assert play(scenario, []) == (200, 503, 200)


def test_a_press_that_waited_too_long_for_its_turn_is_late(play, wheel, pressing, elsewhere, monkeypatch):
    monkeypatch.setattr(held, "OLDEST_PRESS_MS", 100)
    holding = threading.Event()

    def hold():
        with transaction.atomic():
            Performance.objects.select_for_update().get()
            holding.set()
            time.sleep(0.3)

    async def scenario(ask):
        other = asyncio.create_task(elsewhere(hold))
        await asyncio.to_thread(holding.wait, 20)
        answer = await pressing(ask, 1, do="dark", on=True)
        await other
        return answer.status

    assert play(scenario, []) == 409
    assert Performance.objects.get().dark is False


def test_the_longest_text_fits(play, wheel, session):
    async def scenario(ask):
        sent = {"key": "k" * 43, "number": 1, "at": round(time.time() * 1000)}
        sent["press"] = {"do": "notice", "text": "𐰀" * 280}
        body = json.dumps(sent, ensure_ascii=False).encode()
        headers = {"content-length": str(len(body)), "cookie": f"aqyn={session}", **HERE}
        return await ask(PRESS, headers, method="POST", body=body)

    assert play(scenario, []).status == 200
    assert Notice.objects.get().text == "𐰀" * 280
