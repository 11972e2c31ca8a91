"""The sync desk as the journeys use it: opening it, standing at a time, what the house holds."""

from __future__ import annotations

import re
from contextlib import contextmanager

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@contextmanager
def desk_of(browser, house, crew, slug, query="", ready=True, **context):
    """The page of the song's desk in a browser of its own; an error in a script of ours fails the test."""
    context.setdefault("viewport", DESK)
    person = browser.new_context(storage_state=crew, **context)
    page, errors = person.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(house.url + address(house, person, slug) + query)
    if ready:
        page.wait_for_selector("aqyn-sync[data-ready]")
        page.wait_for_function("() => document.querySelector('audio').readyState > 2")
    yield page
    person.close()
    assert errors == []


def address(house, person, slug):
    """The path of the desk: by the number of the song's recording, as the studio's page of it knows it."""
    page = person.request.get(f"{house.url}/studio/songs/{slug}/").text()
    [recording, *_] = re.findall(rf"/studio/songs/{slug}/recordings/(\d+)/", page)
    return f"/studio/songs/{slug}/recordings/{recording}/sync/"


def held(page, slug):
    """The times that everybody sees: `lyrics.json` of the public song."""
    lines = page.request.get(re.sub(r"/studio/.*", f"/songs/{slug}/lyrics.json", page.url)).json()["lines"]
    return [
        line["cues"] or ([line["start"], line["end"]] if line["start"] is not None else None)
        for line in lines
    ]


def kept(page):
    """Wait until the house has everything."""
    page.wait_for_function(
        "() => { const desk = document.querySelector('aqyn-sync');"
        " return desk.dataset.state === 'kept' && desk.saver.waiting === 0; }"
    )


def desk(page, script):
    """A value of the desk: `desk(page, "d.here.i")`."""
    return page.evaluate(f"(() => {{ const d = document.querySelector('aqyn-sync'); return {script}; }})()")


def cues(page):
    """The desk's own times, line by line."""
    return desk(page, "d.song.lines.map(line => d.cues[line.id] ?? null)")


def stands_at(page, ms):
    """Go to a time and stand there."""
    page.evaluate(
        """ms => new Promise(done => {
          const desk = document.querySelector('aqyn-sync'), { audio } = desk.playing;
          const settled = () => requestAnimationFrame(() => requestAnimationFrame(done));
          audio.addEventListener('seeked', settled, { once: true });
          desk.go(ms);
        })""",
        ms,
    )


def hears(page, ms):
    """Wait until the sound has come to `ms`."""
    page.wait_for_function(
        "ms => document.querySelector('audio').currentTime * 1000 >= ms", arg=ms, polling=10
    )


def said(page):
    return page.text_content("[data-part=said]")
