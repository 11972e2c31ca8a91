"""The song page in a real Chromium with real sound: every promise of docs/song-page.md."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

# One reading each frame: how far the words' clock, and the lit word, are from the audio clock, in ms.
FOLLOW = """async ([rate, from, seconds]) => {
  const song = document.querySelector('aqyn-song'), words = song.querySelector('aqyn-lyrics');
  const { audio } = song;
  const lines = new Map((await song.score).lines.map(line => [String(line.id), line]));
  audio.playbackRate = rate;
  audio.currentTime = from;
  await audio.play();
  const clock = [], word = [], begun = performance.now();
  let seen = new Set(), back = 0, last = -1;
  await new Promise(done => {
    const look = () => {
      const at = audio.currentTime * 1000, said = song.clock.ms();
      const { cues } = lines.get(words.dataset.sung) ?? {};
      clock.push(Math.abs(said - at));
      if (said < last - 16) back++;                       // a frame: less cannot be seen
      last = said;
      if (cues) {
        const k = Number(words.dataset.word), filling = words.hasAttribute('data-filling');
        const lit = document.querySelector('.here .main .now');
        if (filling !== Boolean(lit)) throw new Error('the words say otherwise than they look');
        const place = lit && [...lit.closest('.row').querySelectorAll('.word')].indexOf(lit);
        if (lit && place !== k) throw new Error('another is lit');
        const start = k < 0 ? -Infinity : cues[k][filling ? 0 : 1];
        const end = filling ? cues[k][1] : cues[k + 1]?.[0] ?? Infinity;
        word.push(Math.max(0, start - at, at - end));
        seen.add(`${words.dataset.sung} ${k}`);
      }
      if (performance.now() - begun < seconds * 1000) requestAnimationFrame(look); else done();
    };
    requestAnimationFrame(look);
  });
  audio.pause();
  return { clock, word, words: seen.size, back };
}"""

SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver(list => {
    for (const { value, sources } of list.getEntries()) {
      window.shifts.push([value, ...sources.map(source => source.node?.className)]);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}"""
