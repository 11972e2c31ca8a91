"""Scripts and translations, one or two at once."""

from __future__ import annotations

from tests.journeys.song_page import at, cues, opened


def test_a_script_is_chosen_in_place_and_the_address_says_so(desk, singing_house):
    desk.evaluate("window.here = true")
    desk.get_by_role("link", name="قازاقشا").first.click()
    first = desk.locator(".line[data-line] .main").first
    assert first.evaluate("r => [r.lang, r.dir, r.closest('.lyrics').dir]") == ["kk-Arab", "rtl", "rtl"]
    assert desk.evaluate("window.here") is True
    assert desk.url.startswith(singing_house.url + "/en/songs/timed/kk-Arab/")
    assert desk.locator(".scripts [aria-current]").inner_text() == "قازاقشا"


def test_a_word_of_another_language_keeps_its_own_tag(desk):
    desk.get_by_role("link", name="Qazaqşa").first.click()
    line = desk.locator(".line[data-line] .main").nth(5)
    assert line.evaluate("r => [r.lang, [...r.querySelectorAll('.word')].map(w => w.lang)]") == [
        "kk-Latn",
        ["", "", "ru", "ru"],
    ]
    assert desk.locator(".line[data-line] .main").nth(4).evaluate("r => [r.lang, r.dir]") == ["ru", "ltr"]


def test_a_phrase_that_runs_the_other_way_keeps_its_order(desk):
    desk.get_by_role("link", name="قازاقشا").first.click()
    words = desk.locator(".line[data-line] .main").nth(5).locator(".word")
    places = [words.nth(n).bounding_box() for n in range(4)]
    assert [words.nth(n).inner_text() for n in (2, 3)] == ["вернись", "домой."]
    assert places[1]["x"] < places[0]["x"]
    assert places[2]["x"] < places[3]["x"] < places[1]["x"]


def test_one_or_two_readings_at_once(desk, singing_house):
    def rows():
        return desk.locator(".line[data-line]").first.evaluate("l => [...l.children].map(r => r.lang)")

    assert rows() == ["kk-Cyrl", "en"]
    desk.locator(".under-choice summary").click()
    desk.locator(".under-choice").get_by_role("link", name="Qazaqşa").click()
    assert rows() == ["kk-Cyrl", "kk-Latn"]
    assert desk.locator(".under-choice").evaluate("d => [d.open, d.contains(document.activeElement)]") == [
        False,
        True,
    ]
    assert desk.url.endswith("?under=kk-Latn")
    desk.locator(".under-choice summary").click()
    desk.locator(".under-choice").get_by_role("link", name="nothing").click()
    assert rows() == ["kk-Cyrl"]
    desk.reload()
    desk.wait_for_selector("aqyn-lyrics.ready")
    assert rows() == ["kk-Cyrl"]


def test_choosing_the_one_beneath_lets_them_change_places(desk):
    desk.locator(".scripts").get_by_role("link", name="English").click()
    assert desk.locator(".line[data-line]").first.evaluate("l => [...l.children].map(r => r.lang)") == [
        "en",
        "kk-Cyrl",
    ]


def test_a_translation_can_be_sung_from_and_its_line_lights_whole(browser, singing_house):
    with opened(browser, singing_house, "/en/songs/timed/en/?under=kk-Cyrl") as page:
        at(page, cues(page, 0)[1][0] + 100)
        assert page.locator(".here .main .now").count() == 0
        assert page.locator(".here .under .now").count() == 1
        light = page.evaluate(
            """() => {
              const probe = document.body.appendChild(document.createElement('p'));
              probe.style.color = 'var(--light)';
              return getComputedStyle(probe).color;
            }"""
        )
        assert page.locator(".here .main").evaluate("r => getComputedStyle(r).color") == light


def test_the_choice_stays_in_this_browser_and_no_cookie_leaves_it(desk, singing_house):
    desk.get_by_role("link", name="Qazaqşa").first.click()
    sent = []
    desk.on("request", lambda request: sent.append(request.headers.get("cookie")))
    desk.goto(singing_house.url + "/ru/songs/lines/")
    desk.wait_for_selector("aqyn-lyrics.ready")
    assert desk.locator(".line[data-line] .main").first.get_attribute("lang") == "kk-Latn"
    assert desk.locator(".scripts [aria-current]").inner_text() == "Qazaqşa"
    assert set(sent) == {None} and desk.context.cookies() == []
    # An address that names a reading is obeyed.
    desk.goto(singing_house.url + "/ru/songs/lines/kk-Arab/")
    desk.wait_for_selector("aqyn-lyrics.ready")
    assert desk.locator(".line[data-line] .main").first.get_attribute("lang") == "kk-Arab"
