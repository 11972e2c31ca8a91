"""The console drives an evening, and a guest's phone follows."""

import re

import pytest
from tests.journeys.console_desk import (
    CONSOLE,
    chooses,
    console_of,
    line,
    lit,
    number,
    passed,
    position,
    pressed,
    said,
    says,
    sections,
    state,
    takes,
    words_there,
)
from tests.journeys.live_page import phones

FIRST = "Bekette bır tereze tünde jandy,"
SECOND = "Poiyz öttı toqtamai, ünı taldy."


@pytest.fixture
def drives(browser, hall, live_crew):
    """The console that holds the wheel, the first song chosen and its words there."""
    with console_of(browser, hall, live_crew) as page:
        takes(page)
        chooses(page, 0)
        words_there(page)
        yield page


def test_a_phone_shows_what_the_console_presses(browser, hall, drives):
    with phones(browser, hall, "/kk/live/spring/") as [phone]:
        pressed(drives, "h")
        state(drives, "hand")
        assert line(drives) == FIRST
        phone.wait_for_selector(".here .main:has-text('Бекетте бір терезе түнде жанды,')")
        pressed(drives, "PageDown")
        assert line(drives) == SECOND
        phone.wait_for_selector(".here .main:has-text('Пойыз өтті тоқтамай, үні талды.')")
        pressed(drives, "b")
        phone.wait_for_selector("aqyn-live-dark.on, aqyn-live-dark:visible")
        assert drives.get_attribute("[data-part=dark]", "aria-pressed") == "true"
        pressed(drives, "b")
        drives.wait_for_function(
            "() => /1 phone/.test(document.querySelector('[data-part=phones]').textContent)"
        )


def test_a_song_runs_by_the_clock_is_held_and_goes_on(drives):
    drives.click("[data-part=onward]")
    state(drives, "run")
    drives.wait_for_selector(".present .word.sung")  # its words fill with light
    assert drives.inner_text("[data-part=go]") == "Hold"
    pressed(drives, "Enter")
    state(drives, "hold")
    assert drives.inner_text("[data-part=go]") == "Go on"
    pressed(drives, "Enter")
    state(drives, "run")
    drives.click("[data-do=finish]")
    state(drives, "over")
    assert line(drives) == "The song is over."
    assert drives.inner_text("[data-part=onward] .does") == "Next on the setlist"
    assert drives.inner_text("[data-part=onward] .to") == "The Bridge"


def test_one_pedal_drives_through_the_setlist(drives):
    before = number(drives)
    assert drives.inner_text("[data-part=onward] .does") == "Start"
    for _ in range(2):  # starts, then the second line
        pressed(drives, "PageDown")
    state(drives, "run")
    drives.click("[data-do=finish]")
    state(drives, "over")
    pressed(drives, "PageDown")
    state(drives, "wait")
    assert drives.inner_text(".side [aria-current] .title") == "The Bridge"
    pressed(drives, "PageDown")
    state(drives, "run")
    assert number(drives) == before + 5
    chooses(drives, 3)  # talk has nothing to start: on to what comes after it
    assert drives.inner_text("[data-part=onward] .to") == "The Window"
    pressed(drives, "PageDown")
    assert position(drives)["entry"] == int(drives.get_attribute(".side li:last-child", "data-entry"))


def test_any_line_and_any_section_is_one_press(drives):
    pressed(drives, "h")
    for place in (6, 1, 4):
        before = number(drives)
        drives.locator(".sheet li li button").nth(place).click()
        passed(drives, before)
        assert lit(drives) == place
    before = number(drives)
    drives.locator(".sheet .part").first.click()
    passed(drives, before)
    assert lit(drives) == 0
    before = number(drives)
    drives.locator(".order li button").nth(2).click()  # the second section; between them its "…"
    passed(drives, before)
    assert lit(drives) == 4


def test_tonights_order_is_changed_while_the_song_goes_on(drives):
    assert sections(drives) == ["Chorus", "Verse"]
    pressed(drives, "h")
    pressed(drives, "r")
    assert sections(drives) == ["Chorus", "Chorus", "Verse"]
    assert lit(drives) == 0
    for deed, order in (
        ("swap", ["Chorus", "Verse", "Chorus"]),
        ("repeat", ["Chorus", "Verse", "Verse", "Chorus"]),
        ("skip", ["Chorus", "Verse", "Chorus"]),
    ):
        before = number(drives)
        drives.locator(".order li").nth(1).locator("button").nth(1).click()
        drives.click(f"[data-order={deed}]")
        passed(drives, before)
        assert sections(drives) == order, deed
        assert not drives.is_visible(".order-deeds")
    assert drives.locator(".sheet .part").all_inner_texts() == ["Chorus", "Verse", "Chorus"]


def test_a_song_without_times_goes_by_hand(drives):
    chooses(drives, 2)
    words_there(drives)
    pressed(drives, "PageDown")
    state(drives, "hand")
    drives.keyboard.press("Enter")
    says(drives, "This is not timed; lead the song line by line.")
    assert position(drives)["state"] == "hand"


