"""Captions: for guests who do not hear the hall."""

from __future__ import annotations

import pytest
from tests.journeys.live_crew import SHOW, Crew
from tests.journeys.live_page import marked, phones, viewed
from tests.journeys.test_live_everyone import CONTRAST, SMALL

TIMED, LINES, UNTIMED, TALK, ENCORE = 1, 2, 3, 4, 5
LONGEST = 8
PAGE = f"/en/live/{SHOW}/captions/"
ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 % (WCAG 2.2, 1.4.10)


@pytest.fixture(scope="module")
def crew(live_house, live_crew):
    console = Crew(live_house, live_crew)
    console.open()
    console.press("take")
    return console


def read(guest):
    """The part, the line before, the present one and the next, as they are read."""
    return [guest.locator(f".heard > .{place}").inner_text() for place in ("part", "before", "now", "after")]


def test_whole_lines_and_the_part_of_the_song_are_read(browser, live_house, crew):
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, f"/kk/live/{SHOW}/captions/") as [guest]:
        viewed(guest, "sing")
        crew.press("line", line=2)
        marked(guest, "line", 2)
        assert read(guest) == [
            "[Қайырма]",
            "Пойыз өтті тоқтамай, үні талды.",
            "Қызылорда, Қызылорда,",
            "Терезеңде шам сөнбесін.",
        ]
        crew.press("line", line=4)
        marked(guest, "line", 4)
        assert read(guest)[0] == "[Шумақ]"
        assert guest.locator(".heard [aria-live]").count() == 1


def test_they_follow_the_clock_and_begin_with_what_the_song_is_called(browser, live_house, crew):
    with phones(browser, live_house, PAGE) as [guest]:
        marked(guest, "number", crew.press("start", entry=ENCORE))
        marked(guest, "line", -1)
        assert read(guest)[2:] == ["♪ Tereze", "Bekette bır tereze tünde jandy,"]
        marked(guest, "line", 0)
        assert (
            read(guest)[2]
            == "Bekette bır tereze tünde jandy,\nAt a small station one window lit in the night;"
        )


def test_a_part_without_words_is_told_once_the_last_line_is_sung(browser, live_house, crew):
    with phones(browser, live_house, PAGE) as [guest]:
        crew.press("start", entry=LINES)
        marked(guest, "number", crew.press("line", line=7))
        marked(guest, "line", 7)
        assert read(guest)[2].startswith("Bırge tūryp aitarmyz.")
        guest.locator(".heard > .now").get_by_text("[Outro]").wait_for()
        assert read(guest)[1:] == ["Bırge tūryp aitarmyz.", "[Outro]", ""]


def test_talk_and_what_the_crew_writes_are_read_too(browser, live_house, crew):
    with phones(browser, live_house, PAGE) as [guest]:
        crew.press("choose", entry=TALK)
        viewed(guest, "wait")
        guest.get_by_text("Between songs").wait_for()
        assert guest.locator("[data-view=wait] [data-title]").inner_text() == "Qūs joly turaly"
        crew.press("notice", text="The tram runs until one.")
        guest.get_by_text("The tram runs until one.").wait_for()
        crew.press("clear")
        viewed(guest, "wait")


@pytest.mark.parametrize("colours", ["night", "paper", "yellow"])
def test_every_text_stands_out_by_seven_to_one_in_all_colours(browser, live_house, crew, colours):
    crew.press("start", entry=LINES)
    crew.press("hold")
    with phones(browser, live_house, PAGE) as [guest]:
        viewed(guest, "sing")
        guest.click(".looks-choice summary")
        guest.click(f"[data-colours={colours}]")
        assert guest.evaluate(CONTRAST.replace(", .chips", "")) >= 7
        crew.press("finish")
        viewed(guest, "cause")
        guest.wait_for_timeout(600)
        assert guest.evaluate(CONTRAST.replace(", .chips", "")) >= 7


@pytest.mark.parametrize("language", ["kk", "kk-arab", "ru"])
def test_axe_finds_nothing_by_wcag_2_2_aa(browser, live_house, crew, language):
    from axe_playwright_python.sync_playwright import Axe

    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, f"/{language}/live/{SHOW}/captions/", bypass_csp=True) as [guest]:
        viewed(guest, "sing")
        guest.click(".looks-choice summary")
        guest.wait_for_timeout(600)
        found = Axe().run(guest, options=rules).response["violations"]
        assert [(v["id"], [n["html"][:90] for n in v["nodes"]]) for v in found] == []
        assert guest.evaluate(SMALL) == []


def test_at_200_percent_on_a_page_zoomed_to_400_nothing_is_cut_or_runs_out(browser, live_house, crew):
    crew.press("start", entry=UNTIMED)
    crew.press("line", line=LONGEST)
    with phones(browser, live_house, PAGE, viewport=ZOOMED) as [guest]:
        viewed(guest, "sing")
        marked(guest, "line", LONGEST)
        size = "row => parseFloat(getComputedStyle(row).fontSize)"
        before = guest.locator(".now .main").evaluate(size)
        larger = guest.locator("[data-by='1']")
        while larger.get_attribute("aria-disabled") == "false":
            larger.click()
        assert guest.locator(".now .main").evaluate(size) == 2 * before
        assert guest.evaluate("document.documentElement.scrollWidth") == ZOOMED["width"]
        out = "rows => rows.filter(row => row.scrollWidth > row.clientWidth + 1).length"
        assert guest.locator(".heard .reading").evaluate_all(out) == 0
        crew.press("line", line=4)
        marked(guest, "line", 4)
        top, bottom = guest.locator(".heard .now").evaluate(
            "now => [now.getBoundingClientRect().top, now.getBoundingClientRect().bottom]"
        )
        assert top < ZOOMED["height"] and bottom > 0


def test_the_present_line_is_marked_by_more_than_colour(browser, live_house, crew):
    crew.press("start", entry=UNTIMED)
    crew.press("line", line=2)
    with phones(browser, live_house, PAGE) as [guest]:
        marked(guest, "line", 2)
        weight, mark = guest.evaluate(
            """() => [getComputedStyle(document.querySelector('.now .main')).fontWeight,
              getComputedStyle(document.querySelector('.heard .now'), '::before').width]"""
        )
        assert (weight, mark) == ("700", "11px")


def test_colours_letters_and_size_stay_in_this_browser(browser, live_house, crew):
    with phones(browser, live_house, PAGE) as [guest]:
        guest.click(".looks-choice summary")
        guest.click("[data-colours=paper]")
        guest.click("[data-letters=serif]")
        guest.click("[data-by='1']")
        guest.reload()
        marked(guest, "colours", "paper")
        marked(guest, "letters", "serif")
        assert (
            guest.evaluate("document.querySelector('aqyn-live').style.getPropertyValue('--size')") == "1.25"
        )
        assert guest.context.cookies() == []
