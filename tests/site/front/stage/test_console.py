"""What the crew's consoles follow: the position and the desk, for those who are signed in."""

import asyncio
from datetime import UTC, datetime

import pytest

from aqyn.core.live import State
from aqyn.people.models import Person
from aqyn.site.front import console, desks
from aqyn.stage import services
from aqyn.stage.models import Performance

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
KEY = "k" * 43
CONSOLE = "/events/console/astana"
MINE = f"key={KEY}".encode()
OPEN = {"open": True, "rehearsal": "", "wheel": None, "asking": None, "phones": 0, "lead": 150}


@pytest.fixture
def sit(follow, session):
    """`sit(ask)`: opens a console."""
    return lambda ask, query=MINE, path=CONSOLE: follow(ask.house, path, query, cookie=f"aqyn={session}")


def desk(**wanted):
    """Until the desk that was told last shows this."""
    return lambda console: console.desks and wanted.items() <= console.desks[-1].items()


def test_a_console_is_told_the_desk_and_the_position_at_once(play, sit, hall):
    async def scenario(ask):
        return await sit(ask).until(lambda console: console.positions)

    console = play(scenario, [])
    assert console.desks == [OPEN]
    assert [position.state for position in console.positions] == [State.WAIT]


def test_a_strangers_console_is_refused(play, follow, hall):
    async def scenario(ask):
        return [
            (await follow(ask.house, CONSOLE, MINE, cookie=cookie).answered()).status
            for cookie in ("", "aqyn=", "aqyn=forged", "aqyn=" + "x" * 400)
        ]

    assert play(scenario, []) == [403, 403, 403, 403]


@pytest.mark.parametrize("query", [b"", b"key=", b"key=short", b"key=" + b"k" * 44])
def test_a_console_names_its_own_key(play, sit, hall, query):
    async def scenario(ask):
        return await sit(ask, query).answered()

    assert play(scenario, []).status == 400


@pytest.mark.parametrize("slug", ["nowhere", "", "a/b"])
def test_there_is_no_desk_of_a_show_that_is_not_there(play, sit, hall, slug):
    async def scenario(ask):
        return await sit(ask, path=f"/events/console/{slug}").answered()

    assert play(scenario, []).status == 404


def test_too_many_consoles_of_one_show_are_refused(play, sit, hall, monkeypatch):
    monkeypatch.setattr(console, "MOST_CONSOLES", 1)

    async def scenario(ask):
        await sit(ask).until(desk(open=True))
        return await sit(ask).answered()

    refused = play(scenario, [])
    assert (refused.status, refused.headers[b"retry-after"]) == (503, b"10")


def test_everyone_at_the_desk_sees_who_takes_the_wheel(play, sit, hall, pressing):
    async def scenario(ask):
        console = await sit(ask).until(desk(wheel=None))
        await pressing(ask, 1, do="take")
        await console.until(desk(wheel={"name": "Aru", "mark": "kkkkkkkk", "silent": False}))

    play(scenario, [])


def test_the_desk_counts_the_phones(play, sit, follow, hall, monkeypatch):
    monkeypatch.setattr(desks, "TICK_SECONDS", 0.05)

    async def scenario(ask):
        console = await sit(ask).until(desk(phones=0))
        phones = [follow(ask.house, "/events/live/astana") for _phone in range(3)]
        await console.until(desk(phones=3))
        await phones[0].leave()
        await console.until(desk(phones=2))

    play(scenario, [])


def test_the_desk_follows_from_a_rehearsal_to_the_evening(play, sit, show, elsewhere):
    async def scenario(ask):
        console = await sit(ask).until(desk(open=False))
        rehearsal = await elsewhere(lambda: services.open_hall(show="astana", rehearsal=True, now=NOW))
        await console.until(desk(open=True, rehearsal=rehearsal.key))
        await elsewhere(lambda: services.close_hall(show="astana", now=NOW))
        await console.until(desk(open=False, rehearsal=""))
        await elsewhere(lambda: services.open_hall(show="astana", rehearsal=False, now=NOW))
        await console.until(desk(open=True, rehearsal=""))
        await elsewhere(lambda: services.close_hall(show="astana", now=NOW))
        await console.until(desk(open=False))
        await console.until(lambda console: console.positions[-1].state is State.END)
        numbers = [position.number for position in console.positions]
        return numbers == sorted(numbers), console.ended

    assert play(scenario, []) == (True, False)


def test_whoever_is_no_longer_of_the_crew_loses_the_console(play, sit, hall, person, elsewhere, monkeypatch):
    monkeypatch.setattr(desks, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(desks, "LOOK_SECONDS", 0.04)

    async def scenario(ask):
        console = await sit(ask).until(desk(open=True))
        await elsewhere(lambda: Person.objects.filter(pk=person.pk).update(removed_at=NOW))
        await console.answered()
        again = await sit(ask).answered()
        return console.ended, again.status

    assert play(scenario, []) == (True, 403)


def test_the_holder_that_is_there_does_not_fall_silent(play, sit, wheel, monkeypatch):
    monkeypatch.setattr(desks, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(desks, "LOOK_SECONDS", 0.04)
    Performance.objects.update(wheel_at=NOW)

    async def scenario(ask):
        other = await sit(ask, b"key=" + b"o" * 43).until(
            desk(wheel={"name": "Aru", "mark": "kkkkkkkk", "silent": True})
        )
        await sit(ask).until(desk(open=True))
        await other.until(desk(wheel={"name": "Aru", "mark": "kkkkkkkk", "silent": False}))

    play(scenario, [])


def test_a_desk_that_nobody_sits_at_is_let_go(play, sit, hall, monkeypatch):
    monkeypatch.setattr(desks, "TICK_SECONDS", 0.02)

    async def scenario(ask):
        console = await sit(ask).until(desk(open=True))
        await console.leave()
        async with asyncio.timeout(20):
            while ask.house.stage._desks._tables:
                await asyncio.sleep(0.01)
        again = await sit(ask).until(desk(open=True))
        return again.status, len(ask.house.stage.hub.groups)

    assert play(scenario, []) == (200, 1)
