"""The desk's sums are those of the core: how words are spread, and what can be sung."""

import json
import random

from tests.journeys.sync_desk import desk_of

from aqyn.core.lyrics.spreading import lasts_ms, spread
from aqyn.core.lyrics.timing import TimingError, check, from_json, to_json

SPREAD = """async ([modules, lines]) => {
  const { spread } = await import(`${modules}times.js`);
  return lines.map(([start, end, weights]) => spread(start, end, weights, 50));
}"""

# Deeds of every kind, at places drawn by the test: after each, the times of all lines.
DEEDS = """async ([modules, song, deeds]) => {
  const names = ['cues.js', 'placing.js', 'times.js'];
  const [cues, placing, times] = await Promise.all(names.map(name => import(modules + name)));
  const { Refused } = cues;
  const seen = [], refused = [], faults = [];
  let now = {};
  for (const [name, ...more] of deeds) {
    const before = JSON.stringify(now);
    let made = now;
    try {
      made = (cues[name] ?? placing[name])(song, now, ...more);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push(error.why);
    }
    if (JSON.stringify(now) !== before) throw new Error(`${name} changed what it was given`);
    now = made;
    faults.push(times.fault(song, now));
    seen.push(song.lines.map(({ id }) => now[id] ?? null));
  }
  return { seen, refused, faults };
}"""
FAULT = """async ([modules, song, all]) => {
  const { fault } = await import(`${modules}times.js`);
  return all.map(lines => fault(song, Object.fromEntries(lines.map((line, i) => [song.lines[i].id, line]))));
}"""
MODULES = "document.querySelector('script[src$=\"songs/sync/main.js\"]').src.replace('main.js', '')"


def song_of(draw, lines=5):
    counts = [
        [[draw.randint(3, 9) for _ in range(draw.randint(1, 4))] for _ in range(draw.randint(1, 4))]
        for _ in range(lines)
    ]
    told = [
        {"id": i + 1, "words": [{"weights": w} for w in words], "lasts": lasts_ms(sum(map(len, words)))}
        for i, words in enumerate(counts)
    ]
    sure = {"spread": 50, "placed": 98, "tapped": 90, "imported": 80}
    return {"lines": told, "duration": 20_000, "sure": sure}


