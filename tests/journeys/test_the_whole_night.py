"""The whole night: a song, its show, a letter, two places, a door alone, the hall, the morning after."""

from __future__ import annotations

import base64
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.journeys.conftest import filled
from tests.journeys.console_desk import chooses, closed, console_of, pressed, state, takes, words_there
from tests.journeys.console_desk import opened as hall_opened
from tests.journeys.letterbox import letterbox, link_in, text_of
from tests.journeys.live_page import here, is_right, marked, phones, told, words
from tests.journeys.song_page import DESK, PHONE, owner_of

FAN, NAME = "dana@example.kz", "Дана Оразова"
SHOW = "/studio/shows/spring/"
HALLS = ["/kk/live/spring/", "/kk-latn/live/spring/", "/kk-arab/live/spring/"]
CHORUS = ["Қызылорда, Қызылорда,", "Qyzylorda, Qyzylorda,", "قىزىلوردا، قىزىلوردا،"]
NIGHT = ZoneInfo("Asia/Almaty")
ON_THE_LIST_S = 20
"""What was played no longer than this was a slip, and is not on the list of what was played."""
ECHO_MS = 2_100
"""Sooner the same code again is the echo of a scanner."""

# The picture on a guest's phone, read by the eye of the door.
LOOK = """async ([modules, picture]) => {
  const { greyOf, readPicture } = await import(modules + 'picture.js');
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const seen = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(seen.width, seen.height).getContext('2d');
  context.drawImage(seen, 0, 0);
  const { data } = context.getImageData(0, 0, seen.width, seen.height);
  return readPicture(greyOf(data), seen.width, seen.height);
}"""


@pytest.fixture(scope="module")
def box():
    with letterbox() as found:
        yield found


@pytest.fixture(scope="module")
def house(open_house, tmp_path_factory):
    """An open house that knows its own address, with the songs of seed_night.py."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    return filled(open_house("--port", str(port), settings={"public_url": address}), "seed_night.py")


@pytest.fixture(scope="module")
def crew(browser, house):
    """What the owner's browser keeps once she is signed in."""
    return owner_of(browser, house)


