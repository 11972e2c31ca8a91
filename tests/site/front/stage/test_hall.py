"""What phones follow: told at once, the newest alone; and a clear answer where there is nothing to follow."""

import asyncio
from datetime import UTC, datetime

import pytest
from tests.site.front.stage.conftest import FIRST

from aqyn.core.live import Position, State, write_message
from aqyn.shows.models import Cancellation, Show
from aqyn.site.front import halls, hub
from aqyn.stage import services
from aqyn.stage.models import Performance
from aqyn.stage.selectors.current import position_of

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
LIVE = "/events/live/astana"


def state(wanted):
    return lambda phone: phone.positions and phone.positions[-1].state is wanted


def number(wanted):
    return lambda phone: phone.positions and phone.positions[-1].number == wanted


def test_a_phone_is_told_at_once_where_the_song_is(play, follow, hall):
    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(lambda phone: phone.positions)
        await phone.leave()
        return phone

    phone = play(scenario, [])
    assert phone.status == 200
    assert phone.headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert phone.headers[b"cache-control"] == b"no-store"
    assert phone.headers[b"x-accel-buffering"] == b"no"
    assert phone.positions == [position_of(hall)]


def test_everybody_is_told_what_is_pressed(play, follow, wheel, pressing, entry):
    async def scenario(ask):
        phones = [follow(ask.house, LIVE) for _phone in range(3)]
        for phone in phones:
            await phone.until(number(FIRST))
        await pressing(ask, 1, do="choose", entry=entry.pk)
        for phone in phones:
            await phone.until(number(FIRST + 1))
        return [phone.positions[-1].entry for phone in phones]

    assert play(scenario, []) == [entry.pk] * 3


def test_a_late_phone_is_told_the_newest_word(play, follow, wheel, pressing, entry):
    async def scenario(ask):
        await pressing(ask, 1, do="choose", entry=entry.pk)
        await pressing(ask, 2, do="dark", on=True)
        phone = await follow(ask.house, LIVE).until(lambda phone: phone.positions)
        return phone.positions

    (position,) = play(scenario, [])
    assert (position.number, position.entry, position.dark) == (FIRST + 2, entry.pk, True)


def test_a_phone_that_is_behind_gets_the_newest_alone(play, follow, wheel, pressing):
    async def scenario(ask):
        slow = follow(ask.house, LIVE, taking=False)
        quick = await follow(ask.house, LIVE).until(number(FIRST))
        for press in range(1, 6):
            await pressing(ask, press, do="dark", on=bool(press % 2))
            await quick.until(number(FIRST + press))
        slow.take()
        await slow.until(number(FIRST + 5))
        return [position.number for position in slow.positions]

    assert play(scenario, []) == [FIRST, FIRST + 5]


def test_the_hopeless_are_dropped_and_the_others_go_on(play, follow, wheel, pressing, monkeypatch):
    monkeypatch.setattr(hub, "HOPELESS_SECONDS", 0.05)

    async def scenario(ask):
        hopeless = follow(ask.house, LIVE, taking=False)
        phone = await follow(ask.house, LIVE).until(number(FIRST))
        await asyncio.sleep(0.1)
        await pressing(ask, 1, do="dark", on=True)
        await phone.until(number(FIRST + 1))
        await hopeless.answered()
        return ask.house.stage.hub.open_streams, hopeless.positions

    assert play(scenario, []) == (1, [])


def test_silence_is_broken_by_the_same_word(play, follow, hall, monkeypatch):
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 0.05)

    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(lambda phone: len(phone.positions) == 4)
        return phone.positions

    assert play(scenario, []) == [position_of(hall)] * 4


def test_a_phone_waits_at_a_shut_hall_until_it_is_opened(play, follow, show, elsewhere):
    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(state(State.SHUT))
        await elsewhere(lambda: services.open_hall(show="astana", rehearsal=False, now=NOW))
        await phone.until(state(State.WAIT))
        return [position.number for position in phone.positions]

    assert play(scenario, []) == [0, round(NOW.timestamp())]


def test_at_the_end_the_streams_end_and_nobody_comes_back(play, follow, hall, elsewhere):
    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(number(FIRST))
        await elsewhere(lambda: services.close_hall(show="astana", now=NOW))
        await phone.answered()
        again = await follow(ask.house, LIVE).answered()
        return phone, again

    phone, again = play(scenario, [])
    assert [position.state for position in phone.positions] == [State.WAIT, State.END]
    assert phone.ended
    assert (again.status, again.events) == (204, [])


def test_a_hall_that_is_opened_again_is_followed_again(play, follow, hall, elsewhere):
    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(number(FIRST))
        await elsewhere(lambda: services.close_hall(show="astana", now=NOW))
        await phone.answered()
        await elsewhere(lambda: services.open_hall(show="astana", rehearsal=False, now=NOW))
        again = await follow(ask.house, LIVE).until(number(FIRST + 2))
        return again.positions[-1].state

    assert play(scenario, []) is State.WAIT


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/events/live/nowhere", b""),
        ("/events/live/", b""),
        ("/events/live/astana/x", b""),
        ("/events/live/" + "a" * 81, b""),
        ("/events/live/аста", b""),
        (LIVE, b"rehearsal=" + b"k" * 43),
        (LIVE, b"rehearsal=%00"),
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(play, follow, hall, path, query):
    async def scenario(ask):
        return await follow(ask.house, path, query).answered()

    phone = play(scenario, [])
    assert (phone.status, phone.events) == (404, ["There is no show at this address.\n"])


