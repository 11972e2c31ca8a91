"""The queue hides nothing that waits behind what waits for nobody."""

import pytest
from tests.payments.conftest import HOUR, NOON

from aqyn.payments import services
from aqyn.payments.selectors import queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(db):
    return services.make_way(adapter="door", title={"en": "At the door"}, details={}, now=NOON)


def test_what_is_paid_at_the_door_hides_no_transfer_with_a_deadline(make_payment, door, monkeypatch):
    monkeypatch.setattr(queue, "MOST_SHOWN", 2)
    for n in range(3):
        make_payment(100, way=door.pk, due_at=None, name=f"Door {n}")
    waits = make_payment(100)
    assert queue.queue()[0].payment == waits
    assert queue.waiting_count() == 4


def test_the_queue_stands_in_the_order_in_which_it_presses(make_payment, door):
    at_door = make_payment(100, way=door.pk, due_at=None)
    for_good, later, sooner = (
        make_payment(100, due_at=None),
        make_payment(100, due_at=NOON + 2 * HOUR),
        make_payment(100, due_at=NOON + HOUR),
    )
    told = make_payment(100, way=door.pk, due_at=None)
    services.advise(payment=told.pk, payer="Ару", paid_at=None, picture=None, now=NOON)
    assert [one.payment for one in queue.queue()] == [told, sooner, later, for_good, at_door]
