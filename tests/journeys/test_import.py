"""A lyrics file comes into a song in a real Chromium, and goes out again as it came in."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from aqyn.core.lyrics.formats import FORMATS, sheet_in

AT = "/studio/songs/untimed/import/"


@pytest.fixture
def studio(browser, signed_in):
    context = browser.new_context(locale="en", storage_state=signed_in)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def lyrics(house, song, name):
    answer = house.get(f"/songs/{song}/{name}")
    assert answer.status == 200, name
    return answer.content


def test_times_of_one_song_are_taken_by_another_and_read_back(studio, singing_house, tmp_path):
    file = tmp_path / "timed.lrc"
    # The song "untimed" has the same words and four seconds: the times are drawn together to fit.
    whole = lyrics(singing_house, "timed", "lyrics.elrc").decode()
    file.write_text(re.sub(r"(\d\d):(\d\d)\.(\d\d\d?)", lambda m: _sooner(m), whole), "utf-8")
    studio.goto(singing_house.url + AT)
    studio.set_input_files("[name=file]", file)
    studio.click("text=Look at it")
    said = studio.inner_text("main")
    assert "8 of its 8 lines are lines of the song." in said
    assert "Its times lie within the recording." in said
    assert studio.is_checked("[name=what][value=times]")
    assert singing_house.get("/songs/untimed/lyrics.lrc").status == 404
    studio.click("text=Take it")
    studio.wait_for_url("**/studio/songs/untimed/")
    assert "8 lines are timed as in the file." in studio.inner_text("[role=status]")

    expected = FORMATS["enhanced-lrc"].read(file.read_bytes())
    enhanced = FORMATS["enhanced-lrc"].read(lyrics(singing_house, "untimed", "lyrics.elrc"))
    assert enhanced.cues == expected.cues
    assert [line.words for line in enhanced.lines] == [line.words for line in expected.lines]
    ttml = FORMATS["ttml"].read(lyrics(singing_house, "untimed", "lyrics.ttml"))
    assert ttml.cues == expected.cues
    latin = FORMATS["lrc"].read(lyrics(singing_house, "untimed", "lyrics.kk-Latn.lrc"))
    assert [[w.text for w in line.words] for line in latin.lines] == [
        [w.text for w in line.words] for line in sheet_in(ttml, "kk-Latn").lines
    ]


def _sooner(found):
    ms = (int(found[1]) * 60 + int(found[2])) * 1000 + int(found[3].ljust(3, "0"))
    ms //= 20
    return f"{ms // 60000:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_both_steps_are_whole_at_every_width(browser, singing_house, signed_in, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, storage_state=signed_in, locale="en"
    )
    page, faults = context.new_page(), []
    text = lyrics(singing_house, "timed", "lyrics.ttml").decode()
    page.goto(singing_house.url + "/studio/songs/lines/import/")
    faults += _faults(page, width, "first")
    page.fill("[name=text]", text)
    page.click("text=Look at it")
    page.wait_for_selector("[name=what]")
    faults += _faults(page, width, "second")
    context.close()
    assert faults == []


def _faults(page, width, step):
    found = Axe().run(page).response["violations"]
    faults = [(step, v["id"]) for v in found if v["impact"] in ("serious", "critical")]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append((step, "wider than the window"))
    return faults


def test_all_of_it_by_keyboard(studio, singing_house):
    studio.goto(singing_house.url + "/studio/songs/lines/import/")
    studio.focus("[name=text]")
    studio.keyboard.type("A window\nA train\n", delay=0)
    studio.keyboard.press("Tab")
    studio.keyboard.press("Enter")
    studio.wait_for_selector("[name=what]")
    assert "0 of its 2 lines are lines of the song." in studio.inner_text("main")
    studio.focus("[name=language]")
    studio.keyboard.type("Engl")
    studio.click("text=Look again")
    studio.wait_for_selector("text=The translation alone: English")
    assert "neither by their words, nor by their number, nor by their times" in studio.inner_text("main")
