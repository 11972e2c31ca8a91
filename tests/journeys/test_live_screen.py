"""The big screen as projectors and video mixers show it: two scripts in one light, nothing cut."""

import io
import json
import signal

import av
import pytest
from tests.journeys.conftest import filled
from tests.journeys.live_crew import Crew
from tests.journeys.song_page import owner_of

FULL = {"width": 1920, "height": 1080}
WALLS = [(1920, 1080), (1280, 720), (3840, 2160), (1080, 1920)]
TWO = "main=kk-Cyrl&under=kk-Arab"
NOTICE = ("Құрметті қонақтар! Залдың сол жақ есігі жабық, шығу үшін оң жақтағы есікті пайдаланыңыз. " * 4)[
    :280
]

# Each frame: the place and state of the lit word in every row, and how far it is filled from where it begins.
LIT = """seconds => new Promise(done => {
  const seen = [], begun = performance.now();
  const look = () => {
    const rows = [...document.querySelectorAll('.here > .row')].map(row => {
      const words = [...row.querySelectorAll('.word')], now = words.find(word => word.matches('.now'));
      const x = now && parseFloat(now.style.backgroundPositionX), rtl = row.dir === 'rtl';
      return [words.filter(word => word.matches('.sung')).length, now ? Math.round(rtl ? x : 100 - x) : null];
    });
    if (rows.length === 2) seen.push(rows);
    if (performance.now() - begun < seconds * 1000) requestAnimationFrame(look); else done(seen);
  };
  requestAnimationFrame(look);
})"""
# What is written and seen, and lies outside the safe margin: [text, left, top, right, bottom] in hundredths.
OUTSIDE = """safe => {
  const { innerWidth: wide, innerHeight: tall } = window, found = [];
  const walker = document.createTreeWalker(document.querySelector('aqyn-live'), NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode());) {
    const box = text.parentElement;
    const shown = box.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!text.data.trim() || !shown || box.closest('.unseen, .gone, .view:not(.seen)')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const { left, top, right, bottom } of range.getClientRects()) {
      const free = [left / wide, top / tall, 1 - right / wide, 1 - bottom / tall];
      const at = free.map(share => Math.round(1000 * share) / 10);
      // A line of type is taller than its letters.
      if (Math.min(at[0], at[2]) < safe - .2 || Math.min(at[1], at[3]) < 0) found.push([text.data, ...at]);
    }
  }
  return found;
}"""
VIEW = "document.querySelector('.view.seen')?.dataset.view"
# How tall the letters of the sung line are, in hundredths of the picture.
TALL = """() => Math.min(...[...document.querySelectorAll('.here > .row')]
  .map(row => 100 * parseFloat(getComputedStyle(row).fontSize) / innerHeight))"""


@pytest.fixture(scope="module")
def night(open_house):
    """An open house whose hall is open."""
    return filled(open_house(), "seed_live.py", "--open")


@pytest.fixture(scope="module")
def crew(browser, night):
    one = Crew(night, owner_of(browser, night))
    one.press("take")
    return one


@pytest.fixture(scope="module")
def entries(night):
    """The numbers of the setlist's entries, in order: by words, by lines, untimed, talk, the encore."""
    listed = json.loads(night.get("/live/spring/setlist.json").content)
    return [entry["id"] for entry in listed["entries"]]


@pytest.fixture
def wall(browser, night):
    """`wall(query, width, height)`: a page of the screen; an error in a script of ours fails the test."""
    contexts, errors = [], []

    def one(query=TWO, width=1920, height=1080, **told):
        context = browser.new_context(viewport={"width": width, "height": height}, **told)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{night.url}/kk/live/spring/screen/?{query}")
        page.wait_for_function(f"() => {VIEW} && {VIEW} !== 'joining'")
        return page

    yield one
    for context in contexts:
        context.close()
    assert errors == []


def pixels(page, **told):
    """The picture as rows of (red, green, blue, alpha)."""
    with av.open(io.BytesIO(page.screenshot(**told))) as file:
        return next(file.decode(video=0)).to_ndarray(format="rgba")


def sung(page, crew, entry, *, line=None):
    """The page, once the song of `entry` is seen; with `line` by hand, at that line."""
    crew.press("start", entry=entry)
    if line is not None:
        crew.try_press("hand")
        crew.press("line", line=line)
        page.wait_for_function(f"() => document.documentElement.dataset.line === '{line}'")
    page.wait_for_function(f"() => {VIEW} === 'sing' && document.querySelector('.here .row')")
    settled(page)
    return page


