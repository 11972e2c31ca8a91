"""A branch of the work in another thread."""

import threading

import pytest

from aqyn.media.inside.beside import Beside


def test_everything_is_done_in_its_order_before_the_end():
    done = []
    with Beside(done.append) as beside:
        for number in range(500):
            beside.put(number)
    assert done == list(range(500))


def test_it_is_done_in_another_thread():
    threads = set()
    with Beside(lambda _: threads.add(threading.get_ident())) as beside:
        beside.put(1)
    assert threads and threading.get_ident() not in threads


def test_what_fails_there_comes_out_here_and_nothing_more_is_done():
    done = []

    def deed(number):
        if number == 3:
            raise ValueError(number)
        done.append(number)

    with pytest.raises(ValueError, match="3"), Beside(deed) as beside:
        for number in range(500):
            beside.put(number)
    assert done == [0, 1, 2]


def test_a_failure_at_the_very_last_is_heard_too():
    def deed(number):
        raise ValueError(number)

    with pytest.raises(ValueError, match="7"), Beside(deed) as beside:
        beside.put(7)


def test_a_failure_here_ends_the_thread():
    before = threading.active_count()
    with pytest.raises(KeyError), Beside(lambda _: None) as beside:
        beside.put(1)
        raise KeyError
    assert threading.active_count() == before
