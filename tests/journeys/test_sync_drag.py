"""Words dragged on the waveform with the mouse."""

from tests.journeys.sync_desk import cues, desk, desk_of, held, kept


def block(page, i, k):
    box = page.locator(f".block[data-i='{i}'][data-k='{k}']").bounding_box()
    return box["x"], box["y"] + box["height"] / 2, box["width"]


def drag(page, x, y, by, drop=True):
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(x + by * step / 5, y)
    if drop:
        page.mouse.up()


def test_a_word_is_dragged_and_the_house_has_it(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "drag") as page:
        page.wait_for_selector(".block[data-i='0'][data-k='1']")
        each = 1000 / desk(page, "d.scene.view.pps")
        before = cues(page)
        x, y, width = block(page, 0, 1)
        drag(page, x + width / 2, y, 30)
        after = cues(page)
        assert abs(after[0][1][0] - before[0][1][0] - 30 * each) <= 15
        assert after[0][1][3:] == ["placed", 98]
        assert (after[0][0], after[1:]) == (before[0][0], before[1:])
        # The word after it gave way, and what it lost is said of nobody else.
        assert after[0][2][0] == max(before[0][2][0], after[0][1][1])
        assert after[0][2][3:] == ["spread", 50]
        kept(page)
        assert held(page, "drag")[0] == [word[:3] for word in after[0]]

        x, y, width = block(page, 0, 1)
        drag(page, x + width - 3, y, -40)
        shorter = cues(page)[0]
        assert shorter[1][0] == after[0][1][0]
        assert abs(after[0][1][1] - shorter[1][1] - 40 * each) <= 15
        drag(page, x + 3, y, -250)
        pushed = cues(page)[0]
        assert pushed[0][0] == before[0][0][0]
        assert pushed[0][1] - pushed[0][0] == 20 == pushed[1][0] - pushed[0][0]

        mark = page.locator(".block.here .mark").first.bounding_box()
        marks = pushed[1][2]
        drag(page, mark["x"] + 1, y, 20)
        moved = cues(page)[0][1][2]
        assert abs(moved[1] - marks[1] - 20 * each) <= 15
        assert (moved[0], moved[2:]) == (marks[0], marks[2:])

        for _ in range(4):
            page.click(".sync-head [data-do=undo]")
        assert cues(page) == before
        kept(page)
        assert held(page, "drag") == [[word[:3] for word in line] for line in before]


def test_escape_gives_a_drag_up(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        page.wait_for_selector(".block[data-i='0'][data-k='1']")
        before = cues(page)
        x, y, width = block(page, 0, 1)
        drag(page, x + width / 2, y, 60, drop=False)
        assert cues(page) != before
        page.keyboard.press("Escape")
        page.mouse.up()
        assert cues(page) == before
        assert desk(page, "d.history.can('undo')") is False


def test_the_sound_is_gone_to_panned_and_made_larger(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        page.wait_for_selector(".block[data-i='0'][data-k='1']")
        page.mouse.click(500, 180)
        page.wait_for_function("() => document.querySelector('audio').currentTime > 1")
        assert abs(desk(page, "d.scene.view.x(d.playing.ms)") - 500) < 2
        left = desk(page, "d.scene.view.left")
        page.mouse.move(600, 180)
        page.mouse.wheel(0, 200)
        page.wait_for_function("left => document.querySelector('aqyn-sync').scene.view.left > left", arg=left)
        under, larger = desk(page, "d.scene.view.ms(600)"), desk(page, "d.scene.view.pps")
        page.keyboard.down("Control")
        page.mouse.wheel(0, -240)
        page.keyboard.up("Control")
        page.wait_for_function(
            "pps => document.querySelector('aqyn-sync').scene.view.pps > pps * 1.5", arg=larger
        )
        assert abs(desk(page, "d.scene.view.ms(600)") - under) < 2
        drag(page, 300, 80, 200)
        stretch = desk(page, "d.repeating.marked")
        assert abs(stretch["end"] - stretch["start"] - 200 * 1000 / desk(page, "d.scene.view.pps")) < 2
        # Far from what is in view nothing is drawn.
        assert page.locator(".block").count() <= 12
