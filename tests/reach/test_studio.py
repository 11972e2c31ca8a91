"""The letters' pages: written, looked at, tried, sent, and for the owner alone."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.reach.conftest import DAY, NOON
from tests.reach.test_bulletins import run

from aqyn.people.models import Person, Role
from aqyn.post.models import Letter
from aqyn.reach.models import Bulletin
from aqyn.shows.models import Show

pytestmark = pytest.mark.django_db

FORM = {"audience": "followers", "city": "", "subject_ru": "Новая песня", "text_ru": "Слушайте!"}


@pytest.fixture
def draft(desk, aru):
    desk.post("/studio/letters/new/", {"artist": "aru"})
    return Bulletin.objects.get().pk


def test_a_letter_is_written_looked_at_tried_and_sent(desk, draft, mail, follow):
    follow("a@example.kz", "b@example.kz")
    answer = desk.post(f"/studio/letters/{draft}/", FORM | {"look": "1"})
    assert answer["Location"] == f"/studio/letters/{draft}/preview/"
    page = desk.get(answer["Location"]).content.decode()
    assert "Send it to 2 readers" in page
    desk.post(f"/studio/letters/{draft}/test/")
    assert [(letter.to, letter.kind) for letter in Letter.objects.all()] == [("aru@example.kz", "test")]
    desk.post(f"/studio/letters/{draft}/start/", {"count": "2"})
    run(Bulletin.objects.get().started_at)
    assert Letter.objects.filter(kind__startswith="news:").count() == 2
    assert "Every letter is written" in desk.get(f"/studio/letters/{draft}/").content.decode()
    assert "2 letters" in desk.get("/studio/letters/").content.decode()


@pytest.mark.parametrize("count", ["1", "", "x", "9" * 30, "²"])
def test_another_number_than_was_seen_sends_nothing(desk, draft, mail, follow, count):
    follow("a@example.kz", "b@example.kz")
    desk.post(f"/studio/letters/{draft}/", FORM)
    answer = desk.post(f"/studio/letters/{draft}/start/", {"count": count}, follow=True)
    assert "Now it would go to 2 readers" in answer.content.decode()
    assert Bulletin.objects.get().started_at is None


@pytest.mark.parametrize(
    "wrong", [{"audience": "everyone"}, {"audience": "came"}, {"subject_ru": "x" * 201}, {"city": "Семей"}]
)
def test_bad_input_keeps_nothing(desk, draft, wrong):
    answer = desk.post(f"/studio/letters/{draft}/", FORM | wrong)
    assert answer.status_code == 422
    assert Bulletin.objects.get().subject == {}


def test_a_show_is_announced_and_thanked_for_from_its_page(desk, show):
    Show.objects.update(doors_at=None, starts_at=timezone.now() + DAY)
    page = desk.get("/studio/shows/evening/").content.decode()
    for deed in ("announcement", "thanks"):
        assert f"/studio/shows/evening/letters/{deed}/" in page
        answer = desk.post(f"/studio/shows/evening/letters/{deed}/")
        assert desk.get(answer["Location"]).status_code == 200
    assert sorted(Bulletin.objects.values_list("audience", flat=True)) == ["came", "followers"]


def test_a_draft_is_removed_and_what_is_not_there_is_not_found(desk, draft):
    desk.post(f"/studio/letters/{draft}/removal/")
    assert not Bulletin.objects.exists()
    for path in ("", "preview/"):
        assert desk.get(f"/studio/letters/{draft}/{path}").status_code == 404
    for path in ("test/", "removal/", "start/", "stop/", "resumption/"):
        assert desk.post(f"/studio/letters/{draft}/{path}").status_code == 404


def test_the_crew_writes_to_nobody(draft):
    person = Person.objects.create(
        email="crew@example.kz", name="С", language="en", role=Role.CREW, joined_at=NOON
    )
    crew = Client(headers={"Sec-Fetch-Site": "same-origin"}, SERVER_NAME="localhost")
    crew.force_login(person)
    assert crew.get("/studio/letters/").status_code == 403
    assert crew.post(f"/studio/letters/{draft}/start/", {"count": "1"}).status_code == 403