def test_words_to_the_hall_are_shown_and_cleared(browser, hall, drives):
    with phones(browser, hall, "/kk/live/spring/") as [phone]:
        drives.fill("#console-text", "Орындарыңызда қалыңыздар")
        assert drives.inner_text("[data-part=left]") == "24 / 280"
        drives.keyboard.press("Enter")
        drives.wait_for_selector("[data-part=notice]:has-text('Орындарыңызда қалыңыздар')")
        assert drives.input_value("#console-text") == ""
        phone.wait_for_selector("text=Орындарыңызда қалыңыздар")
        drives.click("[data-do=clear]")
        drives.wait_for_selector("[data-part=notice]", state="hidden")
        phone.wait_for_selector("text=Орындарыңызда қалыңыздар", state="hidden")


def test_the_clock_is_nudged_and_the_tempo_set(drives):
    pressed(drives, "PageDown")
    pressed(drives, "Enter")  # held, so that the clock stands
    at = position(drives)["at"]
    pressed(drives, ".")
    assert position(drives)["at"] == at + 100
    pressed(drives, "Shift+.")
    assert position(drives)["at"] == at + 600
    pressed(drives, "Shift+,")
    pressed(drives, ",")
    assert position(drives)["at"] == at
    before = number(drives)
    drives.fill("[data-part=tempo]", "84")
    drives.keyboard.press("Enter")
    passed(drives, before)
    assert position(drives)["tempo"] == 840
    drives.fill("[data-part=tempo]", "300")
    drives.keyboard.press("Enter")
    assert number(drives) == before + 1
    drives.keyboard.press("Escape")
    drives.fill("[data-part=lead]", "90")
    drives.keyboard.press("Enter")
    drives.wait_for_function("() => document.querySelector('aqyn-console').told.lead === 90")


def test_the_beat_cannot_be_tapped_where_nobody_told_it(drives):
    drives.keyboard.press("t")
    assert said(drives).startswith("Nobody has told how many beats a minute")


def test_the_tempo_follows_the_tapped_beat(drives):
    drives.evaluate("document.querySelector('.side li').dataset.bpm = 120")
    before = number(drives)
    for left in (3, 2, 1):
        drives.keyboard.press("t")
        assert drives.inner_text("[data-part=tapped]") == f"Tap {left} more on the beat"
        drives.wait_for_timeout(400)
    assert number(drives) == before
    drives.keyboard.press("t")
    passed(drives, before)
    assert re.fullmatch(r"\d+ beats a minute", drives.inner_text("[data-part=tapped]"))
    tempo = position(drives)["tempo"]
    assert tempo != 1000
    assert float(drives.input_value("[data-part=tempo]")) * 10 == tempo


def test_the_tapped_tempo_folds_to_the_nearest(drives):
    told = drives.evaluate(
        """async pairs => {
          const main = document.querySelector('script[src*="console/main.js"]').src;
          const { Taps, percent } = await import(main.replace('main.js', 'tempo.js'));
          const taps = new Taps(), each = [0, 500, 1000, 1500, 2000].map(ms => taps.tap(ms));
          return [each, taps.tap(9000), taps.missing, pairs.map(([a, b]) => percent(a, b))];
        }""",
        [[120, 120], [60, 120], [240, 120], [126, 120], [20, 120], [1000, 120]],
    )
    assert told == [[None, None, None, 120, 120], None, 3, [100, 100, 100, 105, 50, 200]]


def test_the_console_reads_in_its_own_script(drives):
    pressed(drives, "h")
    drives.select_option("[data-part=layer]", "kk-Arab")
    drives.wait_for_selector(".present .row[lang=kk-Arab]")
    assert drives.get_attribute(".sheet", "dir") == "rtl"
    drives.select_option("[data-part=layer]", "en")
    drives.wait_for_selector(".present .row[lang=en]")
    assert line(drives) == "At a small station one window lit in the night;"
    drives.reload()
    words_there(drives)
    drives.wait_for_selector(".present .row[lang=en]")
    assert position(drives)["state"] == "hand"  # right at once, and still with the wheel
    drives.wait_for_selector("aqyn-console[data-wheel=mine]")


def test_a_rehearsal_is_seen_with_its_key_alone(browser, hall, live_crew):
    with console_of(browser, hall, live_crew) as page:
        page.goto(hall.url + CONSOLE + "close/")
        page.click("main form button")
        page.click("text=Rehearse")
        page.wait_for_selector("aqyn-console[data-link=live]")
        takes(page)
        page.click(".door summary")
        address = page.get_attribute(".door a", "href")
        assert "?rehearsal=" in address
        with phones(browser, hall, address.removeprefix(hall.url)) as [phone]:
            chooses(page, 0)
            words_there(page)
            pressed(page, "h")
            phone.wait_for_selector(".here .main:has-text('Bekette bır tereze tünde jandy,')")
        page.goto(hall.url + CONSOLE + "close/")
        page.click("main form button")
        page.click("main >> text=Open the hall")
        page.wait_for_selector("aqyn-console[data-link=live]")


def test_the_console_takes_the_hue_of_the_song(drives):
    assert drives.get_attribute("aqyn-console", "data-hue") == "28"
    chooses(drives, 1)
    drives.wait_for_selector("aqyn-console[data-hue='262']")