# Everything to be pressed that is smaller than a thumb: [name, width, height].
SMALL = """[...document.querySelectorAll('aqyn-song :is(button, a, summary, input, [role=slider]):not(.row)')]
  .filter(one => one.checkVisibility())
  .map(one => [one.className || one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""


@contextmanager
def opened(browser, house, path="/en/songs/timed/kk-Cyrl/", ready=True, **context):
    """A page of a visitor of their own; an error in a script of ours fails the test."""
    context.setdefault("viewport", DESK)
    visitor = browser.new_context(**context)
    page = visitor.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(house.url + path)
    if ready:
        page.wait_for_selector("aqyn-lyrics.ready")
        page.wait_for_function("() => document.querySelector('audio')?.readyState > 0")
    yield page
    visitor.close()
    assert errors == []


@pytest.fixture
def desk(browser, singing_house):
    with opened(browser, singing_house) as page:
        yield page


def at(page, ms):
    """Stand still at `ms`, as after a seek."""
    page.evaluate(
        """ms => new Promise(done => {
          const { audio } = document.querySelector('aqyn-song');
          document.querySelector('.lyrics').classList.add('live');
          const settled = () => requestAnimationFrame(() => requestAnimationFrame(done));
          audio.addEventListener('seeked', settled, { once: true });
          audio.currentTime = ms / 1000;
        })""",
        ms,
    )


def cues(page, n):
    return page.evaluate("async n => (await document.querySelector('aqyn-song').score).lines[n].cues", n)


def sung(page):
    """The place of the lit line, 0 for the first."""
    return page.evaluate(
        "[...document.querySelectorAll('.line[data-line]')].findIndex(l => l.hasAttribute('aria-current'))"
    )


def now(page):
    return page.evaluate("document.querySelector('audio').currentTime * 1000")


def plays(page):
    page.wait_for_function("() => !document.querySelector('audio').paused")


def rests(page):
    page.wait_for_function("() => document.querySelector('audio').paused")


def fill(page, row="main"):
    """How much of the word being sung is lit, 0 to 1, as the eye sees it."""
    return page.evaluate(
        """row => {
          const word = document.querySelector(`.here .${row} .now`), style = getComputedStyle(word);
          const x = parseFloat(style.backgroundPositionX) / 100;
          return style.backgroundImage.includes('to left') || word.closest('[dir]').dir === 'rtl' ? x : 1 - x;
        }""",
        row,
    )


# ---- light ----


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


# ---- going about in the song ----


def test_a_tap_on_a_line_sings_from_it(desk):
    desk.locator(".line[data-line] .main").nth(3).click()
    plays(desk)
    assert sung(desk) == 3
    assert now(desk) >= cues(desk, 3)[0][0] - 1


def test_a_repeated_line_comes_round_again_until_it_is_let_go(desk):
    desk.locator(".line[data-line] .main").nth(2).click()
    plays(desk)
    desk.keyboard.press("l")
    assert desk.get_attribute("[data-act=loop]", "aria-pressed") == "true"
    start, end = cues(desk, 2)[0][0], cues(desk, 2)[-1][1]
    desk.evaluate("ms => { document.querySelector('audio').currentTime = ms / 1000; }", end - 300)
    desk.wait_for_function("ms => document.querySelector('audio').currentTime * 1000 < ms", arg=end - 400)
    assert now(desk) >= start - 500
    assert sung(desk) == 2
    desk.keyboard.press("l")
    desk.evaluate("ms => { document.querySelector('audio').currentTime = ms / 1000; }", end - 300)
    desk.wait_for_function("() => document.querySelectorAll('.line[data-line]')[3].matches('[aria-current]')")


def test_whoever_goes_elsewhere_repeats_the_line_they_went_to(desk):
    desk.locator(".line[data-line] .main").nth(2).click()
    desk.keyboard.press("l")
    desk.locator(".line[data-line] .main").nth(5).click()
    desk.wait_for_timeout(400)
    assert sung(desk) == 5


def test_the_song_slows_down_without_falling(desk):
    speed = desk.locator("[data-act=speed]")
    assert speed.evaluate("s => [s.min, s.max, s.step, s.value]") == ["50", "100", "5", "100"]
    speed.focus()
    desk.keyboard.press("ArrowLeft")
    assert desk.evaluate("(a => [a.playbackRate, a.preservesPitch])(document.querySelector('audio'))") == [
        0.95,
        True,
    ]
    for _ in range(20):
        desk.keyboard.press("ArrowLeft")
    assert desk.evaluate("document.querySelector('audio').playbackRate") == 0.5
    assert desk.locator(".speed output").inner_text() == "50\xa0%"


def test_half_speed_keeps_its_pitch(desk):
    heard = desk.evaluate(
        """async () => {
          const audio = document.querySelector('audio'), context = new AudioContext();
          const ear = context.createAnalyser();
          ear.fftSize = 16384;
          context.createMediaElementSource(audio).connect(ear).connect(context.destination);
          audio.playbackRate = 0.5;
          await context.resume(); await audio.play();
          await new Promise(done => setTimeout(done, 1500));
          const bins = new Float32Array(ear.frequencyBinCount);
          ear.getFloatFrequencyData(bins);
          return bins.indexOf(Math.max(...bins)) * context.sampleRate / ear.fftSize;
        }"""
    )
    assert heard == pytest.approx(220, abs=6)


def test_the_keyboard_does_everything(desk):
    desk.keyboard.press("Space")
    plays(desk)
    desk.keyboard.press("Space")
    rests(desk)
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    assert sung(desk) == 1
    desk.keyboard.press("ArrowLeft")
    assert sung(desk) == 0
    desk.keyboard.press("[")
    desk.keyboard.press("BracketLeft")
    assert desk.evaluate("document.querySelector('audio').playbackRate") == 0.9
    desk.keyboard.press("]")
    assert desk.evaluate("document.querySelector('audio').playbackRate") == 0.95
    desk.keyboard.press("?")
    assert desk.locator(".help dl").is_visible()


def test_lines_are_one_stop_of_tab_and_walked_with_arrows(desk):
    assert desk.evaluate("[...document.querySelectorAll('.lyrics button')].map(b => b.tabIndex)") == [
        0,
        *[-1] * 7,
    ]
    desk.locator(".lyrics button").first.focus()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    plays(desk)
    assert sung(desk) == 2


def test_the_waveform_is_a_slider(desk):
    wave = desk.get_by_role("slider", name="Place in the song")
    assert wave.get_attribute("aria-valuetext") == "0:00 of 1:00"
    wave.focus()
    for key, text in [
        ("ArrowRight", "0:05 of 1:00"),
        ("PageUp", "0:20 of 1:00"),
        ("End", "1:00 of 1:00"),
        ("Home", "0:00 of 1:00"),
    ]:
        desk.keyboard.press(key)
        desk.wait_for_function(
            "text => document.querySelector('aqyn-wave').getAttribute('aria-valuetext') === text", arg=text
        )
    assert sung(desk) == -1
    box = wave.bounding_box()
    desk.mouse.click(box["x"] + box["width"] / 2, box["y"] + 10)
    desk.wait_for_function("() => Math.abs(document.querySelector('audio').currentTime - 30) < 1")


def test_the_words_follow_until_the_reader_scrolls_away(desk):
    desk.locator(".line[data-line] .main").nth(6).click()
    plays(desk)
    desk.wait_for_timeout(1200)
    inside = """() => {
      const [line, box] = ['.here', '.window']
        .map(one => document.querySelector(one).getBoundingClientRect());
      return line.top > box.top && line.bottom < box.bottom; }"""
    assert desk.evaluate(inside)
    box = desk.locator(".window").bounding_box()
    desk.mouse.move(box["x"] + 50, box["y"] + 200)
    desk.mouse.wheel(0, -2000)
    desk.wait_for_timeout(300)
    desk.keyboard.press("ArrowRight")
    desk.wait_for_timeout(1200)
    assert desk.evaluate(inside)


def test_a_reader_who_scrolled_away_is_asked_not_pulled(desk):
    desk.set_viewport_size({"width": 1280, "height": 600})
    desk.locator(".line[data-line] .main").nth(7).click()
    plays(desk)
    desk.wait_for_timeout(900)
    box = desk.locator(".window").bounding_box()
    desk.mouse.move(box["x"] + 50, box["y"] + 200)
    desk.mouse.wheel(0, -3000)
    back = desk.locator(".back-to-line")
    back.wait_for(state="visible")
    assert desk.evaluate("document.querySelector('.window').scrollTop") < 50
    back.click()
    desk.wait_for_function("() => document.querySelector('.window').scrollTop > 100")
    assert back.is_hidden()


def test_full_screen_shows_the_sung_line_and_gives_the_page_back(desk):
    at(desk, cues(desk, 3)[1][0] + 50)
    before = desk.evaluate(
        "(w => parseFloat(getComputedStyle(w).fontSize))(document.querySelector('.here .word'))"
    )
    desk.get_by_role("button", name="Full screen").click()
    desk.wait_for_function("() => document.fullscreenElement?.matches('aqyn-song.hall')")
    assert (
        desk.evaluate(
            "(w => parseFloat(getComputedStyle(w).fontSize))(document.querySelector('.here .word'))"
        )
        > before
    )
    desk.wait_for_timeout(600)
    shown = desk.evaluate(
        """[...document.querySelectorAll('.line[data-line]')]
          .filter(l => getComputedStyle(l).opacity !== '0').map(l => l.className)"""
    )
    assert shown == ["line here", "line soon next"]
    desk.keyboard.press("Escape")
    desk.wait_for_function("() => !document.fullscreenElement && !document.querySelector('.hall')")


def test_where_a_browser_has_no_full_screen_the_page_is_filled_and_left_by_its_button(browser, singing_house):
    with opened(browser, singing_house, viewport=PHONE) as page:
        page.evaluate("() => { delete Element.prototype.requestFullscreen; }")
        page.keyboard.press("f")
        page.wait_for_selector("aqyn-song.hall")
        page.get_by_role("button", name="Leave full screen").click()
        page.wait_for_selector("aqyn-song:not(.hall)")


# ---- scripts and translations ----


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


# ---- without ----


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


# ---- everyone ----


def test_a_screen_reader_reads_a_line_once(browser, singing_house):
    with opened(browser, singing_house, "/en/songs/timed/kk-Cyrl/?under=kk-Latn") as page:
        at(page, cues(page, 0)[1][0] + 100)
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}

        def name(node):
            return node.get("name", {}).get("value", "")

        lines = [
            node
            for node in nodes
            if node.get("role", {}).get("value") == "button" and name(node).startswith(("Бекетте", "Пойыз"))
        ]
        assert [name(node) for node in lines] == [
            "Бекетте бір терезе түнде жанды,",
            "Пойыз өтті тоқтамай, үні талды.",
        ]
        item = by_id[lines[0]["parentId"]]
        while item["role"]["value"] != "listitem":
            item = by_id[item["parentId"]]
        said = [name(by_id[child]) for child in item["childIds"] if not by_id[child]["ignored"]]
        assert said.count("Бекетте бір терезе түнде жанды,") == 1
        assert not any("Bekette" in name(node) for node in nodes if not node["ignored"])
        assert page.locator("[aria-live]:not([role=alert])").count() == 0


@pytest.mark.parametrize(
    "path", ["/en/songs/timed/kk-Cyrl/", "/kk-arab/songs/timed/?under=kk-Latn", "/ru/songs/lines/"]
)
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_axe_finds_nothing_serious(browser, singing_house, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with opened(browser, singing_house, path, color_scheme=scheme, bypass_csp=True) as page:
        at(page, 5000)
        page.wait_for_timeout(700)
        found = Axe().run(page).response["violations"]
        serious = [
            (v["id"], [n["html"][:120] for n in v["nodes"]])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == []


def test_every_target_is_large_enough_for_a_thumb(browser, singing_house):
    with opened(browser, singing_house, viewport=PHONE) as page:
        page.click("[data-act=tools]")
        assert page.evaluate(SMALL) == []


def test_on_a_phone_the_player_goes_along_at_the_foot(browser, singing_house):
    with opened(browser, singing_house, viewport=PHONE) as page:
        page.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
        page.wait_for_selector(".player.docked")
        page.wait_for_timeout(500)
        play = page.locator(".play").bounding_box()
        assert play["y"] + play["height"] <= PHONE["height"] and play["y"] > PHONE["height"] - 90
        page.locator(".play").click()
        plays(page)
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        page.wait_for_selector(".player:not(.docked)")


def test_on_paper_there_are_two_readings_side_by_side_in_black(browser, singing_house):
    with opened(browser, singing_house, color_scheme="dark") as page:
        at(page, 5000)
        page.emulate_media(media="print")
        page.wait_for_timeout(700)
        for hidden in (".controls", ".tools", ".cover", ".lyrics-head", ".pool", ".after", "header.bar"):
            assert page.locator(hidden).first.is_hidden(), hidden
        left, right = (
            page.locator(f".line[data-line] .{row}").first.bounding_box() for row in ("main", "under")
        )
        assert right["x"] > left["x"] + left["width"] - 1 and abs(right["y"] - left["y"]) < 12
        ink = page.evaluate(
            """[...new Set([...document.querySelectorAll('.line[data-line] *')]
              .map(e => getComputedStyle(e).color))]"""
        )
        assert ink == ["rgb(0, 0, 0)"]
        assert page.evaluate(
            "[...document.querySelectorAll('.word')].every(w => getComputedStyle(w).transform === 'none')"
        )
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_page_is_light(browser, singing_house):
    """All that crosses the wire but the sound, headers too, in a browser that keeps nothing yet."""
    visitor = browser.new_context()
    page = visitor.new_page()
    wire = visitor.new_cdp_session(page)
    addresses, bytes_of = {}, {}
    wire.on(
        "Network.requestWillBeSent",
        lambda said: addresses.update({said["requestId"]: said["request"]["url"]}),
    )
    wire.on(
        "Network.loadingFinished",
        lambda said: bytes_of.update({said["requestId"]: said["encodedDataLength"]}),
    )
    wire.send("Network.enable")
    page.goto(singing_house.url + "/kk/songs/timed/?under=en")
    page.wait_for_selector("aqyn-lyrics.ready")
    page.wait_for_load_state("networkidle")
    visitor.close()
    weights = {addresses[one]: size for one, size in bytes_of.items() if "/media/" not in addresses[one]}
    assert any("singing.js" in address for address in weights)
    assert sum(weights.values()) <= 150 * 1024, json.dumps(weights, indent=1)