@contextmanager
def person(browser, **told):
    """Somebody with a browser of their own; an error in a script of ours fails the test."""
    context = browser.new_context(**({"locale": "en", "viewport": PHONE} | told))
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def plain(text):
    """With ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_from_a_song_to_the_morning_after(browser, house, crew, box):
    with (
        person(browser, storage_state=crew, viewport=DESK) as desk,
        person(browser) as fan,
        person(browser) as door,
    ):
        mail_is_set_up(desk, house, box)
        the_song_is_opened_to_all(desk, house)
        somebody_follows(fan, house, box)
        night = the_show_is_told_with_its_setlist(desk, house)
        its_places_go_on_sale(desk, house)
        the_followers_are_written_to(desk, house)
        order = two_places_are_ordered(fan, box, night)
        the_money_is_found(desk, house, fan, order)
        open_a_door(desk, house, door)
        codes = the_tickets_are_there(fan, box, door, order)
        the_door_lets_in_without_a_network(desk, house, door, fan, codes)
        the_hall_sings(browser, house, crew)
        the_morning_after_adds_up(desk, house)
        those_who_came_are_thanked(desk, house)


def presses(page, words):
    page.click(f"button:text-is('{words}')")


def mail_is_set_up(desk, house, box):
    desk.goto(house.url + "/studio/mail/server/")
    desk.fill("[name=host]", "127.0.0.1")
    desk.fill("[name=port]", str(box.port))
    desk.select_option("[name=security]", "none")
    desk.fill("[name=from_address]", "house@aru.example")
    desk.fill("[name=per_minute]", "600")
    presses(desk, "Keep it")
    desk.wait_for_selector("text=Now send yourself a test letter")


def the_song_is_opened_to_all(desk, house):
    assert house.get("/kk/songs/window/").status == 404
    desk.goto(house.url + "/studio/songs/window/")
    presses(desk, "Open it to all")
    desk.wait_for_selector("button:text-is('Open it to all')", state="detached")
    page = house.get("/kk/songs/window/").content.decode()
    assert 'data-timed="words"' in page


def somebody_follows(fan, house, box):
    fan.goto(house.url + "/en/artists/aru/")
    fan.fill("#follow-email", FAN)
    presses(fan, "Write to me")
    assert fan.inner_text("h1") == "Look into your letters"
    asked = box.letter_to(FAN, "")
    fan.goto(link_in(asked, "/follow/"))
    presses(fan, "Yes, write to me")
    assert fan.inner_text("h1") == "Now you follow"


def the_show_is_told_with_its_setlist(desk, house):
    """The night: tomorrow at eight, by the clocks of Almaty."""
    night = (datetime.now(NIGHT) + timedelta(days=1)).replace(hour=20, minute=0, second=0, microsecond=0)
    desk.goto(house.url + "/studio/shows/new/")
    for field, text in {
        "title.kk-Cyrl": "Көктем кеші",
        "title.en": "Spring",
        "city.kk-Cyrl": "Алматы",
        "city.en": "Almaty",
        "venue.kk-Cyrl": "Дала сарайы",
        "venue.en": "The Steppe House",
        "day": night.date().isoformat(),
        "doors": "19:00",
        "start": "20:00",
        "time_zone": "Asia/Almaty",
    }.items():
        desk.fill(f"[name='{field}']", text)
    presses(desk, "Make the show")
    desk.wait_for_url("**/studio/shows/koktem-keshi/")
    desk.fill("[name=slug]", "spring")
    presses(desk, "Keep it")
    desk.wait_for_url(f"**{SHOW}")
    presses(desk, "Announce it to all")
    desk.wait_for_selector("text=everybody can see it now")
    desk.goto(house.url + "/studio/stage/spring/setlist/")
    for n, (slug, title) in enumerate((("window", "The Window"), ("bridge", "The Bridge"))):
        desk.click(f"#add-{slug}")
        desk.wait_for_selector(f".entries li:nth-child({n + 1}) .name:has-text('{title}')")
    return night


def its_places_go_on_sale(desk, house):
    desk.goto(house.url + "/studio/payments/ways/new/transfer/")
    desk.fill("[name=receiver]", "Aru")
    desk.fill("[name=account]", "KZ86 125K ZT50 0410 0100")
    presses(desk, "Keep it")
    desk.wait_for_selector("text=People can pay this way now")
    desk.goto(house.url + SHOW + "sale/")
    desk.fill("[name=places]", "40")
    desk.fill("[name=name]", "Standing")
    desk.fill("[name=price]", "4 990.55")
    desk.select_option("[name=currency]", "KZT")
    desk.check("[name=ways]")
    presses(desk, "Set up the sale")
    presses(desk, "Open the sale")
    desk.wait_for_selector("text=The sale is open")


def the_followers_are_written_to(desk, house):
    desk.goto(house.url + SHOW)
    presses(desk, "Announce it by letter")
    desk.wait_for_url("**/letters/*/")
    presses(desk, "Keep it and look at it")
    desk.wait_for_url("**/preview/")
    presses(desk, "Send it to 1 reader")
    desk.wait_for_selector("#far")


def two_places_are_ordered(fan, box, night):
    """From the letter to “I have paid”; the reference of the order's payment."""
    letter = box.letter_to(FAN, "Aru: “Spring”, Almaty")
    assert letter["List-Unsubscribe"] == f"<{link_in(letter, '/leave/')}>"
    day = f"{night.day} {night:%B %Y}"
    assert day in text_of(letter)
    fan.goto(link_in(letter, "/shows/"))
    fan.click(".to-shop a")
    fan.wait_for_url("**/shows/spring/tickets/")
    fan.click("aqyn-stepper .more")
    fan.click("aqyn-stepper .more")
    assert plain(fan.inner_text(".counter .total output")) == "9 981.10 ₸"
    fan.fill("[name=email]", FAN)
    fan.click("button:text-is('Hold places: 2')")
    fan.wait_for_url("**/en/holds/*/*/")
    fan.fill("[name=name]", NAME)
    presses(fan, "Order, and see how to pay")
    fan.wait_for_url("**/en/orders/*/*/")
    assert fan.locator(".stands").inner_text().startswith("Your places are kept until")
    assert plain(fan.inner_text(".paying .total output")) == "9 981.10 ₸"
    reference = fan.inner_text(".reference strong")
    to_pay = box.letter_to(FAN, "Your order: Spring")
    assert {f"Purpose: {reference}", "Amount: 9 981.10 ₸"} <= set(plain(text_of(to_pay)).splitlines())
    assert link_in(to_pay, "/orders/") == fan.url
    fan.click("summary:text-is('I have paid')")
    presses(fan, "Tell the house")
    fan.wait_for_selector("text=we look for your payment")
    assert fan.locator(".stubs a").count() == 0
    return reference


