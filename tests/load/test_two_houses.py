"""Two processes on one PostgreSQL: a position that is pressed at one reaches the phones at the other."""

import asyncio

import pytest
from tests.load.phones import crowd, until


@pytest.fixture
def two(make_evening, request):
    if request.config.getoption("--database") != "postgresql":
        pytest.skip("SQLite is served by one process; run with --database postgresql")
    first = make_evening()
    return first, make_evening(beside=first)


def test_a_press_travels_between_processes(two):
    first, second = two

    async def scenario():
        async with crowd(first.port, 5) as here, crowd(second.port, 5) as there:
            for number in range(1, 7):
                # One console, whose presses come now to one process, now to the other.
                at = (first, second)[number % 2]
                status, told = at.press(number, do="dark", on=bool(number % 2))
                assert status == 200
                await until(lambda told=told: all(phone.number == told["n"] for phone in here + there))
            return [phone.positions[-1] for phone in here + there]

    assert len(set(asyncio.run(scenario()))) == 1


def test_the_other_process_goes_on_while_one_is_killed(two):
    first, second = two

    async def scenario():
        async with crowd(second.port, 5) as there:
            assert first.press(1, do="dark", on=True)[0] == 200
            await until(lambda: all(phone.number == first.first + 1 for phone in there))
            await asyncio.to_thread(first.kill)
            await asyncio.to_thread(first.open)
            assert (await asyncio.to_thread(first.press, 2, do="dark", on=False))[0] == 200
            await until(lambda: all(phone.number == first.first + 2 for phone in there))
            return {status for phone in there for status in phone.statuses}

    assert asyncio.run(scenario()) == {200}
