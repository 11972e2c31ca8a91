"""A recording comes in through a real browser: by pieces, over a broken network, after a reload."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.song_page import DESK, PHONE

SMALL = """[...document.querySelectorAll('main :is(button, a, summary, input, select)')]
  .filter(one => one.checkVisibility() && one.type !== 'hidden')
  .map(one => [one.className || one.name || one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""
PIECES = "**/uploads/*"


@pytest.fixture
def written(visit):
    """The page of a new song, with nothing but its words."""

    def one(title, **told):
        page = visit("/studio/songs/new/", **told)
        page.fill("[name=words]", "Бекетте бір терезе түнде жанды\n\n[chorus]\nҚызылорда, Қызылорда")
        page.fill("[name=title]", title)
        page.click("text=Write the song")
        page.wait_for_url(re.compile(r"/studio/songs/(?!new/)[^/]+/$"))
        return page

    return one


def bring(page, path):
    page.set_input_files("aqyn-upload [type=file]", path)
    page.click("aqyn-upload form .button")


def is_here(page, path):
    page.locator(f".takes [data-file], .takes li[data-file='{path.name}']").first.wait_for()
    return page.locator(f"li[data-file='{path.name}'][data-bytes='{path.stat().st_size}']")


def broken_after(page, pieces):
    """Let so many pieces through, then the network is gone; how to mend it, and where each piece began."""
    began = []

    def look(route):
        if route.request.method == "PATCH":
            began.append(int(route.request.headers["upload-offset"]))
        if len(began) > pieces:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route(PIECES, look)
    return lambda: page.unroute(PIECES, look), began


def uploads_of(house):
    return list((house.data / "media" / ".uploads").glob("*"))


def kept(house, path):
    """Whether this very file is among the media."""
    body = path.read_bytes()
    return any(
        one.stat().st_size == len(body) and one.read_bytes() == body
        for one in (house.data / "media").rglob(f"*{path.suffix}")
    )


def test_a_recording_is_chosen_sent_and_prepared_and_can_be_heard(written, house, sounds):
    page = written("Бірінші")
    assert page.locator("#recordings-list").inner_text().startswith("No recording yet.")
    bring(page, sounds["wav"])
    page.locator("aqyn-upload .said", has_text="“Үйде.wav” is here.").wait_for()
    is_here(page, sounds["wav"]).wait_for()
    page.locator(".takes audio").wait_for(timeout=60_000)
    assert page.get_by_role("link", name="Time it Үйде.wav").is_visible()
    assert page.locator("#next").get_by_text("It can be heard.").is_visible()
    # The next one may take its place without the page being loaded again.
    assert page.get_by_label("In place of").locator("option").all_inner_texts()[1:] == ["Үйде.wav"]
    page.locator(".takes audio").evaluate(
        "audio => new Promise(done => { audio.oncanplay = done; audio.load(); audio.preload = 'auto'; })"
    )
    assert page.locator(".takes audio").evaluate("audio => Math.round(audio.duration)") == 60
    assert kept(house, sounds["wav"])
    page.get_by_text("Change Үйде.wav").click()
    page.get_by_label("Name").fill("Той")
    page.locator(".takes").get_by_label("What it is").select_option("live")
    page.locator(".takes").get_by_role("button", name="Keep it").click()
    page.locator(".takes .name", has_text="Той").wait_for()


def test_a_lost_network_is_waited_for_and_it_goes_on_by_itself(written, house, sounds):
    page = written("Екінші")
    mend, began = broken_after(page, 2)
    bring(page, sounds["wav"])
    page.locator("aqyn-upload .said", has_text="Waiting for the network.").wait_for()
    percent = int(page.locator("[role=progressbar]").get_attribute("aria-valuenow"))
    assert 0 < percent < 100
    mend()
    page.locator("aqyn-upload .said", has_text="is here.").wait_for(timeout=60_000)
    # What had arrived was not sent again.
    assert began[0] == 0 and began[1] > 0
    assert kept(house, sounds["wav"])
    assert uploads_of(house) == []


def test_a_browser_that_goes_offline_goes_on_when_it_is_back(written, sounds):
    page = written("Үшінші")
    page.context.set_offline(True)
    bring(page, sounds["flac"])
    page.locator("aqyn-upload .said", has_text="Waiting for the network.").wait_for()
    page.context.set_offline(False)
    is_here(page, sounds["flac"]).wait_for()


def test_after_a_reload_the_same_file_goes_on_where_it_was(written, house, sounds):
    page = written("Төртінші")
    mend, _ = broken_after(page, 2)
    bring(page, sounds["wav"])
    page.locator("aqyn-upload .said", has_text="Waiting for the network.").wait_for()
    mend()
    page.reload()
    page.locator("aqyn-upload .left", has_text="“Үйде.wav” is on its way,").wait_for()
    there = uploads_of(house)[0].stat().st_size
    _, began = broken_after(page, 10_000)
    bring(page, sounds["wav"])
    page.locator("aqyn-upload .said", has_text="is here.").wait_for(timeout=60_000)
    assert began[0] == there > 0
    assert not page.locator("aqyn-upload .left").is_visible()
    assert uploads_of(house) == []


def test_pausing_holds_it_and_a_cancel_that_is_not_heard_can_be_said_again(written, house, sounds):
    page = written("Бесінші", viewport=PHONE, has_touch=True)
    mend, began = broken_after(page, 2)
    bring(page, sounds["wav"])
    page.locator("aqyn-upload .said", has_text="Waiting for the network.").wait_for()
    page.get_by_role("button", name="Pause").tap()
    page.locator("aqyn-upload .said", has_text="Paused.").wait_for()
    mend()
    count = len(began)
    page.wait_for_timeout(1500)
    assert len(began) == count and uploads_of(house)
    page.get_by_role("button", name="Go on").tap()
    page.locator("aqyn-upload .said", has_text="is here.").wait_for(timeout=60_000)
    # Without a network the house cannot be told.
    mend, _ = broken_after(page, 1)
    bring(page, sounds["flac"])
    page.locator("aqyn-upload .said", has_text="Waiting for the network.").wait_for()
    page.get_by_role("button", name="Cancel").tap()
    page.locator("aqyn-upload .said", has_text="Cancelled here.").wait_for()
    assert uploads_of(house)
    mend()
    page.reload()
    page.get_by_role("button", name="Forget it").tap()
    page.locator("aqyn-upload .said", has_text="Cancelled; nothing of it is kept.").wait_for()
    assert uploads_of(house) == []
    assert page.locator(".takes li").count() == 1


def test_cancelling_leaves_nothing_here_or_there(written, house, sounds):
    page = written("Тоғызыншы")
    mend, _ = broken_after(page, 2)
    bring(page, sounds["wav"])
    page.locator("aqyn-upload .said", has_text="Waiting for the network.").wait_for()
    page.get_by_role("button", name="Pause").press("Enter")
    mend()
    assert uploads_of(house)
    page.get_by_role("button", name="Cancel").press("Enter")
    page.locator("aqyn-upload .said", has_text="Cancelled; nothing of it is kept.").wait_for()
    assert uploads_of(house) == []
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('aqyn-upload'))") == []


def test_a_file_that_is_no_whole_recording_is_refused_in_one_sentence(written, house, sounds):
    page = written("Алтыншы")
    bring(page, sounds["broken"])
    page.locator("aqyn-upload .fault", has_text="The recording").wait_for()
    assert page.locator("aqyn-upload .fault").inner_text().count(".") == 1
    assert page.locator(".takes li").count() == 0
    assert uploads_of(house) == []
    page.reload()
    assert not page.locator("aqyn-upload .left").is_visible()


def test_without_scripts_a_plain_form_does_the_same(written, sounds):
    page = written("Жетінші", java_script_enabled=False)
    page.set_input_files("aqyn-upload [type=file]", sounds["flac"])
    page.click("aqyn-upload form .button")
    assert page.get_by_text("The recording is here.").is_visible()
    assert is_here(page, sounds["flac"]).count() == 1
    page.set_input_files("aqyn-upload [type=file]", sounds["broken"])
    page.click("aqyn-upload form .button")
    assert page.locator(".errors").first.is_visible()


def test_words_and_a_recording_are_a_song_in_one_go(visit, house, sounds):
    page = visit("/studio/songs/new/")
    page.fill("[name=words]", "А кругом ракушек хруст\nи моря нет")
    page.set_input_files("[name=recording]", sounds["flac"])
    page.get_by_role("button", name="Write the song").press("Enter")
    page.wait_for_url("**/studio/songs/a-krugom-rakushek-hrust/")
    assert page.get_by_text("Written, as a song in this language: Russian.").is_visible()
    is_here(page, sounds["flac"]).wait_for()
    page.get_by_role("button", name="Open it to all").click()
    page.goto(house.url + "/ru/songs/a-krugom-rakushek-hrust/")
    assert page.get_by_text("и моря нет").first.is_visible()


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "dark"), (PHONE, "light")])
def test_the_pages_are_whole_for_everyone(written, visit, sounds, viewport, scheme):
    page = written("Сегізінші" + scheme, viewport=viewport, color_scheme=scheme)
    faults = []

    def look(state):
        found = Axe().run(page).response["violations"]
        faults.extend(
            (state, v["id"], [n["html"][:90] for n in v["nodes"]][:2])
            for v in found
            if v["impact"] in ("serious", "critical")
        )
        faults.extend((state, small) for small in page.evaluate(SMALL))
        if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
            faults.append((state, "wider than the window"))

    look("empty")
    mend, _ = broken_after(page, 1)
    bring(page, sounds["wav"])
    page.locator("aqyn-upload .said", has_text="Waiting for the network.").wait_for()
    look("on its way")
    mend()
    page.locator(".takes audio").wait_for(timeout=90_000)
    page.locator(".takes summary").click()
    look("here")
    page.goto(page.url.split("/songs/")[0] + "/songs/new/")
    look("new")
    assert not faults, "\n".join(map(str, faults))