def the_money_is_found(desk, house, fan, reference):
    desk.goto(house.url + "/studio/payments/")
    row = desk.locator(".rows > li", has_text=reference)
    assert f"“I have paid”, says {NAME}" in row.inner_text()
    assert plain(row.locator(".sums").inner_text()) == "9 981.10 ₸"
    row.locator(".cover-link").click()
    assert desk.input_value("[name=amount]") == "9981.10"
    presses(desk, "Book it")
    desk.wait_for_selector("text=The payment is booked.")
    desk.goto(house.url + "/studio/payments/")
    assert desk.locator(".rows > li", has_text=reference).count() == 0


def open_a_door(desk, house, door):
    desk.goto(house.url + SHOW + "doors/")
    desk.fill("[name=name]", "Main entrance")
    presses(desk, "Make the door")
    door.goto(desk.locator("aqyn-copy input").input_value())
    door.wait_for_selector("aqyn-door[data-ready][data-kept][data-state=ok]")
    door.click(".begin")


def the_tickets_are_there(fan, box, door, reference):
    """What the eye of the door reads from the buyer's phone, for each of the tickets."""
    paid = box.letter_to(FAN, "Paid: Spring")
    assert "Tickets: № 0001, № 0002" in text_of(paid)
    fan.goto(link_in(paid, "/orders/"))
    assert fan.inner_text(".stands") == "Your places are yours."
    assert fan.locator(".stubs a").count() == 2
    fan.click(".stubs a >> nth=0")
    codes = []
    for number in ("0001", "0002"):
        fan.wait_for_selector(f".pass dd:has-text('{number}')")
        picture = base64.b64encode(fan.locator(".pass .code").screenshot()).decode()
        script = door.locator("script[type=module][src*='/door/']").first.get_attribute("src")
        codes.append(door.evaluate(LOOK, [script.split("/door/")[0] + "/qr/", picture]))
        if number == "0001":
            fan.click("[rel=next]")
    return codes


def the_door_lets_in_without_a_network(desk, house, door, fan, codes):
    door.context.set_offline(True)
    door.wait_for_selector("aqyn-door[data-state=alone]")
    assert scanned(door, codes[0]) == "Let in"
    assert door.inner_text("door-verdict .who") == NAME
    desk.goto(house.url + SHOW + "doors/")
    assert desk.inner_text(".doors-sum") == "0 / 2"
    door.context.set_offline(False)
    at_home(door)
    desk.reload()
    assert desk.inner_text(".doors-sum") == "1 / 2"
    fan.click("[rel=prev]")
    assert fan.inner_text(".came") == "You are in. Enjoy the evening."
    door.wait_for_timeout(ECHO_MS)
    assert scanned(door, codes[0]) == "Already in"
    assert door.inner_text("door-verdict .why").endswith(", Main entrance.")
    at_home(door)
    desk.reload()
    assert desk.inner_text(".doors-sum") == "1 / 2"
    row = desk.locator(".rows > li", has_text="Main entrance").inner_text()
    assert "1 let in · 1 scan turned away" in row
    assert desk.get_by_text("Not one ticket was let in twice.").is_visible()


