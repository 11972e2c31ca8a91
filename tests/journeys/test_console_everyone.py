"""The console for everyone: thumbs at every size, screen readers, right to left, both lights, no script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.console_desk import (
    chooses,
    closed,
    console_of,
    opened,
    pressed,
    state,
    takes,
    wheel,
    words_there,
)
from tests.journeys.live_page import told
from tests.journeys.song_page import DESK, PHONE

SIDEWAYS = {"width": 844, "height": 390}
SMALL = {"width": 320, "height": 640}
THUMB = 44
# What can be pressed and is seen, but is smaller than a thumb.
TOO_SMALL = """[...document.querySelectorAll('aqyn-console :is(button, a, summary, input, select, textarea)')]
  .filter(one => one.checkVisibility())
  .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""


def drives(page):
    """Take the wheel and sing the first song by hand."""
    takes(page)
    if page.is_visible(".views"):
        page.click(".views [data-view=setlist]")
    chooses(page, 0)
    if page.is_visible(".views"):
        page.click(".views [data-view=words]")
    words_there(page)
    pressed(page, "h")
    state(page, "hand")


def box(page, part):
    return page.locator(part).bounding_box()


def speaking(browser, house, crew, language):
    """The same browser, of somebody who reads this language."""
    context = browser.new_context(storage_state=crew)
    page = context.new_page()
    page.goto(house.url + "/studio/people/me/")
    page.select_option("[name=language]", language.lower())
    page.click("main form button")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.mark.parametrize(
    ("size", "light", "language"),
    [
        (PHONE, "light", "en"),
        (DESK, "dark", "en"),
        (SIDEWAYS, "light", "en"),
        (PHONE, "dark", "kk-Arab"),
        (DESK, "light", "kk-Arab"),
    ],
)
def test_axe_finds_nothing_serious(browser, hall, live_crew, size, light, language):
    crew = live_crew if language == "en" else speaking(browser, hall, live_crew, language)
    script = f"localStorage.setItem('aqyn-theme', '{light}')"
    with console_of(browser, hall, crew, viewport=size) as page:
        page.add_init_script(script)
        page.reload()
        words_there(page) if page.is_visible(".sheet li") else None
        faults = []
        for look in ("lies still", "words", "setlist", "pace", "hall", "order", "keys"):
            if look == "words":
                drives(page)
            if look in ("words", "setlist", "pace", "hall"):
                page.evaluate("view => document.querySelector('aqyn-console').look(view)", look)
            if look == "order" and page.is_visible(".order li"):
                page.locator(".order li button").nth(1).click()
            if look == "keys":
                page.evaluate("document.querySelector('aqyn-console').help()")
            page.wait_for_timeout(150)
            found = Axe().run(page).response["violations"]
            faults += [
                (look, v["id"], [n["html"][:160] for n in v["nodes"]])
                for v in found
                if v["impact"] in ("serious", "critical")
            ]
        assert page.evaluate("[document.documentElement.scrollWidth, scrollY]") == [size["width"], 0]
        assert faults == []
    if language != "en":
        speaking(browser, hall, live_crew, "en")


@pytest.mark.parametrize("size", [DESK, PHONE, SMALL, SIDEWAYS], ids=lambda size: f"{size['width']}")
def test_everything_is_large_enough_for_a_thumb(browser, hall, live_crew, size):
    with console_of(browser, hall, live_crew, viewport=size) as page:
        drives(page)
        for view in ("words", "setlist", "pace", "hall"):
            page.evaluate("view => document.querySelector('aqyn-console').look(view)", view)
            assert page.evaluate(TOO_SMALL) == [], view


@pytest.mark.parametrize("size", [DESK, PHONE, SMALL, SIDEWAYS], ids=lambda size: f"{size['width']}")
def test_the_next_line_is_under_the_thumb_and_black_out_far_from_it(browser, hall, live_crew, size):
    with console_of(browser, hall, live_crew, viewport=size) as page:
        drives(page)
        following, dark = box(page, ".big.next"), box(page, ".tool.dark")
        assert following["height"] >= 88
        assert following["y"] + following["height"] <= size["height"]
        between = max(following["y"] - (dark["y"] + dark["height"]), dark["x"] - following["x"])
        assert dark["y"] + dark["height"] <= following["y"]
        assert between >= (16 if size == DESK else THUMB)
        assert box(page, ".present")["height"] > 0
        room, lit = box(page, ".sheet"), box(page, ".sheet li[aria-current] button")
        assert room["y"] <= lit["y"] and lit["y"] + lit["height"] <= room["y"] + room["height"]


