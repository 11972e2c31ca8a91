"""The people and artists pages of the studio."""

import json

import pytest
from django.utils import timezone

from aqyn.people import services
from aqyn.people.models import Artist, Invitation, Person

pytestmark = pytest.mark.django_db

ARTIST = {
    "main_language": "kk-Cyrl",
    "hue": "205",
    "name_kk-Cyrl": "Мадина Иманқұлов",
    "name_en": "Madina Imankulov",
    "bio_kk-Cyrl": "Бір.\r\n\r\nЕкі.",
}


@pytest.fixture
def as_owner(owner, visitor):
    client = visitor()
    client.force_login(owner)
    return client


@pytest.fixture
def as_crew(helper, visitor):
    client = visitor()
    client.force_login(helper)
    return client


OWNERS_PAGES = [
    ("get", "/studio/people/"),
    ("post", "/studio/people/"),
    ("post", "/studio/people/invitations/1/withdrawal/"),
    ("post", "/studio/people/1/role/"),
    ("post", "/studio/people/1/removal/"),
    ("post", "/studio/people/1/return/"),
    ("post", "/studio/people/1/erasure/"),
    ("post", "/studio/artists/erke/removal/"),
    ("get", "/studio/mail/"),
    ("get", "/studio/mail/server/"),
    ("post", "/studio/mail/server/"),
    ("post", "/studio/mail/server/forgetting/"),
    ("post", "/studio/mail/server/test-letters/"),
    ("post", "/studio/mail/1/retry/"),
    ("post", "/studio/mail/1/removal/"),
    ("post", "/studio/mail/1/carried/"),
]


@pytest.mark.parametrize(("method", "path"), OWNERS_PAGES)
def test_crew_are_told_that_a_page_is_the_owners(as_crew, owner, method, path):
    answer = getattr(as_crew, method)(path, {"role": "owner", "sure": "on"})
    assert answer.status_code == 403
    assert "This page is for the owner of the house." in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert Person.objects.filter(role="owner", removed_at=None).count() == 1


@pytest.mark.parametrize(("method", "path"), OWNERS_PAGES)
def test_strangers_are_sent_to_the_door(visitor, owner, method, path):
    answer = getattr(visitor(), method)(path)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


def test_an_invitation_is_copied_from_the_page_and_used_by_someone_new(as_owner, visitor):
    as_owner.post("/studio/people/", {"email": "", "role": "crew", "language": "kk"})
    page = as_owner.get("/studio/people/").content.decode()
    path = "/join/" + page.split('value="http://localhost/join/')[1].split('"')[0]
    newcomer = visitor()
    assert newcomer.get(path).status_code == 200
    assert Invitation.objects.get().used_at is None
    who = {"name": "Айгерім", "email": "aigerim@example.kz", "language": "ru"}
    assert newcomer.post(path, who)["Location"] == "/studio/"
    assert newcomer.get("/studio/people/me/").status_code == 200
    assert "/join/" not in as_owner.get("/studio/people/").content.decode()
    assert visitor().post(path, who).status_code == 410


def test_an_invitation_to_someone_of_the_crew_is_refused_in_a_sentence(as_owner, helper):
    answer = as_owner.post("/studio/people/", {"email": helper.email, "role": "crew", "language": "kk"})
    assert answer.status_code == 409
    assert "is in the crew already." in answer.content.decode()


def test_the_last_owner_is_told_why_she_stays(as_owner, owner):
    for deed, values in (("role", {"role": "crew"}), ("removal", {}), ("erasure", {"sure": "on"})):
        answer = as_owner.post(f"/studio/people/{owner.pk}/{deed}/", values, follow=True)
        assert "The house needs an owner: make someone else an owner first." in answer.content.decode()


def test_removing_can_be_undone_and_erasing_asks_first(as_owner, helper):
    as_owner.post(f"/studio/people/{helper.pk}/removal/")
    assert not Person.objects.get(pk=helper.pk).is_active
    as_owner.post(f"/studio/people/{helper.pk}/return/")
    assert Person.objects.get(pk=helper.pk).is_active
    as_owner.post(f"/studio/people/{helper.pk}/erasure/")
    assert Person.objects.filter(pk=helper.pk).exists()
    as_owner.post(f"/studio/people/{helper.pk}/erasure/", {"sure": "on"})
    assert not Person.objects.filter(pk=helper.pk).exists()


def test_someone_who_is_not_there_is_not_found(as_owner):
    for deed in ("role", "removal", "return", "erasure"):
        assert as_owner.post(f"/studio/people/9999/{deed}/", {"sure": "on"}).status_code == 404


