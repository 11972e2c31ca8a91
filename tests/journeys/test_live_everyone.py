"""The hall's page for everyone: small phones, large letters, screen readers, every hue, no JavaScript."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from tests.journeys.live_crew import SHOW, Crew
from tests.journeys.live_page import here, marked, phones, viewed
from tests.journeys.song_page import PHONE, SHIFTS

TIMED, LINES, UNTIMED = 1, 2, 3
LONGEST = 8  # the line of sixty letters in the song without times
SMALL_PHONE = {"width": 320, "height": 568}
LANDSCAPE = {"width": 568, "height": 320}
PAGE = f"/kk/live/{SHOW}/"

# How far the words stand out of the phone and of their room: [left, top, right, bottom], none positive.
STANDS_OUT = """() => {
  const room = document.querySelector('.lines').getBoundingClientRect(), out = [-9, -9, -9, -9];
  for (const word of document.querySelectorAll('.here .word, .next .word')) {
    if (!word.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(word);
    for (const box of range.getClientRects()) {
      out[0] = Math.max(out[0], -box.left);
      out[1] = Math.max(out[1], room.top - box.top);
      out[2] = Math.max(out[2], box.right - innerWidth);
      out[3] = Math.max(out[3], box.bottom - room.bottom);
    }
  }
  return out.map(Math.round);
}"""
SMALL = """() => [...document.querySelectorAll('aqyn-live :is(button, a, summary)')]
  .filter(one => one.checkVisibility())
  .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""
# The least contrast of all texts that are seen (WCAG 2.2, 1.4.6), on the ground and its lightest spot.
CONTRAST = """() => {
  const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const luminance = colour => {
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const [r, g, b] = [...pixel.getImageData(0, 0, 1, 1).data].map(v => linear(v / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const probe = document.querySelector('aqyn-live').appendChild(document.createElement('i'));
  const named = name => {
    probe.style.color = `var(${name})`;
    return luminance(getComputedStyle(probe).color);
  };
  const grounds = [named('--ground'), named('--spot')];
  probe.remove();
  let least = 99;
  for (const element of document.querySelectorAll('aqyn-live *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.closest('.unseen, .word.now, .dark, noscript, [aria-disabled=true], .chips')) continue;
    const text = luminance(getComputedStyle(element).color);
    for (const ground of grounds) {
      least = Math.min(least, (Math.max(text, ground) + .05) / (Math.min(text, ground) + .05));
    }
  }
  return least;
}"""


@pytest.fixture(scope="module")
def crew(live_house, live_crew):
    console = Crew(live_house, live_crew)
    console.open()
    console.press("take")
    return console


def enlarged(guest):
    """The words as large as they can be chosen."""
    larger = guest.locator("[data-by='1']")
    while larger.get_attribute("aria-disabled") == "false":
        larger.click()


@pytest.mark.parametrize("screen", [SMALL_PHONE, PHONE, LANDSCAPE, {"width": 844, "height": 390}])
@pytest.mark.parametrize("largest", [False, True])
def test_a_line_of_sixty_letters_is_whole_on_every_phone(browser, live_house, crew, screen, largest):
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, PAGE, viewport=screen) as [guest]:
        viewed(guest, "sing")
        if largest:
            enlarged(guest)
        for line in range(LONGEST + 1):
            crew.press("line", line=line)
            marked(guest, "line", line)
            guest.wait_for_function("() => !document.querySelector('.gone')")
            assert max(guest.evaluate(STANDS_OUT)) <= 1, line
            broken = "words => words.filter(word => word.getClientRects().length > 1).length"
            assert guest.locator(".here .word").evaluate_all(broken) == 0
        assert guest.evaluate("document.documentElement.scrollWidth") == screen["width"]


@pytest.mark.parametrize("screen", [SMALL_PHONE, PHONE, LANDSCAPE])
def test_every_target_is_large_enough_for_a_thumb(browser, live_house, crew, screen):
    with phones(browser, live_house, PAGE, viewport=screen) as [guest]:
        guest.click("summary")
        assert guest.evaluate(SMALL) == []


@pytest.mark.parametrize("language", ["kk", "kk-arab", "en"])
def test_axe_finds_nothing_serious(browser, live_house, crew, language):
    from axe_playwright_python.sync_playwright import Axe

    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, f"/{language}/live/{SHOW}/", bypass_csp=True) as [guest]:
        for view, press in {"sing": {}, "cause": {"do": "finish"}}.items():
            if press:
                crew.press(**press)
            viewed(guest, view)
            guest.wait_for_timeout(600)
            found = Axe().run(guest).response["violations"]
            serious = [v["id"] for v in found if v["impact"] in ("serious", "critical")]
            assert serious == []


