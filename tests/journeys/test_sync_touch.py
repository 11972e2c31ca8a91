"""A song timed with one thumb on a phone."""

from tests.journeys.sync_desk import PHONE, cues, desk, desk_of, hears, held, kept, said

# Everything to be pressed that is smaller than a thumb: [name, width, height].
SMALL = """[...document.querySelectorAll('.sync-page :is(button, a, input)')]
  .filter(one => one.checkVisibility() && !one.closest('.skip'))
  .map(one => [one.dataset.do || one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 44 || box.width < 44))
  .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""


def swipe(page, start, end, steps=8):
    """One finger from a place to another."""
    touch = page.context.new_cdp_session(page)

    def send(kind, points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", [{"x": start[0], "y": start[1]}])
    for step in range(1, steps + 1):
        share = step / steps
        at = {axis: start[n] + (end[n] - start[n]) * share for n, axis in enumerate("xy")}
        send("touchMove", [at])
    send("touchEnd", [])


def pinch(page, y, apart, to):
    """Two fingers around the middle."""
    touch = page.context.new_cdp_session(page)
    for step in range(9):
        half = (apart + (to - apart) * step / 8) / 2
        points = [{"x": 195 - half, "y": y, "id": 0}, {"x": 195 + half, "y": y, "id": 1}]
        touch.send(
            "Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": points}
        )
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def box_of(page, i, k):
    box = page.locator(f".block[data-i='{i}'][data-k='{k}']").bounding_box()
    return box["x"], box["y"], box["width"], box["height"]


def test_the_tap_key_starts_the_sound_when_the_finger_is_lifted(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look", viewport=PHONE, has_touch=True) as page:
        box = page.locator(".tap").bounding_box()
        finger = page.context.new_cdp_session(page)
        at = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
        page.wait_for_timeout(100)
        assert desk(page, "d.playing.running") is False
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        hears(page, 300)
        before = cues(page)
        page.tap(".tap")
        assert desk(page, "d.playing.running") is True
        assert cues(page) != before
        page.tap("[data-do=play]")
        page.tap("[data-do=undo]")
        kept(page)


def test_a_song_is_timed_with_one_thumb(browser, timing_house, timing_crew):
    with desk_of(
        browser, timing_house, timing_crew, "touch", viewport=PHONE, has_touch=True, is_mobile=True
    ) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.tap("[data-do=play]")
        for at in (700, 2200, 3700, 5200):
            hears(page, at)
            page.tap(".tap")
        hears(page, 6400)
        page.tap("[data-do=end]")
        page.tap("[data-do=play]")
        lines = cues(page)
        for line, at in zip(lines, (700, 2200, 3700, 5200), strict=True):
            assert (abs(line[0] - at) < 500, line[2]) == (True, "tapped")
        kept(page)
        assert held(page, "touch") == [line[:2] for line in lines]

        page.tap(".lines li:nth-child(1) button")
        page.tap("button[data-mode=words]")
        page.tap("[data-do=again]")
        for at in (lines[0][0] + 10, lines[0][0] + 450, lines[0][0] + 900):
            hears(page, at)
            page.tap(".tap")
        page.tap("[data-do=play]")
        assert [word[3] for word in cues(page)[0]] == ["tapped"] * 3

        page.tap(".lines li:nth-child(2) button")
        page.tap("[data-do=panel]")
        page.tap("[data-do=spread]")
        page.tap(".words button:nth-child(2)")
        page.tap("[data-do=join]")
        page.tap("[data-do=later]")
        second = cues(page)[1]
        assert [len(word[2]) for word in second] == [4, 1, 1]  # жан-ған is sung as one
        assert second[1][3] == "placed"
        page.tap("[data-do=undo]")
        assert said(page) == "Undone."
        assert cues(page)[1][1][0] == second[1][0] - 10
        assert page.evaluate(SMALL) == []
        page.tap("[data-do=panel]")
        assert page.evaluate(SMALL) == []

        # A word under the finger, and the sound beside it.
        desk(page, "d.go(d.cues[d.song.lines[1].id][0][0] + 200)")
        page.wait_for_timeout(300)
        x, y, width, height = box_of(page, 1, 1)
        before = cues(page)[1][1]
        swipe(page, (x + width / 2, y + height / 2), (x + width / 2 + 16, y + height / 2))
        after = cues(page)[1][1]
        assert after[3] == "placed"
        assert abs(after[0] - before[0] - 16 / desk(page, "d.scene.view.pps") * 1000) < 40
        left, larger = desk(page, "d.scene.view.left"), desk(page, "d.scene.view.pps")
        swipe(page, (300, 140), (200, 140))
        assert desk(page, "d.scene.view.left") > left
        pinch(page, 140, 80, 240)
        assert desk(page, "d.scene.view.pps") > 2 * larger
        kept(page)
        bare = [[word[:3] for word in line] if isinstance(line[0], list) else line[:2] for line in cues(page)]
        assert held(page, "touch") == bare
