"""Days written out as their readers write them; what clocks show, and when."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from aqyn.core.dates import written_day, written_time
from aqyn.core.moments import moments, offset, wall_time
from aqyn.core.script import convert

BERLIN, ALMATY = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Almaty")
ZONES = st.sampled_from(
    [BERLIN, ALMATY, *map(ZoneInfo, ("America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "UTC"))]
)
EVENING = date(2026, 11, 13)


@pytest.mark.parametrize(
    ("tag", "whole"),
    [
        ("kk-Cyrl", "2026 жылғы 13 қараша, жұма"),
        ("kk-Latn", "2026 jylğy 13 qaraşa, jūma"),
        ("kk-Arab", "2026 جىلعى 13 قاراشا، جۇما"),
        ("ru", "13 ноября 2026 года, пятница"),
        ("en", "Friday, 13 November 2026"),
        ("de", "Friday, 13 November 2026"),
    ],
)
def test_a_day_is_written_as_its_readers_write_it(tag, whole):
    assert written_day(EVENING, tag).whole == whole


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_months_and_weekdays_are_those_of_the_cldr(language):
    days = [date(2026, 1, 1) + timedelta(days=31 * n) for n in range(12)]
    days += [date(2026, 6, 1) + timedelta(days=n) for n in range(7)]
    told = [(written_day(day, language).month, written_day(day, language).weekday) for day in days]
    pattern = {"month": "d MMMM", "weekday": "EEEE"}
    assert told == [
        (
            format_date(day, pattern["month"], locale=language).split()[1],
            format_date(day, pattern["weekday"], locale=language),
        )
        for day in days
    ]


@given(st.dates(), st.sampled_from(["kk-Latn", "kk-Arab"]))
def test_the_other_scripts_of_kazakh_say_the_same(day, tag):
    cyrillic, other = written_day(day, "kk-Cyrl"), written_day(day, tag)
    assert (other.number, other.year) == (cyrillic.number, cyrillic.year)
    assert [other.month, other.weekday] == [
        convert(text, to=tag).text for text in (cyrillic.month, cyrillic.weekday)
    ]


def test_a_time_is_hours_and_minutes():
    assert written_time(datetime(2026, 11, 13, 9, 5)) == "09:05"


def test_an_ordinary_hour_is_one_moment():
    assert moments(datetime(2026, 11, 13, 19), ALMATY) == (datetime(2026, 11, 13, 14, tzinfo=UTC),)


def test_an_hour_that_clocks_leave_out_never_is():
    assert moments(datetime(2026, 3, 29, 2, 30), BERLIN) == ()


def test_an_hour_that_comes_twice_is_two_moments():
    assert moments(datetime(2026, 10, 25, 2, 30), BERLIN) == (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )


@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)), ZONES)
def test_every_moment_is_found_by_what_the_clocks_show_at_it(at, zone):
    moment = at.replace(tzinfo=UTC)
    assert moment in moments(wall_time(moment, zone), zone)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Almaty", "UTC+5"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC−3:30"),
        ("UTC", "UTC"),
    ],
)
def test_how_far_clocks_are_from_utc(zone, said):
    assert offset(datetime(2026, 11, 13, tzinfo=UTC), ZoneInfo(zone)) == said
