"""A door: it lets in without a network, tells the house later, and sells; by a USB scanner and by hand."""

import contextlib
import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from tests.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES
from tests.journeys.conftest import filled
from tests.journeys.song_page import PHONE, owner_of

WORD = "door-verdict .word"


@pytest.fixture(scope="module")
def door_house(open_house):
    """An open house with the evening of seed_door.py."""
    return filled(open_house(), "seed_door.py")


@pytest.fixture(scope="module")
def evening(door_house):
    return json.loads((door_house.data / "door.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def crew(browser, door_house):
    """What the owner's browser keeps once she is signed in."""
    return owner_of(browser, door_house)


@pytest.fixture
def desk(browser, door_house, crew):
    """The studio's page of the doors."""
    context = browser.new_context(storage_state=crew, locale="en")
    page = context.new_page()
    yield lambda: page.goto(door_house.url + "/studio/shows/spring/doors/") and page
    context.close()


@pytest.fixture
def open_door(browser, door_house, evening):
    """`open_door(0)`: a phone at the first door, kept on the device, ready for the first guest."""
    contexts, errors = [], []

    def one(number=0, **told):
        context = browser.new_context(**({"locale": "en", "viewport": PHONE} | told))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(door_house.url + evening["doors"][number])
        page.wait_for_selector("aqyn-door[data-ready][data-kept][data-state=ok]")
        page.click(".begin")
        return page

    yield one
    for context in contexts:
        context.close()
    assert errors == []


def scanned(page, code):
    """As a USB scanner does: quick keys, then Enter; the word on the screen."""
    page.evaluate("document.querySelector('door-verdict').clear()")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_selector(WORD)
    return page.inner_text(WORD)


def why(page):
    return page.inner_text("door-verdict .why")


def told(page, waiting=0):
    page.wait_for_selector(f"aqyn-door[data-state=ok][data-waiting='{waiting}']")


def alone(page):
    page.context.set_offline(True)
    page.wait_for_selector("aqyn-door[data-state=alone]")


def in_touch(page):
    page.context.set_offline(False)
    told(page)


def test_each_code_has_its_word(open_door, evening):
    page, codes, numbers = open_door(), evening["codes"], evening["numbers"]
    assert scanned(page, codes["good"][0]) == "Let in"
    assert page.inner_text("door-verdict .who") == "Айгүл Сейітқызы"
    page.wait_for_timeout(700)
    assert scanned(page, codes["good"][0]) == "Already in"
    assert why(page).endswith(", Main entrance.")
    assert scanned(page, codes["other"][0]) == "Another show"
    assert why(page).startswith("This ticket is for: Yesterday, ")
    assert scanned(page, codes["unpaid"][0]) == "Not paid"
    assert scanned(page, codes["lapsed"][0]) == "Cancelled"
    assert scanned(page, codes["replaced"][0]) == "Replaced"
    forged = codes["usb"][0][:-4] + ("0000" if codes["usb"][0][-4:] != "0000" else "1111")
    assert scanned(page, forged) == "Forged"
    assert scanned(page, "https://example.org/") == "No ticket"
    page.click("door-verdict .next")
    page.click(".dock .find")
    page.fill("#find-what", str(numbers["typed"][0]))
    page.keyboard.press("Enter")
    page.wait_for_selector(WORD)
    assert page.inner_text(WORD) == "Let in"
    told(page)


def test_a_copy_that_goes_from_hand_to_hand_lets_one_in(open_door, evening):
    page, code, words = open_door(), evening["codes"]["passed_on"][0], []
    for _friend in range(3):
        words.append(scanned(page, code))
        page.wait_for_timeout(1400)
    assert words == ["Let in", "Already in", "Already in"]
    told(page)
    heard = """async serial => (await document.querySelector('aqyn-door').store.told())
      .filter(one => one.serial === serial && one.heard && !one.refused).map(one => one.verdict)"""
    assert page.evaluate(heard, evening["serials"]["passed_on"][0]) == ["in", "again", "again"]


CAMERA = """async code => {
  const door = document.querySelector('aqyn-door'), judged = [], rested = { now: 0 };
  door.eye.rest = () => {};
  door.eye.addEventListener('code', ({ detail }) => judged.push(detail.text));
  const clock = performance.now;
  performance.now = () => rested.now;
  const looks = (count, each, text) => {
    for (let n = 0; n < count; n++) { rested.now += each; door.eye.heard(text); }
  };
  looks(20, 100, code); looks(2, 300, null); looks(1, 100, code);
  const held = judged.length;
  looks(5, 100, null); looks(3, 100, code);
  performance.now = clock;
  await door.letIn({ serial: 0 });
  return [held, judged.length];
}"""


def test_the_camera_judges_anew_what_was_away_for_half_a_second(open_door, evening):
    page, code, serial = open_door(1), evening["codes"]["replaced"][0], evening["serials"]["replaced"][0]
    assert page.evaluate(CAMERA, code) == [1, 2]
    told(page)
    heard = """async serial => (await document.querySelector('aqyn-door').store.told())
      .filter(one => one.serial === serial).map(one => one.verdict)"""
    assert page.evaluate(heard, serial) == ["revoked", "revoked"]


def test_a_door_goes_on_without_a_network_and_through_a_reload(open_door, evening):
    page, codes = open_door(), evening["codes"]
    alone(page)
    assert scanned(page, codes["usb"][0]) == "Let in"
    assert "No network" in page.inner_text(".touch")
    page.reload()
    page.wait_for_selector("aqyn-door[data-state=alone][data-waiting='1']")
    page.click(".begin")
    assert scanned(page, codes["usb"][0]) == "Already in"
    in_touch(page)


def test_two_doors_without_a_network_let_a_copy_in_and_the_crew_sees_both(open_door, desk, evening):
    first, second = open_door(0), open_door(1)
    alone(first)
    alone(second)
    code = evening["codes"]["copied"][0]
    assert scanned(first, code) == "Let in"
    time.sleep(1)
    assert scanned(second, code) == "Let in"
    in_touch(second)
    in_touch(first)
    row = desk().locator("section:has(#twice) tbody tr")
    cells = row.locator("td").all_inner_texts()
    assert row.locator("th").inner_text().endswith("Дана Оразова")
    assert cells[0].endswith("Main entrance") and cells[1].endswith("Side entrance")
    assert cells[0][:8] < cells[1][:8]


def test_a_let_in_that_was_a_mistake_is_undone(open_door, evening):
    page, code = open_door(), evening["codes"]["undone"][0]
    before = page.inner_text(".here")
    assert scanned(page, code) == "Let in"
    page.click("door-verdict .next")
    page.click(".dock .undo")
    page.wait_for_selector("door-verdict[data-verdict=undone]")
    assert page.is_hidden(".dock .undo")
    assert page.inner_text(".here") == before
    told(page)
    assert scanned(page, code) == "Let in"
    page.click("door-verdict .press:not(.next)")
    page.wait_for_selector("door-verdict[data-verdict=undone]")
    told(page)


def test_a_name_is_found_in_any_script_and_each_guest_let_in_alone(open_door):
    page = open_door()
    page.click(".dock .find")
    page.fill("#find-what", "kyzylorda")
    assert page.inner_text(".order-head").split("\n")[0].startswith("Қызылорда қонақтары")
    page.click("door-find .one >> nth=1 >> button")
    page.wait_for_selector("door-verdict[data-verdict=in]")
    page.click("door-verdict .next")
    page.click(".dock .find")
    page.fill("#find-what", "قىزىلوردا")
    assert page.inner_text(".order-head .num") == "1 of 3"


def test_a_ticket_bought_after_the_list_is_let_in_and_said_so(open_door, evening):
    page, serial = open_door(1), evening["serials"]["late"][0]
    page.route("**/list", lambda route: route.abort())
    page.evaluate("serial => document.querySelector('aqyn-door').roll.tickets.delete(serial)", serial)
    assert scanned(page, evening["codes"]["late"][0]) == "Let in"
    assert why(page) == "Bought after this list was loaded. The signature is good."


def test_what_is_to_be_paid_at_the_door_is_taken_and_booked(open_door, evening):
    page, (first, second) = open_door(), evening["codes"]["owes"]
    assert scanned(page, first) == "To be paid"
    assert why(page) == "10\u00a0000\u00a0₸ at the door for all 2 places of the order."
    alone(page)
    page.click("door-verdict .press >> nth=0")
    page.wait_for_selector("door-verdict[data-verdict=in]")
    assert scanned(page, second) == "Let in"
    in_touch(page)
    owed = "id => document.querySelector('aqyn-door').roll.tickets.get(id).order.owes"
    assert page.evaluate(owed, evening["serials"]["owes"][1]) == 0


def test_money_at_the_door_is_booked_once_however_often_it_is_pressed(open_door, evening):
    page, (first, _second) = open_door(1), evening["codes"]["owes_too"]
    assert scanned(page, first) == "To be paid"
    twice = """async () => {
      const press = document.querySelector('door-verdict .press');
      press.click(); press.click();
      await document.querySelector('aqyn-door').letIn({ serial: 0 });
      const told = await document.querySelector('aqyn-door').store.told();
      return told.filter(one => one.kind === 'takings').map(one => one.amount);
    }"""
    assert page.evaluate(twice) == [1_000_000]
    told(page)


def sells(page, count, way="cash"):
    page.evaluate("document.querySelector('door-verdict').clear()")
    page.click(".dock .sell")
    for _time in range(count):
        page.click("door-sell .type >> nth=0 >> .step >> nth=1")
    page.click(f"[data-way={way}]")
    page.wait_for_selector("door-verdict:not([data-verdict=asking]) .word")
    return page.inner_text(WORD)


def test_places_are_sold_with_and_without_a_network_and_never_too_many(open_door, desk):
    page = open_door()
    assert sells(page, 2) == "Sold: let in"
    assert why(page) == "2 × sold: 10\u00a0000\u00a0₸."
    page.click("door-verdict .next")
    page.click(".dock .sell")
    page.fill(".along input >> nth=0", "3")
    page.click(".along button")
    page.wait_for_selector(".along .told:text('Done: these places are with you.')")
    page.click("door-sell .shut")
    alone(page)
    assert sells(page, 2, "terminal") == "Sold: let in"
    page.evaluate("document.querySelector('door-verdict').clear()")
    page.click(".dock .sell")
    assert "1 with you" in page.inner_text("door-sell .type >> nth=0")
    page.click("door-sell .type >> nth=0 >> .step >> nth=1")
    assert page.is_disabled("door-sell .type >> nth=0 >> .step >> nth=1")
    page.click("door-sell .shut")
    in_touch(page)
    sold = desk().locator("section:has(#sold) tbody tr").all_inner_texts()
    assert [row.replace("\u00a0", " ").split("\t") for row in sold] == [
        ["Cash", "2", "10 000 ₸"],
        ["Terminal", "2", "10 000 ₸"],
    ]


def test_a_sale_that_changed_while_it_was_told_is_told_again(open_door):
    page = open_door(1)
    refused_late = """async () => {
      const door = document.querySelector('aqyn-door'), { sync, store } = door;
      const sale = door.record('sales', { counts: [[door.roll.types[0].id, 1]], way: 'cash', stock: false });
      await sync.now();
      await store.keep(sale);
      sync.ask = async () => {
        await store.keep({ ...sale, stock: true });
        return Response.json({ taken: [], refused: { [sale.key]: 'Sold out.' }, sold: {}, closed: false });
      };
      await sync.now();
      return (await store.told()).find(one => one.key === sale.key);
    }"""
    kept = page.evaluate(refused_late)
    assert (kept["stock"], "heard" in kept, "refused" in kept) == (True, False, False)


def test_what_a_door_saw_outlives_a_killed_browser(door_house, evening, browser, tmp_path):
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    told = {"executable_path": path, "args": CHROMIUM_ARGUMENTS, "locale": "en", "viewport": PHONE}
    context = browser.browser_type.launch_persistent_context(str(tmp_path), **told)
    page = context.new_page()
    page.goto(door_house.url + evening["doors"][1])
    page.wait_for_selector("aqyn-door[data-ready][data-kept][data-state=ok]")
    page.click(".begin")
    alone(page)
    assert scanned(page, evening["codes"]["killed"][0]) == "Let in"
    for pid in processes_with(str(tmp_path)):
        os.kill(pid, signal.SIGKILL)
    context = browser.browser_type.launch_persistent_context(str(tmp_path), **told)
    page = context.new_page()
    page.goto(door_house.url + evening["doors"][1])
    page.wait_for_selector("aqyn-door[data-ready]")
    told_now = "serial => document.querySelector('aqyn-door').roll.came.get(serial)?.door"
    assert page.evaluate(told_now, evening["serials"]["killed"][0]) == "Side entrance"
    context.close()


def processes_with(word):
    """The processes whose command line has this word."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if word in (folder / "cmdline").read_text("utf-8", "replace"):
                yield int(folder.name)


def test_a_changed_show_reaches_a_door_that_keeps_its_page(open_door, door_house, crew, browser):
    page, kept = open_door(1), "caches.keys().then(names => names.join())"
    worker = "fetch('worker.js', { cache: 'no-store' }).then(answer => answer.text())"
    before, cache = page.evaluate(worker), page.evaluate(kept)
    assert page.evaluate(worker) == before
    context = browser.new_context(storage_state=crew, locale="en")
    studio = context.new_page()
    studio.goto(door_house.url + "/studio/shows/spring/")
    studio.fill("[name='title.en']", "An autumn evening")
    studio.click(".show-form button:not([type=button])")
    studio.wait_for_load_state()
    context.close()
    assert page.evaluate(worker) != before
    page.reload()
    for _tenth in range(100):
        if page.evaluate(kept) not in ("", cache) and "," not in page.evaluate(kept):
            break
        page.wait_for_timeout(100)
    page.reload()
    assert page.inner_text(".what p").startswith("An autumn evening")


def test_a_closed_door_is_told_and_what_it_saw_is_taken(open_door, desk, evening):
    page = open_door(2)
    alone(page)
    assert scanned(page, evening["codes"]["closed"][0]) == "Let in"
    studio = desk()
    row = studio.locator(".rows > li", has_text="Back door")
    row.locator("button", has_text="Close the door").click()
    page.context.set_offline(False)
    page.wait_for_selector("aqyn-door[data-state=closed][data-waiting='0'] .shut-door:not([hidden])")
    assert page.inner_text(".shut-told") == "Everything it saw is told to the house."
    assert "1 let in" in desk().locator(".rows > li", has_text="Back door").inner_text()
