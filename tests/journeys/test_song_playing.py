"""Going about in a song: lines, repeats, speed, keys, the full screen."""

from __future__ import annotations

import pytest
from tests.journeys.song_page import PHONE, at, cues, now, opened, plays, rests, sung


def test_a_tap_on_a_line_sings_from_it(desk):
    desk.locator(".line[data-line] .main").nth(3).click()
    plays(desk)
    assert sung(desk) == 3
    assert now(desk) >= cues(desk, 3)[0][0] - 1


def test_a_repeated_line_comes_round_again_until_it_is_let_go(desk):
    desk.locator(".line[data-line] .main").nth(2).click()
    plays(desk)
    desk.keyboard.press("l")
    assert desk.get_attribute("[data-act=loop]", "aria-pressed") == "true"
    start, end = cues(desk, 2)[0][0], cues(desk, 2)[-1][1]
    desk.evaluate("ms => { document.querySelector('audio').currentTime = ms / 1000; }", end - 300)
    desk.wait_for_function("ms => document.querySelector('audio').currentTime * 1000 < ms", arg=end - 400)
    assert now(desk) >= start - 500
    assert sung(desk) == 2
    desk.keyboard.press("l")
    desk.evaluate("ms => { document.querySelector('audio').currentTime = ms / 1000; }", end - 300)
    desk.wait_for_function("() => document.querySelectorAll('.line[data-line]')[3].matches('[aria-current]')")


def test_whoever_goes_elsewhere_repeats_the_line_they_went_to(desk):
    desk.locator(".line[data-line] .main").nth(2).click()
    desk.keyboard.press("l")
    desk.locator(".line[data-line] .main").nth(5).click()
    desk.wait_for_timeout(400)
    assert sung(desk) == 5


def test_the_song_slows_down_without_falling(desk):
    speed = desk.locator("[data-act=speed]")
    assert speed.evaluate("s => [s.min, s.max, s.step, s.value]") == ["50", "100", "5", "100"]
    speed.focus()
    desk.keyboard.press("ArrowLeft")
    assert desk.evaluate("(a => [a.playbackRate, a.preservesPitch])(document.querySelector('audio'))") == [
        0.95,
        True,
    ]
    for _ in range(20):
        desk.keyboard.press("ArrowLeft")
    assert desk.evaluate("document.querySelector('audio').playbackRate") == 0.5
    assert desk.locator(".speed output").inner_text() == "50\xa0%"


def test_half_speed_keeps_its_pitch(desk):
    heard = desk.evaluate(
        """async () => {
          const audio = document.querySelector('audio'), context = new AudioContext();
          const ear = context.createAnalyser();
          ear.fftSize = 16384;
          context.createMediaElementSource(audio).connect(ear).connect(context.destination);
          audio.playbackRate = 0.5;
          await context.resume(); await audio.play();
          await new Promise(done => setTimeout(done, 1500));
          const bins = new Float32Array(ear.frequencyBinCount);
          ear.getFloatFrequencyData(bins);
          return bins.indexOf(Math.max(...bins)) * context.sampleRate / ear.fftSize;
        }"""
    )
    assert heard == pytest.approx(220, abs=6)


def test_the_keyboard_does_everything(desk):
    desk.keyboard.press("Space")
    plays(desk)
    desk.keyboard.press("Space")
    rests(desk)
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    assert sung(desk) == 1
    desk.keyboard.press("ArrowLeft")
    assert sung(desk) == 0
    desk.keyboard.press("[")
    desk.keyboard.press("BracketLeft")
    assert desk.evaluate("document.querySelector('audio').playbackRate") == 0.9
    desk.keyboard.press("]")
    assert desk.evaluate("document.querySelector('audio').playbackRate") == 0.95
    desk.keyboard.press("?")
    assert desk.locator(".help dl").is_visible()


def test_lines_are_one_stop_of_tab_and_walked_with_arrows(desk):
    assert desk.evaluate("[...document.querySelectorAll('.lyrics button')].map(b => b.tabIndex)") == [
        0,
        *[-1] * 7,
    ]
    desk.locator(".lyrics button").first.focus()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    plays(desk)
    assert sung(desk) == 2


