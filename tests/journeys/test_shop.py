"""The shop in a real browser: places are chosen, held, ordered; with scripts and without, for everyone."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.conftest import filled
from tests.journeys.seed_shop import CODE
from tests.journeys.shop_page import SHOP, Shop, counted, money, total
from tests.journeys.song_page import DESK, PHONE, SHIFTS, opened

PICTURES = os.environ.get("SHOP_PICTURES", "")
# What can be pressed and is seen, but is smaller than a thumb.
SMALL = """[...document.querySelectorAll('main :is(button, a, summary, input:not([type=hidden]))')]
  .filter(one => one.checkVisibility() && !one.closest('label, .told') && one.matches(':not(.textlink)'))
  .map(one => [one.name || one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44)
  .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""


@pytest.fixture(scope="module")
def shop(open_house):
    """An open house with the evening of seed_shop.py."""
    return Shop(filled(open_house(), "seed_shop.py"))


@pytest.fixture(scope="module")
def paths(shop):
    """A buyer's pages: what is held, an order to be paid, one that is free with its ticket."""

    def of(language):
        email = f"{language}@example.kz"
        held, paid, free = (
            shop.hold(key, 2, email=email, language=language) for key in ("standing", "standing", "children")
        )
        to_pay = shop.order(paid, shop.ways["transfer"], email=email)
        free = shop.order(free, "free", email=email)
        page = shop.house.get(free).content.decode()
        ticket, _other = re.findall(rf'href="({re.escape(free)}\d+/)"', page)
        refused = f"/{language}/shows/spring/tickets/refused/?why=sold_out&left=1"
        return {
            "shop": f"/{language}/shows/spring/tickets/?code={quote(CODE)}",
            "hold": held,
            "order": to_pay,
            "tickets": free,
            "ticket": ticket,
            "refused": refused,
        }

    return {language: of(language) for language in ("en", "kk-arab")}


def test_places_are_counted_and_held_without_leaving_the_page(browser, shop):
    with opened(browser, shop.house, SHOP, ready=False, viewport=PHONE) as page:
        counted(page)
        assert shop.said_left(page, "standing") == "plenty"
        assert page.is_hidden(".counter .total")
        assert page.inner_text(".counter > .button") == "Hold my places"
        shop.steps(page, "standing", 2)
        shop.steps(page, "children")
        assert total(page) == "10 000 ₸"
        assert page.inner_text(".counter > .button") == "Hold places: 3"
        page.click(f"[data-type='{shop.types['standing']}'] .less")
        assert total(page) == "5 000 ₸"
        shop.steps(page, "standing", 7)
        assert page.input_value(f"[name=type-{shop.types['standing']}]") == "6"
        assert page.is_disabled(f"[data-type='{shop.types['later']}'] .more")
        page.fill("[name=email]", "one@example.kz")
        page.click(".counter > .button")
        page.wait_for_url("**/en/holds/*/*/")
        held = [money(one).split("\n") for one in page.locator(".held-items li").all_inner_texts()]
        assert [" ".join(one) for one in held] == ["6 × Standing 5 000 ₸", "1 × Children 0 ₸"]
        assert page.input_value("[name=email]") == "one@example.kz"
        assert total(page) == "30 000 ₸"


def test_the_time_that_is_left_is_counted_down_and_its_end_is_told(browser, shop):
    path = shop.hold("standing")
    with opened(browser, shop.house, path, ready=False) as page:
        first = page.inner_text("aqyn-countdown")
        assert re.fullmatch(r"10:00|9:5\d", first)
        page.wait_for_function(
            "first => document.querySelector('aqyn-countdown').textContent !== first", arg=first
        )
        filled(shop.house, "seed_shop.py", "--end", path.split("/")[3], "3")
        visits = []
        page.on("framenavigated", lambda frame: visits.append(frame.url))
        page.reload()
        page.wait_for_selector("h1:has-text('The time of this hold is over')")
        assert len(visits) == 2
        page.click("text=To the tickets")
        page.wait_for_url("**" + SHOP)


def test_what_another_took_meanwhile_is_told_at_its_type(browser, shop):
    with opened(browser, shop.house, SHOP, ready=False) as page:
        counted(page)
        assert shop.said_left(page, "last") == "2 left"
        shop.steps(page, "last", 2)
        shop.hold("last", 2)
        page.fill("[name=email]", "late@example.kz")
        page.click(".counter > .button")
        ware = f"[data-type='{shop.types['last']}']"
        page.wait_for_selector(f"{ware}.sold_out")
        assert page.inner_text(".counter > .trouble") == "Sold out: not a single one of these places is left."
        assert shop.said_left(page, "last") == "sold out"
        assert page.input_value(f"{ware} input") == "0"
        assert page.is_disabled(f"{ware} .more")
        assert page.is_enabled(".counter > .button")
        assert page.is_hidden(".counter .total")


def test_a_network_that_is_lost_while_holding_holds_nothing_twice(browser, shop):
    before = shop.left("named")
    with opened(browser, shop.house, SHOP, ready=False) as page:
        counted(page)
        keys = []

        def lose(route):
            keys.append(route.request.headers["idempotency-key"])
            if len(keys) == 1:
                # The house has heard it, and its answer is lost.
                route.fetch()
            if len(keys) < 3:
                route.abort()
            else:
                route.continue_()

        page.route("**/api/v1/shows/spring/holds", lose)
        shop.steps(page, "named", 2)
        page.fill("[name=email]", "lost@example.kz")
        page.click(".counter > .button")
        page.wait_for_selector(".counter > .trouble.calm:has-text('nothing is held twice')")
        assert page.is_disabled(".counter > .button")
        page.wait_for_url("**/en/holds/*/*/")
        assert len(keys) == 3 and len(set(keys)) == 1
    assert shop.left("named") == before - 2


def test_one_who_comes_back_from_what_is_held_can_choose_again(browser, shop):
    with opened(browser, shop.house, SHOP, ready=False) as page:
        counted(page)
        page.route("**/en/holds/**", lambda route: route.fulfill(status=204))
        shop.steps(page, "standing")
        page.fill("[name=email]", "back@example.kz")
        with page.expect_request("**/en/holds/**"):
            page.click(".counter > .button")
        assert page.is_disabled(".counter > .button")
        # As a browser gives a page that it kept back to one who goes back.
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        assert page.is_enabled(".counter > .button")
        assert page.inner_text(".counter > .button") == "Hold places: 1"


def test_the_buyer_names_the_price_from_the_least_on(browser, shop):
    before = shop.left("named")
    with opened(browser, shop.house, SHOP, ready=False) as page:
        counted(page)
        shop.steps(page, "named", 2)
        assert total(page) == "8 000 ₸"
        price = f"[name=price-{shop.types['named']}]"
        page.fill(price, "999")
        assert total(page) == "1 998 ₸"
        page.fill("[name=email]", "named@example.kz")
        page.click(".counter > .button")
        page.wait_for_selector(".counter > .trouble:has-text('This price cannot be taken')")
        assert shop.left("named") == before
        page.fill(price, "1 250,50")
        assert total(page) == "2 501 ₸"
        page.click(".counter > .button")
        page.wait_for_url("**/en/holds/*/*/")
        assert money(page.inner_text(".held-items li .quiet")) == "1 250.50 ₸"
        assert total(page) == "2 501 ₸"


def test_a_hidden_type_is_opened_by_its_code(browser, shop):
    ware = f"[data-type='{shop.types['friends']}']"
    with opened(browser, shop.house, SHOP, ready=False) as page:
        assert page.locator(ware).count() == 0
        page.click("text=I have a code")
        page.fill("#code", "дос")
        page.click("text=Show what it opens")
        assert page.inner_text(".code .trouble") == "Nothing opens by this code."
        page.fill("#code", CODE.upper())
        page.click("text=Show what it opens")
        counted(page)
        assert shop.said_left(page, "friends") == "10 left"
        shop.steps(page, "friends")
        page.fill("[name=email]", "friend@example.kz")
        page.click(".counter > .button")
        page.wait_for_url("**/en/holds/*/*/")
    assert shop.left("friends", CODE) == 9


def test_without_scripts_all_is_done_by_forms(browser, shop):
    before = shop.left("named")
    with opened(browser, shop.house, SHOP, ready=False, java_script_enabled=False) as page:
        page.fill(f"[name=type-{shop.types['named']}]", "2")
        page.fill(f"[name=price-{shop.types['named']}]", "1 000,50")
        page.fill("[name=email]", "plain@example.kz")
        page.click(".counter > .button")
        page.wait_for_url("**/en/holds/*/*/")
        assert page.is_hidden("aqyn-countdown")
        assert "Yours until" in page.inner_text(".clock")
        page.fill("[name=name]", "Дана Оразова")
        page.check(f"[name=payment][value='{shop.ways['transfer']}']")
        page.click("text=Order, and see how to pay")
        page.wait_for_url("**/en/orders/*/*/")
        order = page.url
        assert total(page) == "2 001 ₸"
        assert "KZ861" in page.input_value(".lines input[value^=KZ]")
        page.click("summary:text-is('I have paid')")
        page.fill("[name=paid_at]", "2026-05-01T10:00")
        page.click("text=Tell the house")
        assert "we look for your payment" in page.inner_text(".message")
        assert page.url == order + "?told=1"
        page.click("text=Give these places back")
        page.click("text=Give them back")
        assert page.inner_text(".stands") == "This order is cancelled."
    assert shop.left("named") == before


def test_without_scripts_a_wish_that_is_refused_has_a_page_with_its_status(browser, shop):
    with opened(browser, shop.house, SHOP, ready=False, java_script_enabled=False) as page:
        for count, price, status, sentence in (
            ("0", "", 400, "Choose how many places you would like; at least one."),
            ("1", "999", 400, "This price cannot be taken. Look at the prices again."),
            ("31", "", 409, f"Only {shop.left('named')} of these places are left."),
        ):
            page.goto(shop.house.url + SHOP)
            page.fill(f"[name=type-{shop.types['named']}]", count)
            page.fill(f"[name=price-{shop.types['named']}]", price)
            page.fill("[name=email]", "refused@example.kz")
            with page.expect_response("**/tickets/refused/*") as answer:
                page.click(".counter > .button")
            page.wait_for_url("**/tickets/refused/*")
            assert (answer.value.status, page.inner_text("h1")) == (status, sentence)
            page.click("text=Back to the tickets")
            page.wait_for_url("**" + SHOP)


def test_an_order_without_its_name_is_asked_for_again(browser, shop):
    path = shop.hold("standing", email="noname@example.kz")
    with opened(browser, shop.house, path, ready=False, java_script_enabled=False) as page:
        page.fill("[name=name]", "   ")
        page.click("text=Order, and see how to pay")
        page.wait_for_url("**?why=name")
        assert page.inner_text(".counter .trouble") == "Write a name: the tickets are made out to it."


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [
        ("en", PHONE, "light"),
        ("en", PHONE, "dark"),
        ("en", DESK, "light"),
        ("en", DESK, "dark"),
        ("kk-arab", PHONE, "dark"),
        ("kk-arab", DESK, "light"),
    ],
)
def test_every_page_is_whole_for_everyone(browser, shop, paths, language, size, scheme):
    faults = []
    with opened(
        browser, shop.house, f"/{language}/", ready=False, viewport=size, color_scheme=scheme
    ) as page:
        for name, path in paths[language].items():
            page.goto(shop.house.url + path)
            if name == "shop":
                counted(page)
                shop.steps(page, "standing", 2)
            if name == "order":
                page.click(".advice summary")
            if PICTURES:
                shot = Path(PICTURES) / f"{name}-{language}-{size['width']}-{scheme}.png"
                page.screenshot(path=shot, full_page=True)
            faults += [(name, fault) for fault in faults_of(page, size["width"])]
    assert faults == []


def faults_of(page, width):
    found = [
        (v["id"], v["nodes"][0]["html"][:160])
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(("wider than the window", page.url))
    return found + page.evaluate(SMALL)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["en", "kk-arab"])
def test_nothing_jumps_while_the_shop_comes_in(browser, shop, language, size):
    with opened(browser, shop.house, f"/{language}/", ready=False, viewport=size) as page:
        page.add_init_script(f"({SHIFTS})()")
        page.goto(f"{shop.house.url}/{language}/shows/spring/tickets/")
        counted(page)
        page.wait_for_load_state("networkidle")
        shifts = page.evaluate("shifts")
        assert sum(shift[0] for shift in shifts) < 0.001, shifts
