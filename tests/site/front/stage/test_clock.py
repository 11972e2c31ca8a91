"""The house's clock: asked by POST, answered without any row."""

import json
import time

import pytest

CLOCK = "/events/clock"


def test_the_time_is_told_in_milliseconds(play):
    async def scenario(ask):
        before = time.time() * 1000
        answer = await ask(CLOCK, method="POST")
        return before, answer, time.time() * 1000

    before, answer, after = play(scenario, [])
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert before - 1 <= json.loads(answer.body)["now"] <= after + 1


@pytest.mark.parametrize("size", [65, 100_000])
def test_whoever_sends_more_than_a_few_bytes_is_refused(play, size):
    async def scenario(ask):
        return await ask(CLOCK, {"content-length": str(size)}, method="POST", body=b"x" * size)

    assert play(scenario, []).status == 413


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_the_time_is_asked_by_post(play, method):
    async def scenario(ask):
        return await ask(CLOCK, method=method)

    answer = play(scenario, [])
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_no_row_is_read_for_it(play):
    async def scenario(ask):
        async def nothing(work):
            raise AssertionError

        ask.house.pool.run = nothing
        ask.house.stage._asking.run = nothing
        return (await ask(CLOCK, method="POST")).status

    assert play(scenario, []) == 200
