"""The song page as the journeys see it: opening it, standing at a time, reading what is lit."""

from __future__ import annotations

from contextlib import contextmanager

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


def owner_of(browser, house, locale="en"):
    """What the owner's browser keeps, once she came in by the link that the house printed."""
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(house.url + house.key_path)
    page.fill("[name=name]", "Айгүл")
    page.fill("[name=email]", "aigul@example.org")
    page.click("main form button")
    page.wait_for_url("**/studio/")
    state = context.storage_state()
    context.close()
    return state


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
