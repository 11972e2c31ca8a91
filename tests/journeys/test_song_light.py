"""The words light up by the audio clock, and nothing else moves."""

from __future__ import annotations

import pytest
from tests.journeys.song_page import FOLLOW, PHONE, SHIFTS, at, cues, fill, opened


@pytest.mark.parametrize("rate", [0.5, 0.75, 1.0])
def test_the_lit_word_is_the_one_the_audio_clock_is_at(desk, rate):
    for start in (1.2, 9.0):
        seen = desk.evaluate(FOLLOW, [rate, start, 2 / rate])
        assert seen["words"] >= 2
        assert seen["back"] == 0
        for name in ("clock", "word"):
            readings = sorted(seen[name])
            assert readings[int(len(readings) * 0.98)] <= 30, (name, readings[-5:])


def test_a_word_fills_from_syllable_to_syllable(desk):
    start, end, syllables = cues(desk, 0)[0]
    at(desk, start + 10)
    assert fill(desk) < 0.1
    shares = []
    for ms in [*syllables[1:], end - 10]:
        at(desk, ms)
        shares.append(fill(desk))
    assert shares == sorted(shares) and shares[-1] > 0.95
    # Бе·кет·те: syllables end where their letters end, not at thirds.
    widths = desk.evaluate(
        """() => {
          const word = document.querySelector('.here .now'), range = document.createRange();
          const whole = word.textContent.length;
          range.setStart(word.firstChild, 0);
          const width = n => {
            range.setEnd(word.firstChild, n);
            return range.getBoundingClientRect().width;
          };
          return [2, 5].map(n => width(n) / width(whole));
        }"""
    )
    assert shares[:2] == pytest.approx(widths, abs=0.02)


def test_words_are_sung_being_sung_and_to_come(desk):
    row = cues(desk, 0)
    at(desk, row[1][0] + 100)
    states = desk.evaluate("[...document.querySelectorAll('.here .main .word')].map(w => w.className)")
    assert states == ["word sung", "word now", "word ahead", "word ahead", "word ahead"]
    at(desk, row[1][1] + 20)
    states = desk.evaluate("[...document.querySelectorAll('.here .main .word')].map(w => w.className)")
    assert states == ["word sung", "word sung", "word ahead", "word ahead", "word ahead"]


def test_arabic_words_are_whole_and_fill_from_the_right(browser, singing_house):
    with opened(browser, singing_house, "/kk-arab/songs/timed/?under=kk-Latn") as page:
        assert page.get_attribute("html", "dir") == "rtl"
        assert page.evaluate("[...document.querySelectorAll('.word')].every(w => w.childNodes.length === 1)")
        start, end, _ = cues(page, 0)[0]
        at(page, start + (end - start) * 0.5)
        word = page.locator(".here .main .now")
        assert word.evaluate(
            "w => [w.closest('[dir]').dir, getComputedStyle(w).backgroundImage.includes('to left')]"
        ) == ["rtl", True]
        x = word.evaluate("w => parseFloat(getComputedStyle(w).backgroundPositionX)")
        assert 25 < x < 75
        # Two at once: the second script is lit in step, from the left.
        under = page.locator(".here .under .now")
        assert under.evaluate("w => [w.closest('[dir]').dir, w.closest('[lang]').lang]") == ["ltr", "kk-Latn"]
        assert page.evaluate(
            """['main', 'under'].map(r => [...document.querySelectorAll(`.here .${r} .word`)]
              .findIndex(w => w.matches('.now')))"""
        ) == [0, 0]


def test_still_eyes_get_steps_instead_of_a_sweep(browser, singing_house):
    with opened(browser, singing_house, reduced_motion="reduce") as page:
        start, _end, syllables = cues(page, 0)[0]
        at(page, start + 20)
        first = fill(page)
        at(page, syllables[1] - 20)
        assert fill(page) == first > 0.2
        assert page.evaluate("getComputedStyle(document.querySelector('.word')).transitionDuration") == "0s"


def test_the_sung_line_is_the_largest_and_the_page_stands_still(desk):
    desk.evaluate(SHIFTS)
    story = desk.evaluate("document.querySelector('.story').getBoundingClientRect().top + scrollY")
    tall = desk.evaluate("document.documentElement.scrollHeight")
    desk.evaluate(FOLLOW, [1, 1.0, 6])
    desk.wait_for_timeout(700)
    title = desk.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    size = desk.evaluate(
        """() => {
          const style = getComputedStyle(document.querySelector('.here .word'));
          return parseFloat(style.fontSize) * new DOMMatrix(style.transform).a;
        }"""
    )
    assert size > title
    assert desk.evaluate("document.querySelector('.story').getBoundingClientRect().top + scrollY") == story
    assert desk.evaluate("document.documentElement.scrollHeight") == tall
    assert desk.evaluate("window.shifts") == []


def test_nothing_shifts_on_a_phone_from_the_first_paint_on(browser, singing_house):
    with opened(browser, singing_house, viewport=PHONE) as page:
        page.evaluate(SHIFTS)
        page.evaluate(FOLLOW, [1, 1.0, 7])
        page.wait_for_timeout(500)
        assert page.evaluate("window.shifts") == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_only_what_costs_no_layout_moves(desk):
    moved = desk.evaluate(
        """async () => {
          const seen = new Set();
          document.addEventListener('transitionrun', event => seen.add(event.propertyName));
          const { audio } = document.querySelector('aqyn-song');
          audio.currentTime = 1; await audio.play();
          await new Promise(done => setTimeout(done, 6000));
          return [...seen];
        }"""
    )
    assert moved and set(moved) <= {"transform", "opacity"}
