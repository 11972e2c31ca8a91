"""The hall's page as the journeys see it: phones that follow, what each has lit, where the song really is."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection

from tests.journeys.song_page import PHONE

from aqyn.core.live import LineSpan, read_message, score_of, where

WORD_OFF_MS = 250
"""How far a phone may be from the song in these tests, which share two cores with everything else."""


@contextmanager
def phones(browser, house, *paths, ready=True, **context):
    """A guest's own browser for each path; an error in a script of ours fails the test."""
    with ExitStack() as stack:
        errors: list[str] = []
        yield [_phone(stack, browser, house, path, errors, ready, context) for path in paths]
    assert errors == []


def _phone(stack, browser, house, path, errors, ready, told):
    guest = browser.new_context(**({"viewport": PHONE} | told))
    stack.callback(guest.close)
    page = guest.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(house.url + path)
    if ready:
        marked(page, "state", "wait", "run", "hold", "hand", "over", "shut", "end")
    return page


def marked(page, name, *values):
    """Wait until the document's mark has one of the values."""
    page.wait_for_function(
        "([name, values]) => values.includes(document.documentElement.dataset[name])",
        arg=[name, [str(value) for value in values]],
    )


def marks(page):
    return page.evaluate("({ ...document.documentElement.dataset })")


def viewed(page, view):
    """Wait until this view is the one that is seen."""
    page.wait_for_selector(f"[data-view='{view}'].seen")


def here(page):
    """The text of the line that is lit."""
    return page.locator(".here .main").inner_text()


def told(house, show="spring", rehearsal=""):
    """The position that the house tells now."""
    connection = HTTPConnection("127.0.0.1", house.port, timeout=10)
    try:
        connection.request("GET", f"/events/live/{show}" + (f"?rehearsal={rehearsal}" if rehearsal else ""))
        answer = connection.getresponse()
        for line in iter(answer.readline, b""):
            if line.startswith(b"data: "):
                return read_message(line)
    finally:
        connection.close()
    raise AssertionError("the house told no position")


def words(house, entry, show="spring"):
    return json.loads(house.get(f"/live/{show}/songs/{entry}.json").content)


def score(sung):
    """The score of a words.json."""
    section_of = {line: n for n, section in enumerate(sung["sections"]) for line in section["lines"]}
    spans = [LineSpan(section_of[line["id"]], line["start"], line["end"]) for line in sung["lines"]]
    return score_of(len(sung["sections"]), spans, duration=sung["duration"])


def is_right(page, position, sung):
    """Whether the lit line and the last word begun are those that the song has come to."""
    line, word, now = page.evaluate(
        "[Number(document.documentElement.dataset.line), document.documentElement.dataset.word, Date.now()]"
    )
    at = [where(position, score(sung), now + off) for off in range(-WORD_OFF_MS, WORD_OFF_MS + 1, 50)]
    begun = {one.line: set() for one in at}
    for one in at:
        cues = sung["lines"][one.line]["cues"] if one.line >= 0 else []
        begun[one.line].add(sum(cue[0] <= one.at_ms for cue in cues) - 1)
    return line in begun and (line < 0 or int(word or -1) in begun[line])
