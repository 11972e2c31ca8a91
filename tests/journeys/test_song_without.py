"""The song page without JavaScript, sound, times or words that come."""

from __future__ import annotations

from tests.journeys.song_page import opened, plays, sung


def test_without_javascript_there_are_the_sound_and_all_the_words(browser, singing_house):
    with opened(browser, singing_house, ready=False, java_script_enabled=False) as page:
        assert page.locator("audio[controls]").is_visible()
        assert page.locator(".controls").is_hidden() and page.locator(".tools").is_hidden()
        assert page.locator(".line .main").all_inner_texts() == [
            "Бекетте бір терезе түнде жанды,",
            "Пойыз өтті тоқтамай, үні талды.",
            "Қызылорда, Қызылорда,",
            "Терезеңде шам сөнбесін.",
            "А кругом ракушек хруст.",
            "Қайтып кел, вернись домой.",
            "Жел соқса да, біз бармыз,",
            "Бірге тұрып айтармыз.",
        ]
        assert (
            page.locator(".line .under").first.inner_text()
            == "At a small station one window lit in the night;"
        )
        last = page.locator(".line").last.bounding_box()
        assert last["y"] + last["height"] <= page.locator(".window").evaluate(
            "w => w.getBoundingClientRect().bottom"
        )
        page.get_by_role("link", name="Qazaqşa").first.click()
        assert (
            page.url == singing_house.url + "/en/songs/timed/kk-Latn/"
            or page.url == singing_house.url + "/en/songs/timed/"
        )
        assert page.locator(".line .main").first.get_attribute("lang") == "kk-Latn"


def test_words_that_do_not_come_leave_the_server_s_words(browser, singing_house):
    with opened(browser, singing_house, ready=False) as page:
        page.route("**/lyrics.json", lambda route: route.abort())
        page.reload()
        page.wait_for_selector("aqyn-lyrics.ready")
        assert page.locator(".line .main").first.inner_text() == "Бекетте бір терезе түнде жанды,"
        page.get_by_role("link", name="Qazaqşa").first.click()
        page.wait_for_url("**/en/songs/timed/**")
        assert page.locator(".line .main").first.get_attribute("lang") == "kk-Latn"


def test_sound_that_cannot_be_had_is_one_sentence_and_a_second_try(browser, singing_house):
    with opened(browser, singing_house, "/en/songs/silent/", ready=False) as page:
        fault = page.get_by_role("alert").filter(has_text="The sound could not be loaded.")
        fault.wait_for(state="visible")
        page.get_by_role("button", name="Try again").click()
        fault.wait_for(state="visible")
        assert page.locator(".line .main").count() == 8


def test_an_untimed_song_shows_its_words_and_plays(browser, singing_house):
    with opened(browser, singing_house, "/en/songs/untimed/") as page:
        assert page.locator("[data-act=loop]").count() == 0
        assert page.locator(".line button").count() == 0
        page.keyboard.press("Space")
        plays(page)
        assert page.locator("[aria-current].line").count() == 0


def test_a_song_timed_by_lines_lights_lines(browser, singing_house):
    with opened(browser, singing_house, "/en/songs/lines/kk-Cyrl/") as page:
        page.locator(".line[data-line] .main").nth(1).click()
        plays(page)
        page.wait_for_timeout(300)
        assert sung(page) == 1
        assert page.locator(".word.now, .word.sung").count() == 0


def test_a_song_whose_sound_is_being_prepared_says_so(browser, singing_house):
    with opened(browser, singing_house, "/en/songs/preparing/", ready=False) as page:
        assert page.locator(".preparing").is_visible()
        assert page.locator("aqyn-progress").count() == 1
        assert page.locator(".line .main").count() == 8
        assert page.locator("audio").count() == 0