@pytest.mark.parametrize("hue", range(0, 360, 30))
def test_every_word_stands_out_by_seven_to_one_in_every_hue(browser, live_house, crew, hue):
    crew.press("start", entry=TIMED)
    crew.press("hold")
    with phones(browser, live_house, f"/en/live/{SHOW}/") as [guest]:
        viewed(guest, "sing")
        guest.evaluate("hue => { document.documentElement.dataset.hue = hue; }", hue)
        assert guest.evaluate(CONTRAST) >= 7
        crew.press("finish")
        viewed(guest, "cause")
        guest.wait_for_timeout(600)
        assert guest.evaluate(CONTRAST) >= 7


def test_a_screen_reader_is_told_each_line_once(browser, live_house, crew):
    crew.press("start", entry=TIMED)
    with phones(browser, live_house, f"/kk/live/{SHOW}/") as [guest]:
        guest.evaluate(
            """() => {
              window.told = [];
              const region = document.querySelector('.here');
              const watch = new MutationObserver(() => window.told.push(region.textContent));
              watch.observe(region, { childList: true });
            }"""
        )
        marked(guest, "line", 1)
        crew.press("hold")
        told = guest.evaluate("window.told")
        assert told[-2:] == ["Бекетте бір терезе түнде жанды,", "Пойыз өтті тоқтамай, үні талды."]
        live = guest.locator("[aria-live]:visible").evaluate_all("all => all.map(one => one.className)")
        assert live == ["here"]


def test_a_line_turns_without_anything_jumping(browser, live_house, crew):
    crew.press("start", entry=TIMED)
    with phones(browser, live_house, PAGE) as [guest]:
        marked(guest, "line", 0)
        guest.evaluate(SHIFTS)
        marked(guest, "line", 2)
        guest.wait_for_timeout(600)
        assert guest.evaluate("window.shifts.reduce((sum, [value]) => sum + value, 0)") < 0.01


def test_for_still_eyes_a_line_steps(browser, live_house, crew):
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, PAGE, reduced_motion="reduce") as [guest]:
        viewed(guest, "sing")
        crew.press("next")
        marked(guest, "line", 1)
        assert guest.evaluate("document.getAnimations().length") == 0
        assert guest.locator(".gone").count() == 0


def test_the_choice_of_words_and_size_stays_in_this_browser_alone(browser, live_house, crew):
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, PAGE) as [guest]:
        viewed(guest, "sing")
        guest.get_by_role("button", name="Qazaqşa").click()
        guest.click("summary")
        guest.locator("[data-under=en]").click()
        guest.click("[data-by='1']")
        assert here(guest).startswith("Bekette")
        assert guest.locator(".here .under").inner_text() == "At a small station one window lit in the night;"
        size = guest.locator(".here .main").evaluate("row => getComputedStyle(row).fontSize")
        guest.reload()
        viewed(guest, "sing")
        assert here(guest).startswith("Bekette")
        assert guest.locator(".here .under").inner_text() == "At a small station one window lit in the night;"
        assert guest.locator(".here .main").evaluate("row => getComputedStyle(row).fontSize") == size
        assert guest.context.cookies() == []
        kept = guest.evaluate("Object.keys(localStorage).sort()")
        assert kept == ["aqyn-hall-size", "aqyn-words"]


def test_each_script_is_offered_once_to_sing_from(browser, live_house, crew):
    """What one Russian line means in Kazakh is no script of its own; a Kazakh reader has it beneath."""
    crew.press("start", entry=UNTIMED)
    crew.press("section", step=1)
    with phones(browser, live_house, "/kk-latn/live/spring/") as [guest]:
        marked(guest, "line", 4)
        assert guest.locator(".scripts button").all_inner_texts() == ["Қаз", "Qaz", "قاز", "EN"]
        assert guest.locator(".here .main").inner_text() == "А кругом ракушек хруст."
        assert guest.locator(".here .under").inner_text() == "айнала қабыршақтың сыбдыры."
        guest.click("summary")
        offered = guest.locator(".beneath button:visible").all_inner_texts()
        assert len(offered) == len(set(offered)) == 5


@pytest.mark.parametrize(
    ("screen", "rows"), [(PHONE, 1), ({"width": 360, "height": 740}, 1), (SMALL_PHONE, 2)]
)
@pytest.mark.parametrize("language", ["kk", "kk-arab"])
def test_the_foot_takes_little_room_and_its_list_stays_on_the_screen(
    browser, live_house, crew, screen, rows, language
):
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, f"/{language}/live/spring/", viewport=screen) as [guest]:
        viewed(guest, "sing")
        tops = guest.locator(".choice :is(.scripts, .sizes) button, .beneath summary").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().top)"
        )
        assert len(set(tops)) <= rows
        guest.click("summary")
        box = guest.locator(".beneath ul").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= screen["width"] and box["y"] >= 0


