"""What was really sung, in a browser: corrected, shown to everyone, read in every script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.conftest import filled
from tests.journeys.song_page import DESK, PHONE

DESK_PAGE, PUBLIC = "/studio/stage/spring/played/", "/{code}/shows/spring/setlist/"


@pytest.fixture(scope="module")
def played_house(live_house):
    return filled(live_house, "seed_played.py")


@pytest.fixture
def visit(browser, played_house, live_crew):
    contexts, errors = [], []

    def one(path, crew=False, **told):
        context = browser.new_context(
            **({"locale": "en", "viewport": DESK, "storage_state": live_crew if crew else None} | told)
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.answer = page.goto(played_house.url + path)
        return page

    yield one
    for context in contexts:
        context.close()
    assert errors == []


def serious(page):
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_a_list_is_corrected_and_shown_to_everyone_by_keyboard(visit):
    page = visit(DESK_PAGE, crew=True)
    assert visit(PUBLIC.format(code="en")).answer.status == 404
    first = page.locator("[data-entry]").first.get_attribute("data-entry")
    page.focus(f"#down-{first}")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.entries .name').textContent === 'The Bridge'")
    assert page.evaluate("document.activeElement.id") == f"down-{first}"
    page.focus("[id^=reach-]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Everyone can read it.")
    public = visit(PUBLIC.format(code="en"))
    assert public.locator(".played .name").all_text_contents() == [
        "The Bridge",
        "The Window",
        "The Swallow",
        "About the Milky Way",
        "The Window",
    ]
    public.click("text=The Bridge")
    public.wait_for_url("**/en/songs/lines/")
    page.click("[id^=undo-]")
    page.wait_for_function("() => document.querySelector('.entries .name').textContent === 'The Window'")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("code", ["en", "kk-arab"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_list_is_for_everyone(visit, size, code, scheme):
    crew = visit(DESK_PAGE, crew=True, viewport=size, color_scheme=scheme)
    if crew.locator("[id^=reach-][value=public]").count():
        crew.click("[id^=reach-]")
        crew.wait_for_selector("text=Everyone can read it.")
    for page in (crew, visit(PUBLIC.format(code=code), viewport=size, color_scheme=scheme)):
        assert page.answer.status == 200
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
