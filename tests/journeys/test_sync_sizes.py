"""What is at hand on the sync desk at each size: the chosen line, its deeds, the tap key, the speed."""

import pytest
from tests.journeys.sync_desk import DESK, PHONE, cues, desk, desk_of

SIDEWAYS = {"width": 844, "height": 390}

# Of an element, whether all of it is inside `room`, and inside the page.
INSIDE = """([one, room]) => {
  const [a, b] = [one, room].map(name => document.querySelector(name).getBoundingClientRect());
  const edges = [b.top <= a.top + 1, b.left <= a.left + 1, a.bottom <= b.bottom + 1, a.right <= b.right + 1];
  return a.height > 0 && edges.every(Boolean) && a.bottom <= innerHeight && a.right <= innerWidth;
}"""


def inside(page, one, room="body"):
    return page.evaluate(INSIDE, [one, room])


@pytest.mark.parametrize("size", [DESK, PHONE, SIDEWAYS])
def test_the_chosen_line_of_a_long_song_is_in_view(browser, timing_house, timing_crew, size):
    with desk_of(browser, timing_house, timing_crew, "forty", viewport=size) as page:
        for key, times in (("ArrowDown", 20), ("End", 1), ("ArrowUp", 7), ("Home", 1)):
            for _ in range(times):
                page.keyboard.press(key)
            assert inside(page, ".lines .here", ".lines"), key


@pytest.mark.parametrize("mode", ["lines", "words"])
def test_what_is_done_to_every_line_needs_no_scrolling_on_a_laptop(browser, timing_house, timing_crew, mode):
    with desk_of(browser, timing_house, timing_crew, "look", viewport=DESK) as page:
        desk(page, f"d.tapBy('{mode}')")
        for deed in ("tap", "spread", "vouch", "split", "join", "earlier", "later", "slow", "clear"):
            assert inside(page, f"[data-do={deed}]"), deed
        for part in ("[data-nudges=all]", "[data-do=later-far]"):
            assert inside(page, part), part
        assert not page.is_visible(".narrow")


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 640}, SIDEWAYS])
def test_the_tap_key_and_the_speed_are_within_a_thumbs_reach(browser, timing_house, timing_crew, size):
    with desk_of(browser, timing_house, timing_crew, "look", viewport=size, has_touch=True) as page:
        assert inside(page, ".tap") and inside(page, ".lines .here", ".lines")
        page.click("[data-do=panel]")
        assert inside(page, ".tap") and inside(page, "[data-part=speed]", ".sync-tools")
        page.focus("[data-part=speed]")
        for _ in range(4):
            page.keyboard.press("ArrowLeft")
        assert desk(page, "d.playing.rate") == 0.8
        assert page.inner_text(".speed-now") == "80\u00a0%"
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_the_chosen_word_of_a_long_line_is_in_view(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look", viewport=DESK) as page:
        page.evaluate("document.querySelector('.chosen .words').style.width = '150px'")
        for word in range(3):
            assert desk(page, "d.here.k") == word
            assert inside(page, ".chosen .words [aria-pressed=true]", ".chosen .words")
            page.keyboard.press("ArrowRight")


def test_a_press_that_trembles_taps_once(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "two") as page:
        page.keyboard.press("Space")
        page.wait_for_function("() => document.querySelector('audio').currentTime > .4")
        page.evaluate(
            """() => { for (const code of ['Space', 'Space', 'KeyT']) {
              document.body.dispatchEvent(new KeyboardEvent('keydown', { code, key: code, bubbles: true }));
            } }"""
        )
        page.keyboard.press("p")
        assert [line and line[2] for line in cues(page)] == ["tapped", None, None, None]
        page.keyboard.press("Control+z")
