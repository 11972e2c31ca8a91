"""The desk of a sale in a real browser: live numbers, an order through its pages, open to everyone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.conftest import filled
from tests.journeys.song_page import DESK, PHONE, owner_of

PAGES = (
    "sale/",
    "sale/types/1/",
    "sale/types/new/",
    "sale/areas/1/",
    "orders/",
    "guests/",
    "paper/",
    "settlement/",
)
# What can be pressed and is seen, but is smaller than a thumb.
SMALL = """[...document.querySelectorAll('main :is(button, input:not([type=hidden]), select, summary)')]
  .filter(one => one.checkVisibility() && !one.closest('label'))
  .map(one => [one.name || one.textContent, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44)
  .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""
WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def desk_house(open_house):
    return filled(open_house(), "seed_desk.py")


@pytest.fixture(scope="module")
def crew(browser, desk_house):
    return owner_of(browser, desk_house)


@pytest.fixture
def open_desk(browser, desk_house, crew):
    """`open_desk("sale/", viewport=PHONE)`: a page of the evening's desk."""
    contexts = []

    def one(page="sale/", *, address="", **told):
        context = browser.new_context(storage_state=crew, **({"locale": "en", "viewport": DESK} | told))
        contexts.append(context)
        tab = context.new_page()
        tab.goto(desk_house.url + (address or f"/studio/shows/spring/{page}"))
        return tab

    yield one
    for context in contexts:
        context.close()


def serious(page):
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def order_page(open_desk, name, **told):
    orders = open_desk("orders/", **told)
    orders.fill("input[name=q]", name)
    orders.press("input[name=q]", "Enter")
    orders.click(".orders a.cover-link")
    return orders


@pytest.mark.parametrize(("light", "size"), [("dark", DESK), ("light", PHONE)])
def test_axe_finds_nothing_serious_on_the_desk(open_desk, desk_house, light, size):
    page = open_desk(color_scheme=light, viewport=size)
    found = []
    for name in PAGES:
        page.goto(f"{desk_house.url}/studio/shows/spring/{name}")
        found += serious(page) + page.evaluate(SMALL)
        assert not page.evaluate(WIDE), name
    assert found == []


@pytest.mark.parametrize("light", ["dark", "light"])
def test_axe_finds_nothing_serious_on_an_order(open_desk, light):
    page = order_page(open_desk, "serikova", color_scheme=light, viewport=PHONE)
    found = serious(page) + page.evaluate(SMALL)
    page.click("text=Cancel the whole order")
    assert found + serious(page) + page.evaluate(SMALL) == []


def test_the_numbers_change_without_a_reload(open_desk):
    seen = open_desk()
    assert seen.text_content("[data-count='all.waiting']") == "3"
    sold = open_desk("paper/")
    sold.fill("input[name=count]", "2")
    sold.click("text=Make the tickets")
    sold.wait_for_selector("text=print the sheet")
    before = seen.text_content("[data-count='all.sold']")
    seen.wait_for_function(
        "n => document.querySelector(\"[data-count='all.sold']\").textContent !== n", arg=before
    )
    assert seen.text_content("[data-count='all.sold']") == str(int(before) + 2)
    assert seen.evaluate("performance.getEntriesByType('navigation').length") == 1


def test_without_scripts_a_place_is_cancelled_in_two_steps(open_desk):
    page = order_page(open_desk, "akhmetov", java_script_enabled=False)
    page.check("input[name=place] >> nth=0")
    page.click("text=Cancel the chosen places")
    assert "1 place goes, the others stay." in page.text_content("main")
    page.click("button:has-text('Cancel 1 place')")
    assert page.locator(".tickets .gone").count() == 1
