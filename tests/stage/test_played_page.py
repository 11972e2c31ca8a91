"""The pages of what was really played: the crew's, to correct and publish it, and the one for everyone."""

import json
import re

import pytest

from aqyn.core.live import Position, State
from aqyn.songs import services as song_services
from aqyn.stage import services
from aqyn.stage.models import Played
from aqyn.stage.selectors.played import played_snapshot
from aqyn.ui.pages import page_generation

pytestmark = pytest.mark.django_db
DESK = "/studio/stage/astana/played/"
PUBLIC = "/en/shows/astana/setlist/"


@pytest.fixture
def over(setlist, evening, later):
    """An evening that is over: Window, talk, The Bridge, and Window as encore."""
    performance = services.open_hall(show="astana", rehearsal=False, now=evening)
    for number, entry in enumerate(setlist):
        position = Position(number + 2, 0, State.RUN, entry=entry.pk)
        services.note_played(performance, position, later(60 * number))
        performance.entry_id = entry.pk
        performance.save()
    return services.close_hall(show="astana", now=later(600))


def titles(performance):
    return [row.title["en"] for row in performance.played.all()]


def published(over, noon):
    services.publish_setlist(performance=over.pk, now=noon)


def test_before_the_first_evening_the_crew_is_told_what_will_be_here(show, crew, visitor):
    assert "rehearsals are not" in crew.get(DESK).content.decode()
    assert visitor.get(DESK).status_code == 302
    assert crew.get("/studio/stage/nowhere/played/").status_code == 404


def test_the_crew_sees_the_list_with_its_times_by_the_shows_clock(over, crew):
    page = crew.get(DESK).content.decode()
    assert re.findall(r'<p class="marks"><bdi dir="ltr">([^<]*)', page) == [
        "19:00",
        "19:01",
        "19:02",
        "19:03",
    ]
    assert "19:00–19:10" in page


def test_an_open_hall_shows_its_list_without_a_button_to_change_it(setlist, crew, evening):
    services.open_hall(show="astana", rehearsal=False, now=evening)
    page = crew.get(DESK).content.decode()
    assert "The list grows by itself" in page and "/remove/" not in page and "/reach/" not in page


def test_the_list_is_corrected_by_its_buttons(over, crew):
    first, talk, bridge, _encore = (row.pk for row in over.played.all())
    at = f"{DESK}{over.pk}/"
    crew.post(f"{at}{talk}/remove/")
    crew.post(f"{at}{bridge}/move/", {"where": "up"})
    crew.post(f"{at}{first}/mark/", {"encore": "yes"})
    crew.post(f"{at}add/", {"song": "bridge"})
    crew.post(f"{at}add/", {"title": "A dance"})
    assert titles(over) == ["The Bridge", "Window", "Window", "The Bridge", "A dance"]
    assert Played.objects.get(pk=first).encore


def test_every_change_of_the_list_is_undone(over, crew):
    first = over.played.first().pk
    at = f"{DESK}{over.pk}/"
    for path, told in (
        (f"{first}/remove/", {}),
        (f"{first}/move/", {"where": "down"}),
        (f"{first}/mark/", {"encore": "yes"}),
        ("add/", {"title": "A dance"}),
    ):
        before = played_snapshot(over.pk)
        crew.post(at + path, told)
        assert played_snapshot(over.pk) != before
        crew.post(at + "undo/")
        assert played_snapshot(over.pk) == before
    assert crew.post(at + "undo/").status_code == 409


def test_nothing_is_undone_over_somebody_elses_change(over, crew, noon):
    first, last = over.played.first().pk, over.played.last().pk
    crew.post(f"{DESK}{over.pk}/{first}/remove/")
    services.remove_played(played=last, now=noon)
    assert crew.post(f"{DESK}{over.pk}/undo/").status_code == 409
    assert titles(over) == ["About the sea", "The Bridge"]


def test_what_cannot_be_done_is_said_on_the_page(over, crew, make_show):
    at = f"{DESK}{over.pk}/"
    for path, told in (("0/remove/", {}), ("0/move/", {}), ("add/", {"song": "nothing"}), ("add/", {})):
        answer = crew.post(at + path, told)
        assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (409, True)
    make_show("almaty")
    assert crew.post(f"/studio/stage/almaty/played/{over.pk}/add/", {"song": "tereze"}).status_code == 404
    assert len(titles(over)) == 4


@pytest.mark.parametrize("deed", ["move", "mark", "remove"])
def test_a_list_is_not_changed_from_the_page_of_another_show(over, crew, make_show, evening, deed):
    make_show("almaty")
    other = services.open_hall(show="almaty", rehearsal=False, now=evening)
    services.close_hall(show="almaty", now=evening)
    before, row = played_snapshot(over.pk), over.played.first().pk
    at = f"/studio/stage/almaty/played/{other.pk}/{row}/{deed}/"
    assert crew.post(at, {"where": "down", "encore": "yes"}).status_code == 409
    assert played_snapshot(over.pk) == before


def test_everyone_reads_the_list_once_it_is_published_and_not_after_it_was_withdrawn(over, crew, visitor):
    assert visitor.get(PUBLIC).status_code == 404
    before = page_generation()
    crew.post(f"{DESK}{over.pk}/reach/", {"reach": "public"})
    assert page_generation() > before
    page = visitor.get(PUBLIC).content.decode()
    assert page.count('href="/en/songs/tereze/"') == 2
    assert "Wednesday, 20 May 2026" in page and "The Steppe House" in page and "Encore" in page
    crew.post(f"{DESK}{over.pk}/reach/", {"reach": "crew"})
    assert visitor.get(PUBLIC).status_code == 404


def test_a_draft_is_named_on_the_public_list_and_not_linked(over, noon, visitor):
    published(over, noon)
    song_services.withdraw(song="tereze", now=noon)
    page = visitor.get(PUBLIC).content.decode()
    assert "Window" in page and "/songs/tereze/" not in page


def test_search_engines_read_which_works_were_performed(over, noon, visitor):
    published(over, noon)
    page = visitor.get(PUBLIC).content.decode()
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    event = json.loads(told)
    assert (event["@type"], [work["name"] for work in event["workPerformed"]]) == (
        "MusicEvent",
        ["Window", "The Bridge", "Window"],
    )
    assert event["workPerformed"][0]["url"] == "http://localhost/en/songs/tereze/"


def test_the_shows_page_carries_the_list_once_it_is_published(over, noon, visitor):
    assert "What was sung" not in visitor.get("/en/shows/astana/").content.decode()
    published(over, noon)
    page = visitor.get("/en/shows/astana/").content.decode()
    assert "What was sung" in page and PUBLIC in page


def test_the_shows_page_in_the_studio_leads_to_everything_of_the_night(over, crew):
    page = crew.get("/studio/shows/astana/").content.decode()
    for address in ("setlist/", "", "poster/", "played/"):
        assert f'href="/studio/stage/astana/{address}"' in page
    assert "http://localhost/live/astana/" in page


def test_unknown_shows_and_drafts_have_no_public_list(make_show, visitor):
    make_show("draft", announced=False)
    for slug in ("draft", "nowhere"):
        assert visitor.get(f"/en/shows/{slug}/setlist/").status_code == 404
