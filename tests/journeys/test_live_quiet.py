"""What a phone shows when nothing is sung: before, between, after, in the dark, and what the crew writes."""

from __future__ import annotations

import pytest
from tests.journeys.live_crew import SHOW, Crew
from tests.journeys.live_page import here, marked, marks, phones, viewed

TIMED, LINES, UNTIMED, TALK, ENCORE = 1, 2, 3, 4, 5
PAGE = f"/en/live/{SHOW}/"


@pytest.fixture(scope="module")
def crew(live_house, live_crew):
    return Crew(live_house, live_crew)


def test_an_evening_from_the_shut_door_to_the_thanks(browser, live_house, crew):
    with phones(browser, live_house, PAGE) as [guest]:
        viewed(guest, "shut")
        shut = guest.locator("[data-view=shut]").inner_text()
        assert "A spring evening" in shut and "(UTC+5)" in shut
        assert "When the hall opens, this page begins by itself." in shut
        crew.open()
        viewed(guest, "wait")
        waits = guest.locator("[data-view=wait]")
        assert guest.locator(".top .said").inner_text() == "With the hall"
        assert waits.locator("[data-title]").inner_text() == "A spring evening"
        crew.press("take")
        crew.press("choose", entry=LINES)
        waits.get_by_text("Köpır").wait_for()
        assert waits.locator("img").get_attribute("src") == "/songs/lines/ornament.svg"
        assert marks(guest)["hue"] == "262"
        crew.press("choose", entry=TALK)
        waits.get_by_text("Qūs joly turaly").wait_for()
        assert waits.locator("[data-talk]").is_visible() and waits.locator("svg").count() == 1
        crew.press("choose", entry=ENCORE)
        waits.locator("[data-encore]").wait_for()
        crew.press("start")
        viewed(guest, "sing")
        crew.press("finish")
        viewed(guest, "cause")
        cause = guest.locator("[data-view=cause]")
        assert cause.locator("[data-title]").inner_text() == "A stove"
        assert cause.get_by_role("link", name="See the cause").get_attribute("href") == "https://example.org/"
        crew.press("choose", entry=TIMED)
        viewed(guest, "wait")
        crew.close()
        viewed(guest, "end")
        assert (
            guest.locator("[data-view=end]").get_by_role("link", name="Aqyn").get_attribute("href") == "/en/"
        )
        guest.reload()
        viewed(guest, "end")
        crew.open()
        guest.reload()
        viewed(guest, "wait")


def test_a_song_that_has_run_to_its_end_shows_its_cause_by_itself(browser, live_house, crew):
    crew.open()
    crew.press("take")
    crew.press("start", entry=TIMED)
    crew.press("tempo", tempo=2000)
    with phones(browser, live_house, PAGE) as [guest]:
        viewed(guest, "sing")
        viewed(guest, "cause")
        assert marks(guest)["state"] == "run"


def test_in_the_dark_there_is_nothing_to_see_and_nothing_to_press(browser, live_house, crew):
    crew.open()
    crew.press("take")
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, PAGE) as [guest]:
        viewed(guest, "sing")
        crew.press("dark", on=True)
        guest.wait_for_selector("aqyn-live[data-dark]")
        assert guest.locator(".dark [role=status]").text_content() == "The hall is dark."
        assert (
            guest.evaluate("getComputedStyle(document.querySelector('.dark')).backgroundColor")
            == "rgb(0, 0, 0)"
        )
        before = marks(guest)
        guest.mouse.click(60, 800)
        guest.keyboard.press("Tab")
        assert guest.evaluate("document.activeElement.closest('aqyn-live')") is None
        crew.press("next")
        marked(guest, "line", int(before["line"]) + 1)
        crew.press("dark", on=False)
        guest.wait_for_selector("aqyn-live:not([data-dark])")
        assert guest.locator(".dark [role=status]").text_content() == ""
        guest.get_by_role("button", name="Larger").click()


def test_what_the_crew_writes_stands_over_everything_until_it_is_taken_away(browser, live_house, crew):
    crew.open()
    crew.press("take")
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, PAGE) as [guest]:
        viewed(guest, "sing")
        crew.press("notice", text="A child in a red coat waits at the door.")
        viewed(guest, "notice")
        guest.get_by_text("A child in a red coat waits at the door.").wait_for()
        crew.press("notice", text="She is found.")
        guest.get_by_text("She is found.").wait_for()
        crew.press("clear")
        viewed(guest, "sing")
        assert here(guest)


def test_the_longest_text_of_the_crews_is_whole_on_the_smallest_phone(browser, live_house, crew):
    crew.open()
    crew.press("take")
    crew.press("notice", text="Кешіріңіздер: он минут үзіліс жариялаймыз. " * 6)
    for screen in ({"width": 320, "height": 568}, {"width": 568, "height": 320}):
        with phones(browser, live_house, PAGE, viewport=screen) as [guest]:
            viewed(guest, "notice")
            text = guest.locator(".notice .text")
            guest.wait_for_function("() => document.querySelector('.notice .text').textContent")
            box, room = text.bounding_box(), guest.locator(".notice").bounding_box()
            assert box["y"] >= room["y"] - 1
            assert box["y"] + box["height"] <= room["y"] + room["height"] + 1
            assert box["x"] >= 0 and box["x"] + box["width"] <= screen["width"]
    crew.press("clear")


def test_a_rehearsal_is_followed_with_its_key_alone(browser, live_house, crew):
    crew.close()
    crew.open(rehearsal="on")
    key = crew.rehearsal()
    crew.press("take")
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, f"{PAGE}?rehearsal={key}", PAGE) as [inside, outside]:
        viewed(inside, "sing")
        viewed(outside, "end")
        crew.press("notice", text="The second verse again.")
        inside.get_by_text("The second verse again.").wait_for()
    crew.close()


def test_words_that_are_slow_to_come_are_tried_for_and_told_of(browser, live_house, crew):
    crew.open()
    crew.press("take")
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, PAGE, ready=False) as [guest]:
        guest.route("**/songs/*.json", lambda route: route.abort())
        guest.reload()
        guest.get_by_text("The words are still on their way.").wait_for()
        guest.unroute("**/songs/*.json")
        viewed(guest, "sing")
        assert guest.get_by_text("The words are still on their way.").is_hidden()


def test_a_full_house_says_so_and_lets_in_later(browser, live_house, crew):
    with phones(browser, live_house, PAGE, ready=False) as [guest]:
        guest.route("**/events/live/**", lambda route: route.fulfill(status=503))
        guest.reload()
        viewed(guest, "full")


def test_an_unknown_rehearsal_says_that_there_is_nothing_to_follow(browser, live_house):
    with phones(browser, live_house, PAGE + "?rehearsal=none", ready=False) as [guest]:
        viewed(guest, "unknown")
