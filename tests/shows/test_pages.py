"""What a visitor sees of the shows, and what search engines read of them."""

import json
import re
from datetime import timedelta

import pytest
from tests.shows.conftest import EVENING, HOUR, NOON

from aqyn.people.services import make_artist
from aqyn.shows import selectors, services
from aqyn.shows.selectors.page import show_page
from aqyn.shows.services import Times

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
FAR = EVENING.replace(year=2100)


def far(**told):
    """A show that is still to come whenever these tests run."""
    return {"starts_at": FAR, "doors_at": FAR - HOUR, "ends_at": FAR + 2 * HOUR} | told


def event(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(found.group(1))


def body(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_draft_is_nowhere_for_the_public_and_previewed_by_the_crew(make, visitor, crew):
    make(announced=False)
    for path in ("/en/shows/evening/", "/shows/evening/calendar.ics", "/shows/evening/picture.png"):
        assert visitor.get(path).status_code == 404
    assert "One Light" not in body(visitor, "/en/shows/")
    assert visitor.get("/studio/shows/evening/page/").status_code == 302
    preview = crew.get("/studio/shows/evening/page/")
    page = preview.content.decode()
    assert (preview.status_code, preview["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert "A draft: only the crew sees this page." in page and "ld+json" not in page
    assert "/studio/shows/evening/page/" in body(crew, "/studio/shows/evening/")


def test_a_draft_without_a_date_can_be_previewed(make, crew):
    make(announced=False, starts_at=None, doors_at=None, ends_at=None)
    assert "One Light" in body(crew, "/studio/shows/evening/page/")


@pytest.mark.parametrize(
    ("code", "title", "day", "place"),
    [
        ("kk", "Жалғыз жарық", "2100 жылғы 13 қараша, сенбі", "Дала сарайы"),
        ("kk-latn", "Jalğyz jaryq", "2100 jylğy 13 qaraşa, senbı", "Dala saraiy"),
        ("kk-arab", "جالعىز جارىق", "2100 جىلعى 13 قاراشا، سەنبى", "دالا سارايى"),
        ("ru", "Один свет", "13 ноября 2100 года, суббота", "Дала сарайы"),
        ("en", "One Light", "Saturday, 13 November 2100", "The Steppe House"),
    ],
)
def test_a_show_is_told_in_each_language_and_script(make, visitor, code, title, day, place):
    make(**far())
    page = body(visitor, f"/{code}/shows/evening/")
    assert all(text in page for text in (title, day, place, "19:00", "18:00", "UTC+5"))


def test_a_page_names_itself_in_every_language(make, visitor):
    make()
    page = body(visitor, "/kk/shows/evening/")
    assert '<link rel="canonical" href="http://localhost/kk/shows/evening/">' in page
    told = re.findall(
        r'rel="alternate" hreflang="([^"]+)" href="http://localhost/([^/]+)/shows/evening/"', page
    )
    assert told == [
        ("kk", "kk"),
        ("kk-Latn", "kk-latn"),
        ("kk-Arab", "kk-arab"),
        ("ru", "ru"),
        ("en", "en"),
        ("x-default", "en"),
    ]


def test_search_engines_read_a_music_event(make, visitor):
    services.make_tour(artist="madina", name={"en": "Autumn Road"}, now=NOON)
    make(address="Сахна көшесі 7", about={"en": "One lamp."}, tour="autumn-road")
    assert event(body(visitor, "/en/shows/evening/")) == {
        "@context": "https://schema.org",
        "@type": "MusicEvent",
        "name": "One Light",
        "description": "One lamp.",
        "startDate": "2026-11-13T19:00:00+05:00",
        "doorTime": "2026-11-13T18:00:00+05:00",
        "endDate": "2026-11-13T21:00:00+05:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "MusicVenue",
            "name": "The Steppe House",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Сахна көшесі 7",
                "addressLocality": "Astana",
                "addressCountry": "KZ",
            },
        },
        "performer": [
            {"@type": "MusicGroup", "name": "Madina"},
            {"@type": "MusicGroup", "name": "Night Caravan", "url": "https://caravan.example/"},
        ],
        "organizer": {"@type": "MusicGroup", "name": "Madina", "url": "http://localhost/"},
        "superEvent": {
            "@type": "EventSeries",
            "name": "Autumn Road",
            "url": "http://localhost/en/tours/autumn-road/",
        },
        "url": "http://localhost/en/shows/evening/",
        "image": "http://localhost/shows/evening/picture.png",
    }


def test_search_engines_learn_what_became_of_it(make, visitor):
    make(**far())
    told = []
    for deed, more in (
        (services.postpone, {}),
        (services.undo_postponement, {}),
        (services.postpone, {"to": Times(FAR + WEEK)}),
        (services.postpone, {"to": Times(FAR + 2 * WEEK)}),
        (services.cancel, {}),
    ):
        deed(show="evening", now=NOON, **more)
        data = event(body(visitor, "/en/shows/evening/"))
        told.append(
            (data["eventStatus"].split("/")[-1], data["startDate"][:10], data.get("previousStartDate"))
        )
    first, second = "2100-11-13T19:00:00+05:00", "2100-11-20T19:00:00+05:00"
    assert told == [
        ("EventPostponed", "2100-11-13", None),
        ("EventScheduled", "2100-11-13", None),
        ("EventRescheduled", "2100-11-20", first),
        ("EventRescheduled", "2100-11-27", [first, second]),
        ("EventCancelled", "2100-11-27", [first, second]),
    ]


def test_the_page_says_what_became_of_it_and_why(make, visitor):
    make(**far())
    services.postpone(show="evening", reason={"en": "The hall is flooded."}, now=NOON)
    page = body(visitor, "/en/shows/evening/")
    assert "the new date is still to come" in page and "The hall is flooded." in page
    assert "It was to be: Saturday, 13 November 2100, 19:00." in page
    services.cancel(show="evening", reason={"en": "<b>No</b> hall."}, now=NOON)
    page = body(visitor, "/en/shows/evening/")
    assert "This show is cancelled." in page and "&lt;b&gt;No&lt;/b&gt; hall." in page
    assert "Add to my calendar" not in page


def test_nothing_that_was_told_of_a_show_ends_the_data_for_search_engines(make, visitor):
    make(title={"en": "</script><script>alert(1)</script>"})
    page = body(visitor, "/en/shows/evening/")
    assert "<script>alert" not in page
    assert event(page)["name"] == "</script><script>alert(1)</script>"


def test_the_list_tells_coming_and_past_shows_apart(make, visitor):
    make("soon", **far(title={"en": "Soon"}))
    make("gone", starts_at=NOON - 100 * WEEK, doors_at=None, ends_at=None, title={"en": "Gone"})
    page = body(visitor, "/en/shows/")
    assert page.index("Soon") < page.index("Past shows") < page.index("Gone")
    assert 'href="/artists/madina/shows.ics?language=en"' in page


def test_a_house_without_shows_says_so_and_does_not_lead_there(artist, visitor):
    assert "No show is announced yet" in body(visitor, "/en/shows/")
    assert 'href="/en/shows/"' not in body(visitor, "/en/")


def test_the_artists_page_shows_her_next_three_evenings(make, visitor):
    for number in range(5):
        make(f"s{number}", **far(starts_at=FAR + number * WEEK, doors_at=None, ends_at=None))
    services.cancel(show="s0", now=NOON)
    make("other", **far())
    page = body(visitor, "/en/")
    assert re.findall(r'href="/en/shows/(\w+)/"', page) == ["other", "s1", "s2"]
    assert "and 2 more shows" in page and 'href="/en/shows/"' in page


def test_an_artist_sees_only_her_own_next_shows(make, visitor):
    make(**far())
    make_artist(name={"en": "Erke"}, slug="erke")
    assert "One Light" not in body(visitor, "/en/artists/erke/")
    assert "One Light" in body(visitor, "/en/artists/madina/")
    assert "Madina" in body(visitor, "/en/shows/")


def test_a_tour_leads_to_its_shows_and_they_to_each_other(make, visitor):
    services.make_tour(artist="madina", name={"kk": "Күзгі жол", "en": "Autumn Road"}, now=NOON)
    assert visitor.get("/en/tours/kuzgi-jol/").status_code == 404
    make("astana", **far(tour="kuzgi-jol"))
    make("almaty", **far(tour="kuzgi-jol", city={"kk": "Алматы"}))
    make("draft", announced=False, **far(tour="kuzgi-jol"))
    page = body(visitor, "/kk/tours/kuzgi-jol/")
    assert "Күзгі жол" in page
    assert re.findall(r'href="/kk/shows/(\w+)/"', page) == ["astana", "almaty"]
    page = body(visitor, "/kk/shows/astana/")
    assert 'href="/kk/tours/kuzgi-jol/"' in page
    assert re.findall(r'night-row" href="/kk/shows/(\w+)/"', page) == ["almaty"]


def test_the_picture_of_a_show_is_a_png_of_its_own_hue(make, visitor):
    make("red", hue=28)
    make("blue", hue=205)
    red, blue = (visitor.get(f"/shows/{slug}/picture.png") for slug in ("red", "blue"))
    assert red["Content-Type"] == "image/png" and red.content.startswith(b"\x89PNG")
    assert red.content != blue.content


def test_an_evening_without_a_hue_has_its_artists(make, artist):
    make("hers")
    make("own", hue=205)
    pages = [show_page(selectors.shown(slug), code="en", now=NOON) for slug in ("hers", "own")]
    assert [page.card.hue for page in pages] == [28, 205]


def test_the_sitemap_names_every_announced_show_and_its_tour(make, visitor):
    services.make_tour(artist="madina", name={"en": "Road"}, now=NOON)
    make("open", tour="road")
    make("draft", announced=False)
    told = body(visitor, "/sitemap.xml")
    for path in ("/kk/shows/", "/kk-arab/shows/open/", "/en/tours/road/"):
        assert f"<loc>http://localhost{path}</loc>" in told
    assert "/shows/draft/" not in told
