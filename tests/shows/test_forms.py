"""Days and times as clocks at the place tell them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.shows.conftest import EVENING, HOUR, facts

from aqyn.shows import services
from aqyn.shows.forms import ShowForm, TimesForm, times_initial
from aqyn.shows.services import ActFacts, Times

BERLIN = "Europe/Berlin"


def taken(zone="Asia/Almaty", before=None, **told):
    """The times of a form, or what is wrong with it."""
    form = TimesForm(told, before=before)
    assert form.is_valid() or form.errors
    form.take_times(ZoneInfo(zone))
    return form.times if not form.errors else {name: said[0] for name, said in form.errors.items()}


def test_times_are_those_of_the_place():
    assert taken(day="2026-11-13", doors="18:00", start="19:00", end="21:00") == Times(
        EVENING, EVENING - HOUR, EVENING + 2 * HOUR
    )
    assert taken(BERLIN, day="2026-11-13", start="19:00") == Times(EVENING + 4 * HOUR)


def test_nothing_said_is_a_date_still_to_come():
    assert taken() == Times()


def test_an_end_after_midnight_is_on_the_next_day():
    times = taken(day="2026-11-13", start="22:00", end="01:30")
    assert times.ends_at - times.starts_at == timedelta(hours=3, minutes=30)


def test_doors_before_midnight_are_on_the_day_before():
    times = taken(day="2026-11-14", doors="23:30", start="00:30")
    assert times.starts_at - times.doors_at == HOUR


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"start": "19:00"}, "day", "Say on which day it is, not only at what time."),
        ({"day": "2026-11-13"}, "start", "Say when the show starts."),
        ({"day": "2026-11-13", "doors": "18:00"}, "start", "Say when the show starts."),
        (
            {"day": "2026-11-13", "doors": "20:00", "start": "19:00"},
            "doors",
            "The doors open before the show starts, at most 12 hours before.",
        ),
        (
            {"day": "2026-11-13", "start": "19:00", "end": "18:00"},
            "end",
            "The show ends after it starts, at most 16 hours after.",
        ),
        ({"day": "0001-01-01", "start": "00:00"}, "day", "The year of a show lies between 1900 and 2200."),
        ({"day": "9999-12-31", "start": "23:59"}, "day", "The year of a show lies between 1900 and 2200."),
        (
            {"day": "9999-12-31", "start": "23:59", "end": "01:00"},
            "day",
            "The year of a show lies between 1900 and 2200.",
        ),
        ({"day": "13 November", "start": "19:00"}, "day", "Enter a valid date."),
    ],
)
def test_what_no_clock_shows_is_told_at_its_field(told, field, sentence):
    assert taken(**told)[field] == sentence


def test_an_hour_that_clocks_leave_out_is_refused():
    assert taken(BERLIN, day="2026-03-29", start="02:30") == {
        "start": "On that day clocks in Europe/Berlin leave out 02:30: choose another time."
    }


def test_an_hour_that_comes_twice_is_the_first_unless_it_was_the_second():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert taken(BERLIN, day="2026-10-25", start="02:30") == Times(first)


@pytest.mark.django_db
def test_the_second_of_two_hours_stays_when_the_form_is_kept(make):
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    show = make(time_zone=BERLIN, starts_at=second, doors_at=None, ends_at=None)
    assert times_initial(show) == {"day": second.date(), "start": time(2, 30)}
    assert taken(BERLIN, before=show, day="2026-10-25", start="02:30") == Times(second)


@pytest.mark.django_db
def test_what_the_form_does_not_show_stays_as_it_was(make):
    show = make(
        title={"kk-Cyrl": "Жарық", "kk-Arab": "جارىق"},
        acts=[ActFacts({"en": "Caravan", "de": "Karawane"})],
        ends_at=None,
    )
    form = ShowForm.of(show, 28, artists=[], tours=[])
    told = {name: field.value() for name in form.fields if (field := form[name]).value() is not None}
    again = ShowForm(told, before=show, acts=1, artists=[], tours=[])
    assert again.is_valid(), again.errors
    kept = again.facts(artist_hue=28)
    assert kept.title == {"kk-Cyrl": "Жарық", "kk-Arab": "جارىق"}
    assert (kept.hue, kept.starts_at, kept.doors_at, kept.ends_at) == (None, EVENING, EVENING - HOUR, None)
    assert [act.name for act in kept.checked().acts] == [{"en": "Caravan", "de": "Karawane"}]
    emptied = ShowForm(told | {"act.0.en": ""}, before=show, acts=1, artists=[], tours=[])
    assert emptied.is_valid()
    assert emptied.facts(artist_hue=28).checked().acts == ()


@pytest.mark.django_db
def test_there_is_room_for_one_more_act_until_there_are_as_many_as_may_be(make):
    show = make(acts=[ActFacts({"en": str(number)}) for number in range(20)])
    assert ShowForm.of(show, 28, artists=[], tours=[]).acts == 20
    show = services.change_show(show="evening", facts=facts(slug="evening"), now=EVENING)
    assert ShowForm.of(show, 28, artists=[], tours=[]).acts == 2
