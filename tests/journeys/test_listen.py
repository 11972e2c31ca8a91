"""The house listens in the sync desk: words are proposed, doubtful lines tapped, and approved; nobody sees
them before. The song is really sung, and really heard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.conftest import filled
from tests.journeys.song_page import at, opened, owner_of
from tests.journeys.sync_desk import DESK, PHONE, cues, desk, desk_of, hears, held, kept, said

OFFER = """part => document.querySelector(`${part} .ears`).insertAdjacentHTML(
    'beforeend', '<label><input type="checkbox" name="ear" value="nobody"> Nobody</label>')"""
LISTENED = "() => !['hearing', 'offer'].includes(document.querySelector('aqyn-sync').dataset.ear)"


@pytest.fixture(scope="module")
def listening_house(open_house):
    """An open house with the songs of seed_listen.py, each ready to be heard."""
    return filled(open_house(), "seed_listen.py")


@pytest.fixture(scope="module")
def listening_crew(browser, listening_house):
    state = owner_of(browser, listening_house)
    context = browser.new_context(storage_state=state)
    page = context.new_page()
    for song in ("sung", "noise"):
        for _ in range(240):
            page.goto(f"{listening_house.url}/studio/songs/{song}/")
            if page.locator("main audio").count():
                break
            page.wait_for_timeout(500)
    context.close()
    return state


def listen(page):
    """Have all of it heard, also where a person has timed some."""
    page.keyboard.press("h")
    if page.is_visible(".hear-what"):
        page.click(".hear-what [value=all]")
    page.wait_for_selector("aqyn-sync[data-ear=hearing]")
    page.wait_for_function(LISTENED, timeout=180_000)


def lit(browser, house, word):
    """What a visitor sees of the line in which this word is sung, up to it: "sung", "now"; nothing unlit."""
    with opened(browser, house, "/en/songs/sung/kk-Cyrl/") as page:
        at(page, (word[0] + word[1]) / 2)
        row = "[...document.querySelectorAll('.here .main .word:is(.sung, .now)')]"
        return page.evaluate(f"{row}.map(one => one.classList.contains('now') ? 'now' : 'sung')")


def least_sure(page, count):
    """The places of the lines whose words are least sure."""
    mean = "line.reduce((sum, word) => sum + word[4], 0) / line.length"
    sure = desk(page, f"d.song.lines.map(one => {{ const line = d.cues[one.id]; return {mean}; }})")
    return sorted(range(len(sure)), key=sure.__getitem__)[:count]


def tap_line(page, i):
    """Play from before line `i` and tap when it begins, a little late."""
    at = cues(page)[i][0][0]
    page.click(f".lines li:nth-child({i + 1}) button")
    page.keyboard.press("r")
    hears(page, at + 40)
    page.keyboard.press("Space")
    assert cues(page)[i][0][3] == "tapped", said(page)
    page.keyboard.press("p")
    page.wait_for_function("() => !document.querySelector('aqyn-sync').hasAttribute('data-hearing-again')")


def test_a_song_is_proposed_three_lines_are_tapped_and_it_is_approved(
    browser, listening_house, listening_crew
):
    with desk_of(browser, listening_house, listening_crew, "sung") as page:
        assert page.inner_text(".ear-offer .button").startswith("Listen for me")
        page.focus(".ear-offer summary")
        page.keyboard.press("Space")
        assert page.inner_text(".ear-offer .ears p").startswith("To listen with MMS, get its model and name")
        assert not serious(page)
        page.keyboard.press("Space")
        listen(page)
        assert desk(page, "d.dataset.ear") == "proposed"
        there = cues(page)
        assert all(word[3] == "proposed" for line in there for word in line)
        assert page.locator(".block.proposed").count() > 0
        kept(page)
        assert held(page, "sung") == [None] * 8
        assert lit(browser, listening_house, there[1][1]) == []

        left = desk(page, "d.doubts.left(d.cues)")
        for i in left:
            page.keyboard.press("g")
            assert desk(page, "d.here.i") == i
            page.keyboard.press("p")
        assert page.inner_text("[data-of=left]") == "0"

        answers = []
        page.on("response", lambda one: answers.append(one.ok) if "/hearing/again" in one.url else None)
        tapped = sorted(least_sure(page, 3))
        for i in tapped:
            tap_line(page, i)
        kept(page)
        frozen = cues(page)
        assert answers == [True] * 3
        assert [frozen[i][0][3] for i in tapped] == ["tapped"] * 3
        assert held(page, "sung") == [None] * 8

        page.keyboard.press("a")
        assert page.inner_text("[data-of=count]") == "Lines with proposed times: 8."
        page.keyboard.press("Escape")
        assert held(page, "sung") == [None] * 8
        page.keyboard.press("a")
        page.click(".approval [value=yes]")
        kept(page)
        assert held(page, "sung") == [[word[:3] for word in line] for line in frozen]
        assert desk(page, "d.dataset.ear") == "rest"

        page.keyboard.press("Control+z")
        kept(page)
        assert held(page, "sung") == [None] * 8
        page.keyboard.press("Control+Shift+z")
        kept(page)

        assert lit(browser, listening_house, frozen[1][1]) == ["sung", "now"]
        page.goto(listening_house.url + "/studio/voices/")
        for _ in range(60):
            if page.locator(".lessons li").count():
                break
            page.wait_for_timeout(500)
            page.reload()
        assert "Kyzylorda" in page.inner_text(".lessons li")
        assert not serious(page)
        page.click(".lessons form button")
        assert page.locator(".lessons li").count() == 0


def test_one_undo_takes_back_a_tap_with_what_was_heard_after_it(browser, listening_house, listening_crew):
    with desk_of(browser, listening_house, listening_crew, "sung") as page:
        listen(page)
        kept(page)
        before = cues(page)
        tap_line(page, 2)
        page.wait_for_timeout(600)
        assert cues(page)[2][0][3] == "tapped"
        page.keyboard.press("Control+z")
        assert cues(page) == before
        page.keyboard.press("Control+z")
        kept(page)
        # What was approved is what others saw all the while.
        assert held(page, "sung") == [[word[:3] for word in line] for line in cues(page)]


def test_listening_can_be_stopped_and_goes_on_after_a_reload(browser, listening_house, listening_crew):
    with desk_of(browser, listening_house, listening_crew, "noise") as page:
        page.get_by_role("button", name=re.compile("Listen for me")).first.click()
        page.wait_for_selector("aqyn-sync[data-ear=hearing]")
        assert page.evaluate("document.activeElement.dataset.do") == "stop-hearing"
        page.keyboard.press("Enter")
        page.wait_for_selector("aqyn-sync[data-ear=offer]")
        assert said(page) == "Stopped; everything is as it was."

        page.keyboard.press("h")
        page.wait_for_selector("aqyn-sync[data-ear=hearing]")
        page.reload()
        page.wait_for_function(
            "() => document.querySelector('aqyn-sync')?.dataset.ear === 'fault'", timeout=180_000
        )
        assert page.get_by_role("alert").filter(visible=True).inner_text().count(".") == 1
        assert cues(page) == [None] * 8
        assert not serious(page)


def test_another_ear_is_asked_for_once_from_the_strip_and_from_the_dialog(
    browser, listening_house, listening_crew
):
    asked = []

    def ask(request):
        if request.method == "POST" and request.url.endswith("/hearing"):
            asked.append(request.post_data_json)

    with desk_of(browser, listening_house, listening_crew, "noise") as page:
        page.on("request", ask)
        for part in (".ear-offer", ".hear-what"):
            page.evaluate(OFFER, part)
        # Whatever was heard of it before.
        desk(page, "d.dataset.ear = 'offer'")
        page.click(".ear-offer summary")
        page.check(".ear-offer [name=ear]")
        page.click(".ear-offer .button")
        page.wait_for_selector("aqyn-sync[data-ear=fault]")
        assert page.inner_text(".ear-fault .errors") == "The house knows no ear called “nobody”."
        assert not page.is_checked(".ear-offer [name=ear]")

        word = "({ weights }, k) => [k, k + 1, weights.map(() => k), 'proposed', 9]"
        desk(page, f"d.receive({{[d.song.lines[0].id]: d.song.lines[0].words.map({word})}}, false)")
        desk(page, "d.dataset.ear = 'proposed'")
        page.keyboard.press("h")
        assert page.evaluate("document.activeElement.value") == "rest"
        assert not page.is_visible(".hear-what [value=all]")
        page.click(".hear-what summary")
        page.check(".hear-what [name=ear]")
        page.click(".hear-what [value=rest]")
        page.wait_for_function("() => !document.querySelector('.hear-what').open")
        page.wait_for_timeout(500)
        assert asked == [{"all": False, "ear": "nobody"}] * 2
        assert not page.is_checked(".hear-what [name=ear]")


@pytest.mark.parametrize(
    ("size", "light", "locale"),
    [(PHONE, "light", "en"), (DESK, "dark", "en"), ({"width": 320, "height": 640}, "dark", "en")],
)
def test_it_is_all_within_reach_at_each_size(browser, listening_house, listening_crew, size, light, locale):
    with desk_of(
        browser, listening_house, listening_crew, "sung", viewport=size, color_scheme=light, locale=locale
    ) as page:
        listen(page)
        for deed in ("doubt", "approve", "tap"):
            box = page.locator(f"[data-do={deed}]").filter(visible=True).first.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"], deed
            assert box["height"] >= 44
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        assert not serious(page)
        page.keyboard.press("a")
        assert not serious(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Control+z")
        kept(page)


def serious(page):
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
