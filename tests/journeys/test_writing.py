"""Words written in a real browser: nothing is lost, nobody is overwritten, everything is read beside them."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.song_page import DESK, PHONE

WORDS = "#words"
IN_THE_HOUSE = "Kept here and in the house."
ROWS_OVER_LINES = """() => {
  const editor = document.querySelector('#words'), rows = [...document.querySelectorAll('.drawn .line')];
  const height = rows.slice(0, -1).reduce((sum, row) => sum + row.getBoundingClientRect().height, 0);
  editor.style.height = '0';
  const typed = editor.scrollHeight;
  editor.style.height = '';
  return [Math.round(height), typed];
}"""


@contextmanager
def writer(browser, state, **more):
    """One who is signed in, in a browser of their own; an error in a script of ours fails the test."""
    context = browser.new_context(storage_state=state, **({"viewport": DESK} | more))
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []


def desk(context, house, song, part="words"):
    page = context.new_page()
    page.goto(f"{house.url}/studio/songs/{song}/{part}/")
    if part == "words":
        said(page, re.compile("song’s words|" + IN_THE_HOUSE + "|found in this browser"))
    return page


def said(page, words):
    page.locator(".keepbar .said").filter(has_text=words).wait_for()


def write(page, old, new):
    """Select the first `old` of the text and type `new` in its place."""
    page.locator(WORDS).evaluate(
        """(e, old) => {
          const at = e.value.indexOf(old);
          e.focus();
          e.setSelectionRange(at, at + old.length);
        }""",
        old,
    )
    page.keyboard.insert_text(new)


def text(page):
    return page.locator(WORDS).input_value()


def test_words_typed_just_before_the_tab_was_closed_are_there_again(browser, singing_house, signed_in):
    with writer(browser, signed_in) as context:
        page = desk(context, singing_house, "timed")
        page.route("**/words/text", lambda route: route.abort())
        write(page, "түнде жанды", "таңда жанды")
        page.wait_for_timeout(250)
        page.close()
        page = desk(context, singing_house, "timed")
        said(page, "were found in this browser")
        assert "Бекетте бір терезе таңда жанды," in text(page)
    with writer(browser, signed_in) as other:
        assert "таңда жанды" in text(desk(other, singing_house, "timed"))


def test_what_is_pasted_from_elsewhere_is_read_at_its_lines(browser, singing_house, signed_in):
    with writer(browser, signed_in) as context:
        page = desk(context, singing_house, "preparing")
        before = text(page)
        first = before.split("\n")[1]
        write(page, first, "Екі\u2028жол\u200b\n\u200b\nте\u00adрезе")
        pasted = before.replace(first, "Екі\nжол\n\nтерезе", 1)
        assert text(page) == pasted
        page.keyboard.insert_text("!")
        assert text(page) == pasted.replace("терезе", "терезе!", 1)
        rows = page.locator(".drawn .line")
        rows.nth(1).locator(".n", has_text="2").wait_for()
        assert rows.locator(".text").all_inner_texts()[1:5] == ["Екі", "жол", "", "терезе!"]
        assert rows.locator(".n").all_inner_texts()[1:5] == ["2", "1", "", "3"]
        # As it was, for whoever writes next.
        page.locator(WORDS).fill(before)
        rows.nth(1).locator(".text", has_text=first).wait_for()
        said(page, re.compile("song’s words|" + IN_THE_HOUSE))


def test_words_typed_without_a_network_are_kept_and_then_sent(browser, singing_house, signed_in):
    with writer(browser, signed_in) as context:
        page = desk(context, singing_house, "lines")
        context.set_offline(True)
        write(page, "жанды", "сөнді")
        said(page, "No network: kept in this browser")
        assert page.locator(".keepbar .lozenge.lit").count() == 0
        context.set_offline(False)
        said(page, IN_THE_HOUSE)
        page.reload()
        said(page, IN_THE_HOUSE)
        assert "түнде сөнді" in text(page)


def test_two_who_write_different_lines_have_both(browser, singing_house, signed_in):
    with writer(browser, signed_in) as one, writer(browser, signed_in) as other:
        hers, his = (desk(context, singing_house, "untimed") for context in (one, other))
        write(hers, "Бекетте бір терезе", "Бекетте бір шам")
        said(hers, IN_THE_HOUSE)
        write(his, "Жел соқса да", "Боран соқса да")
        his.locator(WORDS).evaluate("e => e.setSelectionRange(e.value.length, e.value.length)")
        said(his, "Somebody else writes too")
        assert "Бекетте бір шам" in text(his) and "Боран соқса да" in text(his)
        # The caret is where it was, though a line far above it has become shorter.
        assert his.locator(WORDS).evaluate("e => e.value.length - e.selectionStart") == 0
        write(hers, "Бірге тұрып", "Бірге жүріп")
        said(hers, "Somebody else writes too")
        said(his, re.compile("."))
        his.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        his.wait_for_function("() => document.querySelector('#words').value.includes('Бірге жүріп')")
        assert text(hers) == text(his)


def test_one_who_types_on_while_the_house_brings_both_together_keeps_it_all(
    browser, singing_house, signed_in
):
    with writer(browser, signed_in) as one, writer(browser, signed_in) as other:
        hers, his = (desk(context, singing_house, "timed") for context in (one, other))
        write(hers, "Бірге тұрып айтармыз", "Бірге тұрып шырқармыз")
        said(hers, IN_THE_HOUSE)
        his.route("**/words/text", lambda route: (his.wait_for_timeout(600), route.continue_()))
        write(his, "үні талды.", "үні алыстап")
        his.wait_for_event("request", lambda one: one.url.endswith("/words/text"))
        his.keyboard.insert_text(" талды.")
        his.wait_for_function("() => document.querySelector('#words').value.includes('шырқармыз')")
        said(his, re.compile("house|writes too"))
        assert his.locator(".differ").count() == 0
        hers.reload()
        said(hers, IN_THE_HOUSE)
        assert "үні алыстап талды." in text(hers) and "шырқармыз" in text(hers)


def test_two_who_write_the_same_line_choose(browser, singing_house, signed_in):
    with writer(browser, signed_in) as one, writer(browser, signed_in) as other:
        hers, his = (desk(context, singing_house, "preparing") for context in (one, other))
        write(hers, "шам сөнбесін", "от сөнбесін")
        said(hers, IN_THE_HOUSE)
        write(his, "шам сөнбесін", "жарық сөнбесін")
        box = his.get_by_role("alertdialog", name="You both changed these lines")
        box.wait_for()
        assert box.locator(".mine").inner_text() == "Терезеңде жарық сөнбесін."
        assert box.locator(".theirs").inner_text() == "Терезеңде от сөнбесін."
        assert "от сөнбесін" in text(hers) and "жарық" not in text(hers)
        assert box.get_by_role("button", name="Go on with these").is_disabled()
        his.keyboard.press("ArrowDown")
        his.keyboard.press("ArrowDown")
        assert box.get_by_label("Both, yours first").is_checked()
        box.get_by_role("button", name="Go on with these").click()
        said(his, IN_THE_HOUSE)
        assert "Терезеңде жарық сөнбесін.\nТерезеңде от сөнбесін." in text(his)


def test_the_song_sings_the_words_only_once_they_are_kept(browser, singing_house, signed_in):
    with writer(browser, signed_in) as context:
        page = desk(context, singing_house, "silent")
        write(page, "Қызылорда, Қызылорда,", "Қызылорда, елім-ай,")
        said(page, IN_THE_HOUSE)
        public = singing_house.url + "/en/songs/silent/kk-Cyrl/"
        assert "елім-ай" not in context.request.get(public).text()
        page.get_by_role("button", name="Keep these words").click()
        page.get_by_text("These are the song's words now.").wait_for()
        assert "елім-ай" in context.request.get(public).text()
        page.get_by_role("link", name="Versions").click()
        page.get_by_role("link", name="What changed 2").click()
        assert page.locator(".difference .changed ins mark").inner_text().strip() == "елім-ай,"
        page.get_by_role("link", name="Versions").click()
        page.get_by_role("button", name="Back to this one 1").click()
        page.get_by_text("as version 3").wait_for()
        assert "елім-ай" not in context.request.get(public).text()


def test_what_is_heard_stands_beside_each_line_however_it_wraps(browser, singing_house, signed_in):
    for viewport in (DESK, PHONE):
        with writer(browser, signed_in, viewport=viewport) as context:
            page = desk(context, singing_house, "timed")
            write(page, "Пойыз өтті тоқтамай", "Пойыз өтті тоқтамай, " * 6 + "пойыз\n[Am]өтті")
            page.wait_for_function("() => !document.querySelector('.line.stale .text:not(:empty)')")
            drawn, typed = page.evaluate(ROWS_OVER_LINES)
            assert drawn == typed
            page.get_by_label("Qazaqşa").check()
            line = page.locator(".drawn .line").filter(has_text="Терезеңде шам сөнбесін.")
            line.locator(".other").filter(has_text="Terezeñde şam sönbesın.").wait_for()
            assert line.locator(".n").inner_text() == "8"
            page.get_by_label("Nothing").check()
            drawn, typed = page.evaluate(ROWS_OVER_LINES)
            assert drawn == typed
            write(page, "Пойыз өтті тоқтамай, " * 6 + "пойыз\n[Am]өтті", "Пойыз өтті тоқтамай")
            said(page, re.compile("house|words"))


def test_a_span_that_is_not_closed_is_told_at_its_line_and_kept(browser, singing_house, signed_in):
    with writer(browser, signed_in) as context:
        page = desk(context, singing_house, "lines")
        write(page, "бір терезе", "бір {ru:окно")
        page.locator(".line.fault").wait_for()
        assert "A {…} span is not closed." in page.locator(".line.fault .other").inner_text()
        said(page, IN_THE_HOUSE)
        page.get_by_role("button", name="Keep these words").click()
        page.get_by_role("alert").filter(has_text="These words cannot be kept yet").wait_for()
        assert "{ru:окно" in text(page)
        write(page, "{ru:окно", "терезе")
        page.wait_for_function("() => !document.querySelector('.line.fault')")


def test_readings_are_written_with_the_keyboard(browser, singing_house, signed_in):
    with writer(browser, signed_in) as context:
        page = desk(context, singing_house, "untimed", "readings")
        first = page.get_by_role("textbox", name="Qazaqşa, 1", exact=True)
        made = first.input_value()
        first.focus()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("Bekettegi bir tereze")
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text="Kept.").wait_for(state="attached")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Qazaqşa, 2"
        page.keyboard.press("Alt+ArrowUp")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Qazaqşa, 1"
        page.keyboard.insert_text("x")
        page.keyboard.press("Escape")
        page.reload()
        assert first.input_value() == "Bekettegi bir tereze"
        page.get_by_role("button", name="Let the house write it again: Qazaqşa, 1").click()
        page.wait_for_function(
            "made => document.querySelector('.cell[data-tag=kk-Latn] textarea').value === made", arg=made
        )
        page.get_by_label("Language tag").fill("de")
        page.get_by_role("button", name="Add a column").click()
        page.get_by_role("textbox", name="de, 1", exact=True).fill("Am Haltepunkt")
        page.keyboard.press("Tab")
        page.get_by_role("status").filter(has_text="Kept.").wait_for(state="attached")
        page.goto(singing_house.url + "/studio/songs/untimed/readings/")
        assert page.get_by_role("textbox", name="de, 1", exact=True).input_value() == "Am Haltepunkt"


def test_a_cell_that_somebody_else_wrote_meanwhile_shows_both(browser, singing_house, signed_in):
    with writer(browser, signed_in) as one, writer(browser, signed_in) as other:
        hers, his = (desk(context, singing_house, "preparing", "readings") for context in (one, other))
        for page, said_there in ((hers, "hers"), (his, "his")):
            page.get_by_role("textbox", name="English, 2", exact=True).fill(said_there)
            page.keyboard.press("Tab")
            if page is hers:
                page.get_by_role("status").filter(has_text="Kept.").wait_for(state="attached")
        his.get_by_role("alert").get_by_text("hers").wait_for()
        hers.reload()
        assert hers.get_by_role("textbox", name="English, 2", exact=True).input_value() == "hers"
        his.get_by_role("button", name="Keep mine").click()
        his.get_by_role("status").filter(has_text="Kept.").wait_for(state="attached")
        hers.reload()
        assert hers.get_by_role("textbox", name="English, 2", exact=True).input_value() == "his"


PAGES = ("words/", "readings/", "readings/?add=de", "versions/", "versions/difference/?from=1&to=kept")


def faults(context, house):
    page, found = context.new_page(), []
    for path in PAGES:
        answer = page.goto(f"{house.url}/studio/songs/silent/{path}")
        assert answer.status == 200, path
        if path == "words/":
            page.locator(".line .n").filter(has_text=re.compile(r"\d")).first.wait_for()
        violations = Axe().run(page).response["violations"]
        found += [(path, v["id"]) for v in violations if v["impact"] in ("serious", "critical")]
        if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
            found.append((path, "wider than the window"))
    return found


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_the_desk_is_for_everyone(browser, singing_house, signed_in, viewport, scheme):
    with writer(browser, signed_in, viewport=viewport, color_scheme=scheme) as context:
        assert faults(context, singing_house) == []


def test_the_desk_speaks_kazakh_in_arabic_letters(browser, singing_house, signed_in):
    with writer(browser, signed_in) as context:
        page = context.new_page()
        page.goto(singing_house.url + "/studio/people/me/")
        page.select_option("[name=language]", "kk-arab")
        page.locator("form:has([name=language]) button").click()
        page.goto(singing_house.url + "/studio/songs/silent/words/")
        assert page.evaluate("document.documentElement.dir") == "rtl"
        page.locator(".line .n").filter(has_text=re.compile(r"\d")).first.wait_for()
        drawn, typed = page.evaluate(ROWS_OVER_LINES)
        assert drawn == typed
        places = page.evaluate(
            "['.line .text', '#words'].map((one) => document.querySelector(one).getBoundingClientRect().left)"
        )
        assert places[0] == places[1]
        assert faults(context, singing_house) == []
    with writer(browser, signed_in, viewport=PHONE) as context:
        assert faults(context, singing_house) == []
