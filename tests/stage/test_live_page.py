"""The hall's page, the captions and the short address: who is let in, what they say before a word is sung."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aqyn.shows.models import Cancellation
from aqyn.stage import services

PAGES = ("/en/live/astana/", "/en/live/astana/captions/")


@pytest.fixture
def rehearsal(make_show, noon):
    """The open rehearsal of a draft."""
    make_show("draft", announced=False)
    return services.open_hall(show="draft", rehearsal=True, now=noon)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_tells_the_show_and_when_it_begins_in_its_own_zone(setlist, visitor, page):
    text = visitor.get(page).content.decode()
    assert "A spring evening" in text
    assert "Wednesday, 20 May 2026" in text
    assert "start 19:00 (UTC+5)" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_draft_and_an_unknown_show_answer_404(make_show, visitor, page):
    make_show("draft", announced=False)
    for slug in ("draft", "nowhere"):
        assert visitor.get(page.replace("astana", slug)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_draft_is_seen_with_the_key_of_its_rehearsal_and_kept_by_nobody(rehearsal, visitor, page):
    address = page.replace("astana", "draft")
    answer = visitor.get(f"{address}?rehearsal={rehearsal.key}")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert visitor.get(f"{address}?rehearsal=wrong").status_code == 404


def test_songs_that_anyone_may_read_are_linked_once_while_the_hall_is_open(setlist, write, visitor, noon):
    write("secret", state="draft", title={"kk-Cyrl": "Құпия"})
    services.add_entry(show="astana", song="secret", now=noon)
    link = 'href="/en/songs/tereze/"'
    assert link not in visitor.get("/en/live/astana/").content.decode()
    services.open_hall(show="astana", rehearsal=False, now=noon)
    text = visitor.get("/en/live/astana/").content.decode()
    assert text.count(link) == 1
    assert "secret" not in text
    services.close_hall(show="astana", now=noon)
    assert link not in visitor.get("/en/live/astana/").content.decode()


def test_a_show_without_a_date_or_a_setlist_has_its_page(make_show, visitor):
    make_show("open", starts_at=None)
    text = visitor.get("/en/live/open/").content.decode()
    assert "UTC" not in text and "start " not in text


def test_the_short_address_leads_to_the_page_in_the_readers_language(setlist, visitor):
    for address in ("/live/astana/", "/live/astana"):
        answer = visitor.get(address, HTTP_ACCEPT_LANGUAGE="kk-Arab")
        assert (answer.status_code, answer["Location"]) == (302, "/kk-arab/live/astana/")
        assert answer["Cache-Control"] == "no-store"
    answer = visitor.get("/live/astana?rehearsal=abc", HTTP_ACCEPT_LANGUAGE="ru")
    assert answer["Location"] == "/ru/live/astana/?rehearsal=abc"


def test_the_short_address_of_no_show_answers_404(make_show, visitor):
    make_show("draft", announced=False)
    for slug in ("draft", "nowhere"):
        assert visitor.get(f"/live/{slug}/").status_code == 404


def test_a_show_to_come_leads_into_the_hall_and_a_cancelled_or_past_one_does_not(
    make_show, visitor, evening, noon
):
    show = make_show("later", starts_at=evening + timedelta(days=365 * 50))
    door = 'href="/en/live/later/"'
    assert door in visitor.get("/en/shows/later/").content.decode()
    Cancellation.objects.create(show=show, at=noon)
    assert door not in visitor.get("/en/shows/later/").content.decode()
    make_show("gone")
    assert 'href="/en/live/gone/"' not in visitor.get("/en/shows/gone/").content.decode()


def test_what_was_sung_is_linked_once_it_is_published(setlist, visitor, evening, later):
    performance = services.open_hall(show="astana", rehearsal=False, now=evening)
    services.close_hall(show="astana", now=later(60))
    link = 'href="/en/shows/astana/setlist/"'
    assert link not in visitor.get("/en/live/astana/").content.decode()
    services.add_played(performance=performance.pk, song="tereze", now=later(60))
    services.publish_setlist(performance=performance.pk, now=later(61))
    assert link in visitor.get("/en/live/astana/").content.decode()


def test_what_can_only_be_read_is_not_put(setlist, visitor, crew):
    for page in (*PAGES, "/live/astana/", "/en/live/astana/screen/", "/live/astana/setlist.json"):
        assert [visitor.put(page).status_code, visitor.post(page).status_code] == [405, 405]
    for page in ("setlist/", "played/", "poster/", "poster.pdf", ""):
        assert crew.post(f"/studio/stage/astana/{page}").status_code == 405
