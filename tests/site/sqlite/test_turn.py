"""Whoever writes waits in one line: first come, first served, and nobody keeps the turn for good."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError

from aqyn.people.models import Artist
from aqyn.site.sqlite.turn import Turn, turn

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the line is SQLite's")


def test_the_turn_goes_to_those_who_wait_in_their_order():
    line, came = Turn(), []
    assert line.take(1)

    def wait(name):
        assert line.take(20)
        came.append(name)
        line.hand_on()

    threads = []
    for name in range(6):
        thread = threading.Thread(target=wait, args=(name,))
        thread.start()
        threads.append(thread)
        while len(line._line) <= name:
            time.sleep(0.001)
    line.hand_on()
    for thread in threads:
        thread.join(20)
    assert came == list(range(6))
    assert line.take(0.01)


def test_whoever_is_tired_of_waiting_leaves_the_line():
    line = Turn()
    assert line.take(1)
    assert line.take(0.01) is False
    line.hand_on()
    assert line.take(0.01)


def free():
    taken = turn.take(0.05)
    if taken:
        turn.hand_on()
    return taken


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_has_the_turn_until_it_ends():
    with transaction.atomic():
        assert not free()
        with transaction.atomic():
            Artist.objects.create(slug="a", name={"en": "A"})
        assert not free()
    assert free()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_hands_the_turn_on():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Artist.objects.create(slug="a", name={"en": "A"})
        with pytest.raises(KeyError), transaction.atomic():
            raise KeyError
        raise ZeroDivisionError
    assert free()
    assert Artist.objects.count() == 0


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_closed_hands_the_turn_on():
    with transaction.atomic():
        assert not free()
        connection.close()
        assert free()
    assert free()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_line_that_does_not_move_is_an_error_and_no_deadlock(monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    assert turn.take(1)
    try:
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            raise AssertionError
    finally:
        turn.hand_on()
    with transaction.atomic():
        Artist.objects.create(slug="a", name={"en": "A"})
    assert free()
