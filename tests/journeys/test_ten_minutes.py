"""From pasted words to a public song, and from there to every word lit: one evening in one browser."""

import re

from tests.journeys.sync_desk import cues, hears, kept
from tests.journeys.test_recordings import is_here

from aqyn.core.lyrics.formats import FORMATS

WORDS = """Бекетте бір терезе түнде жанды,
Пойыз өтті тоқтамай, үні талды.

[қайырма]
Қызылорда, Қызылорда,
Терезеңде шам сөнбесін.

[қайырма]"""
STARTS = (600, 1900, 3200, 4500, 5800, 7100)


def test_pasted_words_become_a_song_that_is_read_sung_and_read_back(visit, house, sounds):
    page = visit("/studio/songs/new/")
    page.fill("[name=words]", WORDS)
    page.set_input_files("[name=recording]", sounds["flac"])
    page.get_by_role("button", name="Write the song").click()
    page.wait_for_url("**/studio/songs/bekette-*/")
    [slug] = re.findall(r"/studio/songs/([^/]+)/$", page.url)
    is_here(page, sounds["flac"]).wait_for()

    # Open to all before anybody has timed it: words are there, and in another script too.
    page.get_by_role("button", name="Open it to all").click()
    page.goto(f"{house.url}/kk-arab/songs/{slug}/")
    assert page.locator(".lyrics .line").count() == 6
    assert page.locator("aqyn-song").get_attribute("data-timed") == "no"
    assert page.get_by_text("قىزىلوردا").first.is_visible()
    assert FORMATS["text"].read(page.request.get(f"{house.url}/songs/{slug}/lyrics.txt").body()).lines

    # Each line by one tap; its page lights lines, and no word.
    page.goto(f"{house.url}/studio/songs/{slug}/")
    page.wait_for_selector("a[href$='/sync/']")
    page.click("a[href$='/sync/']")
    page.wait_for_selector("aqyn-sync[data-ready]")
    page.wait_for_function("() => document.querySelector('audio').readyState > 2")
    page.keyboard.press("p")
    for start in STARTS:
        hears(page, start)
        page.keyboard.press("t")
    page.keyboard.press("p")
    kept(page)
    lines = cues(page)
    assert [line[2] for line in lines] == ["tapped"] * 6
    page.goto(f"{house.url}/kk/songs/{slug}/")
    assert page.locator("aqyn-song").get_attribute("data-timed") == "lines"

    # Every word spread over its line; what players read is what the desk shows.
    page.go_back()
    page.wait_for_selector("aqyn-sync[data-ready]")
    page.keyboard.press("Home")
    for _ in STARTS:
        page.keyboard.press("d")
        page.keyboard.press("ArrowDown")
    kept(page)
    wanted = [[word[:3] for word in line] for line in cues(page)]
    assert [len(line) for line in wanted] == [5, 5, 2, 3, 2, 3]
    for ending, key in (("elrc", "enhanced-lrc"), ("ttml", "ttml")):
        body = page.request.get(f"{house.url}/songs/{slug}/lyrics.{ending}").body()
        back = FORMATS[key].read(body)
        assert [[[w.start, w.end, list(w.starts)] for w in line.words] for line in back.cues] == wanted
        assert [" ".join(word.text for word in line.words) for line in back.lines][2:4] == [
            "Қызылорда, Қызылорда,",
            "Терезеңде шам сөнбесін.",
        ]


def test_a_words_file_is_told_before_it_is_a_song_and_its_times_wait_for_the_recording(
    visit, sounds, tmp_path
):
    file = tmp_path / "теңіз.lrc"
    file.write_text("[ti:Теңіз]\n[00:01.00]Теңіз қайтты\n[00:03.00]Қайық қалды\n", "utf-8")
    page = visit("/studio/songs/new/")
    page.set_input_files("[name=words_file]", file)
    told = page.locator("#held section")
    told.locator("li", has_text="Қайық қалды").wait_for()
    assert told.get_by_text("LRC").first.is_visible()
    assert page.request.get(page.url.replace("new/", "")).text().count("Теңіз") == 0
    page.set_input_files("[name=recording]", sounds["flac"])
    page.get_by_role("button", name="Write the song").click()
    page.wait_for_url("**/studio/songs/teniz/")
    is_here(page, sounds["flac"]).wait_for()
    page.get_by_text("Timed by line").first.wait_for()


def test_a_words_file_that_is_none_is_told_so_and_one_may_be_left_out(visit, tmp_path):
    file = tmp_path / "бос.lrc"
    file.write_text("[00:99.00]", "utf-8")
    page = visit("/studio/songs/new/")
    page.set_input_files("[name=words_file]", file)
    page.get_by_text("is not a time").wait_for()
    file.write_text("[00:01.00]Жел", "utf-8")
    page.set_input_files("[name=words_file]", file)
    page.get_by_role("button", name="Leave this file out").click()
    assert page.locator("#held section").count() == 0
    assert page.url.endswith("/studio/songs/new/")
