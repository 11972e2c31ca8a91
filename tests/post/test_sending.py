"""Letters on their way through a real mail server."""

import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.post import services, tasks
from aqyn.post.addresses import clean_address, envelope, one_line
from aqyn.post.errors import BadAddress, HasBounced
from aqyn.post.models import Bounce, Letter

pytestmark = pytest.mark.django_db


def write(now, **more):
    values = {"to": "saule@example.kz", "subject": "Ән", "text": "Сәлем!\n", "kind": "service", "now": now}
    return services.send(**values | more)


def run(now):
    return tasks.run_next(now=now, stop=lambda: False)


def test_a_letter_arrives_as_it_was_written(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port, reply_to="madina@madina.example")
    write(
        noon,
        to="Saule@Example.KZ",
        to_name="Сәуле Ғабитқызы",
        subject="Қызылордада концерт: ән, қоңыр күз",
        text="Әкесі: «Ұлым, жүр!» — деді.\n",
        html="<p>Әкесі</p>",
        language="kk",
    )
    assert run(noon)
    [letter] = mailbox.letters
    assert letter["Subject"] == "Қызылордада концерт: ән, қоңыр күз"
    assert letter["To"] == "Сәуле Ғабитқызы <saule@example.kz>"
    assert letter["From"] == "Мәдина үйі <house@madina.example>"
    assert letter["Reply-To"] == "madina@madina.example"
    assert letter["Date"] == "Fri, 01 May 2026 12:00:00 +0000"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "kk"
    assert re.fullmatch(r"<[0-9a-f]{32}@madina\.example>", letter["Message-ID"])
    assert letter.get_body(["plain"]).get_content() == "Әкесі: «Ұлым, жүр!» — деді.\r\n"
    assert letter.get_body(["html"]).get_content() == "<p>Әкесі</p>\r\n"
    [kept] = mailbox.envelopes
    assert (kept.mail_from, kept.rcpt_tos) == ("house@madina.example", ["saule@example.kz"])
    assert kept.content.isascii()


def test_a_sent_letter_is_sent_once_and_remembers_the_answer(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    write(noon)
    assert [run(noon), run(noon)] == [True, False]
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.answer) == (noon, "250 2.0.0 Ok: queued as 4F1")
    assert len(mailbox.letters) == 1