def test_a_song_whose_button_is_pressed_twice_is_one_song(visit):
    page = visit("/studio/songs/new/")
    page.fill("[name=words]", "Екі рет басылған түйме")
    page.get_by_role("button", name="Write the song").dblclick()
    page.wait_for_url("**/studio/songs/eki-ret-*/")
    page.goto(page.url.split("/studio/")[0] + "/studio/songs/")
    assert page.locator("main a[href*='/studio/songs/eki-ret-']").count() == 1
    # Back at the page, another may be written.
    page.go_back()
    page.go_back()
    page.fill("[name=words]", "Үшінші рет басылған түйме")
    page.get_by_role("button", name="Write the song").click()
    page.wait_for_url("**/studio/songs/ushinshi-ret-*/")


def test_words_that_were_not_sent_are_there_again_until_the_song_is_written(visit):
    page = visit("/studio/songs/new/")
    page.get_by_role("button", name="Write the song").click()
    page.locator(".fault", has_text="Write or paste the words").wait_for()
    page.locator("[name=words]").press_sequentially("Жоғалмасын осы сөз")
    page.reload()
    assert page.input_value("[name=words]") == "Жоғалмасын осы сөз"
    assert page.locator(".said", has_text="found in this browser").is_visible()
    # Signed out meanwhile, and without a network: said, and nothing is lost.
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_role("button", name="Write the song").click()
    page.locator(".fault", has_text="You are signed out.").wait_for()
    page.context.add_cookies(cookies)
    page.context.set_offline(True)
    page.get_by_role("button", name="Write the song").click()
    page.locator(".fault", has_text="Try again in a minute.").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Write the song").click()
    page.wait_for_url("**/studio/songs/jogalmasyn-*/")
    page.goto(page.url.split("/studio/")[0] + "/studio/songs/new/")
    assert page.input_value("[name=words]") == ""
