"""A song timed with the keyboard alone, and read back from its page."""

from tests.journeys.sync_desk import cues, desk, desk_of, hears, held, kept, said, stands_at


def origins(line):
    return [word[3] for word in line]


def test_a_song_is_timed_by_keys_alone_and_its_page_lights_the_words(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "keys") as page:
        key = page.keyboard.press
        for _ in range(200):  # no trap: Tab comes to the lines, and out of them
            key("Tab")
            if page.evaluate("document.activeElement.closest('.lines') !== null"):
                break
        assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"

        key("Space")  # plays
        for at in (800, 2300, 3800, 5300):
            hears(page, at)
            key("Space")
        hears(page, 6600)
        key("e")
        key("p")
        lines = cues(page)
        assert [line[2] for line in lines] == ["tapped"] * 4
        for line, at in zip(lines, (800, 2300, 3800, 5300), strict=True):
            assert abs(line[0] - at) < 400
        assert [line[1] for line in lines[:3]] == [line[0] for line in lines[1:]]
        assert 6500 < lines[3][1] < 7100
        assert said(page) == "That was the last one."
        kept(page)
        assert held(page, "keys") == [line[:2] for line in lines]

        key("Home")
        assert desk(page, "d.here") == {"i": 0, "k": 0, "j": -1}
        assert page.evaluate("document.activeElement.textContent.startsWith('1')")
        key("d")
        spread = cues(page)[0]
        assert (spread[0][0], spread[-1][1], origins(spread)) == (lines[0][0], lines[0][1], ["spread"] * 3)

        key("ArrowDown")
        key("w")
        key("r")
        start = lines[1][0]
        for at in (start + 20, start + 500, start + 900):
            hears(page, at)
            key("t")
        key("p")
        tapped = cues(page)[1]
        assert origins(tapped) == ["tapped"] * 3
        assert [word[0] for word in tapped[1:]] == [word[1] for word in tapped[:2]]
        assert desk(page, "[d.here.i, d.here.k]") == [2, 0]

        key("ArrowUp")
        key("ArrowRight")
        assert page.evaluate("document.activeElement.closest('.words') !== null")
        before = cues(page)[1][1]
        key("Alt+ArrowRight")
        key("Alt+Shift+ArrowRight")
        after = cues(page)[1][1]
        assert (after[0], after[3]) == (before[0] + 110, "placed")

        key("j")
        assert len(cues(page)[1][1][2]) == len(after[2]) - 1
        key("s")
        assert len(cues(page)[1][1][2]) == len(after[2])
        key("s")
        assert said(page) == "The word already has a mark for each of its syllables."
        key("Control+z")
        key("Control+z")
        assert cues(page)[1][1] == after
        key("Control+Shift+z")
        assert len(cues(page)[1][1][2]) == len(after[2]) - 1
        key("Control+z")

        stood = cues(page)
        key("n")
        key("Alt+ArrowLeft")
        moved = cues(page)
        assert [word[:2] for word in moved[1]] == [[start - 10, end - 10] for start, end, *_ in stood[1]]
        assert moved[0][-1][1] <= moved[1][0][0]
        key("Control+z")
        for place in (2, 3):
            key("ArrowDown")
            assert desk(page, "d.here.i") == place
            key("d")
        kept(page)
        everyone = held(page, "keys")
        assert everyone == [[word[:3] for word in line] for line in cues(page)]
        page.goto(timing_house.url + "/en/songs/keys/kk-Cyrl/")
        page.wait_for_selector("aqyn-lyrics.ready")
        middle = (everyone[1][0][0] + everyone[1][0][1]) / 2
        page.evaluate(
            "ms => { document.querySelector('.lyrics').classList.add('live');"
            " document.querySelector('audio').currentTime = ms / 1000; }",
            middle,
        )
        page.wait_for_function("() => document.querySelector('.here .main .now')?.textContent === 'Терезеде'")


def test_a_deed_that_cannot_be_done_is_told_and_changes_nothing(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "two") as page:
        key = page.keyboard.press
        for letter, sentence in (
            ("d", "This line has no times yet."),
            ("s", "This line has no times yet."),
            ("Alt+ArrowLeft", "This line has no times yet."),
            ("Delete", "This line has no times yet."),
            ("l", "This line has no times yet."),
            ("Control+z", "There is nothing to undo."),
        ):
            key(letter)
            assert said(page) == sentence, letter
        assert cues(page) == [None] * 4


def test_a_stretch_is_repeated_and_the_speed_changed_by_keys(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        key = page.keyboard.press
        for _ in range(3):
            key("[")
        assert desk(page, "Math.round(d.playing.rate * 100)") == 85
        assert desk(page, "d.playing.audio.preservesPitch") is True
        key("b")
        assert desk(page, "d.playing.rate") == 0.5
        key("b")
        stands_at(page, 4000)
        key("i")
        stands_at(page, 4300)
        key("o")
        assert desk(page, "d.repeating.marked") == {"start": 4000, "end": 4300}
        key("l")
        key("p")
        page.wait_for_function("() => document.querySelector('audio').currentTime > 4.3", polling=10)
        page.wait_for_function("() => document.querySelector('audio').currentTime < 4", polling=10)
        key("Escape")
        assert desk(page, "[d.repeating.marked, d.repeating.on]") == [None, False]


def test_the_keys_are_told_and_the_desk_is_found_again(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        page.keyboard.press("?")
        assert page.is_visible("dialog.help")
        page.keyboard.press("Escape")
        assert not page.is_visible("dialog.help")
        page.keyboard.press("ArrowDown")
        assert desk(page, "d.here.i") == 1
