"""The wheel: who drives is seen by all consoles, asked for, given, kept, taken over."""

import pytest
from tests.journeys.console_desk import (
    closed,
    console_of,
    line,
    number,
    opened,
    pressed,
    said,
    says,
    state,
    takes,
    wheel,
    words_there,
)


@pytest.fixture(scope="module")
def second(browser, live_house, live_crew):
    """What the browser of another one of the crew keeps, who came in by an invitation."""
    owner = browser.new_context(storage_state=live_crew, locale="en")
    page = owner.new_page()
    page.goto(live_house.url + "/studio/people/")
    page.click("main form:has([name=email]) .button")
    link = page.input_value(".folk-link input")
    owner.close()
    guest = browser.new_context(locale="en")
    page = guest.new_page()
    page.goto(link)
    page.fill("[name=name]", "Ерлан")
    page.fill("[name=email]", "erlan@example.org")
    page.select_option("[name=language]", "en")
    page.click("main form button")
    page.wait_for_url("**/studio/**")
    kept = guest.storage_state()
    guest.close()
    return kept


def who(page):
    return page.inner_text(".wheel .who")


def test_two_of_the_crew_hand_over_the_wheel(browser, hall, live_crew, second):
    with (
        console_of(browser, hall, live_crew) as first,
        console_of(browser, hall, second) as other,
    ):
        assert who(other) == "Nobody holds the wheel"
        takes(first)
        wheel(other, "theirs")
        assert (who(first), who(other)) == ("You hold the wheel", "Айгүл holds the wheel")

        other.click("text=Ask for it")
        wheel(first, "wanted")
        wheel(other, "asked")
        assert (who(first), who(other)) == ("Ерлан asks for the wheel", "You asked Айгүл for the wheel")
        first.click("text=Keep it")
        wheel(first, "mine")
        wheel(other, "theirs")

        other.keyboard.press("w")
        wheel(first, "wanted")
        first.click("text=Give it")
        wheel(first, "theirs")
        wheel(other, "mine")
        assert who(first) == "Ерлан holds the wheel"

        pressed(other, "PageDown")  # chooses the first song
        words_there(other)
        pressed(other, "h")
        state(first, "hand")
        words_there(first)
        first.wait_for_function("() => document.querySelector('.present').textContent.includes('tereze')")
        assert line(first) == line(other)

        first.click("text=Take over")
        wheel(first, "mine")
        wheel(other, "theirs")
        first.click("text=Let go")
        wheel(first, "free")
        wheel(other, "free")


def test_without_the_wheel_nothing_can_be_pressed_and_the_page_says_so(browser, hall, live_crew, second):
    with (
        console_of(browser, hall, live_crew) as first,
        console_of(browser, hall, second) as other,
    ):
        takes(first)
        wheel(other, "theirs")
        before = number(first)
        for key in ("PageDown", "Enter", "b", "h", "r", ".", "t"):
            other.keyboard.press(key)
            assert said(other) == "Nothing was done: Айгүл holds the wheel.", key
        other.click("[data-part=onward]", force=True)
        other.click(".side li:nth-child(2) button", force=True)
        other.fill("#console-text", "hello")
        other.keyboard.press("Enter")
        assert other.input_value("#console-text") == "hello"  # what was written is not lost
        free = """[...document.querySelectorAll(
            ':is(.dock, .order, .pace, .sheet, .side ol) button, .tool.dark')]
          .filter(one => one.getAttribute('aria-disabled') !== 'true').map(one => one.outerHTML)"""
        assert other.evaluate(free) == []
        first.wait_for_timeout(300)
        assert number(first) == number(other) == before
        assert first.evaluate(free.replace("!==", "===")) == []


def test_the_house_refuses_a_console_that_only_thinks_it_drives(browser, hall, live_crew, second):
    with (
        console_of(browser, hall, live_crew) as first,
        console_of(browser, hall, second) as other,
    ):
        takes(first)
        wheel(other, "theirs")
        before = number(first)
        other.evaluate(
            """() => { const desk = document.querySelector('aqyn-console');
              desk.told = { ...desk.told, wheel: { name: 'me', mark: desk.own.mark } };
              desk.press({ do: 'dark', on: true }); }"""
        )
        says(other, "You do not hold the wheel; take it first.")
        assert number(first) == before


def test_a_duplicated_tab_is_another_console(browser, hall, live_crew):
    with console_of(browser, hall, live_crew) as page:
        takes(page)
        key = page.evaluate("sessionStorage.getItem('aqyn-console-spring')")
        twin = page.context.new_page()
        twin.add_init_script(
            f"""const at = 'aqyn-console-spring';
            sessionStorage.getItem(at) ?? sessionStorage.setItem(at, '{key}');"""
        )
        twin.goto(page.url)
        wheel(twin, "theirs")
        assert twin.evaluate("sessionStorage.getItem('aqyn-console-spring')") != key
        page.reload()
        wheel(page, "mine")  # while the first keeps its own


def test_closing_the_hall_is_seen_at_every_console(browser, hall, live_crew, second):
    with console_of(browser, hall, second) as other:
        closed(browser, hall, live_crew)
        other.wait_for_selector("text=The evening has ended")
        opened(browser, hall, live_crew)
        other.wait_for_selector("aqyn-console[data-link=live]")


def test_whoever_is_signed_out_is_told_so(browser, hall, second):
    with console_of(browser, hall, second) as page:
        desk = page.context.new_page()
        desk.goto(hall.url + "/studio/")
        desk.click("text=Sign out")
        page.wait_for_selector("[data-part=lost]:has-text('You are no longer signed in.')")
        # Nor does it say anything else once the house has refused it.
        page.wait_for_selector("aqyn-console[data-link=unknown]")
        assert page.locator("[data-part=lost]").inner_text().startswith("You are no longer signed in.")
        page.keyboard.press("PageDown")
        says(page, "Nothing was done: the house cannot be reached.")
