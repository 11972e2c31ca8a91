"""What calendars read: written by the house, read back by another reader."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from tests.shows.conftest import EVENING, HOUR, NOON, facts

from aqyn.shows import services
from aqyn.shows.services import Times

pytestmark = pytest.mark.django_db
ALMATY = ZoneInfo("Asia/Almaty")


def read(visitor, path="/shows/evening/calendar.ics"):
    answer = visitor.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8; method=PUBLISH",
    )
    return Calendar.from_ical(answer.content)


def only(visitor, path="/shows/evening/calendar.ics"):
    [event] = read(visitor, path).walk("VEVENT")
    return event


def test_a_show_is_an_event_with_its_place_and_its_hours(make, visitor):
    make(address="Сахна көшесі 7", about={"en": "One lamp; one dombra, and you."})
    calendar = read(visitor, "/shows/evening/calendar.ics?language=en")
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    [event] = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2026, 11, 13, 19, tzinfo=ALMATY)
    assert event["DTEND"].dt == datetime(2026, 11, 13, 21, tzinfo=ALMATY)
    assert event["DTSTART"].params["TZID"] == "Asia/Almaty"
    assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == ("One Light · Madina", "en")
    assert event["LOCATION"] == "The Steppe House, Сахна көшесі 7, Astana"
    assert event["DESCRIPTION"] == "Doors: 18:00\n\nWith Night Caravan\n\nOne lamp; one dombra, and you."
    assert event["URL"] == "http://localhost/en/shows/evening/"
    assert (event["STATUS"], event["SEQUENCE"], event["LAST-MODIFIED"].dt) == ("CONFIRMED", 1, NOON)


def test_without_a_language_it_is_in_the_artists_own(make, visitor):
    make()
    event = only(visitor)
    assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == ("Жалғыз жарық · Мадина", "kk-Cyrl")
    assert event["URL"] == "http://localhost/kk/shows/evening/"
    arabic = only(visitor, "/shows/evening/calendar.ics?language=kk-arab")
    assert (arabic["SUMMARY"].params["LANGUAGE"], arabic["UID"]) == ("kk-Arab", event["UID"])


@pytest.mark.parametrize("path", ["/shows/evening/calendar.ics", "/artists/madina/shows.ics"])
def test_a_language_that_the_house_does_not_speak_is_not_found(make, visitor, path):
    make()
    assert visitor.get(f"{path}?language=tlh").status_code == 404


def test_the_calendar_brings_the_time_zone_along(make, visitor):
    make()
    [zone] = read(visitor).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Almaty"
    # What a calendar works out that knows no zone but this one.
    assert zone.to_tz().utcoffset(datetime(2026, 11, 13, 19)) == timedelta(hours=5)


def test_a_zone_that_changes_its_clocks_is_right_on_both_sides(make, visitor):
    make("summer", time_zone="Europe/Berlin", starts_at=EVENING.replace(month=7), doors_at=None, ends_at=None)
    make("winter", time_zone="Europe/Berlin", doors_at=None, ends_at=None)
    calendar = read(visitor, "/artists/madina/shows.ics")
    [zone] = calendar.walk("VTIMEZONE")
    offsets = [
        zone.to_tz().utcoffset(event["DTSTART"].dt.replace(tzinfo=None)) for event in calendar.walk("VEVENT")
    ]
    assert offsets == [timedelta(hours=2), timedelta(hours=1)]


def test_what_becomes_of_a_show_reaches_the_calendars_that_hold_it(make, visitor):
    make()
    before, told = only(visitor), []
    for deed, more in (
        (services.postpone, {"reason": {"kk": "Зал жөнделуде."}}),
        (services.undo_postponement, {}),
        (services.postpone, {"to": Times(EVENING + 24 * HOUR)}),
        (services.cancel, {}),
        (services.undo_cancellation, {}),
    ):
        deed(show="evening", now=NOON + HOUR, **more)
        event = only(visitor)
        assert (event["UID"], event["LAST-MODIFIED"].dt) == (before["UID"], NOON + HOUR)
        told.append((event["STATUS"], event["SEQUENCE"], event["DTSTART"].dt.day))
    assert told == [
        ("TENTATIVE", 2, 13),
        ("CONFIRMED", 3, 13),
        ("CONFIRMED", 4, 14),
        ("CANCELLED", 5, 14),
        ("CONFIRMED", 6, 14),
    ]


def test_a_calendar_says_why(make, visitor):
    make()
    services.cancel(show="evening", reason={"en": "The hall is flooded."}, now=NOON)
    event = only(visitor, "/shows/evening/calendar.ics?language=en")
    assert event["DESCRIPTION"].startswith("Cancelled. The hall is flooded.")


def test_a_show_keeps_its_uid_when_its_address_changes(make, visitor):
    make()
    before = only(visitor)["UID"]
    services.change_show(show="evening", facts=facts(slug="night"), now=NOON)
    assert only(visitor, "/shows/night/calendar.ics")["UID"] == before
    assert visitor.get("/shows/evening/calendar.ics").status_code == 404


def test_an_artists_calendar_holds_every_show_that_the_world_knows_of(make, visitor):
    make("past", starts_at=NOON - 1000 * HOUR, doors_at=None, ends_at=None)
    make("cancelled")
    make("draft", announced=False)
    services.cancel(show="cancelled", now=NOON)
    calendar = read(visitor, "/artists/madina/shows.ics?language=en")
    assert [event["STATUS"] for event in calendar.walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]
    assert (calendar["NAME"], calendar["X-WR-CALNAME"]) == ("Madina", "Madina")
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)


def test_an_artist_without_shows_has_an_empty_calendar_and_nobody_has_none(artist, visitor):
    assert read(visitor, "/artists/madina/shows.ics").walk("VEVENT") == []
    assert visitor.get("/artists/nobody/shows.ics").status_code == 404


def test_lines_are_folded_at_75_octets_and_no_letter_is_torn(make, visitor):
    title = "Қызылорданың әжелері үнсіз қалған жұрттың өлеңін бүкіл залмен бірге айтады"
    make(title={"kk": title}, about={"kk": "\n".join(["Ғасырлар; үнсіздік, әңгіме\\жыр"] * 20)})
    raw = visitor.get("/shows/evening/calendar.ics").content
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    [event] = Calendar.from_ical(raw).walk("VEVENT")
    assert event["SUMMARY"] == f"{title} · Мадина"
    assert event["DESCRIPTION"].endswith("\n".join(["Ғасырлар; үнсіздік, әңгіме\\жыр"] * 20))
