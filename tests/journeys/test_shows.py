"""Evenings in a real browser: seen in every script, told and changed by the crew, over on time."""

from __future__ import annotations

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.conftest import filled
from tests.journeys.song_page import DESK, PHONE, opened, owner_of

PATIENCE_S = 60
SMALL = """() => [...document.querySelectorAll('main :is(a, button, input, select, summary)')]
  .filter(one => one.checkVisibility() && !one.closest('p:not(.acts, .follow), .told')
    && !['checkbox', 'radio'].includes(one.type))
  .map(one => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44)
  .map(([name, box]) => [name, Math.round(box.height)])"""
PUBLIC = [
    "shows/",
    "shows/astana/",
    "shows/moved/",
    "shows/open/",
    "shows/off/",
    "shows/gone/",
    "shows/long/",
]
PUBLIC += ["tours/kuzgi-jol/", ""]
STUDIO = ["shows/", "shows/new/", "shows/astana/", "shows/open/", "shows/off/", "shows/astana/page/"]
STUDIO += ["shows/astana/postponement/", "shows/astana/cancellation/", "shows/astana/remove/"]
STUDIO += ["shows/long/", "shows/long/postponement/", "shows/long/cancellation/", "shows/long/remove/"]
STUDIO += ["stage/long/", "stage/long/setlist/", "stage/long/played/", "stage/long/poster/"]
STUDIO += ["tours/new/", "tours/kuzgi-jol/", ""]

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def evenings(open_house):
    """An open house with the shows of seed_shows.py."""
    return filled(open_house(), "seed_shows.py")


@pytest.fixture(scope="module")
def crew(browser, evenings):
    """What the owner's browser keeps once she is signed in."""
    return owner_of(browser, evenings)


def faults_of(page, width):
    found = [
        (v["id"], v["nodes"][0]["html"][:120])
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(("wider than the window", page.url))
    return found + page.evaluate(SMALL)


def test_a_kept_page_stops_calling_a_show_coming_once_it_is_over(evenings):
    """First of all here: the evening ends some seconds after it was put in."""

    def gone() -> bool:
        page = evenings.get("/en/shows/").content.decode()
        return page.index("The Last Hour") > page.index("Past shows")

    assert not gone()
    until = time.monotonic() + PATIENCE_S
    while not gone() and time.monotonic() < until:
        time.sleep(0.5)
    assert gone()
    assert "The Last Hour" not in evenings.get("/en/").content.decode()
    assert "This evening is over." in evenings.get("/en/shows/ending/").content.decode()


@pytest.mark.parametrize(
    ("code", "size", "scheme"),
    [("kk", DESK, "dark"), ("kk-arab", PHONE, "light"), ("ru", PHONE, "dark"), ("en", DESK, "light")],
)
def test_every_page_is_whole_for_everyone(browser, evenings, code, size, scheme):
    faults = []
    with opened(browser, evenings, f"/{code}/", ready=False, viewport=size, color_scheme=scheme) as page:
        for path in PUBLIC:
            assert page.goto(f"{evenings.url}/{code}/{path}").status == 200
            faults += [(path, fault) for fault in faults_of(page, size["width"])]
    assert faults == []


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_every_page_of_the_desk_is_whole(browser, evenings, crew, size, scheme):
    faults = []
    context = {"viewport": size, "color_scheme": scheme, "storage_state": crew}
    with opened(browser, evenings, "/studio/", ready=False, **context) as page:
        for path in STUDIO:
            assert page.goto(f"{evenings.url}/studio/{path}").status == 200
            faults += [(path, fault) for fault in faults_of(page, size["width"])]
    assert faults == []


def test_from_the_artists_page_to_the_evening_by_keyboard(browser, evenings):
    with opened(browser, evenings, "/en/", ready=False) as page:
        page.get_by_role("link", name=re.compile("One Light")).focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/shows/astana/")
        assert page.locator("h1").inner_text() == "One Light"
        with page.expect_download() as coming:
            page.get_by_role("link", name="Add to my calendar").click()
        assert "SUMMARY;LANGUAGE=en:One Light" in coming.value.path().read_text("utf-8")


def test_the_crew_tells_a_show_and_the_world_sees_it_until_it_is_cancelled(browser, evenings, crew):
    at = evenings.url
    with opened(
        browser, evenings, "/studio/shows/new/", ready=False, storage_state=crew, viewport=PHONE, locale="en"
    ) as page:
        page.fill("[name='title.kk-Cyrl']", "Шырақ")
        page.fill("[name='city.kk-Cyrl']", "Түркістан")
        page.fill("[name=day]", "2099-05-01")
        page.fill("[name=doors]", "18:30")
        page.fill("[name=start]", "19:30")
        page.get_by_role("button", name="Make the show").click()
        page.wait_for_url("**/studio/shows/shyraq/")
        assert evenings.get("/kk/shows/shyraq/").status == 404
        page.get_by_role("button", name="Announce it to all").click()
        page.wait_for_selector("text=everybody can see it now")
        assert "2099 жылғы 1 мамыр, жұма, 19:30" in evenings.get("/kk/shows/shyraq/").content.decode()

        page.get_by_role("link", name="Postpone it").click()
        page.fill("[name=day]", "2099-05-08")
        page.fill("[name='reason.kk-Cyrl']", "Жол жабылды.")
        page.get_by_role("button", name="Postpone the show").click()
        page.wait_for_selector("text=Take the postponement back")
        moved = evenings.get("/kk/shows/shyraq/").content.decode()
        assert "8 мамыр" in moved and "1 мамыр" in moved and "Жол жабылды." in moved

        page.get_by_role("button", name="Take the postponement back").click()
        page.wait_for_selector("text=It has the date again")
        page.get_by_role("link", name="Cancel it").click()
        page.get_by_role("button", name="Cancel the show").click()
        page.wait_for_selector("text=It will be after all")
        assert b"STATUS:CANCELLED" in evenings.get("/shows/shyraq/calendar.ics").content

        page.goto(f"{at}/studio/shows/shyraq/remove/")
        page.get_by_role("button", name="Remove the show").click()
        page.wait_for_url("**/studio/shows/")
        assert evenings.get("/kk/shows/shyraq/").status == 404
