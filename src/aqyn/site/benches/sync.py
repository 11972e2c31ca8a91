"""How far the lit word is from the word that the server's clock names, and how long from key to light.

The real server, and real phone pages (`/kk/live/<show>/`) in headless Chromium. Each page reaches the
server through a proxy in a process of its own, which delays every piece either way by 20–400 ms with jitter,
one page more than the other, and cuts connections off now and then; one more page has no such proxy. A
console presses over the press lane.

First the song goes by the clock for `--seconds`, and every `--every` seconds something is pressed: the next
line, any line, a section, a nudge, another tempo, hold and go on. Such a press has no lead, so a page is as
late with it as its network is; as often as is usual here it moves about one word in twenty. Each time a page
lights another word, it writes down when (`Date.now()`; server and browser share one machine). The same is
worked out from the positions that the server told and its clock. `median_ms`, `p95_ms`: of how far the two
are apart, over all words on all the delayed pages, also those that were lit between a press and the moment
when the page heard of it. `quiet_p95_ms`: without the words within two seconds of a press. `missed`: the
share of words that the clock named for 100 ms or longer and a page never lit, while it was away.
`clocks_off_ms`: how far off each page's idea of the server's clock was at the end. `frame_p95_ms`: how long
these pages, all on one machine, took for a frame: no word can be lit between two of them.

Then keys alone: `key_to_light_p95_ms`, from just before the console sends what was pressed until the page
without added delay has changed, a start and steps by hand with the usual lead among them.

Last, the delayed pages lose their network, something is pressed, and they get it back: `back_ms`, for each
page, is how long after that it was right. `joined_ms`: from asking for one more page, without delay, until
it has lit what is sung.
"""

from __future__ import annotations

import argparse
import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from typing import Any

from aqyn.core.live import Position, read_message
from aqyn.site import extras
from aqyn.site.benches._console import Console
from aqyn.site.benches._crowd import percentile
from aqyn.site.benches._delays import Delays, Way, delays
from aqyn.site.benches._evening import SHOW
from aqyn.site.benches._house import bench_house
from aqyn.site.benches._lit import Change, Song, missed, named, off_by