def settled(page):
    """Once nothing moves any more but the light."""
    page.wait_for_function("() => document.getAnimations().every(one => one.playState !== 'running')")


def test_two_scripts_fill_with_one_light(wall, crew, entries):
    page = wall()
    sung(page, crew, entries[0])
    seen = page.evaluate(LIT, 4)
    assert len(seen) > 40
    assert [(main, under) for main, under in seen if main[0] != under[0]] == []
    filling = [(main[1], under[1]) for main, under in seen if main[1] is not None]
    assert len(filling) > 20
    assert len({main for main, _ in filling}) > 10


def test_the_next_line_waits_in_both_scripts(wall, crew, entries):
    page = sung(wall(), crew, entries[0], line=0)
    rows = page.locator(".next > .row").evaluate_all("rows => rows.map(row => [row.lang, row.dir])")
    assert rows == [["kk-Cyrl", "ltr"], ["kk-Arab", "rtl"]]
    page = sung(wall("main=kk-Latn&lines=1"), crew, entries[0], line=0)
    assert page.locator(".here > .row").evaluate_all("rows => rows.map(row => row.lang)") == ["kk-Latn"]
    assert not page.locator(".coming").is_visible()


def test_a_line_that_is_the_same_in_both_scripts_is_said_once(wall, crew, entries):
    page = sung(wall(), crew, entries[0], line=4)
    assert page.locator(".here > .row").all_inner_texts() == ["А кругом ракушек хруст."]
    page = sung(page, crew, entries[0], line=5)
    assert page.locator(".here > .row").count() == 2


@pytest.mark.parametrize(("width", "height"), WALLS)
@pytest.mark.parametrize(
    "query", [TWO, "main=kk-Latn&under=en&safe=10&align=left&at=foot", "main=kk-Arab&lines=1&safe=0"]
)
def test_no_line_is_ever_cut(wall, crew, entries, width, height, query):
    page = wall(query, width, height)
    safe = {"10": 10, "0": 0}.get(query.rpartition("safe=")[2].split("&")[0], 5)
    outside = []
    for entry, lines in ((entries[0], (0, 3)), (entries[2], (7, 8))):
        for line in lines:
            sung(page, crew, entry, line=line)
            outside += page.evaluate(OUTSIDE, safe)
            assert page.evaluate("document.documentElement.scrollWidth") == width
    assert outside == []


@pytest.mark.parametrize(("width", "height"), WALLS)
def test_a_text_of_the_crews_is_seen_whole(wall, crew, entries, width, height):
    page = wall(TWO, width, height)
    crew.press("choose", entry=entries[0])
    crew.press("notice", text=NOTICE)
    page.wait_for_function("() => document.querySelector('.notice .text').textContent.length > 200")
    settled(page)
    assert page.evaluate(OUTSIDE, 5) == []
    crew.press("clear")
    page.wait_for_function(f"() => {VIEW} === 'wait'")


def test_it_is_read_from_the_last_row(wall, crew, entries):
    """At a tenth of its size, the sung line is still as large as small print."""
    page = sung(wall(), crew, entries[0], line=0)
    assert page.evaluate(TALL) * FULL["height"] / 100 / 10 >= 7.5
    page = sung(wall(TWO, 1080, 1920), crew, entries[0], line=0)
    assert page.evaluate(TALL) * 1920 / 100 / 10 >= 7.5


def test_over_a_video_there_is_nothing_behind_the_words(wall, crew, entries):
    page = sung(wall(f"{TWO}&ground=none"), crew, entries[0], line=0)
    picture = pixels(page, omit_background=True)
    alpha = picture[:, :, 3]
    assert {int(alpha[y, x]) for y in (0, 300, 540) for x in (0, 30, 1919)} == {0}
    assert (alpha == 255).sum() > 10_000
    # More than half of the picture is the video alone.
    assert (alpha == 0).mean() > 0.5
    crew.press("dark", on=True)
    page.wait_for_selector("aqyn-live[data-dark]")
    assert pixels(page, omit_background=True)[:, :, 3].max() == 0
    crew.press("dark", on=False)


