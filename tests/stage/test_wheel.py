"""The wheel: held by one console, seen by all, always to be had."""

from datetime import timedelta

import pytest

from aqyn.people.models import Person, Role
from aqyn.stage import sentences as refuse
from aqyn.stage import services
from aqyn.stage.models import Performance
from aqyn.stage.selectors.desk import ASKING_LASTS, SILENT_AFTER, Hand, desk

ARU, BOTA = "a" * 43, "b" * 43


@pytest.fixture
def hall(show, evening, person):
    services.open_hall(show="astana", rehearsal=False, now=evening)
    return Performance.objects.get()


@pytest.fixture
def bota(noon):
    return Person.objects.create(
        email="bota@example.kz", name="Бота", language="en", role=Role.CREW, joined_at=noon
    )


@pytest.fixture
def turn(evening):
    """`turn(person, "take", ARU)`: each one a second after the last."""
    count = iter(range(1, 100))

    def one(person, do, key):
        number = next(count)
        now_ms = round(evening.timestamp() * 1000) + 1000 * number
        return services.turn_wheel(
            show="astana", person=person, key=key, number=number, at_ms=now_ms, do=do, now_ms=now_ms
        )

    return one


@pytest.fixture
def seen(evening):
    """What the desk shows so many seconds after the opening: who holds the wheel, who asks."""

    def at(seconds):
        shown = desk("astana", now=evening + timedelta(seconds=seconds))
        return shown.wheel, shown.asking

    return at


def test_nobody_holds_it_at_first(hall, seen):
    assert seen(0) == (None, None)


def test_a_free_wheel_is_taken(hall, person, turn, seen):
    turn(person, "take", ARU)
    assert seen(2) == (Hand("Ару", "aaaaaaaa"), None)


def test_it_is_taken_over_openly(hall, person, bota, turn, seen):
    turn(person, "take", ARU)
    turn(bota, "take", BOTA)
    assert seen(3) == (Hand("Бота", "bbbbbbbb"), None)


def test_who_asks_is_seen_and_may_be_given_it(hall, person, bota, turn, seen):
    turn(person, "take", ARU)
    turn(bota, "ask", BOTA)
    assert seen(3) == (Hand("Ару", "aaaaaaaa"), Hand("Бота", "bbbbbbbb"))
    turn(person, "give", ARU)
    assert seen(4) == (Hand("Бота", "bbbbbbbb"), None)


def test_the_holder_may_keep_it(hall, person, bota, turn, seen):
    turn(person, "take", ARU)
    turn(bota, "ask", BOTA)
    turn(person, "keep", ARU)
    assert seen(4) == (Hand("Ару", "aaaaaaaa"), None)


def test_asking_for_a_free_wheel_takes_it(hall, person, turn, seen):
    turn(person, "ask", ARU)
    assert seen(2) == (Hand("Ару", "aaaaaaaa"), None)


def test_one_asks_at_a_time(hall, person, bota, turn):
    turn(person, "take", ARU)
    turn(bota, "ask", BOTA)
    with pytest.raises(refuse.AskedAlready) as refused:
        turn(person, "ask", "c" * 43)
    assert str(refused.value) == "Бота asks for the wheel already."


def test_what_was_asked_long_ago_is_asked_no_more(hall, person, bota, turn, seen, evening):
    turn(person, "take", ARU)
    turn(bota, "ask", BOTA)
    Performance.objects.update(asking_at=evening - ASKING_LASTS)
    assert seen(1)[1] is None
    with pytest.raises(refuse.NobodyAsks):
        turn(person, "give", ARU)


def test_it_is_let_go(hall, person, turn, seen):
    turn(person, "take", ARU)
    turn(person, "release", ARU)
    assert seen(3) == (None, None)


@pytest.mark.parametrize("do", ["give", "keep", "release"])
def test_only_the_holder_gives_keeps_and_lets_go(hall, person, bota, turn, seen, do):
    turn(person, "take", ARU)
    with pytest.raises(refuse.NoWheel):
        turn(bota, do, BOTA)
    assert seen(3) == (Hand("Ару", "aaaaaaaa"), None)


def test_a_console_that_has_gone_falls_silent(hall, person, turn, seen, evening):
    turn(person, "take", ARU)
    services.note_present(show="astana", keys=[ARU, BOTA], now=evening + timedelta(seconds=10))
    limit = 10 + SILENT_AFTER.total_seconds()
    assert seen(limit)[0] == Hand("Ару", "aaaaaaaa")
    assert seen(limit + 1)[0] == Hand("Ару", "aaaaaaaa", silent=True)


def test_another_console_that_is_there_does_not_speak_for_the_holder(hall, person, turn, seen, evening):
    turn(person, "take", ARU)
    services.note_present(show="astana", keys=[BOTA], now=evening + timedelta(seconds=60))
    assert seen(60)[0] == Hand("Ару", "aaaaaaaa", silent=True)


def test_the_desk_of_a_rehearsal_names_its_key(show, evening):
    rehearsal = services.open_hall(show="astana", rehearsal=True, now=evening)
    assert desk("astana", now=evening).rehearsal == rehearsal.key


def test_there_is_no_desk_without_a_show(db, evening):
    assert desk("nowhere", now=evening) is None
