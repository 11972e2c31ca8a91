"""One evening from opening to closing: the crew at a console, the hall on phones and on the wall."""

from __future__ import annotations

from tests.journeys.console_desk import (
    chooses,
    closed,
    console_of,
    number,
    opened,
    passed,
    pressed,
    state,
    takes,
    words_there,
)
from tests.journeys.live_page import here, is_right, marked, phones, told, words

TIMED, TALK = 1, 4
GUESTS = [
    "/kk/live/spring/",
    "/kk-latn/live/spring/",
    "/kk-arab/live/spring/",
    "/en/live/spring/captions/",
    "/kk/live/spring/screen/?main=kk-Cyrl&under=kk-Arab",
]
CHORUS = ["Қызылорда, Қызылорда,", "Qyzylorda, Qyzylorda,", "قىزىلوردا، قىزىلوردا،"]


def test_the_hall_sings_from_opening_to_closing(browser, live_house, live_crew):
    with phones(browser, live_house, *GUESTS) as guests:
        for guest in guests:
            marked(guest, "state", "shut")
        opened(browser, live_house, live_crew)
        for guest in guests:
            marked(guest, "state", "wait")
        with console_of(browser, live_house, live_crew) as console:
            takes(console)
            chooses(console, 0)
            words_there(console)
            pressed(console, "Enter")
            state(console, "run")
            sung, position = words(live_house, TIMED), told(live_house)
            for guest in guests[:3]:
                marked(guest, "number", position.number)
                marked(guest, "line", 0)
                assert is_right(guest, position, sung)

            # By hand, a foot on the pedal leads to the chorus: everyone reads it in their own script.
            pressed(console, "h")
            state(console, "hand")
            before = number(console)
            console.locator(".sheet li li button").nth(1).click()
            passed(console, before)
            pressed(console, "PageDown")
            for guest, line in zip(guests, CHORUS, strict=False):
                marked(guest, "line", 2)
                assert here(guest) == line
            assert CHORUS[1] in guests[3].inner_text("main")
            assert {CHORUS[0], CHORUS[2]} <= {
                one.inner_text() for one in guests[4].locator(".here .row").all()
            }

            pressed(console, "b")
            for guest in guests:
                guest.wait_for_selector("aqyn-live[data-dark]")
            pressed(console, "b")

            chooses(console, 3)
            for guest in guests[:3]:
                marked(guest, "entry", TALK)
            chooses(console, 4)
            pressed(console, "Enter")
            state(console, "run")
            assert told(live_house).order == (0, 1, 0)
            console.click("[data-do=finish]:visible")
            for guest in guests:
                marked(guest, "state", "over")
        closed(browser, live_house, live_crew)
        for guest in guests:
            marked(guest, "state", "end")
