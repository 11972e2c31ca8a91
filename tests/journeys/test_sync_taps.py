"""How near taps come: a song of forty lines, tapped once through by a hand that is late and trembles."""

import random
import statistics
import sys

from tests.journeys.sync_desk import cues, desk, desk_of, kept

LINES, FIRST_MS, APART_MS = 40, 1000, 1200
NOISE_MS, LATE_MS = 80, 120
SEED = 10

# Presses of the space bar: each at a time of performance.now(), to the millisecond, where they are due.
PRESS = """
  const press = (at, target) => new Promise(done => {
    const look = () => {
      const left = at() - performance.now();
      if (left > 12) { setTimeout(look, left - 10); return; }
      if (left > 0) { setTimeout(look, 0); return; }
      const key = { code: 'Space', key: ' ', bubbles: true, cancelable: true };
      for (const kind of ['keydown', 'keyup']) target().dispatchEvent(new KeyboardEvent(kind, key));
      done();
    };
    look();
  });
"""
CLICKS = (
    """async offs => {"""
    + PRESS
    + """
  const { clicks } = document.querySelector('aqyn-sync').calibration;
  if (clicks.length !== offs.length) throw new Error(`${clicks.length} clicks`);
  await Promise.all(clicks.map((click, n) => press(() => click + offs[n], () => document.activeElement)));
}"""
)
# The truth is the media element's own clock: when its sound will have come to a time, from what it reads now.
SINGS = (
    """async due => {"""
    + PRESS
    + """
  const audio = document.querySelector('audio');
  for (const ms of due) {
    const at = () => performance.now() + (ms - audio.currentTime * 1000) / audio.playbackRate;
    await press(at, () => document.activeElement);
  }
}"""
)


def test_forty_lines_tapped_by_an_unsteady_hand_come_near(browser, timing_house, timing_crew):
    hand = random.Random(SEED)
    truth = [FIRST_MS + APART_MS * n for n in range(LINES)]
    with desk_of(browser, timing_house, timing_crew, "forty") as page:
        page.keyboard.press("c")
        page.click("dialog.calibration [value=start]")
        page.wait_for_function("() => document.querySelector('aqyn-sync').calibration.clicks.length === 16")
        page.evaluate(CLICKS, [LATE_MS + hand.gauss(0, NOISE_MS) for _ in range(16)])
        page.wait_for_selector("dialog.calibration [value=keep]:visible")
        page.click("dialog.calibration [value=keep]")
        measured = desk(page, "d.tapping.measure")

        page.keyboard.press("p")
        page.evaluate(SINGS, [line + LATE_MS + hand.gauss(0, NOISE_MS) for line in truth])
        page.keyboard.press("p")
        kept(page)
        off = [line[0] - true for line, true in zip(cues(page), truth, strict=True)]
    near = sum(abs(one) <= 150 for one in off) / LINES
    sys.stdout.write(
        f"\n{near:.1%} of {LINES} lines within 150 ms; mean {statistics.mean(off):+.0f} ms, "
        f"deviation {statistics.stdev(off):.0f} ms; measured {measured}\n"
    )
    assert near >= 0.9
