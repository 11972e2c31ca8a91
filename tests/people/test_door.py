"""Signing in and out through the pages."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from aqyn.people import services
from aqyn.people.models import Device, Person, SignInLink
from aqyn.post.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(owner):
    return lambda: services.first_link(timezone.now())


def sentence(answer):
    return re.search(r"<p>(.*?)</p>", answer.content.decode(), re.S)[1].strip()


def signed_in(client):
    return client.get("/studio/people/me/").status_code == 200


def test_opening_a_link_changes_nothing_and_pressing_the_button_signs_in(link, visitor):
    path = link()
    scanner, person = visitor(), visitor()
    for _visit in range(3):
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code == 200
    assert SignInLink.objects.get().used_at is None
    answer = person.post(path)
    assert (answer.status_code, answer["Location"]) == (302, "/studio/")
    assert signed_in(person)
    assert not signed_in(scanner)


def test_a_used_link_is_gone_and_says_so(link, visitor):
    path = link()
    visitor().post(path)
    for answer in (visitor().get(path), visitor().post(path)):
        assert answer.status_code == 410
        assert sentence(answer) == "This link was used already. Each link opens the door once."


def test_a_link_that_was_replaced_is_gone(link, visitor):
    old = link()
    link()
    assert visitor().get(old).status_code == 410


@pytest.mark.parametrize("token", ["x", "%00", "%D0%B0%D2%93", "a" * 2000, "..%2F", "<script>"])
def test_a_garbled_link_is_not_found(owner, visitor, token):
    for answer in (visitor().get(f"/sign-in/{token}/"), visitor().post(f"/sign-in/{token}/")):
        assert answer.status_code == 404


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(owner, visitor):
    answers = [
        visitor().post("/sign-in/", {"email": email}, follow=True)
        for email in (owner.email, "stranger@example.org", "MADINA@example.kz")
    ]
    assert {(a.status_code, a.content, tuple(a.redirect_chain)) for a in answers} == {
        (200, answers[0].content, (("/sign-in/sent/", 302),))
    }
    assert [letter.to for letter in Letter.objects.all()] == [owner.email, owner.email]


def test_what_is_no_address_gets_a_sentence(visitor, db):
    for email in ("", "nobody", "a@b@c", "a\r\nBcc: x@example.org"):
        answer = visitor().post("/sign-in/", {"email": email})
        assert answer.status_code == 422
    assert not Letter.objects.exists()


def test_asking_too_often_says_when_to_come_back(owner, visitor):
    for _n in range(5):
        visitor().post("/sign-in/", {"email": owner.email})
    answer = visitor().post("/sign-in/", {"email": owner.email})
    assert answer.status_code == 429
    assert 3500 < int(answer["Retry-After"]) <= 3600
    assert sentence(answer) == "Links were asked for too often. Try again in 60 minutes."


@pytest.mark.parametrize(
    "host", ["evil.example", "203.0.113.9:8000", "evil.example:80", "localhost.evil.example"]
)
def test_no_letter_carries_a_key_to_a_host_that_anyone_can_write(owner, visitor, host):
    answer = visitor().post("/sign-in/", {"email": owner.email}, headers={"Host": host})
    assert answer.status_code == 503
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1:8000", "192.168.1.4", "[::1]:8000", "desk.local"]
)
def test_a_house_without_public_url_writes_links_on_its_own_network(owner, visitor, host):
    visitor().post("/sign-in/", {"email": owner.email}, headers={"Host": host})
    assert f"http://{host}/sign-in/" in Letter.objects.get().text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "/\t/evil.example",
        "/%09/evil.example\r\nSet-Cookie: a=b",
        "studio",
        " //evil.example",
    ],
)
def test_next_never_leads_out_of_the_house(link, visitor, target):
    path = link()
    answer = visitor().post(path, {"next": target})
    location = answer["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\", "/\t"))
    assert "\n" not in location


def test_next_leads_on_within_the_house(link, visitor):
    path = link()
    page = visitor().get(path, {"next": "/studio/artists/?a=1&b=2"})
    assert 'value="/studio/artists/?a=1&amp;b=2"' in page.content.decode()
    answer = visitor().post(path, {"next": "/studio/artists/?a=1&b=2"})
    assert answer["Location"] == "/studio/artists/?a=1&b=2"


def test_the_studio_sends_strangers_to_sign_in_and_back(visitor, owner):
    answer = visitor().get("/studio/people/me/?x=1")
    assert answer["Location"] == "/sign-in/?next=%2Fstudio%2Fpeople%2Fme%2F%3Fx%3D1"
    assert answer["Cache-Control"] == "no-store"
    assert visitor().post("/studio/people/me/")["Location"] == "/sign-in/?next=%2Fstudio%2F"


def test_nothing_of_the_door_or_the_studio_is_stored(link, visitor):
    path, person = link(), visitor()
    answers = [
        person.get("/sign-in/"),
        person.post("/sign-in/", {"email": "x"}),
        person.get("/sign-in/sent/"),
        person.get(path),
        person.post(path),
        person.get(path),
        *(
            person.get(f"/studio/{page}/")
            for page in ("people", "people/me", "artists", "mail", "mail/server")
        ),
        person.post("/sign-out/"),
        person.get("/studio/people/"),
    ]
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}


def test_a_session_that_was_planted_is_not_the_one_that_signs_in(link, visitor):
    planted = visitor()
    session = planted.session
    session["planted"] = "by a stranger"
    session.save()
    key = session.session_key
    planted.cookies["aqyn"] = key
    planted.post(link())
    assert planted.cookies["aqyn"].value != key
    assert not Session.objects.filter(session_key=key).exists()
    assert "planted" not in planted.session


def test_signing_in_again_changes_the_key(link, visitor):
    person = visitor()
    person.post(link())
    key = person.cookies["aqyn"].value
    person.post(link())
    assert person.cookies["aqyn"].value != key
    assert not Session.objects.filter(session_key=key).exists()


def test_signing_out_ends_the_session_in_the_house_too(link, visitor):
    person = visitor()
    person.post(link())
    key = person.cookies["aqyn"].value
    person.post("/sign-out/")
    assert not Session.objects.filter(session_key=key).exists()
    assert not Device.objects.exists()
    thief = visitor()
    thief.cookies["aqyn"] = key
    assert not signed_in(thief)


def test_signing_out_needs_the_button(link, visitor):
    person = visitor()
    person.post(link())
    assert person.get("/sign-out/").status_code == 405
    assert signed_in(person)


def test_signing_out_everywhere_ends_the_other_browsers(link, visitor):
    here, there = visitor(), visitor()
    here.post(link())
    there.post(link())
    waiting = link()
    here.post("/studio/people/me/everywhere/", {"stay": "on"})
    assert signed_in(here)
    assert not signed_in(there)
    assert visitor().post(waiting).status_code == 410
    here.post("/studio/people/me/everywhere/")
    assert not signed_in(here)


def test_the_salt_alone_ends_a_session_that_nobody_listed(owner, visitor):
    hidden = visitor()
    hidden.force_login(owner)
    Device.objects.all().delete()
    services.sign_out_everywhere(person=owner, now=timezone.now())
    assert not signed_in(hidden)


def test_the_first_owner_says_who_she_is(db, visitor):
    path = services.first_link(timezone.now())
    person = visitor()
    assert person.get(path).status_code == 200
    assert person.post(path, {"name": "", "email": "x", "language": "tlh"}).status_code == 422
    answer = person.post(path, {"name": "Мәдина Ұлықбек", "email": "Madina@Example.KZ", "language": "kk"})
    assert answer["Location"] == "/studio/"
    made = Person.objects.get()
    assert (made.name, made.email, made.language, made.role) == (
        "Мәдина Ұлықбек",
        "madina@example.kz",
        "kk",
        "owner",
    )
    assert signed_in(person)
    assert visitor().get(path).status_code == 410


def test_cookies_are_kept_from_scripts_and_other_sites(link, visitor):
    person = visitor()
    cookie = person.post(link()).cookies["aqyn"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_pages_do_not_write_that_they_were_seen(link, visitor, django_assert_num_queries):
    person = visitor()
    person.post(link())
    person.get("/studio/artists/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as queries:
        person.get("/studio/artists/")
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []


def test_being_seen_is_written_after_a_while(link, visitor, owner):
    from datetime import timedelta

    person = visitor()
    person.post(link())
    long_ago = timezone.now() - timedelta(days=3)
    Device.objects.update(seen_at=long_ago, signed_in_at=long_ago)
    before = Session.objects.get().expire_date
    person.get("/studio/artists/")
    device = Device.objects.get()
    assert device.seen_at > long_ago + timedelta(days=2)
    assert device.name == "Firefox · Android"
    assert Session.objects.get().expire_date > before
