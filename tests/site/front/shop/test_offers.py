"""What is on offer is told to all who ask, from one look a second."""

import asyncio
import json

from aqyn.shows.models import Announcement
from aqyn.site.front import offers

SHOW = "/api/v1/shows/evening"


def test_the_types_are_told_with_what_is_left(play, sale, free, make_type):
    make_type(sale, code="secret-door", price=100_000)

    async def scenario(ask):
        return await ask(SHOW), await ask(SHOW, query=b"code=SECRET-door"), await ask(SHOW, method="HEAD")

    answer, coded, head = play(scenario, [])
    told = json.loads(answer.body)
    assert answer.status == 200
    assert (told["show"], told["currency"], told["hold_minutes"]) == ("evening", "KZT", 10)
    (one,) = told["ticket_types"]
    shown = {name: one[name] for name in ("id", "price", "floor", "limit", "left", "state")}
    assert shown == {
        "id": free.pk,
        "price": 0,
        "floor": None,
        "limit": 4,
        "left": 10,
        "state": "on_sale",
    }
    assert len(json.loads(coded.body)["ticket_types"]) == 2
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == answer.headers["content-length"]


def test_a_show_that_guests_do_not_see_is_not_found(play, free):
    Announcement.objects.all().delete()

    async def scenario(ask):
        return [(await ask(path)).status for path in (SHOW, "/api/v1/shows/nowhere")]

    assert play(scenario, []) == [404, 404]


def test_a_thousand_who_ask_at_once_cost_one_look(play, free, monkeypatch):
    looks = []
    real = offers._offer
    monkeypatch.setattr(offers, "_offer", lambda *asked: looks.append(asked) or real(*asked))
    monkeypatch.setattr(offers, "KEPT_SECONDS", 60.0)

    async def scenario(ask):
        answers = await asyncio.gather(*(ask(SHOW) for _one in range(1000)))
        return {answer.status for answer in answers}

    assert play(scenario, []) == {200}
    assert len(looks) == 1