def test_a_draft_is_there_only_with_its_rehearsal_key(play, follow, show):
    show.announcement.delete()
    key = services.open_hall(show="astana", rehearsal=True, now=NOW).key

    async def scenario(ask):
        stranger = await follow(ask.house, LIVE).answered()
        phone = await follow(ask.house, LIVE, f"rehearsal={key}".encode()).until(state(State.WAIT))
        return stranger.status, phone.status

    assert play(scenario, []) == (404, 200)


def test_the_hall_hears_nothing_of_a_rehearsal(play, follow, show, elsewhere):
    async def scenario(ask):
        guest = await follow(ask.house, LIVE).until(state(State.SHUT))
        opened = await elsewhere(lambda: services.open_hall(show="astana", rehearsal=True, now=NOW))
        phone = follow(ask.house, LIVE, f"rehearsal={opened.key}".encode())
        await phone.until(state(State.WAIT))
        await elsewhere(lambda: services.close_hall(show="astana", now=NOW))
        await phone.answered()
        return [position.state for position in guest.positions]

    assert set(play(scenario, [])) == {State.SHUT}


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT"])
def test_a_stream_is_only_read(play, follow, hall, method):
    async def scenario(ask):
        return await follow(ask.house, LIVE, method=method).answered()

    phone = play(scenario, [])
    assert (phone.status, phone.headers[b"allow"]) == (405, b"GET")


def test_a_full_house_says_so(play, follow, hall):
    async def scenario(ask):
        ask.house.stage.hall._most = 2
        phones = [await follow(ask.house, LIVE).until(number(FIRST)) for _phone in range(2)]
        third = await follow(ask.house, LIVE).answered()
        await phones[0].leave()
        fourth = await follow(ask.house, LIVE).until(number(FIRST))
        return third, fourth

    third, fourth = play(scenario, [])
    assert (third.status, third.headers[b"retry-after"]) == (503, b"10")
    assert fourth.status == 200


def test_a_show_that_is_removed_lets_its_phones_go(play, follow, show, elsewhere):
    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(state(State.SHUT))
        await elsewhere(lambda: Show.objects.filter(slug="astana").delete())
        # No service is asked and nothing is told: the database itself is seen to have changed.
        ask.house.stage.look_again()
        await phone.answered()
        return phone.ended, (await follow(ask.house, LIVE).answered()).status

    assert play(scenario, []) == (True, 404)


def test_a_show_that_is_cancelled_has_come_to_its_end(play, follow, show, elsewhere):
    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(state(State.SHUT))
        await elsewhere(lambda: Cancellation.objects.create(show=show, at=NOW))
        ask.house.stage.look_again()
        await phone.answered()
        return phone.positions[-1].state

    assert play(scenario, []) is State.END


def test_a_change_that_nobody_told_is_seen(play, follow, hall, elsewhere, monkeypatch):
    """Another process's, on SQLite: nothing carries its word."""
    from django.db import connection

    from aqyn.ui.pages import pages_changed

    def change():
        Performance.objects.update(number=FIRST + 8, dark=True)
        if connection.vendor == "postgresql":
            pages_changed()

    monkeypatch.setattr(halls, "LOOK_SECONDS", 0.05)

    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(number(FIRST))
        await elsewhere(change)
        await phone.until(number(FIRST + 8))
        return phone.positions[-1].dark

    assert play(scenario, []) is True


def test_what_was_read_late_does_not_go_back(play, follow, hall):
    newest = Position(FIRST + 6, 1, State.WAIT)

    async def scenario(ask):
        phone = await follow(ask.house, LIVE).until(number(FIRST))
        known = await ask.house.stage.halls.find(halls.Channel("astana"))
        known.take(newest, write_message(newest))
        ask.house.stage.look_again()
        await asyncio.gather(*ask.house.stage.halls._flights.values())
        await phone.until(number(FIRST + 6))
        late = await follow(ask.house, LIVE).until(lambda phone: phone.positions)
        return late.positions

    assert play(scenario, []) == [newest]


def test_unknown_shows_are_asked_of_the_database_once(play, follow, show):
    async def scenario(ask):
        asked = []
        inner = ask.house.stage.halls.pool.run

        async def counted(work):
            asked.append(work)
            return await inner(work)

        ask.house.stage.halls.pool.run = counted
        for _again in range(50):
            await follow(ask.house, "/events/live/nowhere").answered()
        return len(asked)

    assert play(scenario, []) == 1


def test_a_flood_of_names_is_not_remembered_without_end(play, follow, show, monkeypatch):
    monkeypatch.setattr(halls, "MOST_KNOWN", 10)

    async def scenario(ask):
        for name in range(60):
            await follow(ask.house, f"/events/live/nowhere-{name}").answered()
        return len(ask.house.stage.halls._known), len(ask.house.stage.hub.groups)

    known, groups = play(scenario, [])
    assert known == groups
    assert known <= 20


def test_when_the_house_closes_the_streams_end(play, follow, hall):
    async def scenario(ask):
        phones = [await follow(ask.house, LIVE).until(number(FIRST)) for _phone in range(5)]
        await ask.house.stage.hub.close(within=1)
        return [(await phone.answered()).ended for phone in phones]

    assert play(scenario, []) == [True] * 5


def test_nothing_that_a_phone_said_is_kept_while_it_follows(play, follow, hall):
    async def scenario(ask):
        phone = await follow(ask.house, LIVE, cookie="aqyn=something").until(number(FIRST))
        return phone.scope

    assert play(scenario, []) == {}
