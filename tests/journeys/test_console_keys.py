"""The console under pedals, page turners and keys: once for each press, wherever the focus is."""

import pytest
from tests.journeys.console_desk import (
    chooses,
    console_of,
    lit,
    number,
    passed,
    position,
    pressed,
    state,
    takes,
    words_there,
)

SENDS = """([code, times, apart, repeat]) => new Promise(async done => {
  for (let i = 0; i < times; i++) {
    const told = { code, key: code, bubbles: true, cancelable: true, repeat: repeat && i > 0 };
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', told));
    await new Promise(next => setTimeout(next, apart));
  }
  done();
})"""


@pytest.fixture
def drives(browser, hall, live_crew):
    with console_of(browser, hall, live_crew) as page:
        takes(page)
        chooses(page, 0)
        words_there(page)
        pressed(page, "h")
        state(page, "hand")
        yield page


def comes(page, code, times=1, apart=0, repeat=False):
    page.evaluate(SENDS, [code, times, apart, repeat])


@pytest.mark.parametrize(
    ("on", "back"), [("PageDown", "PageUp"), ("ArrowRight", "ArrowLeft"), ("ArrowDown", "ArrowUp")]
)
def test_every_kind_of_pedal_goes_on_and_back(drives, on, back):
    pressed(drives, on)
    pressed(drives, on)
    assert lit(drives) == 2
    pressed(drives, back)
    assert lit(drives) == 1
    pressed(drives, "Space")
    assert lit(drives) == 2


def test_a_pedal_that_sends_twice_presses_once(drives):
    before = number(drives)
    comes(drives, "PageDown", times=2, apart=20)
    passed(drives, before)
    drives.wait_for_timeout(300)
    assert number(drives) == before + 1
    comes(drives, "PageDown", times=2, apart=150)
    passed(drives, before + 2)
    assert number(drives) == before + 3


def test_a_held_key_presses_once(drives):
    before = number(drives)
    comes(drives, "PageDown", times=12, apart=100, repeat=True)
    drives.wait_for_timeout(200)
    assert number(drives) == before + 1


def test_a_pedal_without_a_place_goes_by_its_name(drives):
    """Some phones hand the key of a pedal on without the place it has on a keyboard."""
    before = number(drives)
    drives.evaluate(
        """() => { const told = { code: '', key: 'PageDown', bubbles: true };
          document.body.dispatchEvent(new KeyboardEvent('keydown', told)); }"""
    )
    passed(drives, before)


def test_keys_are_left_to_the_field_that_is_written_in(drives):
    before = number(drives)
    drives.focus("#console-text")
    drives.keyboard.type("bhrt ,. w")
    drives.keyboard.press("ArrowLeft")
    assert drives.input_value("#console-text") == "bhrt ,. w"
    drives.keyboard.press("Escape")
    assert number(drives) == before
    pressed(drives, "PageDown")  # out of the field they drive again


def test_keys_work_after_any_button_was_pressed_with_a_pointer(drives):
    for button in ("[data-part=hand]", ".order li button", ".side li:first-child button"):
        before = number(drives)
        drives.click(button)
        passed(drives, before)
        pressed(drives, "h" if position(drives)["state"] != "hand" else "Space")


def test_a_button_that_was_walked_to_is_pressed_by_enter_and_space(drives):
    drives.keyboard.press("Tab")
    drives.locator("[data-part=dark]").focus()
    for key, dark in (("Enter", True), ("Space", False)):
        pressed(drives, key)
        assert (position(drives)["dark"], position(drives)["state"]) == (dark, "hand")
    line = lit(drives)
    pressed(drives, "PageDown")  # a pedal drives all the same
    assert lit(drives) == line + 1


def test_the_page_of_keys_opens_and_closes_and_drives_nothing(drives):
    before = number(drives)
    drives.keyboard.press("?")
    assert drives.is_visible(".keys-page")
    for key in ("PageDown", "b", "h"):
        drives.keyboard.press(key)
    drives.keyboard.press("Escape")
    assert not drives.is_visible(".keys-page")
    drives.wait_for_timeout(200)
    assert number(drives) == before


def test_escape_closes_what_is_open(drives):
    drives.locator(".order li").nth(1).locator("button").nth(1).click()
    assert drives.is_visible(".order-deeds")
    drives.keyboard.press("Escape")
    assert not drives.is_visible(".order-deeds")


def test_keys_with_control_stay_the_browsers(drives):
    before = number(drives)
    for key in ("Control+b", "Alt+ArrowRight", "Meta+h"):
        drives.keyboard.press(key)
    drives.wait_for_timeout(200)
    assert number(drives) == before
