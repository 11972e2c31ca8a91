"""In the hall's own network, by plain HTTP and at the laptop's own address: what a guest's phone is given."""

from __future__ import annotations

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from tests.journeys.conftest import filled
from tests.journeys.live_crew import Crew
from tests.journeys.live_page import here, marked, viewed
from tests.journeys.song_page import PHONE, owner_of

from aqyn.ui.nearby import address_nearby

TIMED = 1
FIRST = "Бекетте бір терезе түнде жанды,"


@pytest.fixture(scope="module")
def house(open_house):
    """A house for everybody, its hall open; the crew's laptop is the machine it runs on."""
    if address_nearby() is None:
        pytest.skip("this machine is in no network")
    return filled(open_house("--host", "0.0.0.0"), "seed_live.py", "--open")


@pytest.fixture(scope="module")
def nearby(house):
    """Where phones reach it, as it says itself."""
    return re.search(r"^On this network: +(http://\S+?)/$", house.said(), re.M).group(1)


@pytest.fixture(scope="module")
def crew(browser, house):
    console = Crew(house, owner_of(browser, house))
    console.press("take")
    return console


@contextmanager
def guest(browser, address, **context):
    """A guest's phone at this address, and where it has sent its requests."""
    told = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "locale": "en"} | context
    phone = browser.new_context(**told)
    asked: set[str] = set()
    errors: list[str] = []
    phone.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page = phone.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    try:
        yield page, asked
    finally:
        phone.close()
    assert errors == []


def test_a_phone_sings_along_over_plain_http_at_the_laptops_address(browser, crew, nearby):
    with guest(browser, f"{nearby}/live/spring", locale="kk") as [page, asked]:
        marked(page, "state", "wait")
        assert page.url == f"{nearby}/kk/live/spring/"
        crew.press("start", entry=TIMED)
        viewed(page, "sing")
        marked(page, "line", 0)
        assert here(page) == FIRST
        # Nothing is asked of the world outside: there is none.
        assert asked == {urlsplit(nearby).netloc}


def test_the_page_says_that_the_screen_may_go_dark(browser, crew, nearby):
    """What keeps a screen lit is given to pages over HTTPS alone."""
    with guest(browser, f"{nearby}/en/live/spring/") as [page, _asked]:
        marked(page, "state", "wait", "run", "hold", "hand", "over")
        kept_back = ["wakeLock", "serviceWorker", "clipboard"]
        assert page.evaluate("isSecureContext") is False
        assert page.evaluate("names => names.filter(name => name in navigator)", kept_back) == []
        said = page.locator("aqyn-awake")
        said.wait_for(state="visible")
        assert said.inner_text() == (
            "Over plain HTTP the browser may let the screen go dark: a touch keeps it lit."
        )


def test_on_the_laptop_itself_the_screen_stays_lit(browser, crew, house):
    """127.0.0.1 counts as secure, also by plain HTTP: nothing is said there."""
    with guest(browser, f"{house.url}/en/live/spring/") as [page, _asked]:
        marked(page, "state", "wait", "run", "hold", "hand", "over")
        assert page.evaluate("isSecureContext") is True
        assert page.locator("aqyn-awake").is_hidden()


def test_captions_big_screen_and_shows_ask_nothing_of_the_world_outside(browser, crew, nearby):
    paths = ("en/live/spring/captions/", "en/live/spring/screen/", "en/shows/spring/", "en/")
    for path in paths:
        with guest(browser, f"{nearby}/{path}") as [page, asked]:
            page.wait_for_load_state("networkidle" if "live" not in path else "load")
            assert asked == {urlsplit(nearby).netloc}, path
