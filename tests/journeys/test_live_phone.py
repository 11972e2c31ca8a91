"""The hall sings: a console and three phones, each in its own script."""

from __future__ import annotations

import signal

import pytest
from tests.journeys.live_crew import Crew
from tests.journeys.live_page import here, is_right, marked, marks, phones, told, viewed, words
from tests.journeys.network import network

TIMED, LINES, UNTIMED, TALK, ENCORE = 1, 2, 3, 4, 5
SCRIPTS = ("/kk/live/spring/", "/kk-latn/live/spring/", "/kk-arab/live/spring/")
FIRST = [
    "Бекетте бір терезе түнде жанды,",
    "Bekette bır tereze tünde jandy,",
    "بەكەتتە ءبىر تەرەزە تۇندە جاندى،",
]
SECOND = [
    "Пойыз өтті тоқтамай, үні талды.",
    "Poiyz öttı toqtamai, ünı taldy.",
    "پويىز ءوتتى توقتاماي، ءۇنى تالدى.",
]

A_LINE_IS_LIT = "() => /^\\d+$/.test(document.documentElement.dataset.line ?? '')"


@pytest.fixture(scope="module")
def crew(live_house, live_crew):
    """A console that holds the wheel of an open hall."""
    console = Crew(live_house, live_crew)
    console.open()
    console.press("take")
    return console


def test_three_phones_light_the_same_line_each_in_its_own_script(browser, live_house, crew):
    sung = words(live_house, TIMED)
    with phones(browser, live_house, *SCRIPTS) as guests:
        started = crew.press("start", entry=TIMED)
        for guest, first in zip(guests, FIRST, strict=True):
            marked(guest, "number", started)
            marked(guest, "line", 0)
            assert here(guest) == first
        position = told(live_house)
        for _look in range(8):
            for guest in guests:
                assert is_right(guest, position, sung), marks(guest)
            guests[0].wait_for_timeout(400)
        crew.press("hold")
        for guest in guests:
            marked(guest, "state", "hold")
        assert len({(marks(guest)["line"], marks(guest)["word"]) for guest in guests}) == 1


def test_a_line_is_lit_word_by_word_and_the_next_one_stands_beneath(browser, live_house, crew):
    with phones(browser, live_house, "/kk-latn/live/spring/") as [guest]:
        marked(guest, "number", crew.press("start", entry=TIMED))
        marked(guest, "word", 2)
        crew.press("hold")
        marked(guest, "state", "hold")
        lit = guest.locator(".here .main .word").evaluate_all("words => words.map(word => word.className)")
        k = int(marks(guest)["word"])
        assert lit[:k] == ["word sung"] * k and lit[k + 1 :] == ["word ahead"] * (len(lit) - k - 1)
        assert guest.locator(".next .main").inner_text() == SECOND[1]
        assert guest.locator(".beads i.lit").count() == 1 and guest.locator(".beads i").count() == 4
        assert guest.locator(".count").inner_text() == "1 / 4"


def test_by_hand_the_whole_line_is_lit_at_once(browser, live_house, crew):
    with phones(browser, live_house, "/kk/live/spring/") as [guest]:
        marked(guest, "number", crew.press("start", entry=UNTIMED))
        marked(guest, "state", "hand")
        marked(guest, "line", 0)
        crew.press("next")
        marked(guest, "line", 1)
        assert here(guest) == SECOND[0]
        assert guest.locator(".here .word.ahead, .here .word.now").count() == 0
        light = guest.locator(".here .main").evaluate("row => getComputedStyle(row).color")
        assert guest.locator(".here .word").first.evaluate("word => getComputedStyle(word).color") == light


def test_whoever_comes_late_or_comes_back_is_right_within_two_seconds(browser, live_house, crew):
    sung = words(live_house, TIMED)
    crew.press("start", entry=TIMED)
    with phones(browser, live_house, "/kk-arab/live/spring/", ready=False) as [guest]:
        guest.wait_for_function(A_LINE_IS_LIT, timeout=2_000)
        position = told(live_house)
        assert is_right(guest, position, sung), marks(guest)
        guest.reload()
        guest.wait_for_function(A_LINE_IS_LIT, timeout=2_000)
        guest.wait_for_timeout(300)
        assert is_right(guest, position, sung), marks(guest)


def test_without_a_network_the_light_goes_on_by_the_clock_and_says_so(browser, live_house, crew):
    sung = words(live_house, ENCORE)
    with network(live_house) as way, phones(browser, way, "/en/live/spring/") as [guest]:
        marked(guest, "number", crew.press("start", entry=ENCORE))
        marked(guest, "line", 0)
        position = told(live_house)
        way.cut()
        marked(guest, "link", "lost")
        assert guest.locator(".top.out .said").inner_text() == "No network"
        for _look in range(4):
            assert is_right(guest, position, sung), marks(guest)
            guest.wait_for_timeout(500)
        crew.press("hold")
        way.mend()
        marked(guest, "state", "hold")
        assert marks(guest)["link"] == "live" and guest.locator(".top.out").count() == 0


def test_after_kill_9_in_mid_chorus_every_phone_goes_on_with_the_song(browser, live_house, crew, open_house):
    sung = words(live_house, ENCORE)
    with phones(browser, live_house, *SCRIPTS) as guests:
        started = crew.press("start", entry=ENCORE)
        for guest in guests:
            marked(guest, "number", started)
            marked(guest, "line", 1)
        before = told(live_house)
        live_house.close(signal.SIGKILL)
        for guest in guests:
            marked(guest, "link", "lost")
            assert is_right(guest, before, sung), marks(guest)
        again = open_house("--port", str(live_house.port), data=live_house.data)
        for guest in guests:
            marked(guest, "link", "live")
        position = told(again)
        assert position == before
        for guest in guests:
            assert is_right(guest, position, sung), marks(guest)
        crew.press("finish")
        for guest in guests:
            viewed(guest, "cause")
