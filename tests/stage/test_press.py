"""What the crew presses: the holder's alone, each once, in time, in the order in which it comes."""

from datetime import UTC, datetime

import pytest

from aqyn.core.live import State, read_message
from aqyn.core.live.steering import Cannot, read_press
from aqyn.stage import sentences as refuse
from aqyn.stage import services
from aqyn.stage.models import Notice, Performance, Played
from aqyn.stage.selectors.current import position_of
from aqyn.stage.telling import on_told

KEY = "k" * 43
OTHER = "o" * 43
OPENED = datetime(2026, 5, 20, 14, tzinfo=UTC)
SECONDS = round(OPENED.timestamp())


@pytest.fixture
def hall(setlist, person):
    """The hall is open, and the console KEY holds the wheel; its first press has the number 1."""
    services.open_hall(show="astana", rehearsal=False, now=OPENED, actor=person)
    turn(person, "take", 1)
    return Performance.objects.get()


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """`told(deed)`: what was told to whom because of it."""

    def all_of(deed):
        heard = []
        stop = on_told(lambda channel, message: heard.append((channel, message)))
        try:
            with django_capture_on_commit_callbacks(execute=True):
                deed()
        finally:
            stop()
        return heard

    return all_of


def turn(person, do, number, *, key=KEY, at=0, now=0):
    return services.turn_wheel(
        show="astana", person=person, key=key, number=number, at_ms=ms(at), do=do, now_ms=ms(now)
    )


def pressed(person, number, do, *, key=KEY, at=0, now=0, **values):
    press = read_press({"do": do, **values})
    return services.press(
        show="astana", person=person, key=key, number=number, at_ms=ms(at), press=press, now_ms=ms(now)
    )


def ms(after):
    """So many milliseconds after the hall was opened, by the house's clock."""
    return round(OPENED.timestamp() * 1000) + after


def row():
    return position_of(Performance.objects.get())


def test_a_press_is_in_the_row_and_told(hall, person, setlist, told):
    heard = told(lambda: pressed(person, 2, "start", entry=setlist[0].pk, now=40))
    position = row()
    assert (position.number, position.state, position.entry) == (
        SECONDS + 1,
        State.RUN,
        setlist[0].pk,
    )
    assert position.time_ms == ms(40) + 150
    assert [(tuple(channel), read_message(message)) for channel, message in heard] == [
        (("astana", ""), position)
    ]


def test_a_rehearsal_is_told_to_those_who_hold_its_key(setlist, person, evening, told):
    rehearsal = services.open_hall(show="astana", rehearsal=True, now=evening, actor=person)
    turn(person, "take", 1)
    heard = told(lambda: pressed(person, 2, "choose", entry=setlist[0].pk))
    assert [tuple(channel) for channel, _message in heard] == [("astana", rehearsal.key)]


def test_a_press_is_numbered_by_the_clock_and_never_twice(hall, person):
    numbers = [
        pressed(person, number, "dark", on=True, at=at, now=at).number
        for number, at in [(2, 0), (3, 400), (4, 60_999), (5, 61_000), (6, 61_000)]
    ]
    assert numbers == [SECONDS + after for after in (1, 2, 60, 61, 62)]


def test_the_same_press_again_does_nothing_twice(hall, person, setlist, told):
    pressed(person, 2, "start", entry=setlist[0].pk)
    first = pressed(person, 3, "nudge", ms=500, now=200)
    again = told(lambda: pressed(person, 3, "nudge", ms=500, now=300))
    assert row() == first
    assert again == []


def test_an_older_press_changes_nothing(hall, person, setlist):
    before = pressed(person, 7, "choose", entry=setlist[0].pk)
    with pytest.raises(refuse.PressedBefore):
        pressed(person, 6, "choose", entry=setlist[2].pk)
    assert row() == before


@pytest.mark.parametrize(
    ("at", "refusal"), [(-1501, refuse.PressedLate), (1001, refuse.ClockIsWrong), (-1500, None), (1000, None)]
)
def test_what_was_pressed_long_ago_is_not_replayed(hall, person, setlist, at, refusal):
    if refusal is None:
        assert pressed(person, 2, "choose", entry=setlist[0].pk, at=at).entry == setlist[0].pk
        return
    with pytest.raises(refusal):
        pressed(person, 2, "choose", entry=setlist[0].pk, at=at)
    assert row().entry == 0


def test_only_the_holder_presses(hall, person, setlist):
    for key, who in ((OTHER, person), (KEY, type(person)(pk=person.pk + 1))):
        with pytest.raises(refuse.NoWheel):
            pressed(who, 2, "choose", entry=setlist[0].pk, key=key)
    assert row().entry == 0


def test_nobody_presses_while_the_wheel_is_free(hall, person, setlist):
    turn(person, "release", 2)
    with pytest.raises(refuse.NoWheel):
        pressed(person, 3, "choose", entry=setlist[0].pk)


def test_an_entry_of_another_evening_is_not_here(hall, person, make_show, evening):
    make_show("almaty")
    foreign = services.add_entry(show="almaty", title={"en": "Hello"}, now=evening)
    with pytest.raises(refuse.NoSuchEntry):
        pressed(person, 2, "start", entry=foreign.pk)


def test_what_cannot_be_done_says_why(hall, person):
    with pytest.raises(refuse.CannotPress) as refused:
        pressed(person, 2, "hold")
    assert refused.value.code is Cannot.NOT_BEGUN
    assert str(refused.value) == "Nothing is sung yet."
    assert row().number == SECONDS


def test_every_reason_has_its_sentence():
    assert set(refuse.STEERING) == set(Cannot)


def test_a_shut_hall_takes_no_press(setlist, person):
    with pytest.raises(refuse.HallIsShut):
        pressed(person, 1, "clear")


def test_a_show_that_is_not_there_takes_no_press(person):
    with pytest.raises(refuse.NoSuchShow):
        pressed(person, 1, "clear")


def test_texts_for_the_hall_are_kept_and_numbered(hall, person):
    first = pressed(person, 2, "notice", text="Балалар, күтіңіздер")
    cleared = pressed(person, 3, "clear")
    second = pressed(person, 4, "notice", text="Жалғастырамыз")
    assert [one.notice for one in (first, cleared, second)] == [1, 0, 2]
    assert list(Notice.objects.values_list("number", "text", "language")) == [
        (1, "Балалар, күтіңіздер", "en"),
        (2, "Жалғастырамыз", "en"),
    ]


def test_the_lead_is_kept_with_the_evening(hall, person, setlist):
    pressed(person, 2, "lead", lead=300)
    started = pressed(person, 3, "start", entry=setlist[0].pk, now=10)
    assert Performance.objects.get().lead_ms == 300
    assert started.time_ms == ms(310)


def test_the_list_of_what_was_played_goes_along(hall, person, setlist):
    pressed(person, 2, "start", entry=setlist[0].pk)
    assert list(Played.objects.values_list("entry", flat=True)) == [setlist[0].pk]


@pytest.mark.parametrize("key", ["", "k" * 42, "k" * 44, "ключ" + "k" * 39, "k" * 42 + "\n"])
def test_a_console_without_a_proper_key_is_none(hall, person, key):
    with pytest.raises(refuse.NotAPress):
        turn(person, "take", 5, key=key)


@pytest.mark.parametrize("number", [0, -1, 2**53])
def test_a_number_is_a_number(hall, person, number):
    with pytest.raises(refuse.NotAPress):
        turn(person, "take", number)