def deed(draw, song):
    i = draw.randrange(len(song["lines"]))
    words = song["lines"][i]["words"]
    k, t = draw.randrange(len(words)), draw.randint(-500, song["duration"] + 500)
    # Taps come in order more often than not.
    t = draw.choice([t, (i + 1) * song["duration"] // 6 + draw.randint(-900, 900)])
    j = draw.randrange(max(1, len(words[k]["weights"])))
    return draw.choice(
        [
            ["tapLine", i, t, 90],
            ["tapLine", i, t, 90],
            ["tapWord", i, k, t, 88],
            ["tapWord", i, k, t, 88],
            ["endLine", i, t],
            ["spreadLine", i],
            ["place", i, draw.choice([k, k, -1]), draw.choice(["start", "end", "word"]), t],
            [
                "nudge",
                draw.choice([i, i, -1]),
                draw.choice([k, -1]),
                j,
                draw.choice([-100, -10, 10, 100, 9999]),
            ],
            ["split", i, k, draw.choice([None, t])],
            ["join", i, k, j],
            ["clear", i],
            ["vouch", i],
        ]
    )


def test_words_are_spread_as_the_core_spreads_them(browser, timing_house, timing_crew):
    draw = random.Random(3)
    lines = []
    for _ in range(400):
        start = draw.randint(0, 3_600_000)
        weights = [
            [draw.randint(3, 14) for _ in range(draw.randint(1, 5))] for _ in range(draw.randint(1, 9))
        ]
        lines.append([start, start + draw.choice([0, 1, 37, draw.randint(0, 60_000)]), weights])
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        told = page.evaluate(SPREAD, [page.evaluate(MODULES), lines])
    from aqyn.core.lyrics.timing import LineCues

    assert told == [to_json(LineCues.of(spread(*line))) for line in lines]


def test_whatever_is_done_can_be_sung(browser, timing_house, timing_crew):
    draw, refused = random.Random(11), set()
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        modules = page.evaluate(MODULES)
        for _ in range(60):
            song = song_of(draw)
            deeds = [deed(draw, song) for _ in range(60)]
            told = page.evaluate(DEEDS, [modules, song, deeds])
            refused |= set(told["refused"])
            counts = [len(line["words"]) for line in song["lines"]]
            for done, lines in zip(deeds, told["seen"], strict=True):
                times = [None if line is None else from_json(line) for line in lines]
                try:
                    check(times, counts, duration_ms=song["duration"])
                except TimingError as error:
                    raise AssertionError(f"{error} after {done}: {json.dumps(lines)}") from None
            assert set(told["faults"]) == {-1}
    assert refused == {
        "before", "untimed", "ends-early", "word-there", "first-word", "before-word", "no-words", "no-room",
        "all-split", "one-syllable",
    }  # fmt: skip


def test_what_cannot_be_sung_is_seen_by_both(browser, timing_house, timing_crew):
    draw, songs = random.Random(5), []
    song = song_of(draw, lines=3)
    counts = [len(line["words"]) for line in song["lines"]]

    def line(words):
        kind = draw.random()
        if kind < 0.2:
            return None
        times = sorted(draw.randint(0, 20_020) for _ in range(2 * words))
        if kind < 0.4:
            return [times[0], times[-1], "tapped", 90]
        told = [[*times[2 * n : 2 * n + 2], [times[2 * n]], "tapped", 90] for n in range(words)]
        if draw.random() < 0.4:  # one number out of order
            draw.choice(told)[draw.randrange(2)] = draw.randint(0, 20_020)
        return told

    for _ in range(300):
        songs.append([line(count) for count in counts])
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        told = page.evaluate(FAULT, [page.evaluate(MODULES), song, songs])
    wanted = []
    for lines in songs:
        try:
            check([None if one is None else from_json(one) for one in lines], counts, duration_ms=20_010)
            wanted.append(-1)
        except TimingError as error:
            wanted.append(error.line - 1)
    assert told == wanted
    assert {-1, 0, 1, 2} == set(wanted)


MEASURED = """async ([modules, clicks, taps]) => {
  const { measured, sureness } = await import(`${modules}tap.js`);
  const found = measured(clicks, taps);
  return [found, found && sureness(found.spread)];
}"""
CLICKS = [1000 + 550 * n for n in range(16)]
TREMBLING = [-90, 90, -60, 60, -30, 30, 0, 0] * 2


def test_how_late_a_tap_comes_is_measured_and_slips_do_not_count(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        modules = page.evaluate(MODULES)

        def measured(taps):
            return page.evaluate(MEASURED, [modules, CLICKS, taps])

        def trembling(late):
            return [click + late + off for click, off in zip(CLICKS, TREMBLING, strict=True)]

        assert measured([click + 42 for click in CLICKS]) == [{"delay": 42, "spread": 0, "taps": 16}, 97]
        slipped = [CLICKS[0] - 190, *[click + 42 for click in CLICKS[1:15]], CLICKS[15] + 290]
        assert measured(slipped) == [{"delay": 42, "spread": 0, "taps": 16}, 97]
        assert measured(trembling(60)) == [{"delay": 60, "spread": 67, "taps": 16}, 86]
        assert measured([*CLICKS[:8], CLICKS[8] + 275, 20_000]) == [None, None]
        # A wireless loudspeaker: some of these taps are nearer to the next click than a tap may be late.
        assert measured(trembling(280)) == [{"delay": 280, "spread": 67, "taps": 16}, 86]


HISTORY = """async modules => {
  const { History, difference } = await import(`${modules}history.js`);
  const store = new Map();
  const kept = { getItem: key => store.get(key) ?? null, setItem: (key, value) => store.set(key, value) };
  const steps = [{}, { 1: [1, 2] }, { 1: [3, 4], 2: [5, 6] }, { 2: [5, 6] }];
  const history = new History('k', kept, id => id !== '3');
  for (let n = 1; n < steps.length; n++) {
    history.did(difference(steps[n - 1], steps[n]), { i: n - 1 }, { i: n });
  }
  const walk = [];
  let now = steps.at(-1);
  for (const way of ['undo', 'undo', 'undo', 'undo', 'redo', 'redo', 'redo', 'redo']) {
    const step = history[way](now);
    now = step?.cues ?? now;
    walk.push([now, step?.here.i ?? null]);
  }
  // Somebody else changed line 1 since: the steps about it are left out, those about line 2 are not.
  history.did(difference(now, { 2: [7, 8] }), { i: 9 }, { i: 9 });
  const strange = { 1: [0, 1], 2: [7, 8] }, one = history.undo(strange), two = history.undo(one.cues);
  // Nor is a step about a line that is no longer in the song.
  history.did({ 3: [[1, 2], null] }, { i: 9 }, { i: 9 });
  return [walk, one.cues, two, history.undo({ 2: [5, 6] })];
}"""


def test_every_step_is_taken_back_and_done_again(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        walk, one, two, gone = page.evaluate(HISTORY, page.evaluate(MODULES))
    steps = [{}, {"1": [1, 2]}, {"1": [3, 4], "2": [5, 6]}, {"2": [5, 6]}]
    back = [[steps[2], 2], [steps[1], 1], [steps[0], 0], [steps[0], None]]
    again = [[steps[1], 1], [steps[2], 2], [steps[3], 3], [steps[3], None]]
    assert walk == back + again
    assert (one, two, gone) == ({"1": [0, 1], "2": [5, 6]}, None, None)
