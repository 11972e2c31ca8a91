"""A letter to many on its way through a real mail server."""

import pytest
from tests.post.conftest import Mailbox, _free_port, _Server
from tests.reach.conftest import NOON
from tests.reach.test_bulletins import begin, bulletin, run

from aqyn.people import services as people
from aqyn.post import selectors as post_selectors
from aqyn.post import tasks as postman

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox():
    box = Mailbox()
    box.port = _free_port()
    controller = _Server(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


def test_every_reader_gets_one_letter_that_can_be_left_with_one_click(mail, follow, mailbox, aru):
    mail(mailbox.port, per_minute=100)
    addresses = [f"r{number}@example.kz" for number in range(12)]
    follow(*addresses, language="ru")
    begin(bulletin(), 12)
    run()
    while postman.run_next(now=NOON, stop=lambda: False):
        pass
    run()
    assert sorted(envelope.rcpt_tos for envelope in mailbox.envelopes) == sorted([a] for a in addresses)
    for letter in mailbox.letters:
        leave = "https://aru.example" + post_selectors.leave_path(
            address=letter["To"], kind=people.letters_of(aru)
        )
        assert letter["List-Unsubscribe"] == f"<{leave}>"
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert leave in letter.get_body(("plain",)).get_content()
        assert leave in letter.get_body(("html",)).get_content()
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 12