def test_without_a_mixer_the_ground_is_the_dark_stage_and_dark_is_black(wall, crew, entries):
    page = sung(wall(), crew, entries[0], line=0)
    lit = pixels(page, omit_background=True)
    assert lit[:, :, 3].min() == 255 and lit[0, 0, :3].max() < 16 and lit[:, :, :3].max() > 200
    crew.press("dark", on=True)
    page.wait_for_selector("aqyn-live[data-dark]")
    assert pixels(page)[:, :, :3].max() == 0
    crew.press("dark", on=False)


def test_green_is_one_green(wall, crew, entries):
    page = sung(wall(f"{TWO}&ground=green"), crew, entries[0], line=0)
    corner = pixels(page)
    assert {tuple(map(int, corner[y, x, :3])) for y in (0, 200, 900) for x in (0, 1919)} == {(0, 177, 64)}


def test_nobody_can_press_anything_and_no_cursor_is_seen(wall, crew, entries):
    page = wall()
    for seen in ("wait", "sing"):
        if seen == "wait":
            crew.press("choose", entry=entries[0])
        else:
            sung(page, crew, entries[0], line=0)
        page.wait_for_function(f"() => {VIEW} === '{seen}'")
        pressed = "a, button, input, select, summary, [tabindex='0']"
        assert page.locator(f":is({pressed}):visible").count() == 0
        assert page.evaluate("getComputedStyle(document.elementFromPoint(900, 500)).cursor") == "none"


def test_when_the_song_ends_its_cause_is_there_with_a_code(wall, crew, entries):
    page = sung(wall(), crew, entries[0], line=0)
    crew.press("finish")
    page.wait_for_function(f"() => {VIEW} === 'cause'")
    code = page.locator(".cause .code")
    code.wait_for()
    page.wait_for_function("() => document.querySelector('.cause .code').complete")
    assert code.evaluate("image => image.naturalWidth > 0 && image.alt") == "https://example.org/"
    assert page.evaluate(OUTSIDE, 5) == []
    box = code.bounding_box()
    assert box["width"] == pytest.approx(box["height"], abs=1) and box["y"] + box["height"] < 1080


def test_the_teeth_are_lit_as_far_as_it_was_sung(wall, crew, entries):
    page = wall()
    share = "new DOMMatrix(getComputedStyle(document.querySelector('.edge .lit')).transform).a"
    seen = []
    for line in (0, 3, 7):
        sung(page, crew, entries[2], line=line)
        seen.append(page.evaluate(share))
    assert seen == sorted(seen) and 0 < seen[0] < seen[-1] < 1
    assert page.locator(".edge.seen").count() == 1


def test_without_a_network_it_goes_on_by_the_clock_and_only_the_crew_sees_a_sign(wall, night, crew, entries):
    page = wall()
    sung(page, crew, entries[0])
    page.wait_for_function("() => document.documentElement.dataset.link === 'live'")
    # Nothing comes any more, and nobody says so.
    night.process.send_signal(signal.SIGSTOP)
    try:
        page.wait_for_function("() => document.documentElement.dataset.link === 'lost'", timeout=20_000)
        sign = page.locator(".signal")
        assert "lost" not in sign.get_attribute("class")
        before = page.evaluate("document.documentElement.dataset.line")
        page.wait_for_function(f"() => document.documentElement.dataset.line !== '{before}'", timeout=20_000)
        page.wait_for_selector(".signal.lost", state="attached", timeout=15_000)
        box = sign.bounding_box()
        assert box["width"] < 20 and box["x"] > 1800
    finally:
        night.process.send_signal(signal.SIGCONT)
    page.wait_for_function("() => document.documentElement.dataset.link === 'live'", timeout=20_000)
    assert "lost" not in sign.get_attribute("class")


def test_the_studio_shows_how_it_will_look(browser, night, crew):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, storage_state=owner_state(crew), locale="en"
    )
    page = context.new_page()
    page.goto(f"{night.url}/studio/stage/spring/poster/")
    page.select_option("[name=under]", "kk-Arab")
    page.wait_for_selector('.picture [lang="kk-Arab"]')
    address = page.input_value("aqyn-copy input")
    assert address.endswith("/kk/live/spring/screen/?main=kk-Cyrl&under=kk-Arab")
    assert page.evaluate("document.querySelector('.picture .block').className").split() == ["block", "whole"]
    page.select_option("[name=ground]", "none")
    page.wait_for_selector(".picture.ground-none")
    assert page.url.endswith("ground=none&lines=2&align=center&at=middle&safe=5")
    context.close()


def owner_state(crew):
    name, value = crew._cookie.split("=", 1)
    return {"cookies": [{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}], "origins": []}