def at_home(door):
    """Wait until the house knows all that the door does."""
    door.wait_for_selector("aqyn-door[data-state=ok][data-waiting='0']")


def scanned(door, code):
    """As a USB scanner does: quick keys, then Enter; the word on the screen."""
    door.evaluate("document.querySelector('door-verdict').clear()")
    door.keyboard.type(code)
    door.keyboard.press("Enter")
    door.wait_for_selector("door-verdict .word")
    return door.inner_text("door-verdict .word")


def the_hall_sings(browser, house, crew):
    with phones(browser, house, *HALLS) as guests:
        for guest in guests:
            marked(guest, "state", "shut")
        hall_opened(browser, house, crew)
        for guest in guests:
            marked(guest, "state", "wait")
        with console_of(browser, house, crew) as console:
            takes(console)
            # A slip of the hand: the second song begins, and is left again.
            sings(console, 1)
            sings(console, 0)
            began = time.monotonic()
            position = told(house)
            sung = words(house, position.entry)
            for line in (0, 1, 2):
                for guest, chorus in zip(guests, CHORUS, strict=True):
                    marked(guest, "line", line)
                    assert is_right(guest, position, sung)
                    assert line < 2 or here(guest) == chorus
            console.wait_for_timeout(max(0, (ON_THE_LIST_S + 1 - (time.monotonic() - began)) * 1000))
            console.click("[data-do=finish]:visible")
            for guest in guests:
                marked(guest, "state", "over")
        closed(browser, house, crew)
        for guest in guests:
            marked(guest, "state", "end")


def sings(console, place):
    chooses(console, place)
    words_there(console)
    pressed(console, "Enter")
    state(console, "run")


def the_morning_after_adds_up(desk, house):
    desk.goto(house.url + SHOW + "settlement/")
    figures = desk.locator(".figures > div").all_inner_texts()
    assert [plain(one).split("\n")[-1] for one in figures] == ["1", "1", "0", "9 981.10 ₸", "9 981.10 ₸"]
    [by_type] = rows(desk, "by-1")
    assert by_type == ["Standing", "2", "1", "0", "0", "9 981.10 ₸", "9 981.10 ₸", "0 ₸", "0 ₸", "0 ₸"]
    [by_way] = rows(desk, "by-2")
    assert by_way == ["Bank transfer", *by_type[1:]]
    assert desk.inner_text("#check") == "It adds up"
    assert [row[1:] for row in rows(desk, "check")] == [["9 981.10 ₸"] * 2] * 3 + [["0 ₸"] * 2]


def rows(page, section):
    """The rows of the table in the section with this heading."""
    found = page.locator(f"section[aria-labelledby={section}] tbody tr").all_inner_texts()
    return [[cell.strip() for cell in plain(row).split("\t")] for row in found]


def those_who_came_are_thanked(desk, house):
    desk.goto(house.url + SHOW)
    presses(desk, "Thank them by letter")
    desk.wait_for_url("**/letters/*/")
    assert desk.is_checked("[name=audience][value=came]")
    thanks = desk.input_value("[name='text_en']")
    assert thanks.split("\n\n")[1:3] == [
        "Thank you for the evening “Spring”. It was good to have you there.",
        "What we played:\n1. The Window",
    ]
    assert desk.input_value("[name='text_kk-Cyrl']").count("1. Терезе") == 1
    presses(desk, "Keep it and look at it")
    assert desk.inner_text("#go") == "It goes to 1 reader"
