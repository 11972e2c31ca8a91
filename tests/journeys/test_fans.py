"""Following by letter and writing to followers, in a real browser: for everyone, in every script."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.conftest import filled
from tests.journeys.song_page import DESK, PHONE, opened, owner_of

PUBLIC = ["artists/madina/", "artists/madina/follow/", "artists/madina/follow/sent/", "shows/evening/"]
STUDIO = ["artists/", "artists/madina/followers/", "letters/", "shows/evening/"]
PICTURES = os.environ.get("FANS_PICTURES", "")

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(open_house):
    """An open house with the followers of seed_fans.py."""
    return filled(open_house(), "seed_fans.py")


@pytest.fixture(scope="module")
def crew(browser, house):
    """What the owner's browser keeps once she is signed in."""
    return owner_of(browser, house)


def faults_of(page, width):
    found = [
        (v["id"], v["nodes"][0]["html"][:120])
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(("wider than the window", page.url))
    return found


def pictured(page, name):
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["en", "kk-arab"])
def test_the_form_is_for_everyone(browser, house, language, size, scheme):
    with opened(browser, house, "/en/", ready=False, viewport=size, color_scheme=scheme) as page:
        for path in PUBLIC:
            page.goto(f"{house.url}/{language}/{path}")
            pictured(page, f"{path.replace('/', '-')}{language}-{size['width']}-{scheme}")
            assert faults_of(page, size["width"]) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_studio_is_for_everyone(browser, house, crew, size, scheme):
    with opened(
        browser, house, "/en/", ready=False, viewport=size, color_scheme=scheme, storage_state=crew
    ) as page:
        for path in STUDIO:
            page.goto(f"{house.url}/studio/{path}")
            pictured(page, f"studio-{path.replace('/', '-')}{size['width']}-{scheme}")
            assert faults_of(page, size["width"]) == []
        page.click("text=Announce it by letter")
        page.wait_for_url("**/letters/*/")
        pictured(page, f"studio-draft-{size['width']}-{scheme}")
        assert faults_of(page, size["width"]) == []
        page.click("text=Keep it and look at it")
        page.wait_for_url("**/preview/")
        pictured(page, f"studio-preview-{size['width']}-{scheme}")
        assert page.inner_text("#go") == "It goes to 20 readers"
        assert faults_of(page, size["width"]) == []


def test_a_reader_without_scripts_follows_and_leaves(browser, house, crew):
    with opened(browser, house, "/en/", ready=False, java_script_enabled=False) as page:
        page.goto(house.url + "/en/artists/madina/")
        page.fill("#follow-email", "new@example.kz")
        page.fill("#follow-city", "Тараз")
        page.click("text=Write to me")
        assert page.inner_text("h1") == "Look into your letters"
    with opened(browser, house, "/en/", ready=False, storage_state=crew) as page:
        page.goto(house.url + "/studio/mail/")
        letter = page.content()
    path = re.search(r"/en/follow/[\w-]+/", letter)[0]
    with opened(browser, house, "/en/", ready=False, java_script_enabled=False) as page:
        page.goto(house.url + path)
        pictured(page, "confirm")
        assert page.input_value("[name=city]") == "Тараз"
        page.click("text=Yes, write to me")
        assert page.inner_text("h1") == "Now you follow"
        page.click("text=Leave again")
        page.click("text=Send me no more of these")
        pictured(page, "left")
        assert page.inner_text("h1") == "Done"
        page.click("summary")
        page.click("text=Forget me altogether")
        assert page.inner_text("h1") == "Forgotten"
