"""The outbox in rows and pages: by hand, printed, leased, tried again."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, connections, transaction

from aqyn.post import delivery, kinds, selectors, services, tasks
from aqyn.post.models import Letter, MailServer

pytestmark = pytest.mark.django_db


def write(now, **more):
    values = {"to": "saule@example.kz", "subject": "Ән", "text": "Сәлем!\n", "kind": "service", "now": now}
    return services.send(**values | more)


def run(now):
    return tasks.run_next(now=now, stop=lambda: False)


def test_without_mail_letters_are_carried_by_hand(noon):
    letter = write(noon)
    hidden = write(noon, show_in_studio=False)
    assert not run(noon)
    box = selectors.outbox(now=noon)
    assert (box.by_hand, box.waiting, box.failed, box.sent) == ([letter], [], [], [])
    assert services.mark_carried(letter, now=noon)
    assert not services.mark_carried(letter, now=noon)
    assert selectors.outbox(now=noon).sent == [letter]
    assert hidden not in selectors.outbox(now=noon).by_hand


def test_a_letter_taken_back_with_its_transaction_was_never_written(noon):
    with pytest.raises(RuntimeError), transaction.atomic():
        write(noon)
        raise RuntimeError
    assert not Letter.objects.exists()


def test_a_kind_that_nobody_knows_is_a_mistake_of_ours(noon):
    with pytest.raises(ValueError, match="surprise"):
        write(noon, kind="surprise")
    with pytest.raises(ValueError, match="news"):
        kinds.register(kinds.Kind("news", news=False))


@pytest.mark.parametrize("kind", ["sign-in", "invite"])
def test_without_mail_a_key_is_printed_once(noon, capfd, kind):
    write(noon, kind=kind, subject="Your way in", text="Open:\n\nhttp://localhost/sign-in/KEY/\n")
    assert [run(noon), run(noon)] == [True, False]
    said = capfd.readouterr().out
    assert said == ("\n  saule@example.kz · Your way in\n  Open:\n\n  http://localhost/sign-in/KEY/\n\n")


def test_other_letters_are_not_printed(noon, capfd):
    write(noon, kind="service")
    write(noon, kind="news")
    assert not run(noon)
    assert capfd.readouterr().out == ""


def test_a_letter_that_ran_out_is_not_printed(noon, capfd):
    write(noon, kind="sign-in", text="KEY", expires_at=noon)
    assert [run(noon), run(noon)] == [True, False]
    assert "KEY" not in capfd.readouterr().out
    assert Letter.objects.get().text == ""


def test_nothing_is_done_while_the_house_closes(noon, capfd):
    write(noon, kind="sign-in")
    assert not tasks.run_next(now=noon, stop=lambda: True)


def test_an_idle_outbox_writes_nothing(noon, set_up, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    set_up(25)
    with CaptureQueriesContext(connection) as queries:
        assert not run(noon)
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []


def test_a_leased_letter_is_not_sent_by_another(noon, mail_server, set_up):
    mailbox = mail_server()
    set_up(mailbox.port)
    letter = write(noon)
    same = Letter.objects.get(pk=letter.pk)
    assert delivery.lease(letter, now=noon)
    assert not delivery.lease(same, now=noon)
    assert not run(noon + timedelta(minutes=4))
    assert run(noon + timedelta(minutes=5))
    assert len(mailbox.letters) == 1


def test_whoever_comes_back_late_does_not_overrule_the_one_who_took_over(noon, mail_server, set_up):
    mailbox = mail_server()
    set_up(mailbox.port)
    letter = write(noon)
    delivery.lease(letter, now=noon)
    later = noon + timedelta(minutes=6)
    assert run(later)
    mailbox.replies["RCPT"] = "550 5.1.1 No such user"
    delivery.deliver(letter, now=later)
    row = Letter.objects.get()
    assert (row.sent_at, row.failed_at) == (later, None)


def test_whoever_comes_back_late_does_not_free_what_another_holds(noon, mail_server, set_up):
    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies["RCPT"] = "451 4.7.1 Greylisted"
    late = write(noon)
    delivery.lease(late, now=noon)
    later = noon + timedelta(minutes=6)
    assert delivery.lease(Letter.objects.get(), now=later)
    delivery.deliver(late, now=later)
    row = Letter.objects.get()
    assert (row.leased_until, row.due_at, row.problem) == (later + delivery.LEASE, noon, "")


def test_a_letter_that_kills_its_worker_each_time_is_given_up(noon, mail_server, set_up):
    set_up(mail_server().port)
    write(noon)
    now = noon
    for _n in range(delivery.MOST_ATTEMPTS):
        assert delivery.lease(Letter.objects.get(), now=now)
        now += delivery.LEASE
    assert not delivery.lease(Letter.objects.get(), now=now)
    assert run(now)
    assert Letter.objects.get().problem == "gave-up"


def test_a_letter_removed_while_it_is_sent_troubles_nobody(noon, mail_server, set_up):
    mailbox = mail_server()
    set_up(mailbox.port)
    letter = write(noon)
    delivery.lease(letter, now=noon)
    services.remove_letter(letter)
    delivery.deliver(letter, now=noon)
    assert not Letter.objects.exists()


def test_mail_taken_away_while_a_letter_is_leased_leaves_it_waiting(noon, set_up):
    set_up(25)
    letter = write(noon)
    delivery.lease(letter, now=noon)
    services.forget_mail_server()
    delivery.deliver(letter, now=noon)
    assert selectors.outbox(now=noon).by_hand == [letter]


@pytest.mark.django_db(transaction=True)
def test_two_postmen_at_once_send_each_letter_once(noon, mail_server, set_up):
    mailbox = mail_server()
    set_up(mailbox.port)
    for n in range(12):
        write(noon, subject=f"Ән {n}")

    def work():
        for _turn in range(30):
            run(noon)
        connections.close_all()

    postmen = [threading.Thread(target=work) for _n in range(3)]
    for postman in postmen:
        postman.start()
    for postman in postmen:
        postman.join()
    assert sorted(letter["Subject"] for letter in mailbox.letters) == sorted(f"Ән {n}" for n in range(12))


@pytest.mark.django_db(transaction=True)
def test_a_letter_outlives_a_postman_killed_before_he_wrote_it_down(noon, mail_server, set_up):
    mailbox = mail_server()
    set_up(mailbox.port)
    write(noon)
    code = (
        "import django; django.setup()\n"
        "from datetime import datetime\n"
        "from django.db import connection\n"
        "from aqyn.post import tasks\n"
        f"tasks.run_next(now=datetime.fromisoformat({noon.isoformat()!r}), stop=lambda: False)\n"
    )
    postman = subprocess.Popen([sys.executable, "-c", _with_this_database(code)], env=_environment())
    # The server has the letter whole, and its answer never reaches anyone.
    mailbox.on_data = lambda: os.kill(postman.pid, signal.SIGKILL)
    assert postman.wait(60) == -signal.SIGKILL
    mailbox.on_data = None
    mailbox.envelopes.clear()
    row = Letter.objects.get()
    assert (row.attempts, row.sent_at, row.leased_until) == (1, None, noon + delivery.LEASE)
    assert not run(noon + timedelta(minutes=4))
    assert run(noon + delivery.LEASE)
    assert mailbox.letters[0]["Message-ID"].startswith(f"<{row.message_id}@")
    assert Letter.objects.get().sent_at == noon + delivery.LEASE


def _environment():
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    if connection.vendor == "postgresql":
        there = urlsplit(environment["AQYN_DATABASE"])
        environment["AQYN_DATABASE"] = urlunsplit(there._replace(path="/" + connection.settings_dict["NAME"]))
    return environment


def _with_this_database(code):
    if connection.vendor == "postgresql":
        return code
    name = connection.settings_dict["NAME"]
    return code.replace("django.setup()\n", f"django.setup()\nDATABASE = {str(name)!r}\n", 1).replace(
        "from aqyn.post import tasks\n",
        "connection.settings_dict['NAME'] = DATABASE\nfrom aqyn.post import tasks\n",
        1,
    )


@pytest.fixture
def as_owner(owner, visitor):
    client = visitor()
    client.force_login(owner)
    return client


SETTINGS = {
    "host": "smtp.example.org",
    "port": "587",
    "security": "starttls",
    "user": "madina",
    "password": "құпия сөз ",
    "from_address": "house@madina.example",
    "from_name": "Мәдина",
    "reply_to": "",
    "per_minute": "30",
}


def test_the_password_goes_in_and_never_comes_out(as_owner):
    as_owner.post("/studio/mail/server/", SETTINGS)
    assert MailServer.objects.get().password == "құпия сөз "
    assert "құпия" not in as_owner.get("/studio/mail/server/").content.decode()
    wrong = as_owner.post("/studio/mail/server/", SETTINGS | {"port": "0"})
    assert wrong.status_code == 422
    assert "құпия" not in wrong.content.decode()


def test_an_empty_password_keeps_the_old_one(as_owner):
    as_owner.post("/studio/mail/server/", SETTINGS)
    as_owner.post("/studio/mail/server/", SETTINGS | {"password": "", "port": "2525"})
    server = MailServer.objects.get()
    assert (server.port, server.password) == (2525, "құпия сөз ")


@pytest.mark.parametrize("moved", [{"host": "evil.example.org"}, {"user": "other"}])
def test_a_password_does_not_go_along_to_another_server(as_owner, moved):
    as_owner.post("/studio/mail/server/", SETTINGS)
    answer = as_owner.post("/studio/mail/server/", SETTINGS | {"password": ""} | moved)
    assert answer.status_code == 422
    assert "Type the password again" in answer.content.decode()
    assert MailServer.objects.get().host == "smtp.example.org"


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": ""},
        {"host": "smtp.example.org\nx"},
        {"host": "http://smtp.example.org/"},
        {"port": "70000"},
        {"port": "x"},
        {"security": "hope"},
        {"from_address": "Мәдина"},
        {"from_address": "a@example.org\nBcc: b@example.org"},
        {"reply_to": "x"},
        {"per_minute": "0"},
    ],
)
def test_a_wrong_setting_gets_a_sentence_and_changes_nothing(as_owner, wrong):
    assert as_owner.post("/studio/mail/server/", SETTINGS | wrong).status_code == 422
    assert not MailServer.objects.exists()


def test_the_test_letter_button_says_what_the_server_answered(as_owner, mail_server, set_up, owner):
    mailbox = mail_server()
    set_up(mailbox.port)
    page = as_owner.post(
        "/studio/mail/server/test-letters/", {"to": owner.email}, follow=True
    ).content.decode()
    assert "The mail server took the letter: “250 2.0.0 Ok: queued as 4F1”." in page
    mailbox.replies["RCPT"] = "550 5.1.1 Unknown"
    page = as_owner.post(
        "/studio/mail/server/test-letters/", {"to": owner.email}, follow=True
    ).content.decode()
    assert "cannot be reached" in page
    assert as_owner.post("/studio/mail/server/test-letters/", {"to": "x"}).status_code == 422


def test_a_letter_can_be_copied_carried_and_removed(as_owner, noon):
    first = write(noon, kind="sign-in", text="https://x/KEY-1")
    second = write(noon)
    page = as_owner.get("/studio/mail/").content.decode()
    assert "https://x/KEY-1" in page
    as_owner.post(f"/studio/mail/{first.pk}/carried/")
    as_owner.post(f"/studio/mail/{second.pk}/removal/")
    assert "KEY-1" not in as_owner.get("/studio/mail/").content.decode()
    row = Letter.objects.get()
    assert (row.pk, row.text) == (first.pk, "")
    assert as_owner.post("/studio/mail/9999/removal/").status_code == 404


def test_a_failed_letter_says_why_and_is_tried_again(as_owner, mail_server, set_up, noon):
    mailbox = mail_server()
    set_up(mailbox.port)
    mailbox.replies["DATA"] = "554 5.6.0 This is <spam>"
    letter = write(noon)
    run(noon)
    page = as_owner.get("/studio/mail/").content.decode()
    assert "The mail server refused the letter itself." in page
    assert "554 5.6.0 This is &lt;spam&gt;" in page
    as_owner.post(f"/studio/mail/{letter.pk}/retry/")
    row = Letter.objects.get()
    assert (row.failed_at, row.attempts, row.problem) == (None, 0, "")


def test_forgetting_the_server_forgets_the_password(as_owner, set_up):
    set_up(25, password="x")
    as_owner.post("/studio/mail/server/forgetting/")
    assert not MailServer.objects.exists()
