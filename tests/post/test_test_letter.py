"""The test letter: the server's answer in one sentence, whatever it is."""

import socket

import pytest

from aqyn.post import services
from aqyn.post.models import Letter

pytestmark = pytest.mark.django_db


def sentence(now):
    sent, said = services.send_test_letter(to="madina@example.kz", now=now)
    letter = Letter.objects.get()
    assert sent == bool(letter.sent_at)
    assert sent != bool(letter.failed_at)
    assert letter.leased_until is None
    return said


def test_a_letter_that_is_taken(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    assert sentence(noon) == "The mail server took the letter: “250 2.0.0 Ok: queued as 4F1”."
    assert "әғқңөұүһі" in mailbox.letters[0].get_content()


def test_no_mail_server(noon):
    assert sentence(noon) == "No mail server is set up."


def test_a_wrong_password(mail_server, set_up, certificate, trusted, noon):
    mailbox = mail_server(starttls=certificate, auth=True)
    set_up(mailbox.port, security="starttls", user="madina", password="wrong")
    assert sentence(noon) == "The mail server does not accept this user name with this password."


def test_a_password_in_kazakh_letters(mail_server, set_up, certificate, trusted, noon):
    mailbox = mail_server(starttls=certificate, auth=True)
    set_up(mailbox.port, security="starttls", user="madina", password="құпия")
    assert sentence(noon) == "The mail server does not accept this user name with this password."


def test_a_server_that_wants_a_password(mail_server, set_up, certificate, trusted, noon):
    mailbox = mail_server(starttls=certificate, auth=True)
    set_up(mailbox.port, security="starttls")
    assert sentence(noon) == "The mail server wants a user name and a password."


def test_a_server_that_takes_no_password(mail_server, set_up, noon):
    set_up(mail_server().port, user="madina", password="correct horse")
    said = "The mail server takes no user name and password this way. Check “Security”."
    assert sentence(noon) == said


def test_a_name_without_a_server(set_up, noon):
    set_up(25, host="nobody.invalid")
    assert sentence(noon) == "There is no mail server of this name. Check “Server”."


def test_a_port_where_nobody_answers(set_up, noon):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        set_up(probe.getsockname()[1])
        assert sentence(noon) == "The mail server does not answer on this port. Check “Server” and “Port”."


def test_a_server_without_starttls(mail_server, set_up, noon):
    set_up(mail_server().port, security="starttls")
    assert sentence(noon) == "The mail server offers no STARTTLS. Choose another security."


def test_tls_where_there_is_none(mail_server, set_up, noon):
    set_up(mail_server().port, security="tls")
    assert sentence(noon) == "No safe connection: the security does not fit the port."


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_trusts(mail_server, set_up, certificate, noon, security):
    set_up(mail_server(**{security: certificate}).port, security=security)
    assert sentence(noon) == "The mail server's certificate is not to be trusted for this name."


def test_a_certificate_for_another_name(mail_server, set_up, make_certificate, noon, monkeypatch):
    other = make_certificate("DNS:other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other[0]))
    set_up(mail_server(starttls=other).port, security="starttls")
    assert sentence(noon) == "The mail server's certificate is not to be trusted for this name."


def test_a_server_that_says_nothing(set_up, noon, monkeypatch):
    monkeypatch.setattr(services, "TEST_TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        set_up(silent.getsockname()[1])
        assert sentence(noon) == "The mail server took too long to answer."


@pytest.mark.parametrize(
    ("command", "reply", "said"),
    [
        ("RCPT", "550 5.1.1 Unknown", "The mail server says that the reader's address cannot be reached."),
        ("RCPT", "450 4.2.0 Later", "The mail server does not take letters to this address just now."),
        (
            "MAIL",
            "553 5.7.1 Not yours",
            "The mail server does not let us write from this address. Check “From address”.",
        ),
        ("DATA", "554 5.6.0 No", "The mail server refused the letter itself."),
        ("DATA", "451 4.3.0 Busy", "The mail server cannot take the letter just now."),
        ("DATA", "421 4.3.2 Closing", "The mail server cannot take the letter just now."),
    ],
)
def test_every_refusal_has_its_sentence(mail_server, set_up, noon, command, reply, said):
    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies[command] = reply
    assert sentence(noon) == said
    assert Letter.objects.get().answer == reply


def test_a_test_letter_is_tried_once(mail_server, set_up, noon):
    from datetime import timedelta

    from aqyn.post import tasks

    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies["DATA"] = "451 4.3.0 Busy"
    sentence(noon)
    mailbox.replies.clear()
    assert not tasks.run_next(now=noon + timedelta(days=1), stop=lambda: False)
    assert not mailbox.envelopes
