"""A page that is kept does not go on calling a show coming that is over."""

from datetime import timedelta

import pytest
from tests.shows.conftest import EVENING, HOUR, NOON

from aqyn.shows import selectors, services, tasks
from aqyn.ui.pages import page_generation

pytestmark = pytest.mark.django_db
ENDS = EVENING + 2 * HOUR
TICK = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def fresh_worker(monkeypatch):
    monkeypatch.setattr(tasks, "_looked", None)


def dropped(now):
    """Whether the worker drops the kept pages at this moment."""
    before = page_generation()
    did = tasks.run_next(now=now, stop=lambda: False)
    assert did == (page_generation() > before)
    return did


def test_the_kept_pages_are_dropped_once_when_a_show_is_over(make):
    make()
    assert [dropped(at) for at in (ENDS - HOUR, ENDS - TICK, ENDS + 4 * TICK, ENDS + 9 * TICK)] == [
        False,
        False,
        True,
        False,
    ]


def test_a_show_without_an_end_is_over_six_hours_after_its_start(make):
    make(ends_at=None)
    over = EVENING + selectors.UNTOLD_LENGTH
    assert [dropped(at) for at in (over - HOUR, over)] == [False, True]


def test_the_worker_looks_no_more_often_than_it_says(make):
    make()
    assert not dropped(ENDS - TICK)
    assert not dropped(ENDS - TICK + tasks.LOOK_EVERY / 2)
    assert dropped(ENDS - TICK + tasks.LOOK_EVERY)


def test_a_worker_that_starts_late_makes_up_for_the_evening_before(make):
    make()
    assert dropped(ENDS + 20 * HOUR)


def test_a_clock_that_was_set_back_begins_anew(make):
    make()
    assert not dropped(ENDS + 48 * HOUR)
    assert not dropped(ENDS - HOUR)
    assert dropped(ENDS)


@pytest.mark.parametrize("became", ["draft", "without a date"])
def test_what_no_page_calls_coming_drops_none(make, became):
    make(announced=became != "draft")
    if became == "without a date":
        services.postpone(show="evening", now=NOON)
    assert not dropped(ENDS - TICK)
    assert not dropped(ENDS + HOUR)