def test_the_waveform_is_a_slider(desk):
    wave = desk.get_by_role("slider", name="Place in the song")
    assert wave.get_attribute("aria-valuetext") == "0:00 of 1:00"
    wave.focus()
    for key, text in [
        ("ArrowRight", "0:05 of 1:00"),
        ("PageUp", "0:20 of 1:00"),
        ("End", "1:00 of 1:00"),
        ("Home", "0:00 of 1:00"),
    ]:
        desk.keyboard.press(key)
        desk.wait_for_function(
            "text => document.querySelector('aqyn-wave').getAttribute('aria-valuetext') === text", arg=text
        )
    assert sung(desk) == -1
    box = wave.bounding_box()
    desk.mouse.click(box["x"] + box["width"] / 2, box["y"] + 10)
    desk.wait_for_function("() => Math.abs(document.querySelector('audio').currentTime - 30) < 1")


def test_the_words_follow_until_the_reader_scrolls_away(desk):
    desk.locator(".line[data-line] .main").nth(6).click()
    plays(desk)
    desk.wait_for_timeout(1200)
    inside = """() => {
      const [line, box] = ['.here', '.window']
        .map(one => document.querySelector(one).getBoundingClientRect());
      return line.top > box.top && line.bottom < box.bottom; }"""
    assert desk.evaluate(inside)
    box = desk.locator(".window").bounding_box()
    desk.mouse.move(box["x"] + 50, box["y"] + 200)
    desk.mouse.wheel(0, -2000)
    desk.wait_for_timeout(300)
    desk.keyboard.press("ArrowRight")
    desk.wait_for_timeout(1200)
    assert desk.evaluate(inside)


def test_a_reader_who_scrolled_away_is_asked_not_pulled(desk):
    desk.set_viewport_size({"width": 1280, "height": 600})
    desk.locator(".line[data-line] .main").nth(7).click()
    plays(desk)
    desk.wait_for_timeout(900)
    box = desk.locator(".window").bounding_box()
    desk.mouse.move(box["x"] + 50, box["y"] + 200)
    desk.mouse.wheel(0, -3000)
    back = desk.locator(".back-to-line")
    back.wait_for(state="visible")
    assert desk.evaluate("document.querySelector('.window').scrollTop") < 50
    back.click()
    desk.wait_for_function("() => document.querySelector('.window').scrollTop > 100")
    assert back.is_hidden()


def test_full_screen_shows_the_sung_line_and_gives_the_page_back(desk):
    at(desk, cues(desk, 3)[1][0] + 50)
    before = desk.evaluate(
        "(w => parseFloat(getComputedStyle(w).fontSize))(document.querySelector('.here .word'))"
    )
    desk.get_by_role("button", name="Full screen").click()
    desk.wait_for_function("() => document.fullscreenElement?.matches('aqyn-song.hall')")
    assert (
        desk.evaluate(
            "(w => parseFloat(getComputedStyle(w).fontSize))(document.querySelector('.here .word'))"
        )
        > before
    )
    desk.wait_for_timeout(600)
    shown = desk.evaluate(
        """[...document.querySelectorAll('.line[data-line]')]
          .filter(l => getComputedStyle(l).opacity !== '0').map(l => l.className)"""
    )
    assert shown == ["line here", "line soon next"]
    desk.keyboard.press("Escape")
    desk.wait_for_function("() => !document.fullscreenElement && !document.querySelector('.hall')")


def test_where_a_browser_has_no_full_screen_the_page_is_filled_and_left_by_its_button(browser, singing_house):
    with opened(browser, singing_house, viewport=PHONE) as page:
        page.evaluate("() => { delete Element.prototype.requestFullscreen; }")
        page.keyboard.press("f")
        page.wait_for_selector("aqyn-song.hall")
        page.get_by_role("button", name="Leave full screen").click()
        page.wait_for_selector("aqyn-song:not(.hall)")
