"""Leaving with one click (RFC 8058): news carry it, service letters do not."""

import dataclasses

import pytest
from django.conf import settings
from django.test import Client

from aqyn.post import selectors, services, tasks
from aqyn.post.errors import HasLeft
from aqyn.post.models import Leave, Letter

pytestmark = pytest.mark.django_db

READER = "saule@example.kz"


@pytest.fixture
def in_the_world(monkeypatch):
    monkeypatch.setattr(
        settings, "CONFIG", dataclasses.replace(settings.CONFIG, public_url="https://madina.example/")
    )


def news(now, **more):
    return services.send(
        to=READER, subject="Жаңа ән", text="Тыңдаңыз!\n", kind="news", language="en", now=now, **more
    )


def run(now):
    return tasks.run_next(now=now, stop=lambda: False)


def path():
    return selectors.leave_path(address=READER, kind="news")


def test_news_carry_one_click_leave_and_a_link_in_the_text(mail_server, set_up, noon, in_the_world):
    mailbox = mail_server()
    set_up(mailbox.port)
    news(noon)
    run(noon)
    [letter] = mailbox.letters
    link = "https://madina.example" + path()
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in mailbox.envelopes[0].content
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.get_content().split() == ["Тыңдаңыз!", "--", "No", "more", "such", "letters:", link]


def test_a_house_in_a_kazakh_domain_writes_links_that_mail_programs_know(
    mail_server, set_up, noon, monkeypatch
):
    there = dataclasses.replace(settings.CONFIG, public_url="https://әлем.example")
    monkeypatch.setattr(settings, "CONFIG", there)
    mailbox = mail_server()
    set_up(mailbox.port)
    news(noon)
    run(noon)
    assert mailbox.letters[0]["List-Unsubscribe"].startswith(
        "<https://" + "әлем.example".encode("idna").decode() + "/leave/"
    )


@pytest.mark.parametrize("kind", ["sign-in", "invite", "service", "test"])
def test_service_letters_never_carry_it(mail_server, set_up, noon, in_the_world, kind):
    mailbox = mail_server()
    set_up(mailbox.port)
    services.send(to=READER, subject="s", text="t", kind=kind, now=noon)
    run(noon)
    [letter] = mailbox.letters
    assert not [name for name in letter if name.startswith("List-")]


def test_news_without_a_public_address_wait_and_say_why(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    news(noon)
    run(noon)
    row = Letter.objects.get()
    assert (row.problem, row.sent_at, row.failed_at) == ("no-address", None, None)
    assert not mailbox.envelopes


def test_a_mail_program_leaves_for_its_reader_from_no_page_at_all(noon):
    waiting = news(noon)
    answer = Client().post(path(), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Leave.objects.get().address == READER
    waiting.refresh_from_db()
    assert waiting.problem == "left"
    with pytest.raises(HasLeft):
        news(noon)
    assert services.send(to=READER, subject="s", text="t", kind="sign-in", now=noon)


def test_looking_at_the_page_leaves_nothing(visitor):
    for _visit in range(2):
        answer = visitor().get(path())
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert READER in answer.content.decode()
    assert not Leave.objects.exists()


def test_leaving_twice_is_no_harm_and_can_be_undone(visitor):
    for _n in range(2):
        assert visitor().post(path()).status_code == 200
    assert Leave.objects.count() == 1
    visitor().post(path(), {"return": "1"})
    assert not Leave.objects.exists()


@pytest.mark.parametrize("token", ["x", "WyJhIiwiYiJd:1tX:abc", "%00", "a" * 3000])
def test_a_made_up_link_leaves_nobody(visitor, token):
    for answer in (visitor().get(f"/leave/{token}/"), visitor().post(f"/leave/{token}/")):
        assert answer.status_code == 404
    assert not Leave.objects.exists()


def test_whoever_left_after_the_letter_was_written_does_not_get_it(mail_server, set_up, noon, in_the_world):
    mailbox = mail_server()
    set_up(mailbox.port)
    news(noon)
    Leave.objects.create(address=READER, kind="news", at=noon)
    run(noon)
    assert Letter.objects.get().problem == "left"
    assert not mailbox.envelopes


def topic(number, now):
    return services.send(to=READER, subject="s", text="t", kind=f"news:{number}", now=now)


def test_a_reader_leaves_one_topic_and_keeps_the_other(noon):
    first = topic(1, noon)
    services.leave(address=READER, kind="news:1", now=noon)
    first.refresh_from_db()
    assert first.problem == "left"
    with pytest.raises(HasLeft):
        topic(1, noon)
    assert topic(2, noon).kind == "news:2"


def test_who_left_the_kind_has_left_its_topics_until_they_return_to_one(noon):
    waiting = topic(1, noon)
    services.leave(address=READER, kind="news", now=noon)
    waiting.refresh_from_db()
    assert waiting.problem == "left"
    with pytest.raises(HasLeft):
        topic(1, noon)
    services.return_to_letters(address=READER, kind="news:1")
    assert topic(1, noon).kind == "news:1"


def test_a_letter_of_service_overtakes_the_news_and_finds_room(mail_server, set_up, noon, in_the_world):
    mailbox = mail_server()
    set_up(mailbox.port, per_minute=5)
    for number in range(10):
        services.send(to=f"r{number}@example.kz", subject="news", text="t", kind="news:1", now=noon)
    services.send(to=READER, subject="ticket", text="t", kind="service", now=noon)
    while run(noon):
        pass
    assert [letter["Subject"] for letter in mailbox.letters] == ["ticket", "news", "news", "news"]
    services.send(to=READER, subject="ticket 2", text="t", kind="service", now=noon)
    assert run(noon)
    assert mailbox.letters[-1]["Subject"] == "ticket 2"
