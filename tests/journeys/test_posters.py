"""The page of posters and screens in a browser: for everyone, without a script too, on a phone."""

import io

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.song_page import DESK, PHONE

PATH = "/studio/stage/spring/poster/"
SERIOUS = ("serious", "critical")


@pytest.fixture
def visit(browser, live_house, live_crew):
    """`visit(**context)`: the page as the owner sees it; an error in a script of ours fails the test."""
    contexts, errors = [], []

    def one(**told):
        context = browser.new_context(
            **({"storage_state": live_crew, "viewport": DESK, "locale": "en"} | told)
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(live_house.url + PATH)
        return page

    yield one
    for context in contexts:
        context.close()
    assert errors == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("light", ["dark", "light"])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_page(visit, size, light):
    page = visit(viewport=size, color_scheme=light)
    page.select_option("[name=under]", "kk-Arab")
    page.wait_for_selector('.picture [lang="kk-Arab"]')
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_without_a_script_a_screen_is_set_by_its_button(visit):
    page = visit(java_script_enabled=False)
    page.select_option("[name=ground]", "green")
    page.click("text=Show it so")
    page.wait_for_url("**ground=green**")
    assert page.input_value("aqyn-copy input").endswith("/screen/?main=kk-Cyrl&ground=green")
    assert page.locator(".picture .screen[data-ground=green]").count() == 1


def test_the_poster_comes_out_as_it_was_chosen(visit):
    page = visit()
    page.check("[name=size][value=card]")
    page.select_option("[name=language]", "en")
    page.fill("[name=wifi]", "Zal")
    page.fill("[name=password]", "qyzylorda")
    form = page.locator("form[action$='poster.pdf']")
    query = form.evaluate("form => new URLSearchParams(new FormData(form)).toString()")
    answer = page.context.request.get(f"{page.url.removesuffix('/')}.pdf?{query}")
    read = pypdf.PdfReader(io.BytesIO(answer.body()))
    assert [round(float(one.mediabox.width)) for one in read.pages] == [595]
    assert "qyzylorda" in read.pages[0].extract_text()


def test_what_is_wrong_stands_at_its_field(visit):
    page = visit()
    page.fill("[name=wifi]", "Zal")
    page.fill("[name=password]", "short")
    page.click("text=Make the poster")
    page.wait_for_selector(".row.wrong")
    assert page.get_attribute("[name=password]", "aria-invalid") == "true"
    assert page.input_value("[name=wifi]") == "Zal"


def test_from_the_shows_page_it_is_one_step(browser, live_house, live_crew):
    context = browser.new_context(storage_state=live_crew, viewport=DESK, locale="en")
    page = context.new_page()
    page.goto(live_house.url + "/studio/shows/spring/")
    page.click(f"a[href='{PATH}']")
    assert "Posters and screens" in page.text_content("h1")
    context.close()
