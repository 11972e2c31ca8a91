"""kill -9 while the hall sings: every phone goes on, and nothing that was acknowledged is lost."""

import asyncio
import random
import time

from tests.load.phones import crowd, until

from aqyn.core.live import LineSpan, State, score_of, where

PHONES = 200
SCORE = score_of(
    2,
    [LineSpan(0, 1_000, 200_000), LineSpan(0, 200_500, 400_000), LineSpan(1, 401_000, 599_000)],
    duration=600_000,
)
ROUNDS = 5


def test_every_phone_goes_on_with_the_song(evening):
    async def scenario():
        async with crowd(evening.port, PHONES) as phones:
            assert evening.press(1, do="start", entry=evening.entry)[0] == 200
            status, told = evening.press(2, do="nudge", ms=4000)
            assert status == 200
            await until(lambda: all(phone.number == told["n"] for phone in phones))
            before = phones[0].positions[-1]
            for phone in phones:
                phone.positions.append(None)
            await asyncio.to_thread(evening.kill)
            await asyncio.to_thread(evening.open)
            await until(lambda: all(phone.positions[-1] is not None for phone in phones))
            status, held = await asyncio.to_thread(evening.press, 3, do="hold")
            assert status == 200
            await until(lambda: all(phone.number == held["n"] for phone in phones))
            return before, [phone.positions for phone in phones]

    before, told = asyncio.run(scenario())
    now_ms = time.time() * 1000
    sung = where(before, SCORE, now_ms)
    assert before.state is State.RUN
    for positions in told:
        gap = positions.index(None)
        # The first word after it came back says the same of the song as the last one before.
        assert where(positions[gap + 1], SCORE, now_ms) == sung
        numbers = [position.number for position in positions if position is not None]
        assert numbers == sorted(numbers)
    assert {positions[-1] for positions in told} == {told[0][-1]}
    assert told[0][-1].state is State.HOLD


def test_a_press_that_was_answered_is_never_lost(evening):
    """Killed at any moment between presses, many times over."""
    chance = random.Random(7)
    number, acknowledged = 0, 0

    async def after_kill():
        async with crowd(evening.port, 1) as (phone,):
            return phone.positions[0]

    for _round in range(ROUNDS):
        deadline = time.monotonic() + chance.uniform(0.05, 0.6)

        def press_until_dead():
            nonlocal number, acknowledged
            while True:
                number += 1
                try:
                    status, told = evening.press(number, do="dark", on=bool(number % 2))
                except (OSError, ValueError):
                    return
                if status == 200:
                    acknowledged = told["n"]

        async def scenario(end):
            pressing = asyncio.create_task(asyncio.to_thread(press_until_dead))
            await asyncio.sleep(max(0.0, end - time.monotonic()))
            await asyncio.to_thread(evening.kill)
            await pressing

        asyncio.run(scenario(deadline))
        evening.open()
        position = asyncio.run(after_kill())
        # The one press that was never answered may be in the row too.
        assert acknowledged <= position.number <= acknowledged + 1
    assert acknowledged > ROUNDS


def test_phones_come_back_after_a_graceful_close_too(evening):
    async def scenario():
        async with crowd(evening.port, 20) as phones:
            await asyncio.to_thread(evening.close)
            for phone in phones:
                phone.positions.append(None)
            await asyncio.to_thread(evening.open)
            await until(lambda: all(phone.positions[-1] is not None for phone in phones))
            return [phone.positions[-1].state for phone in phones]

    assert asyncio.run(scenario()) == [State.WAIT] * 20
