"""Keys that sign tickets: made anew, taken back; and tickets whose code is made anew."""

import pytest
from tests.tickets.conftest import HOUR, NOON

from aqyn.core.passes.codes import NoPass, Pass, read
from aqyn.tickets.models import Revocation, Ticket
from aqyn.tickets.selectors.passes import code_of, current_key, public_keys
from aqyn.tickets.sentences import passes as refuse
from aqyn.tickets.services import passes

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(make_sale, make_type, buy):
    return buy(make_type(make_sale())).tickets.get()


def test_a_ticket_is_checked_by_the_public_key_alone(ticket):
    assert read(code_of(ticket), public_keys()) == Pass(1, ticket.sale_id, ticket.serial)


def test_after_a_new_key_old_codes_still_let_in(ticket):
    old = code_of(ticket)
    passes.rotate_key(now=NOON)
    assert current_key() == 2
    assert read(old, public_keys()).key == 1
    assert read(code_of(ticket), public_keys()).key == 2


def test_a_revoked_key_lets_nobody_in_and_tickets_show_another_code(ticket):
    old = code_of(ticket)
    with pytest.raises(refuse.NoSuchKey):
        passes.revoke_key(number=9, now=NOON)
    passes.revoke_key(number=1, now=NOON + HOUR)
    assert (current_key(), sorted(public_keys())) == (2, [2])
    assert read(old, public_keys()) is NoPass.UNKNOWN_KEY
    assert read(code_of(ticket), public_keys()) == Pass(2, ticket.sale_id, ticket.serial)
    with pytest.raises(refuse.KeyIsRevoked):
        passes.revoke_key(number=1, now=NOON)


def test_a_ticket_issued_anew_leaves_its_old_serial_revoked(ticket):
    old = ticket.serial
    passes.reissue(ticket=ticket.pk, now=NOON)
    ticket.refresh_from_db()
    assert ticket.serial != old
    assert [(row.serial, row.ticket) for row in Revocation.objects.all()] == [(old, ticket)]


def test_a_ticket_that_is_gone_is_not_issued_anew(ticket):
    Ticket.objects.update(gone_at=NOON, gone_why="cancelled")
    with pytest.raises(refuse.NoSuchTicket):
        passes.reissue(ticket=ticket.pk, now=NOON)
    assert Revocation.objects.count() == 0
