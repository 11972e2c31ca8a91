"""Nothing that was timed is lost: two desks at once, no network, a page that is loaded again."""

from tests.journeys.sync_desk import cues, desk, desk_of, hears, held, kept, said


def tap_first_lines(page, *at):
    page.keyboard.press("Space")
    for ms in at:
        hears(page, ms)
        page.keyboard.press("Space")
    page.keyboard.press("p")


def test_two_desks_never_overwrite_each_other_silently(browser, timing_house, timing_crew):
    house = (browser, timing_house, timing_crew, "two")
    with desk_of(*house) as mine, desk_of(*house) as theirs:
        tap_first_lines(theirs, 600)
        kept(theirs)
        there = cues(theirs)[0]
        tap_first_lines(mine, 900)
        mine.wait_for_selector("dialog.elsewhere[open]")
        assert held(mine, "two")[0] == there[:2]
        told = mine.inner_text("dialog.elsewhere dl")
        assert told.splitlines()[0] == "1 · Жалғыз жарық жолымда,"
        assert "Yours" in told and "There now" in told
        assert desk(mine, "d.playing.running") is False
        mine.keyboard.press("Space")  # whoever was tapping has not answered with it
        assert mine.is_visible("dialog.elsewhere")
        mine.click("dialog.elsewhere [value=theirs]")
        kept(mine)
        assert cues(mine)[0] == there

        mine.keyboard.press("Home")
        mine.keyboard.press("d")
        kept(mine)
        theirs.keyboard.press("Home")
        theirs.keyboard.press("v")
        theirs.wait_for_selector("dialog.elsewhere[open]")
        theirs.click("dialog.elsewhere [value=mine]")
        kept(theirs)
        assert held(theirs, "two")[0] == there[:2]
        assert cues(theirs)[0][2:] == ["placed", 98]


def test_a_lost_network_loses_no_tap(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "away") as page:
        page.keyboard.press("Space")
        hears(page, 500)
        page.keyboard.press("Space")
        kept(page)
        page.context.set_offline(True)
        hears(page, 2000)
        page.keyboard.press("Space")
        page.wait_for_selector("aqyn-sync[data-state=away]")
        assert said(page).startswith("The house cannot be reached.")
        hears(page, 3500)
        page.keyboard.press("Space")
        page.keyboard.press("p")
        mine = cues(page)
        page.context.set_offline(False)
        kept(page)
        assert said(page) == "Everything is kept"
        assert held(page, "away") == [line and line[:2] for line in mine]

        page.context.set_offline(True)
        page.keyboard.press("Home")
        page.keyboard.press("d")
        page.wait_for_selector("aqyn-sync[data-state=away]")
        mine, stale = cues(page), page.url
        page.context.set_offline(False)
        # The page goes before the house is asked again: this browser holds what was not sent.
        page.goto(stale)
        page.wait_for_selector("aqyn-sync[data-ready]")
        assert cues(page) == mine
        kept(page)
        page.keyboard.press("Control+z")
        kept(page)
        assert cues(page)[0] == [*held(page, "away")[0], "tapped", 90]
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        page.keyboard.press("Control+z")
        kept(page)
        assert held(page, "away") == [None] * 4
        page.reload()
        page.wait_for_selector("aqyn-sync[data-ready]")
        for _ in range(4):
            page.keyboard.press("Control+Shift+z")
        assert cues(page) == mine
        assert said(page) == "Done again."
        page.keyboard.press("Control+Shift+z")
        assert said(page) == "There is nothing to do again."
        kept(page)


