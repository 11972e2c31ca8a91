"""Every page of the studio in a real Chromium: scripts run, axe finds nothing serious, none is too wide."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.song_page import owner_of

PAGES = (
    "/studio/",
    "/studio/songs/",
    "/studio/songs/new/",
    "/studio/songs/timed/",
    "/studio/songs/timed/words/",
    "/studio/songs/timed/readings/",
    "/studio/songs/timed/versions/",
    "/studio/songs/timed/remove/",
    "line",
    "/studio/people/",
    "/studio/people/me/",
    "/studio/artists/",
    "/studio/mail/",
    "/studio/mail/server/",
)


@pytest.fixture(scope="module")
def signed_in(browser, singing_house):
    return owner_of(browser, singing_house, "kk")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_every_page_of_the_studio_is_whole(browser, singing_house, signed_in, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, storage_state=signed_in
    )
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append((page.url, str(error))))
    page.goto(singing_house.url + "/studio/songs/timed/readings/")
    line = re.search(r"/studio/songs/timed/lines/\d+/", page.content())
    assert line is not None
    for path in PAGES:
        answer = page.goto(singing_house.url + (line[0] if path == "line" else path))
        assert answer.status == 200, path
        found = Axe().run(page).response["violations"]
        faults += [(path, v["id"]) for v in found if v["impact"] in ("serious", "critical")]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((path, "wider than the window"))
    context.close()
    assert faults == []
