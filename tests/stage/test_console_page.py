"""The console without its script: the hall opened, led and closed by plain forms."""

import re
from datetime import UTC, datetime

import pytest

from aqyn.core.live import Position, State
from aqyn.stage import services
from aqyn.stage.models import Performance
from aqyn.stage.selectors.console import console, present
from aqyn.stage.selectors.current import position_of

pytestmark = pytest.mark.django_db
PAGE = "/studio/stage/astana/"


def press(client, **told):
    return client.post(PAGE + "deed/", told, follow=True)


def open_now(show):
    return position_of(Performance.objects.get(show=show, closed_at=None))


def refusals(answer):
    return [str(message) for message in answer.context["messages"] if message.level_tag == "error"]


@pytest.fixture
def drives(setlist, crew):
    """A client of the crew's that holds the wheel of the open hall."""
    crew.post(PAGE + "open/")
    press(crew, do="take")
    return crew


def test_strangers_are_sent_to_sign_in_and_unknown_shows_answer_404(show, visitor, crew):
    for path in ("", "close/"):
        assert visitor.get(PAGE + path).status_code == 302
        assert crew.get(f"/studio/stage/nowhere/{path}").status_code == 404
    for path in ("open/", "deed/", "close/"):
        assert visitor.post(PAGE + path).status_code == 302
        assert Performance.objects.count() == 0
    assert crew.post("/studio/stage/nowhere/open/").status_code == 404
    assert crew.get(PAGE + "open/").status_code == 405


def test_before_the_hall_is_open_the_page_says_what_tonight_is(setlist, crew):
    page = crew.get(PAGE).content.decode()
    assert "Wednesday, 20 May 2026" in page
    assert re.findall(r'class="title"><span[^>]*>([^<]+)', page) == [
        "Window",
        "About the sea",
        "The Bridge",
        "Window",
    ]
    assert "Open the hall" in page and "Rehearse" in page


def test_a_draft_can_be_rehearsed_and_says_why_it_cannot_be_opened(make_show, crew):
    make_show("draft", announced=False)
    page = crew.get("/studio/stage/draft/").content.decode()
    assert "Announce it before you open its hall" in page
    refused = crew.post("/studio/stage/draft/open/", follow=True)
    assert refusals(refused) == [
        "Announce the show before you open its hall: until then nobody would find it."
    ]
    crew.post("/studio/stage/draft/open/", {"rehearsal": "on"})
    assert Performance.objects.get().rehearsal is True


def test_a_rehearsal_shows_the_address_that_only_it_has(show, crew):
    crew.post(PAGE + "open/", {"rehearsal": "on"})
    key = Performance.objects.get().key
    page = crew.get(PAGE)
    assert page.context["phone"].address == f"http://localhost/live/astana/?rehearsal={key}"
    assert page.context["phone"].svg.startswith("<svg")
    assert page["Cache-Control"] == "no-store"


def test_the_open_hall_has_the_address_of_the_show(show, crew):
    crew.post(PAGE + "open/")
    assert crew.get(PAGE).context["phone"].address == "http://localhost/live/astana/"


def test_closing_asks_once(show, crew):
    crew.post(PAGE + "open/")
    assert "Close the hall?" in crew.get(PAGE + "close/").content.decode()
    assert Performance.objects.get().closed_at is None
    crew.post(PAGE + "close/")
    assert Performance.objects.get().closed_at is not None
    assert "The evening has ended" in crew.get(PAGE).content.decode()
    assert crew.get(PAGE + "close/").status_code == 302


def test_the_hall_is_opened_once(show, crew):
    crew.post(PAGE + "open/")
    assert refusals(crew.post(PAGE + "open/", follow=True)) == ["The hall is open; close it first."]
    assert Performance.objects.count() == 1


def test_without_the_wheel_a_form_changes_nothing(setlist, show, crew):
    crew.post(PAGE + "open/")
    before = open_now(show)
    assert refusals(press(crew, entry=setlist[0].pk)) == ["You do not hold the wheel; take it first."]
    assert open_now(show) == before


def test_the_form_leads_the_hall_through_a_song(setlist, show, drives):
    press(drives, entry=setlist[0].pk)
    assert (open_now(show).state, open_now(show).entry) == (State.WAIT, setlist[0].pk)
    deeds = ("start", "hold", "go", "hand", "next", "dark", "light", "back", "clock", "finish")
    seen = []
    for deed in deeds:
        assert refusals(press(drives, do=deed)) == [], deed
        seen.append((open_now(show).state, open_now(show).dark))
    assert seen == [
        (State.RUN, False),
        (State.HOLD, False),
        (State.RUN, False),
        (State.HAND, False),
        (State.HAND, False),
        (State.HAND, True),
        (State.HAND, False),
        (State.HAND, False),
        (State.RUN, False),
        (State.OVER, False),
    ]


@pytest.mark.parametrize("told", [{"do": "dance"}, {"do": "line"}, {}, {"entry": "x"}, {"entry": "²"}])
def test_what_is_no_press_is_refused_and_changes_nothing(show, drives, told):
    before = open_now(show)
    assert refusals(press(drives, **told)) == ["This is nothing that a console sends."]
    assert open_now(show) == before


def test_the_form_of_another_session_is_another_console(setlist, show, person, drives):
    from django.test import Client

    other = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    other.force_login(person)
    assert other.get(PAGE).context["mine"] is False
    assert refusals(press(other, do="start")) == ["You do not hold the wheel; take it first."]
    press(other, do="take")
    assert (other.get(PAGE).context["mine"], drives.get(PAGE).context["mine"]) == (True, False)


def test_the_page_shows_the_line_that_is_sung_and_the_next(setlist, show, drives):
    press(drives, entry=setlist[0].pk)
    assert [drives.get(PAGE).context["present"].following] == ["Terezede janğan şam"]
    press(drives, do="hand")
    press(drives, do="next")
    told = drives.get(PAGE).context["present"]
    assert (told.tag, told.line, told.following) == ("kk-Latn", "море, teñız", "Qaityp kel, qaityp kel")


@pytest.mark.parametrize(
    ("at_ms", "line", "following", "over"),
    [
        (0, "", "Терезеде жанған шам", False),
        (1_500, "Терезеде жанған шам", "море, теңіз", False),
        (9_500, "Жел соқса да, біз бармыз", "", False),
        (15_000, "", "", True),
    ],
)
def test_what_is_present_follows_the_clock(setlist, show, at_ms, line, following, over):
    services.open_hall(show="astana", rehearsal=False, now=datetime(2026, 5, 20, 14, tzinfo=UTC))
    desk = console("astana", tag="en", now=datetime(2026, 5, 20, 14, tzinfo=UTC))
    object.__setattr__(desk, "position", Position(5, 1_000, State.RUN, entry=setlist[0].pk))
    told = present(desk, wanted=("kk-Cyrl", "en"), now_ms=1_000 + at_ms)
    assert (told.line, told.following, told.over) == (line, following, over)


def test_talk_and_a_song_that_left_show_their_title(setlist, show, drives):
    press(drives, entry=setlist[1].pk)
    told = drives.get(PAGE).context["present"]
    assert (told.entry.title, told.line, told.following) == ({"en": "About the sea"}, "", "")


def test_the_setlist_tells_the_crew_what_only_they_read(setlist, show, crew):
    services.change_entry(entry=setlist[0].pk, facts=services.EntryFacts(bpm=84, note="Capo 2"), now=None)
    crew.post(PAGE + "open/")
    page = crew.get(PAGE).content.decode()
    assert 'data-bpm="84"' in page and "Capo 2" in page