def test_a_laptop_shows_all_of_it_at_once(browser, hall, live_crew):
    with console_of(browser, hall, live_crew) as page:
        drives(page)
        for part in (".side li:last-child", ".present", ".following", ".sheet", "[data-do=finish]"):
            where = box(page, part)
            assert where["y"] + where["height"] <= 800, part
        for part in (
            "[data-do=tap]",
            "[data-part=lead]",
            "#console-text",
            ".send",
            ".door summary",
            ".close",
        ):
            where = box(page, part)
            assert where["y"] + where["height"] <= 800, part
        assert page.evaluate("document.documentElement.scrollHeight") == 800


def test_the_sung_line_of_a_long_song_stays_in_view(browser, hall, live_crew):
    with console_of(browser, hall, live_crew, viewport={"width": 390, "height": 640}) as page:
        drives(page)
        for _ in range(3):  # the chorus once more, and once more: a longer song
            pressed(page, "r")
        for _ in range(14):
            pressed(page, "PageDown")
        page.wait_for_function(
            """() => { const room = document.querySelector('.sheet').getBoundingClientRect();
              const lit = document.querySelector('.sheet li[aria-current]').getBoundingClientRect();
              return room.top <= lit.top + 1 && lit.bottom <= room.bottom + 1; }"""
        )


def test_the_console_is_dark_unless_somebody_chose_light(browser, hall, live_crew):
    with console_of(browser, hall, live_crew, color_scheme="light") as page:
        scheme = "getComputedStyle(document.documentElement).colorScheme"
        assert page.evaluate(scheme) == "dark"
        page.keyboard.press("?")
        page.click(".keys-page [value=light]")
        assert page.evaluate(scheme) == "light"


def test_right_to_left_turns_the_page_and_not_the_pedal(browser, hall, live_crew):
    crew = speaking(browser, hall, live_crew, "kk-Arab")
    with console_of(browser, hall, crew) as page:
        drives(page)
        assert box(page, ".side")["x"] > box(page, ".dock")["x"]
        assert page.get_attribute(".present .row", "lang") == "kk-Arab"
        pressed(page, "ArrowRight")
        assert page.evaluate("document.querySelector('aqyn-console').position.line") == 1
    speaking(browser, hall, live_crew, "en")


def test_a_reader_hears_what_is_sung_and_who_drives(browser, hall, live_crew):
    with console_of(browser, hall, live_crew) as page:
        drives(page)
        seen = page.locator("aqyn-console").aria_snapshot()
        assert 'group "The wheel"' in seen and "You hold the wheel" in seen
        assert 'region "What is sung"' in seen and 'region "Drive"' in seen
        assert 'button "Chorus: once more, leave out, swap"' in seen
        assert page.get_attribute(".order li:first-child", "aria-current") == "step"


def test_without_javascript_the_form_drives_the_hall(browser, hall, live_crew):
    with console_of(browser, hall, live_crew, ready=False, java_script_enabled=False, viewport=PHONE) as page:
        assert not page.is_visible("aqyn-console")
        page.click(".plain-console button[value=take]")
        page.click(".plain-console ol button >> nth=0")
        assert page.inner_text(".plain-console b") == "The Window"
        page.click("button[value=hand]")
        assert page.inner_text(".plain-console .present") == "Bekette bır tereze tünde jandy,"
        page.click("button[value=next]")
        assert page.inner_text(".plain-console .present") == "Poiyz öttı toqtamai, ünı taldy."
        assert (told(hall).state, told(hall).line) == ("hand", 1)
        page.click("button[value=dark]")
        assert told(hall).dark is True
        page.click("button[value=light]")
        with console_of(browser, hall, live_crew) as other:
            wheel(other, "theirs")
    assert told(hall).dark is False


def test_without_javascript_the_hall_is_opened_and_closed(browser, hall, live_crew):
    with console_of(browser, hall, live_crew, ready=False, java_script_enabled=False) as page:
        page.click(".plain-console >> text=Close the hall")
        page.click("main form button")
        page.click("main >> text=Open the hall")
        assert page.inner_text(".message") == "The hall is open."
    closed(browser, hall, live_crew)
    opened(browser, hall, live_crew)