def test_nothing_is_sent_before_it_is_due(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    write(noon, due_at=noon + timedelta(hours=1))
    assert not run(noon + timedelta(minutes=59))
    assert run(noon + timedelta(hours=1))
    assert len(mailbox.letters) == 1


def test_with_starttls_and_a_password(mail_server, set_up, certificate, trusted, noon):
    mailbox = mail_server(starttls=certificate, auth=True)
    set_up(mailbox.port, security="starttls", user="madina", password="correct horse")
    write(noon)
    run(noon)
    assert Letter.objects.get().sent_at == noon
    assert len(mailbox.letters) == 1


def test_with_tls_from_the_first_byte(mail_server, set_up, certificate, trusted, noon):
    mailbox = mail_server(tls=certificate)
    set_up(mailbox.port, security="tls", host="localhost")
    write(noon)
    run(noon)
    assert len(mailbox.letters) == 1


def test_a_letter_that_is_refused_for_now_waits_longer_each_time(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies["RCPT"] = "451 4.7.1 Greylisted"
    write(noon)
    now, waits = noon, []
    while run(now):
        letter = Letter.objects.get()
        assert letter.leased_until is None
        if letter.failed_at:
            break
        waits.append((letter.due_at - now).total_seconds())
        now = letter.due_at
    assert waits == [20, 60, 180, 540, 1620, 4860, 14580]
    assert (letter.problem, letter.answer, letter.attempts) == ("recipient-later", "451 4.7.1 Greylisted", 8)
    assert not Bounce.objects.exists()


def test_a_letter_that_was_refused_for_now_is_taken_later(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies["DATA"] = "452 4.3.1 No room"
    first = write(noon)
    run(noon)
    mailbox.replies.clear()
    assert not run(noon + timedelta(seconds=19))
    assert run(noon + timedelta(seconds=20))
    [letter] = mailbox.letters
    assert letter["Message-ID"].startswith(f"<{first.message_id}@")
    assert Letter.objects.get().problem == ""


@pytest.mark.parametrize(
    "reply", ["550 5.1.1 No such user", "550 no such user", "553 what", "550 5.2.1 Closed"]
)
def test_an_address_that_cannot_be_reached_is_written_to_no_more(mail_server, set_up, noon, reply):
    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies["RCPT"] = reply
    write(noon)
    run(noon)
    letter = Letter.objects.get()
    assert (letter.failed_at, letter.problem) == (noon, "recipient")
    assert Bounce.objects.get().address == "saule@example.kz"
    with pytest.raises(HasBounced) as refused:
        write(noon, to="SAULE@example.kz")
    assert (
        refused.value.sentence == "Mail to saule@example.kz came back before, so nothing more is sent there."
    )
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("command", "reply", "problem"),
    [
        ("RCPT", "550 5.7.1 Relaying denied", "recipient"),
        ("RCPT", "552 5.2.2 Mailbox full", "recipient"),
        ("RCPT", "554 go away", "recipient"),
        ("MAIL", "550 5.7.1 Sender not yours", "sender"),
        ("DATA", "554 5.6.0 This is spam", "letter"),
        ("MAIL", "530 5.7.0 Authentication required", "needs-sign-in"),
    ],
)
def test_a_refusal_that_is_not_about_the_address_marks_nobody(
    mail_server, set_up, noon, command, reply, problem
):
    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies[command] = reply
    write(noon)
    run(noon)
    letter = Letter.objects.get()
    assert (letter.problem, letter.answer) == (problem, reply)
    assert bool(letter.failed_at) == (problem != "needs-sign-in")
    assert not Bounce.objects.exists()


def test_a_failed_letter_tried_again_forgets_the_bounce(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies["RCPT"] = "550 5.1.1 No such user"
    letter = write(noon)
    run(noon)
    mailbox.replies.clear()
    letter.refresh_from_db()
    assert services.retry_letter(letter, now=noon)
    run(noon)
    assert len(mailbox.letters) == 1
    assert not Bounce.objects.exists()


def test_a_letter_whose_address_bounced_meanwhile_stays_here(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    write(noon)
    Bounce.objects.create(address="saule@example.kz", at=noon)
    run(noon)
    assert Letter.objects.get().problem == "bounced"
    assert not mailbox.envelopes


def test_letters_keep_to_the_rate(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port, per_minute=3)
    for _n in range(5):
        write(noon)
    assert [run(noon) for _n in range(5)] == [True, True, True, False, False]
    assert [run(noon + timedelta(seconds=60)) for _n in range(3)] == [True, True, False]
    assert len(mailbox.letters) == 5


def test_a_key_is_wiped_once_it_is_sent_or_of_no_use(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    sent = write(noon, kind="sign-in", text="https://madina.example/sign-in/KEY/")
    run(noon)
    late = write(noon, kind="sign-in", text="KEY", expires_at=noon + timedelta(minutes=15))
    assert run(noon + timedelta(minutes=15))
    sent.refresh_from_db()
    late.refresh_from_db()
    assert "KEY" in mailbox.letters[0].get_content()
    assert (sent.text, late.text, late.problem, late.sent_at) == ("", "", "expired", None)
    assert not services.retry_letter(late, now=noon)
    assert len(mailbox.letters) == 1


def test_old_letters_go(set_up, noon):
    done, waiting = write(noon), write(noon)
    services.mark_carried(done, now=noon)
    assert run(noon + timedelta(days=91))
    assert list(Letter.objects.all()) == [waiting]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b",
        "a@example.kz\nBcc: b@example.org",
        "a@example.kz\r\nRCPT TO:<b@example.org>",
        "a@example.kz, b@example.org",
        "<a@example.kz>",
        "A <a@example.kz>",
        "a@example.kz\x00",
        "a\u202e@example.kz",
        "a b@example.kz",
        "ғ@example.kz",
        "a@" + "x" * 250 + ".kz",
    ],
)
def test_what_is_not_one_address_is_refused_and_nothing_is_written(noon, address):
    with pytest.raises(BadAddress):
        write(noon, to=address)
    assert not Letter.objects.exists()


def test_an_address_in_a_kazakh_domain_is_reached(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    write(noon, to="saule@әлем.example")
    run(noon)
    assert mailbox.envelopes[0].rcpt_tos == ["saule@" + "әлем.example".encode("idna").decode()]


INJECTIONS = [
    "Ән\r\nBcc: all@example.org",
    "Ән\nX-Evil: 1\n\n<script>",
    "Ән\x00\r\n\r\nbody",
    "Ән\u2028Bcc: all@example.org",
    "=?utf-8?q?a=0D=0ABcc:_all@example.org?=",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_header_can_be_written_from_outside(mail_server, set_up, noon, text):
    mailbox = mail_server()
    set_up(mailbox.port, from_name=text)
    write(noon, subject=text, to_name=text, language=text[:10])
    assert run(noon)
    [kept] = mailbox.envelopes
    raw = BytesParser(policy=policy.compat32).parsebytes(kept.content)
    allowed = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language"}
    allowed |= {
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
        "X-Peer",
        "X-MailFrom",
        "X-RcptTo",
    }
    assert set(raw.keys()) <= allowed
    assert len(raw.get_all("Subject")) == 1
    assert kept.rcpt_tos == ["saule@example.kz"]


def test_a_dot_alone_ends_nothing(mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    text = "a\r\n.\r\nMAIL FROM:<x@example.org>\n.\nb\n"
    write(noon, text=text)
    run(noon)
    [letter] = mailbox.letters
    assert letter.get_content().split() == text.split()


@given(st.text(max_size=60) | st.text("=?\r\n ab", max_size=20))
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert not re.search(r"[\x00-\x1f\x7f\u2028\u2029]", line)
    assert "=?" not in line
    assert one_line(line) == line
    assert line.splitlines() in ([], [line])


@given(st.text(max_size=40))
def test_an_address_is_clean_or_refused(text):
    try:
        address = clean_address(text)
    except BadAddress:
        return
    assert envelope(address).isascii()
    assert not re.search(r"[\s<>,;\x00]", address.rpartition("@")[2])
    assert clean_address(address) == address
