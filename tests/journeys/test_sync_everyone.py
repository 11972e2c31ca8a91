"""The sync desk for everyone: screen readers, right to left, both lights, and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.sync_desk import DESK, PHONE, cues, desk, desk_of


@pytest.mark.parametrize(
    ("size", "light", "locale", "query"),
    [
        (PHONE, "light", "en", ""),
        (DESK, "dark", "en", ""),
        ({"width": 844, "height": 390}, "light", "en", ""),
        (PHONE, "dark", "kk-Arab", "?layer=kk-Arab"),
        (DESK, "light", "kk-Arab", ""),
    ],
)
def test_axe_finds_nothing_serious(browser, timing_house, timing_crew, size, light, locale, query):
    crew = timing_crew if locale == "en" else speaking(browser, timing_house, timing_crew, locale)
    with desk_of(
        browser, timing_house, crew, "look", query, viewport=size, color_scheme=light, locale=locale
    ) as page:
        faults = []
        for state in ("lines", "words", "panel", "help", "calibrate"):
            page.evaluate(
                """state => { const d = document.querySelector('aqyn-sync');
                  if (state === 'lines' || state === 'words') d.tapBy(state);
                  else { d.querySelectorAll('dialog').forEach(one => one.close()); d.do(state); } }""",
                state,
            )
            page.wait_for_timeout(200)
            found = Axe().run(page).response["violations"]
            faults += [
                (state, v["id"], [n["html"][:160] for n in v["nodes"]])
                for v in found
                if v["impact"] in ("serious", "critical")
            ]
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        assert faults == []


def speaking(browser, house, crew, language):
    """The same browser, of somebody who reads this language."""
    context = browser.new_context(storage_state=crew)
    page = context.new_page()
    page.goto(house.url + "/studio/people/me/")
    page.select_option("[name=language]", language.lower())
    page.click("main form button")
    state = context.storage_state()
    context.close()
    return state


def test_time_runs_from_left_to_right_and_words_as_they_are_written(browser, timing_house, timing_crew):
    crew = speaking(browser, timing_house, timing_crew, "kk-arab")
    with desk_of(browser, timing_house, crew, "look") as page:
        page.wait_for_selector(".block[data-i='0'][data-k='1']")
        assert page.evaluate("document.documentElement.dir") == "rtl"
        boxes = [page.locator(f".block[data-i='0'][data-k='{k}']").bounding_box()["x"] for k in range(3)]
        assert boxes == sorted(boxes)
        word = page.locator(".block[data-i='0'][data-k='0'] .voice")
        assert (word.get_attribute("lang"), word.get_attribute("dir")) == ("kk-Arab", "rtl")
        assert page.evaluate("getComputedStyle(document.querySelector('.scope')).direction") == "ltr"
        lines = page.locator(".lines .text").first
        assert page.evaluate("one => getComputedStyle(one).direction", lines.element_handle()) == "rtl"
        before = desk(page, "d.here.k")
        page.keyboard.press("ArrowRight")  # later, as on the sound
        assert desk(page, "d.here.k") == before + 1
    speaking(browser, timing_house, timing_crew, "en")


def test_a_line_is_read_once_and_says_how_it_is_timed(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        told = page.locator(".lines").aria_snapshot()
        first = told.split("- listitem:")[1]
        assert first.count("Жалғыз жарық жолымда,") == 1
        assert "every word timed" in first
        assert page.locator(".scope").get_attribute("aria-hidden") == "true"
        words = page.get_by_role("group", name="Words of line 1")
        assert words.get_by_role("button").all_inner_texts() == ["Жалғыз", "жарық", "жолымда,"]


def test_no_key_is_a_trap_and_focus_is_seen(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        seen, unseen = set(), []
        for _ in range(60):
            page.keyboard.press("Tab")
            told = page.evaluate(
                """() => {
                  const one = document.activeElement, seen = getComputedStyle(one).outlineStyle !== 'none';
                  return [one.outerHTML.slice(0, 90), seen || one === document.body];
                }"""
            )
            seen.add(told[0])
            if not told[1]:
                unseen.append(told[0])
        assert unseen == []
        for part in ('data-do="play"', 'data-do="tap"', 'class="thumb"', 'data-do="clear"'):
            assert any(part in one for one in seen), part


def test_what_moves_may_stand_still(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "touch", reduced_motion="reduce") as page:
        page.keyboard.press("Space")
        page.wait_for_function("() => document.querySelector('audio').currentTime > .3")
        page.keyboard.press("Space")
        page.keyboard.press("p")
        assert cues(page)[0][2] == "tapped"
        assert page.evaluate("document.querySelector('.tap').getAnimations().length") == 0
        page.keyboard.press("Control+z")


def test_without_javascript_the_page_says_what_it_needs(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look", ready=False, java_script_enabled=False) as page:
        assert page.inner_text("noscript .note, .note").startswith("Timing words by ear needs JavaScript.")
        assert not page.is_visible("aqyn-sync")
        page.click(".note a")
        assert page.url == timing_house.url + "/studio/songs/look/import/"
