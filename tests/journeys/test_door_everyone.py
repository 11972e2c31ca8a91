"""The door and its page in the studio for everyone: screen readers, thumbs, right to left, both lights."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.song_page import DESK, PHONE
from tests.journeys.test_door import crew, door_house, evening, scanned  # noqa: F401

# What can be pressed and is seen, but is smaller than a thumb.
SMALL = """[...document.querySelectorAll('aqyn-door :is(button, input)')].filter(one => one.checkVisibility())
  .map(one => [one.className, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""


def serious(page):
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(
    ("locale", "light", "size"),
    [("en", "dark", PHONE), ("kk-Arab", "light", PHONE), ("ru", "light", DESK)],
)
def test_axe_finds_nothing_serious_at_the_door(browser, door_house, evening, locale, light, size):  # noqa: F811
    context = browser.new_context(locale=locale, color_scheme=light, viewport=size)
    page = context.new_page()
    page.add_init_script(f"localStorage.setItem('aqyn-theme', '{light}')")
    page.goto(door_house.url + evening["doors"][0])
    page.wait_for_selector("aqyn-door[data-ready]")
    found = serious(page)
    page.click(".begin")
    found += serious(page) + page.evaluate(SMALL)
    scanned(page, evening["codes"]["other"][0])
    found += serious(page) + page.evaluate(SMALL)
    page.click("door-verdict .next")
    page.click(".dock .find")
    page.fill("#find-what", "kyzylorda")
    found += serious(page) + page.evaluate(SMALL)
    page.click("door-find .shut")
    page.click(".dock .sell")
    found += serious(page) + page.evaluate(SMALL)
    assert found == []
    context.close()


@pytest.mark.parametrize("light", ["dark", "light"])
def test_axe_finds_nothing_serious_in_the_studio(browser, door_house, crew, light):  # noqa: F811
    context = browser.new_context(storage_state=crew, color_scheme=light, viewport=PHONE)
    page = context.new_page()
    page.goto(door_house.url + "/studio/shows/spring/doors/")
    found = serious(page)
    page.fill("#name", "Stage door")
    page.click(".doors-new .button")
    page.wait_for_selector(".door-code svg")
    assert found + serious(page) == []
    context.close()