def test_in_forced_colours_what_is_sung_and_chosen_is_seen(browser, live_house, crew):
    crew.press("start", entry=TIMED)
    with phones(browser, live_house, PAGE, forced_colors="active") as [guest]:
        marked(guest, "word", 1)
        crew.press("hold")
        marked(guest, "state", "hold")
        look = "(one, [part, name]) => getComputedStyle(one, part)[name]"
        sung, ahead = guest.locator(".here .sung").first, guest.locator(".here .ahead").last
        told = [one.evaluate(look, [None, "textDecorationLine"]) for one in (sung, ahead)]
        assert told == ["underline", "none"]
        ground = guest.locator("body").evaluate(look, [None, "backgroundColor"])
        chosen = guest.locator(".scripts [aria-pressed=true]").evaluate(look, ["::after", "backgroundColor"])
        bead = guest.locator(".beads .lit").first.evaluate(look, [None, "backgroundColor"])
        assert ground not in (chosen, bead)


@pytest.mark.parametrize("screen", [PHONE, LANDSCAPE])
def test_the_glow_of_a_line_is_cut_only_by_the_screen(browser, live_house, crew, screen):
    crew.press("start", entry=TIMED)
    with phones(browser, live_house, PAGE, viewport=screen) as [guest]:
        marked(guest, "line", 0)
        assert guest.locator(".lines").evaluate(
            "one => [one.getBoundingClientRect().left, one.offsetWidth]"
        ) == [
            0,
            screen["width"],
        ]


def test_a_line_that_lacks_the_chosen_words_shows_its_own(browser, live_house, crew):
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, f"/kk-latn/live/{SHOW}/") as [guest]:
        guest.get_by_role("button", name="English").click()
        crew.press("line", line=LONGEST)
        marked(guest, "line", LONGEST)
        assert here(guest).startswith("Қарлығаштарымыздың")
        assert guest.locator(".here .main").get_attribute("lang") == "kk-Cyrl"
        crew.press("line", line=0)
        marked(guest, "line", 0)
        assert here(guest) == "At a small station one window lit in the night;"


def test_without_javascript_the_page_says_what_it_needs_and_leads_to_the_words(browser, live_house):
    with phones(browser, live_house, f"/en/live/{SHOW}/", ready=False, java_script_enabled=False) as [guest]:
        assert "To follow the hall this page needs JavaScript" in guest.locator(".without").inner_text()
        assert guest.locator("aqyn-live").is_hidden()
        guest.get_by_role("link", name="The Bridge").click()
        assert guest.url == live_house.url + "/en/songs/lines/"


def test_the_screen_stays_lit_while_the_hall_is_open(browser, live_house, crew):
    crew.press("start", entry=UNTIMED)
    with phones(browser, live_house, PAGE) as [guest]:
        guest.add_init_script(
            """const real = navigator.wakeLock.request.bind(navigator.wakeLock);
            window.locks = [];
            navigator.wakeLock.request = async kind => {
              const lock = await real(kind);
              window.locks.push(lock);
              return lock;
            };"""
        )
        guest.reload()
        viewed(guest, "sing")
        guest.wait_for_function("() => window.locks.length === 1 && !window.locks[0].released")
        assert guest.locator("aqyn-awake").is_hidden()


def test_over_plain_http_the_hall_is_followed_and_the_screen_spoken_of(browser, live_house, crew):
    crew.press("start", entry=UNTIMED)
    far = SimpleNamespace(url=live_house.url.replace("127.0.0.1", "0.0.0.0"))
    with phones(browser, far, PAGE, has_touch=True, is_mobile=True) as [guest]:
        viewed(guest, "sing")
        assert guest.evaluate("isSecureContext") is False
        assert guest.locator("aqyn-awake").is_visible()


def test_the_page_is_light(browser, live_house, crew):
    """All that crosses the wire, headers too, in a browser that keeps nothing yet; but words and pictures."""
    crew.press("start", entry=UNTIMED)
    visitor = browser.new_context()
    guest = visitor.new_page()
    wire = visitor.new_cdp_session(guest)
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
    guest.goto(live_house.url + PAGE)
    viewed(guest, "sing")
    guest.wait_for_timeout(500)
    visitor.close()
    weights = {addresses[one]: size for one, size in bytes_of.items()}
    told = (f"/live/{SHOW}/songs/", ".svg")
    weights = {
        address: size for address, size in weights.items() if not any(part in address for part in told)
    }
    assert any("lines.js" in address for address in weights)
    assert sum(weights.values()) <= 60 * 1024, json.dumps(weights, indent=1)