LEAST_MS, MOST_MS = 20, 400
CUT_SECONDS = 30.0
QUIET_MS = 2000
HELD_SECONDS = 1.0
KEY_SECONDS = 0.6
SETTLE_SECONDS = 3.0
AWAY_SECONDS = 3.0
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Each page is in front, as on a phone.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]
PHONE = {"width": 390, "height": 844}
# Writes down each change of what a page says it shows, [when, number, line, word]; and how long frames took.
WATCH = """() => {
  Object.assign(window, { seen: [], frames: [] });
  let before = performance.now();
  const frame = now => { frames.push(now - before); before = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  const told = document.documentElement.dataset;
  new MutationObserver(() => seen.push([Date.now(), Number(told.number), told.line ?? '', told.word ?? '']))
    .observe(document.documentElement, { attributeFilter: ['data-number', 'data-line', 'data-word'] });
}"""
CLOCK = "document.querySelector('aqyn-live').follower.clock.now() - Date.now()"
READY = (
    """() => document.documentElement.dataset.number && document.querySelector('aqyn-live').follower.song"""
)
# Every second one leads back, so that the song, which lasts a minute, never ends by itself.
BY_CLOCK: list[dict[str, Any]] = [
    {"do": "section", "step": 1},
    {"do": "next"},
    {"do": "line", "line": 3},
    {"do": "nudge", "ms": 250},
    {"do": "start"},
    {"do": "hold"},
    {"do": "section", "step": 0},
    {"do": "tempo", "tempo": 1060},
    {"do": "line", "line": 2},
    {"do": "nudge", "ms": -250},
    {"do": "start"},
    {"do": "tempo", "tempo": 940},
]
LONGEST_EVERY = 20.0
KEYS: list[dict[str, Any]] = [
    {"do": "start"},
    {"do": "line", "line": 2},
    {"do": "next"},
    {"do": "section", "step": 1},
    {"do": "back"},
    {"do": "hand"},
    *[{"do": "next"}] * 4,
    {"do": "back"},
    {"do": "line", "line": 1},
    {"do": "clock"},
]
UNLIT = ("hand", "clock")
"""Presses that leave the same line lit: no light to wait for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", type=int, default=4, help="pages with a delay each (4)")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="how long the song goes by the clock (60)"
    )
    parser.add_argument("--every", type=float, default=20.0, help="seconds between presses (20)")
    parser.add_argument("--keys", type=int, default=4, help="how often the round of keys is pressed (4)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The keys of DESIGN's table, beside them what was left out of them, and the sizes."""
    if not 0 < args.every <= LONGEST_EVERY:
        raise SystemExit("--every is more than 0 and at most 20: the song lasts a minute.")
    ways = _ways(args.pages)
    with (
        bench_house("aqyn.site.benches._sung") as house,
        _chromium() as chromium,
        delays(house.port, ways) as proxy,
        _Told(house.port) as told,
    ):
        console = Console(house.port, house.key)
        entry, song = _song(house.port)
        console.press(do="take")
        console.press(do="choose", entry=entry)
        pages = [_page(chromium, port) for port in (house.port, *proxy.ports)]
        begin = _now()
        presses = _sing(console, args)
        end = _now()
        seen = [page.evaluate("seen") for page in pages]
        frames = [ms for page in pages[1:] for ms in page.evaluate("frames")]
        clocks = [round(abs(page.evaluate(CLOCK)), 1) for page in pages[1:]]
        keys = _keys(console, pages[0], args.keys)
        back = _back(console, proxy, pages[1:])
        joined = _joined(chromium, house.port)
    clock = named(song, told.positions, begin, end)
    return {
        **_words(seen[1:], clock, presses, begin, end),
        "key_to_light_p95_ms": percentile(keys, 0.95),
        "key_to_light_median_ms": percentile(keys, 0.5),
        "keys": len(keys),
        "back_ms": back,
        "joined_ms": joined,
        "clocks_off_ms": clocks,
        "frame_p95_ms": percentile(frames, 0.95),
        "pages": args.pages,
        "delays_ms": [[round(way.least_ms), round(way.most_ms)] for way in ways],
        "cuts": proxy.cuts,
        "presses": len(presses),
        "seconds": args.seconds,
    }


def _words(
    seen: list[list[list[Any]]], clock: list[Change], presses: list[float], begin: int, end: int
) -> dict[str, Any]:
    offs, quiet, left, pages = [], [], 0, []
    for page in seen:
        lit = _changes(page, begin, end)
        off = [abs(ms) for ms in off_by(lit, clock, presses)]
        offs += off
        quiet += [
            ms
            for ms, change in zip(off, lit, strict=True)
            if not any(0 <= change.at_ms - press < QUIET_MS for press in presses)
        ]
        left += missed(lit, clock)
        pages.append([percentile(off, 0.5), percentile(off, 0.95)])
    return {
        "median_ms": percentile(offs, 0.5),
        "p95_ms": percentile(offs, 0.95),
        "quiet_p95_ms": percentile(quiet, 0.95),
        "missed": round(left / max(1, len(clock) * len(seen)), 4),
        "words": len(offs),
        "pages_median_p95_ms": pages,
    }


def _changes(page: list[list[Any]], begin: int, end: int) -> list[Change]:
    """What was lit from `begin` to `end`, one entry for each change."""
    changes: list[Change] = []
    for at, _number, line, word in page:
        if begin <= at < end and (not changes or changes[-1].lit != (line, word)):
            changes.append(Change(at, (line, word)))
    return [change for change in changes if change.lit[0]]


def _sing(console: Console, args: argparse.Namespace) -> list[float]:
    """The song by the clock; when something was pressed, in ms."""
    presses: list[float] = [_now()]
    console.press(do="start")
    end = time.monotonic() + args.seconds
    for press in cycle(BY_CLOCK):
        time.sleep(max(0.0, min(args.every, end - time.monotonic())))
        if time.monotonic() >= end:
            return presses
        presses.append(_now())
        console.press(**press)
        if press["do"] == "hold":
            time.sleep(HELD_SECONDS)
            presses.append(_now())
            console.press(do="go")
    return presses


