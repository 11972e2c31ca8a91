"""The pages of the house in a real browser: for everyone, in every script, by day and by night."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PUBLIC = ["/kk/", "/kk-arab/", "/en/songs/", "/ru/artists/madina/", "/kk/nothing/", "/sign-in/"]
STUDIO = ["/studio/", "/studio/people/", "/studio/mail/", "/studio/artists/"]
THEMES = ["light", "dark"]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def house(open_house, tmp_path_factory):
    data = tmp_path_factory.mktemp("madina") / "data"
    source = str(HERE.parents[1] / "src")
    subprocess.run(
        [sys.executable, str(HERE / "rows.py")],
        env={**os.environ, "AQYN_DATA": str(data), "PYTHONPATH": source},
        check=True,
    )
    return open_house(data=data)


@pytest.fixture(scope="module")
def signed_in(house, browser):
    """What a browser keeps after the owner has signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(house.url + house.key_path)
    page.fill("[name=name]", "Мадина")
    page.fill("[name=email]", "madina@example.org")
    page.click("main button")
    page.wait_for_url("**/studio/")
    kept = context.storage_state()
    context.close()
    return kept


def faults(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("path", PUBLIC)
def test_axe_finds_nothing_serious_on_public_pages(house, page, path):
    page.set_viewport_size(PHONE)
    page.goto(house.url + path)
    menu = page.locator("details.languages summary")
    if menu.count():
        menu.click()
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert faults(page) == [], theme


@pytest.mark.parametrize("path", STUDIO)
def test_axe_finds_nothing_serious_in_the_studio(house, browser, signed_in, path):
    context = browser.new_context(storage_state=signed_in, viewport=PHONE)
    page = context.new_page()
    page.goto(house.url + path)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert faults(page) == [], theme
    context.close()


@pytest.mark.parametrize("width", [320, 821, 1280])
def test_no_page_is_wider_than_its_window(house, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for code in ("kk", "kk-latn", "kk-arab", "ru", "en"):
        for path in (f"/{code}/", f"/{code}/nothing/"):
            page.goto(house.url + path, wait_until="domcontentloaded")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("path", ["/kk/", "/kk-arab/songs/", "/kk/nothing/"])
def test_everything_that_can_be_touched_is_large_enough_to_touch(house, page, path):
    page.set_viewport_size(PHONE)
    page.goto(house.url + path)
    page.wait_for_selector("aqyn-theme:defined")
    if page.locator("details.languages").count():
        page.click("details.languages summary")
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, summary, input')].filter((part) => {
             const box = part.getBoundingClientRect();
             return part.className !== 'skip' && box.width && (box.height < 43.5 || box.width < 43.5);
           }).map((part) => part.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_nothing_jumps_while_a_page_comes_in(house, page):
    page.add_init_script(
        """window.shifts = [];
           new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
             .observe({ type: 'layout-shift', buffered: true });"""
    )
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for path in ("/kk/", "/kk-arab/", "/en/songs/"):
            page.goto(house.url + path, wait_until="networkidle")
            assert page.evaluate("shifts.reduce((sum, one) => sum + one, 0)") < 0.001, path


def test_the_chosen_theme_stays_and_is_there_before_the_page_is_painted(house, page):
    page.emulate_media(color_scheme="light")
    page.goto(house.url + "/kk/")
    page.click("aqyn-theme button[value=dark]")
    day = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.add_init_script(
        """addEventListener('DOMContentLoaded', () => {
             window.first = document.documentElement.dataset.theme;
           });"""
    )
    page.goto(house.url + "/ru/")
    assert page.evaluate("window.first") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == day
    assert page.get_attribute("aqyn-theme button[value=dark]", "aria-pressed") == "true"
    page.click("aqyn-theme button[value='']")
    assert page.evaluate("localStorage.getItem('aqyn-theme')") is None


def test_the_language_menu_works_by_keyboard_and_leads_to_the_same_page(house, page):
    page.goto(house.url + "/kk/songs/")
    page.focus("details.languages summary")
    page.keyboard.press("Enter")
    assert page.is_visible("details.languages nav")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.is_visible("details.languages nav")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.click("details.languages a[hreflang='kk-Arab']")
    page.wait_for_url("**/kk-arab/songs/")
    assert page.evaluate("document.dir") == "rtl"


def test_the_first_stop_of_the_keyboard_leads_past_the_bar(house, page):
    page.goto(house.url + "/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_page_says_everything_without_its_scripts(house, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(house.url + "/en/")
    assert page.locator(".song").count() == 3
    assert not page.is_visible("aqyn-theme")
    page.click("details.languages summary")
    assert page.is_visible("details.languages nav a[hreflang=ru]")
    context.close()


def test_copying_selects_the_text_and_says_so_where_the_clipboard_is_closed(house, page):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    page.goto(house.url + "/en/")
    page.evaluate(
        """document.querySelector('main').insertAdjacentHTML('beforeend',
             '<aqyn-copy data-done="Copied." data-by-hand="Selected."><input readonly value="a link">' +
             '<button hidden>Copy</button><span class="said"></span></aqyn-copy>')"""
    )
    page.click("aqyn-copy button")
    page.wait_for_selector("aqyn-copy .said:text('Selected.')")
    assert (
        page.evaluate(
            "getSelection().toString() || document.activeElement.value.slice("
            "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == "a link"
    )


def test_progress_is_told_as_it_goes_on(house, page):
    """The browser's own side of the stream: what `aqyn-progress` makes of each word."""
    told = [
        '{"id":7,"title":{"kk-Cyrl":"Көш"},"step":"Listening","percent":40,"state":"running","sentence":""}',
        '{"id":7,"title":{"kk-Cyrl":"Көш"},"step":"Listening","percent":100,"state":"failed","sentence":"Broken."}',
    ]
    body = "".join(f'data: {{"jobs":[{job}]}}\n\n' for job in told)
    sent = []

    def answer(route):
        stream = body.split("\n\n")[min(len(sent), 1)] + "\n\n"
        sent.append(stream)
        route.fulfill(content_type="text/event-stream", body="retry: 1500\n" + stream)

    page.route("**/told", answer)
    page.goto(house.url + "/kk/")
    page.evaluate(
        """document.querySelector('main').insertAdjacentHTML('beforeend',
             '<aqyn-progress data-source="/told" data-wanted="kk-Latn kk-Cyrl"></aqyn-progress>')"""
    )
    page.wait_for_selector(".job.running .step:text('Listening')")
    assert page.inner_text(".job .title") == "Көш" and page.inner_text(".job .percent") == "40 %"
    assert page.get_attribute(".job .lit", "d").count("M") == 12
    page.wait_for_selector(".job.failed .step:text('Broken.')")
    assert page.locator(".job").count() == 1


def test_progress_of_one_song_is_told_of_it_alone_and_what_is_over_is_shown_anew(house, page):
    one = '{"id":%s,"song":"%s","title":"a","step":"","percent":0,"state":"%s","sentence":""}'
    # Two jobs of the song and one of another: one is over, then the other went with its recording.
    told = [
        [one % (7, "kosh", "running"), one % (8, "kosh", "waiting"), one % (9, "teniz", "failed")],
        [one % (7, "kosh", "done"), one % (8, "kosh", "waiting"), one % (9, "teniz", "failed")],
        [one % (7, "kosh", "done"), one % (9, "teniz", "failed")],
    ]
    sent, shown = [], []

    def answer(route):
        jobs = told[min(len(sent), 2)]
        sent.append(jobs)
        route.fulfill(
            content_type="text/event-stream", body=f'retry: 800\ndata: {{"jobs":[{",".join(jobs)}]}}\n\n'
        )

    page.goto(house.url + "/kk/")
    page.route("**/told", answer)
    page.on("request", lambda request: shown.append(request.url) if request.url.endswith("/kk/") else None)
    page.evaluate(
        """document.querySelector('main').insertAdjacentHTML('beforeend',
             '<aqyn-progress data-source="/told" data-song="kosh" data-refresh="h1"></aqyn-progress>')"""
    )
    page.wait_for_selector(".job.running")
    assert (page.locator(".job").count(), shown) == (2, [])
    page.wait_for_selector(".job.done")
    page.wait_for_function("() => document.querySelectorAll('.job').length === 1")
    page.wait_for_timeout(300)
    assert len(shown) == 2