def test_an_answer_that_was_lost_is_known_again(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        lost = []

        def lose(route):
            answer = route.fetch()
            lost.append(answer.status)
            route.abort()

        page.route("**/cues", lose, times=1)
        page.keyboard.press("Home")
        page.keyboard.press("d")
        page.wait_for_selector("aqyn-sync[data-state=away]")
        page.keyboard.press("v")
        kept(page)
        assert lost == [200]
        assert not page.is_visible("dialog.elsewhere")
        assert held(page, "look")[0] == [word[:3] for word in cues(page)[0]]


def test_what_the_house_refuses_is_told(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "touch") as page:
        # Times that the desk itself would never make.
        desk(page, "d.commit(() => ({ ...d.cues, [d.song.lines[0].id]: [1, 2, 'tapped', 500] }))")
        page.wait_for_selector("aqyn-sync[data-state=fault]")
        assert said(page).startswith("The times do not fit the song: ")
        page.keyboard.press("Control+z")
        kept(page)


def test_whoever_was_signed_out_is_told_and_loses_nothing(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "touch") as page:
        kept_cookies = page.context.cookies()
        page.context.clear_cookies()
        tap_first_lines(page, 300)
        page.wait_for_selector("aqyn-sync[data-state=sign-in]")
        assert said(page).startswith("You are no longer signed in.")
        page.context.add_cookies(kept_cookies)
        kept(page)
        assert held(page, "touch")[0] == cues(page)[0][:2]


def test_a_waveform_that_is_missing_is_drawn_while_the_desk_is_used(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "undrawn") as page:
        assert page.is_visible("#levels aqyn-progress")
        tap_first_lines(page, 300)
        page.wait_for_selector("#levels aqyn-levels", state="attached", timeout=60_000)
        page.wait_for_function("() => document.querySelector('aqyn-sync').scene.levels > 250")
        assert not page.is_visible("#levels aqyn-progress")
        kept(page)
        assert held(page, "undrawn")[0] == cues(page)[0][:2]


def test_what_was_not_sent_of_a_line_that_is_gone_is_let_go(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "look") as page:
        kept(page)
        here = cues(page)
        page.evaluate(
            """() => {
              const { recording, lines: [{ id }] } = document.querySelector('aqyn-sync').song;
              const word = [1, 2, [1], 'tapped', 90];
              const left = { 999999: [null, [1, 2, 'tapped', 90]], [id]: [null, [word]] };
              localStorage.setItem(`aqyn-sync-${recording}`, JSON.stringify(left));
            }"""
        )
        page.reload()
        page.wait_for_selector("aqyn-sync[data-ready]")
        kept(page)
        assert cues(page) == here


def test_whoever_changes_the_words_meanwhile_takes_nothing_from_the_other_lines(
    browser, timing_house, timing_crew
):
    with desk_of(browser, timing_house, timing_crew, "rewritten") as page:
        writing = page.context.new_page()
        writing.goto(timing_house.url + "/studio/songs/rewritten/words/")
        words = writing.input_value("[name=words]")
        form = {"base": words, "words": words.replace("Терезеде жанған шам,", "Терезеде шам,")}
        kept_words = page.request.post(writing.url, form=form, headers={"Origin": timing_house.url})
        assert kept_words.ok
        writing.close()

        page.keyboard.press("ArrowDown")
        page.keyboard.press("v")  # a line that has a word less now
        page.wait_for_selector("aqyn-sync[data-state=fault]")
        assert said(page).startswith("The words of this song were changed in the meantime.")
        page.keyboard.press("Delete")  # and as a line whose words are not timed at all
        page.wait_for_selector("aqyn-sync[data-state=words-changed]")
        assert said(page).startswith("The words of this song were changed in the meantime.")
        page.keyboard.press("Home")
        page.keyboard.press("v")
        mine = cues(page)[0]
        assert not page.is_visible("dialog.elsewhere")

        page.reload()
        page.wait_for_selector("aqyn-sync[data-ready]")
        if page.is_visible("dialog.elsewhere"):
            page.click("dialog.elsewhere [value=theirs]")
        kept(page)
        assert cues(page)[0] == mine
        assert len(cues(page)[1]) == 2
        assert held(page, "rewritten")[0] == [word[:3] for word in mine]


def test_a_recording_that_was_removed_meanwhile_is_told(browser, timing_house, timing_crew):
    with desk_of(browser, timing_house, timing_crew, "rewritten") as page:
        kept(page)
        removing = page.url.replace("/sync/", "/remove/")
        assert page.request.post(removing, form={}, headers={"Origin": timing_house.url}).ok
        page.keyboard.press("Home")
        page.keyboard.press("d")
        page.wait_for_selector("aqyn-sync[data-state=fault]")
        assert said(page) == "This recording is no longer here; open the page again."


def test_a_page_that_was_drawn_before_the_last_change_was_kept_has_it_all_the_same(
    browser, timing_house, timing_crew
):
    with desk_of(browser, timing_house, timing_crew, "drawn") as page:
        sent = []
        page.route("**/cues", lambda route: sent.append(route))
        page.keyboard.press("Space")
        hears(page, 500)
        page.keyboard.press("Space")
        page.keyboard.press("p")
        mine = cues(page)
        while not sent:
            page.wait_for_timeout(50)

        def late(route):
            drawn = route.fetch()
            # The page is on its way; only now is the change kept, and the page that is left hears of it.
            sent[0].continue_()
            while held(page, "drawn")[0] is None:
                page.wait_for_timeout(50)
            page.wait_for_timeout(200)
            page.unroute("**/cues")
            route.fulfill(response=drawn)

        page.route("**/sync/", late)
        page.goto(page.url)
        page.wait_for_selector("aqyn-sync[data-ready]")
        assert cues(page) == mine
        kept(page)
        assert held(page, "drawn")[0] == mine[0][:2]
