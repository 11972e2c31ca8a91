"""The console without a network, and with a slow one: nothing that is pressed is kept or sent late."""

import time

import pytest
from tests.journeys.console_desk import (
    chooses,
    console_of,
    live,
    number,
    position,
    pressed,
    said,
    says,
    state,
    takes,
    words_there,
)
from tests.journeys.live_page import told


@pytest.fixture
def drives(browser, hall, live_crew):
    with console_of(browser, hall, live_crew) as page:
        takes(page)
        chooses(page, 0)
        words_there(page)
        pressed(page, "Enter")
        state(page, "run")
        yield page


def test_a_lost_network_is_said_and_nothing_is_pressed_late(hall, drives):
    before = number(drives)
    drives.context.set_offline(True)
    drives.wait_for_selector("aqyn-console[data-link=lost]")
    assert drives.inner_text("[data-part=lost]").startswith("No connection. The hall goes on by the clock;")
    place = drives.evaluate("document.querySelector('aqyn-console').where.at")
    for key in ("PageDown", "b", "Enter", "w"):
        drives.keyboard.press(key)
        says(drives, "Nothing was done: the house cannot be reached.")
    assert drives.evaluate("document.querySelector('aqyn-console').where.at") > place  # as the hall does
    drives.context.set_offline(False)
    live(drives)
    says(drives, "Connected again. What you see is what the hall sees.")
    assert drives.inner_text("[data-part=lost]") == ""
    drives.wait_for_timeout(600)
    assert (number(drives), told(hall).number) == (before, before)
    pressed(drives, "b")
    pressed(drives, "b")


def test_a_press_without_an_answer_ends_after_a_while(hall, drives):
    before = number(drives)
    drives.route("**/press", lambda route: time.sleep(2.2) or route.abort())
    drives.keyboard.press("PageDown")
    says(drives, "No answer came in time. Look at what the hall sees before you press again.")
    assert drives.get_attribute("aqyn-console", "data-answer") == "refused"
    drives.unroute("**/press")
    assert number(drives) == before


def test_a_press_that_comes_late_is_refused_by_the_house(hall, drives):
    before = number(drives)
    drives.route("**/press", lambda route: route.continue_(post_data=older(route.request.post_data_json)))
    drives.keyboard.press("PageDown")
    says(drives, "This came too late, so nothing was changed. Press it again if it is still meant.")
    drives.unroute("**/press")
    assert told(hall).number == before


def older(press):
    import json

    return json.dumps(press | {"at": press["at"] - 1_600})


def test_quick_presses_come_in_their_order(drives):
    pressed(drives, "h")
    sent = []
    drives.on("request", lambda request: sent.append(request) if request.url.endswith("/press") else None)
    before = number(drives)
    drives.evaluate(
        """() => { for (const key of ['PageDown', 'KeyB', 'PageUp', 'KeyR']) {
          document.body.dispatchEvent(new KeyboardEvent('keydown', { code: key, key, bubbles: true })); } }"""
    )
    drives.wait_for_function(
        "before => document.querySelector('aqyn-console').position.number >= before + 4", arg=before
    )
    numbers = [request.post_data_json["number"] for request in sent]
    assert numbers == sorted(set(numbers)) and len(numbers) == 4
    assert [request.post_data_json["press"]["do"] for request in sent] == ["next", "dark", "back", "repeat"]
    assert (position(drives)["line"], position(drives)["dark"], said(drives)) == (0, True, "")
    pressed(drives, "b")


def test_a_house_that_fell_silent_is_said_to_be_lost(drives):
    """The line stays open, and nothing comes through it."""
    drives.evaluate(
        """() => { const { performance } = window, now = performance.now.bind(performance);
          performance.now = () => now() + 4000; }"""
    )
    drives.wait_for_selector("aqyn-console[data-link=lost]")
    live(drives)  # the house's next word comes, or the line is made anew
