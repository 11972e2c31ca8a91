"""The setlist's editor in a browser: by keyboard, by dragging, on a phone, and without scripts."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.song_page import DESK, PHONE

PAGE = "/studio/stage/spring/setlist/"
NAMES = "[...document.querySelectorAll('.entries .name')].map(name => name.textContent)"
AS_SEEDED = ["The Window", "The Bridge", "The Swallow", "About the Milky Way", "The Window"]


@pytest.fixture
def editor(browser, live_house, live_crew):
    with opened(browser, live_house, live_crew) as page:
        yield page
        undo(page)


@contextmanager
def opened(browser, house, crew, **told):
    """The editor for the crew; an error in a script of ours fails the test."""
    context = browser.new_context(**({"storage_state": crew, "locale": "en", "viewport": DESK} | told))
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(house.url + PAGE)
    yield page
    context.close()
    assert errors == []


def undo(page):
    """Take the last deed back, and find the list as it was seeded."""
    if page.locator("#undo").count():
        page.click("#undo")
        page.wait_for_selector("#undo", state="detached")
    assert names(page) == AS_SEEDED


def names(page):
    return page.evaluate(NAMES)


def shows(page, expected):
    page.wait_for_function(f"expected => JSON.stringify({NAMES}) === JSON.stringify(expected)", arg=expected)


def focused(page):
    return page.evaluate("document.activeElement.id")


def ids(page):
    return page.locator("[data-entry]").evaluate_all("rows => rows.map(row => row.dataset.entry)")


def test_an_entry_is_moved_by_keyboard_and_stays_in_hand(editor):
    first = ids(editor)[0]
    editor.focus(f"#down-{first}")
    editor.keyboard.press("Enter")
    shows(editor, ["The Bridge", "The Window", "The Swallow", "About the Milky Way", "The Window"])
    assert editor.text_content("aqyn-setlist [role=status]") == "The Window: place 2 of 5"
    assert focused(editor) == f"down-{first}"
    editor.keyboard.press("Alt+ArrowUp")
    shows(editor, AS_SEEDED)
    editor.wait_for_function("() => document.activeElement.closest('[data-entry]') !== null")
    editor.keyboard.press("Alt+ArrowDown")
    shows(editor, ["The Bridge", "The Window", "The Swallow", "About the Milky Way", "The Window"])


def test_an_entry_is_dragged_by_its_number(editor):
    boxes = [editor.locator(".place").nth(n).bounding_box() for n in (0, 3)]
    (x, y), (_x, to) = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    editor.mouse.move(x, y)
    editor.mouse.down()
    editor.mouse.move(x, to - 20, steps=5)
    editor.mouse.move(x, to + 40, steps=5)
    moved = ["The Bridge", "The Swallow", "About the Milky Way", "The Window", "The Window"]
    assert names(editor) == moved
    assert editor.locator(".held").count() == 1
    editor.mouse.up()
    editor.wait_for_selector("#undo")
    editor.reload()
    assert names(editor) == moved


def test_escape_leaves_a_dragged_entry_where_it_was(editor):
    box = editor.locator(".place").first.bounding_box()
    editor.mouse.move(box["x"] + 8, box["y"] + 8)
    editor.mouse.down()
    editor.mouse.move(box["x"] + 8, box["y"] + 200, steps=5)
    assert names(editor) != AS_SEEDED
    editor.keyboard.press("Escape")
    assert names(editor) == AS_SEEDED
    editor.mouse.up()
    assert editor.locator("#undo").count() == 0


def test_the_parts_of_a_song_are_put_in_their_order_by_keyboard(editor):
    first = ids(editor)[0]
    editor.focus(f"#change-{first}")
    editor.keyboard.press("Enter")
    editor.focus(f"#step-again-{first}-0")
    editor.keyboard.press("Enter")
    editor.wait_for_selector(f"#step-again-{first}-2")
    assert focused(editor) == f"step-again-{first}-0"
    assert editor.locator(f"#more-{first} .steps strong").all_text_contents() == ["Chorus", "Chorus", "Verse"]
    assert "Chorus · Chorus · Verse" in editor.locator(f"#entry-{first} .marks").inner_text()


def test_what_is_typed_is_kept_by_itself_and_while_the_list_is_drawn_anew(editor):
    first = ids(editor)[0]
    editor.click(f"#change-{first}")
    editor.fill(f"#entry-{first}-bpm", "92")
    editor.focus(f"#entry-{first}-note")
    editor.keyboard.type("capo 2")
    editor.wait_for_selector("text=92 beats a minute")
    assert focused(editor) == f"entry-{first}-note"
    assert editor.input_value(f"#entry-{first}-note") == "capo 2"
    editor.keyboard.press("Tab")
    editor.wait_for_selector(".crew-note")
    editor.reload()
    assert editor.text_content(".crew-note") == "capo 2"
    editor.click(f"#change-{first}")
    editor.fill(f"#entry-{first}-bpm", "")
    editor.fill(f"#entry-{first}-note", "")
    editor.keyboard.press("Tab")
    editor.wait_for_selector(".crew-note", state="detached")


def test_what_is_wrong_is_said_in_the_form_that_stays_open(editor):
    first = ids(editor)[0]
    editor.click(f"#change-{first}")
    editor.fill(f"#entry-{first}-bpm", "9")
    editor.click(f"#keep-{first}")
    editor.wait_for_selector(f"#entry-{first}-bpm_error")
    assert editor.input_value(f"#entry-{first}-bpm") == "9"
    assert editor.locator(f"#more-{first}[open]").count() == 1


def test_talk_is_added_and_a_lost_house_is_said(editor):
    editor.fill("#talk", "Of the river")
    editor.keyboard.press("Enter")
    shows(editor, [*AS_SEEDED, "Of the river"])
    editor.route("**/setlist/add/", lambda route: route.abort())
    editor.fill("#talk", "Of the sea")
    editor.keyboard.press("Enter")
    editor.wait_for_selector("text=The house cannot be reached; try again.")
    assert editor.input_value("#talk") == "Of the sea"
    editor.unroute_all()


def test_who_was_signed_out_is_told_so_and_keeps_what_was_typed(browser, live_house, live_crew):
    with opened(browser, live_house, live_crew) as page:
        kept = page.context.cookies()
        page.context.clear_cookies()
        page.fill("#talk", "Of the river")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=You are no longer signed in")
        assert (names(page), page.input_value("#talk")) == (AS_SEEDED, "Of the river")
        page.context.add_cookies(kept)
        page.click("#add-talk")
        shows(page, [*AS_SEEDED, "Of the river"])
        undo(page)


def test_an_entry_taken_off_comes_back_by_one_press(editor):
    first = ids(editor)[0]
    editor.click(f"#change-{first}")
    editor.click(f"#remove-{first}")
    shows(editor, AS_SEEDED[1:])
    assert editor.evaluate("document.activeElement.dataset.entry") == ids(editor)[0]
    editor.focus("#undo")
    editor.keyboard.press("Enter")
    shows(editor, AS_SEEDED)
    assert ids(editor)[0] == first


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_editor_is_for_everyone(browser, live_house, live_crew, size, scheme):
    with opened(browser, live_house, live_crew, viewport=size, color_scheme=scheme) as page:
        for summary in page.locator(".more > summary").all()[:1]:
            summary.click()
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert small(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def small(page):
    """Everything to be pressed that is smaller than a thumb."""
    return page.evaluate(
        "[...document.querySelectorAll('main :is(a, button:not(.unseen), select, summary, label.choice)')]"
        ".filter(one => one.checkVisibility())"
        ".map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 44 || box.width < 44).map(([html]) => html)"
    )


def test_without_scripts_every_deed_is_a_form(browser, live_house, live_crew):
    with opened(browser, live_house, live_crew, java_script_enabled=False) as page:
        listed = page.locator(".entries .name")
        first = page.locator("[data-entry]").first.get_attribute("data-entry")
        page.click(f"#down-{first}")
        assert listed.all_text_contents()[:2] == ["The Bridge", "The Window"]
        page.click("#undo")
        page.click(f"#change-{first}")
        page.click(f"#step-again-{first}-0")
        assert page.locator(f"#more-{first}[open] .steps li").count() == 3
        page.click("#undo")
        page.click("#add-lines")
        assert listed.all_text_contents() == [*AS_SEEDED, "The Bridge"]
        page.click("#undo")
        assert listed.all_text_contents() == AS_SEEDED