def _keys(console: Console, page: Any, rounds: int) -> list[float]:
    """Presses one after another; how many ms later the page showed each of them."""
    console.press(do="start")
    console.press(do="tempo", tempo=1000)
    time.sleep(SETTLE_SECONDS)
    pressed = []
    for press in KEYS * rounds:
        at = _now()
        number = console.press(**press)
        if press["do"] not in UNLIT:
            pressed.append((at, number))
        time.sleep(KEY_SECONDS)
    return [_shown_at(page, number) - at for at, number in pressed]


def _back(console: Console, proxy: Delays, pages: list[Any]) -> list[int]:
    """How many ms after its network was there again each page showed what was pressed meanwhile."""
    for page in pages:
        page.context.set_offline(True)
    proxy.cut()
    time.sleep(AWAY_SECONDS)
    number = console.press(do="section", step=1)
    time.sleep(AWAY_SECONDS)
    took = []
    for page in pages:
        at = _now()
        page.context.set_offline(False)
        page.wait_for_function("n => Number(document.documentElement.dataset.number) >= n", arg=number)
        took.append(_shown_at(page, number) - at)
    return took


def _joined(chromium: Any, port: int) -> int:
    at = _now()
    page = chromium.new_context(viewport=PHONE).new_page()
    page.goto(f"http://127.0.0.1:{port}/kk/live/{SHOW}/", wait_until="commit")
    page.wait_for_function("() => document.documentElement.dataset.line")
    return _now() - at


def _shown_at(page: Any, number: int) -> int:
    when: int = next(at for at, told, _line, _word in page.evaluate("seen") if told >= number)
    return when


def _ways(count: int) -> list[Way]:
    """From a good network to a bad one, each with about as much jitter as delay."""
    shares = [n / max(1, count - 1) for n in range(count)]
    middle = MOST_MS / 2
    return [
        Way(
            LEAST_MS + (middle - LEAST_MS) * share,
            3 * LEAST_MS + (MOST_MS - 3 * LEAST_MS) * share,
            CUT_SECONDS,
        )
        for share in shares
    ]


class _Told:
    """Every position that the server tells, read on a connection of its own without delay."""

    def __init__(self, port: int) -> None:
        self.positions: list[Position] = []
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self._connection.request("GET", f"/events/live/{SHOW}")
        self._answer = self._connection.getresponse()
        self._reading = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> _Told:
        self._reading.start()
        return self

    def __exit__(self, *_error: object) -> None:
        # The reading ends with the connection, at the latest at the next word.
        self._done = True
        self._reading.join(5)
        self._connection.close()

    _done = False

    def _read(self) -> None:
        known: set[int] = set()
        for line in self._answer:
            if self._done:
                return
            if line.startswith(b"data: "):
                position = read_message(line)
                if position.number not in known:
                    known.add(position.number)
                    self.positions.append(position)


def _song(port: int) -> tuple[int, Song]:
    """The first entry's number, and its song."""
    [entry, *_others] = _json(port, f"/live/{SHOW}/setlist.json")["entries"]
    return entry["id"], Song(_json(port, entry["words"]))


def _json(port: int, path: str) -> Any:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    told = json.load(connection.getresponse())
    connection.close()
    return told


def _page(chromium: Any, port: int) -> Any:
    """A phone's page that has come to know the hall, its clock and its song."""
    page = chromium.new_context(viewport=PHONE).new_page()
    page.goto(f"http://127.0.0.1:{port}/kk/live/{SHOW}/", wait_until="domcontentloaded", timeout=60_000)
    page.wait_for_function(READY, timeout=60_000)
    page.wait_for_function("() => document.querySelector('aqyn-live').follower.clock.settled", timeout=60_000)
    page.evaluate(WATCH)
    return page


@contextmanager
def _chromium() -> Iterator[Any]:
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        raise SystemExit(f"No Chromium found in PATH ({', '.join(CHROMIUM_NAMES)}).")
    extras.ensure("dev")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise SystemExit("The pages are driven by Playwright, which is not installed here.") from None

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


def _now() -> int:
    return int(time.time() * 1000)