def test_ones_name_and_language_are_ones_own(as_crew, helper, owner):
    assert as_crew.post("/studio/people/me/", {"name": " ", "language": "ru"}).status_code == 422
    as_crew.post("/studio/people/me/", {"name": " Санжар \n Ә ", "language": "ru"})
    helper.refresh_from_db()
    owner.refresh_from_db()
    assert (helper.name, helper.language, helper.role, owner.name) == ("Санжар Ә", "ru", "crew", "Мадина")
    page = as_crew.get("/studio/people/me/").content.decode()
    assert '<html lang="ru"' in page


def test_ones_data_is_a_file(as_crew, helper):
    answer = as_crew.get("/studio/people/me/data.json")
    assert answer["Content-Disposition"].startswith("attachment")
    assert json.loads(answer.content)["person"]["name"] == "Санжар"


def test_leaving_erases_and_signs_out(as_crew, helper):
    as_crew.post("/studio/people/me/erasure/")
    assert Person.objects.filter(pk=helper.pk).exists()
    assert as_crew.post("/studio/people/me/erasure/", {"sure": "on"})["Location"] == "/"
    assert not Person.objects.filter(pk=helper.pk).exists()
    assert as_crew.get("/studio/people/me/").status_code == 302


def test_another_device_is_signed_out_by_its_button(as_crew, helper, visitor):
    other = visitor()
    other.force_login(helper)
    other.get("/studio/people/me/")
    key = other.session.session_key
    device = helper.devices.get(session_key=key)
    as_crew.post(f"/studio/people/me/devices/{device.pk}/sign-out/")
    assert other.get("/studio/people/me/").status_code == 302
    assert as_crew.get("/studio/people/me/").status_code == 200


def test_crew_add_and_change_artists(as_crew):
    as_crew.post("/studio/artists/new/", ARTIST)
    artist = Artist.objects.get()
    assert (artist.slug, artist.hue, artist.name, artist.bio) == (
        "madina-imankulov",
        205,
        {"kk-Cyrl": "Мадина Иманқұлов", "en": "Madina Imankulov"},
        {"kk-Cyrl": "Бір.\n\nЕкі."},
    )
    page = as_crew.get(f"/studio/artists/{artist.slug}/").content.decode()
    assert 'data-hue="205"' in page
    assert 'lang="kk-Cyrl"' in page
    as_crew.post(f"/studio/artists/{artist.slug}/", ARTIST | {"hue": "359"})
    artist.refresh_from_db()
    assert artist.hue == 359


@pytest.mark.parametrize(
    "wrong", [{"hue": "360"}, {"hue": "-1"}, {"hue": "٣x"}, {"name_kk-Cyrl": " "}, {"main_language": "xx"}]
)
def test_a_wrong_artist_form_changes_nothing(as_crew, wrong):
    assert as_crew.post("/studio/artists/new/", ARTIST | wrong).status_code == 422
    assert not Artist.objects.exists()


def test_only_the_owner_removes_an_artist_and_only_when_sure(as_owner):
    services.make_artist(name={"en": "Erke"})
    as_owner.post("/studio/artists/erke/removal/")
    assert Artist.objects.exists()
    as_owner.post("/studio/artists/erke/removal/", {"sure": "on"})
    assert not Artist.objects.exists()
    assert as_owner.get("/studio/artists/erke/").status_code == 404


def test_an_invited_owner_is_an_owner(as_owner, owner, visitor):
    invitation = services.invite(by=owner, role="owner", language="en", now=timezone.now())
    from aqyn.people import selectors

    newcomer = visitor()
    path = selectors.invitation_path(invitation)
    newcomer.post(path, {"name": "Б", "email": "b@example.kz", "language": "en"})
    assert newcomer.get("/studio/people/").status_code == 200


@pytest.mark.parametrize("code", ["kk", "kk-latn", "kk-arab", "ru", "en"])
def test_every_page_opens_in_every_language(as_owner, owner, helper, code):
    Person.objects.update(language=code)
    services.make_artist(name={"kk-Cyrl": "Ерке"})
    services.invite(by=owner, role="crew", language=code, email="", now=timezone.now())
    services.remove_person(person_id=helper.pk, now=timezone.now())
    for page in ("people", "people/me", "artists", "artists/new", "artists/erke", "mail", "mail/server"):
        assert as_owner.get(f"/studio/{page}/").status_code == 200
