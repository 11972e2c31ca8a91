"""The console as the journeys use it: opening the hall, taking the wheel, what it shows."""

from __future__ import annotations

from contextlib import contextmanager

from tests.journeys.song_page import DESK

CONSOLE = "/studio/stage/spring/"
TWICE = 80  # ms, as in keys.js


@contextmanager
def console_of(browser, house, crew, ready=True, **context):
    """The console in a browser of its own; an error in a script of ours fails the test."""
    person = browser.new_context(storage_state=crew, **({"viewport": DESK, "locale": "en"} | context))
    page, errors = person.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(house.url + CONSOLE)
    if ready:
        live(page)
    yield page
    person.close()
    assert errors == []


def live(page):
    """Wait until the console shows what the house says, and knows its clock."""
    page.wait_for_selector("aqyn-console[data-ready][data-link=live]")
    page.wait_for_function("() => document.querySelector('[data-part=clock]').textContent.includes('±')")


def opened(browser, house, crew, rehearsal=False):
    """Open the hall by its form, unless it is open."""
    with console_of(browser, house, crew, ready=False) as page:
        if page.is_visible("text=Rehearse"):
            page.click("text=Rehearse" if rehearsal else "main >> text=Open the hall")
            page.wait_for_selector("aqyn-console")


def closed(browser, house, crew):
    """Close the hall by its form, if it is open."""
    with console_of(browser, house, crew, ready=False) as page:
        if page.locator("aqyn-console").count():
            page.goto(house.url + CONSOLE + "close/")
            page.click("main form button")


def takes(page):
    """Take the wheel, from whoever holds it."""
    page.click(".wheel button[data-do=take]:visible")
    wheel(page, "mine")


def wheel(page, state):
    page.wait_for_selector(f"aqyn-console[data-wheel={state}]")


def state(page, *values):
    """Wait until the hall is in one of these states."""
    page.wait_for_function(
        "values => values.includes(document.querySelector('aqyn-console').dataset.state)", arg=list(values)
    )


def position(page):
    """What the house has said of the hall, as the console knows it."""
    return page.evaluate("document.querySelector('aqyn-console').position")


def number(page):
    return position(page)["number"]


def passed(page, before):
    """Wait until the house has said something newer than this number."""
    page.wait_for_function(
        "before => document.querySelector('aqyn-console').position.number > before", arg=before
    )


def pressed(page, key):
    """Press a key, and wait until the house has said what came of it, and the next press is no double one."""
    before = number(page)
    page.keyboard.press(key)
    passed(page, before)
    page.wait_for_timeout(TWICE)


def chooses(page, place):
    """Choose the entry at this place of the setlist, from 0."""
    before = number(page)
    page.click(f".side li:nth-child({place + 1}) button")
    passed(page, before)


def words_there(page):
    """Wait until the song is written out."""
    page.wait_for_selector(".sheet li li")


def line(page):
    """The present line, its words as one text."""
    return " ".join(page.locator(".present").inner_text().split())


def lit(page):
    """The place of the lit line among all of tonight's, -1 where none is."""
    return page.evaluate(
        "[...document.querySelectorAll('.sheet li li')].findIndex(one => one.hasAttribute('aria-current'))"
    )


def sections(page):
    return page.locator(".order li button:first-child").all_inner_texts()


def said(page):
    return page.text_content("[data-part=said]")


def says(page, sentence):
    page.wait_for_function(
        "said => document.querySelector('[data-part=said]').textContent === said", arg=sentence
    )
