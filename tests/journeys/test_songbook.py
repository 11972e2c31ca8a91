"""The songbook in a browser: choosing and ordering by keyboard, the file that is saved, and cancelling."""

from __future__ import annotations

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

PAGE = "/studio/songbook/"


@pytest.fixture
def book(browser, singing_house, signed_in):
    context = browser.new_context(storage_state=signed_in, locale="en", accept_downloads=True)
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(singing_house.url + PAGE)
    yield page
    context.close()
    assert errors == []


def order(page):
    return page.locator("[name=song]").evaluate_all("boxes => boxes.map(box => box.value)")


def reach(page, selector):
    """Go on with Tab until the focus is there."""
    for _ in range(60):
        if page.evaluate("what => document.activeElement.matches(what)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by Tab")


def test_a_book_is_chosen_ordered_and_saved_by_keyboard_alone(book):
    assert order(book) == ["timed", "lines", "untimed", "preparing", "silent"]
    for slug in ("lines", "preparing", "silent"):
        reach(book, f"[name=song][value={slug}]")
        book.keyboard.press("Space")
    book.locator("[name=song][value=timed]").focus()
    reach(book, "[name=down][value=timed]")
    for _ in range(2):
        book.keyboard.press("Enter")
    assert order(book) == ["lines", "untimed", "timed", "preparing", "silent"]
    assert book.locator("aqyn-order [role=status]").text_content() == "The Window: place 3 of 5"
    assert book.evaluate("document.activeElement.value") == "timed"

    reach(book, "[name=title]")
    book.keyboard.press("Control+A")
    book.keyboard.type("Менің әндерім")
    reach(book, "[name=second]")
    book.select_option("[name=second]", "kk-Latn")
    reach(book, ".button[data-act=make]")
    with book.expect_download() as download:
        book.keyboard.press("Enter")
    assert download.value.suggested_filename == "menin-anderim.pdf"
    pdf = pypdf.PdfReader(download.value.path())
    assert pdf.metadata.title == "Менің әндерім"
    assert [mark.title for mark in pdf.outline] == ["Терезе", "Терезе"]
    assert "Bekette bır tereze" in pdf.pages[2].extract_text()
    book.wait_for_selector("[data-act=stop][hidden]", state="attached")


def test_enter_in_the_title_makes_the_book_and_moves_nothing(book):
    before = order(book)
    book.focus("[name=title]")
    with book.expect_download():
        book.keyboard.press("Enter")
    assert order(book) == before


def test_the_last_song_stays_in_hand_when_it_can_go_no_further(book):
    book.focus("[name=down][value=preparing]")
    book.keyboard.press("Enter")
    assert order(book)[-1] == "preparing"
    assert book.evaluate("document.activeElement.matches('[name=up][value=preparing]')")


def test_a_book_that_is_being_set_can_be_cancelled(book):
    book.route("**/studio/songbook/", lambda route: None)
    book.click(".button[data-act=make]")
    assert book.text_content(".said") == "Setting the book…"
    with book.expect_request("**/studio/songbook/cancel/") as asked:
        book.click("[data-act=stop]")
    assert asked.value.response().status == 204
    book.wait_for_selector("[data-act=stop][hidden]", state="attached")
    assert book.text_content(".said") == ""
    assert book.evaluate("document.activeElement.matches('.button[data-act=make]')")
    book.unroute_all()
    with book.expect_download():
        book.click(".button[data-act=make]")


def test_why_there_is_no_book_is_said_beside_the_button(book):
    for box in book.locator("[name=song]").all():
        box.uncheck()
    book.click(".button[data-act=make]")
    book.wait_for_selector(".said.wrong")
    assert book.text_content(".said") == "Choose at least one song for the book."
    book.check("[name=song][value=timed]")
    book.route("**/studio/songbook/", lambda route: route.abort())
    book.click(".button[data-act=make]")
    said = "() => document.querySelector('.said').textContent"
    book.wait_for_function(said + ".startsWith('The house cannot')")


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "dark"), (1280, "light"), (390, "dark"), (390, "light")]
)
def test_the_page_is_for_everyone(browser, singing_house, signed_in, width, scheme):
    context = browser.new_context(
        storage_state=signed_in, viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(singing_house.url + PAGE)
    found = Axe().run(page).response["violations"]
    small = page.evaluate(
        "[...document.querySelectorAll('main :is(a, button:not(.unseen), select, label.choice)')]"
        ".filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.height < 44 || r.width < 44).map(([html]) => html)"
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert small == []
    assert wide <= width


def test_without_scripts_the_arrows_still_order_the_book(browser, singing_house, signed_in):
    context = browser.new_context(storage_state=signed_in, java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(singing_house.url + PAGE)
    page.click("[name=down][value=timed]")
    assert [box.get_attribute("value") for box in page.locator("[name=song]").all()][:2] == ["lines", "timed"]
    with page.expect_download() as download:
        page.click(".button[data-act=make]")
    assert download.value.suggested_filename == "aqyn.pdf"
    context.close()
