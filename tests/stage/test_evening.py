"""The hall is opened and closed: one evening or rehearsal at a time, and nobody who follows goes back."""

import threading

import pytest
from django.db import connection

from aqyn.core.live import State, read_message
from aqyn.shows import services as shows
from aqyn.shows.models import Cancellation, Show
from aqyn.shows.selectors import shown
from aqyn.shows.services import ShowFacts
from aqyn.stage import sentences as refuse
from aqyn.stage import services
from aqyn.stage.models import Performance
from aqyn.stage.selectors.current import current
from aqyn.stage.telling import on_told
from aqyn.ui.pages import page_generation
from aqyn.ui.refusal import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    """Everything that is told while a deed is done: `heard(deed)` → [(channel, position), …]."""

    def of(deed):
        told = []
        stop = on_told(lambda channel, message: told.append((tuple(channel), read_message(message))))
        try:
            with django_capture_on_commit_callbacks(execute=True):
                deed()
        finally:
            stop()
        return told

    return of


def test_an_opened_hall_waits_and_everyone_is_told(show, evening, heard):
    before = page_generation()
    [(channel, position)] = heard(lambda: services.open_hall(show="astana", rehearsal=False, now=evening))
    assert channel == ("astana", "")
    assert (position.state, position.number) == (State.WAIT, round(evening.timestamp()))
    assert position.time_ms == evening.timestamp() * 1000
    assert position == current("astana").position
    assert page_generation() == before + 1


def test_a_closed_hall_has_come_to_its_end(show, evening, heard):
    services.open_hall(show="astana", rehearsal=False, now=evening)
    [(channel, position)] = heard(lambda: services.close_hall(show="astana", now=evening))
    assert (channel, position.state, position.number) == (
        ("astana", ""),
        State.END,
        round(evening.timestamp()) + 1,
    )
    assert current("astana").position.state is State.END


def test_numbers_never_go_back_when_the_hall_is_opened_again(show, evening, later):
    first = services.open_hall(show="astana", rehearsal=False, now=evening)
    above = round(later(1000).timestamp())
    Performance.objects.filter(pk=first.pk).update(number=above)
    services.close_hall(show="astana", now=later(60))
    services.open_hall(show="astana", rehearsal=True, now=later(70))
    services.close_hall(show="astana", now=later(80))
    again = services.open_hall(show="astana", rehearsal=False, now=later(90))
    assert again.number == above + 4
    assert current("astana").position.state is State.WAIT


def test_a_restored_house_counts_above_all_that_was_told(show, evening, later):
    """Its rows are those of a backup; the phones in the hall have heard what came after it."""
    services.open_hall(show="astana", rehearsal=True, now=evening)
    services.close_hall(show="astana", now=later(60))
    again = services.open_hall(show="astana", rehearsal=False, now=later(3600))
    assert again.number == round(later(3600).timestamp())
    services.close_hall(show="astana", now=later(3700))
    assert current("astana").position.number == round(later(3700).timestamp())


def test_a_rehearsal_is_told_only_to_those_who_hold_its_key(show, evening, heard):
    told = heard(lambda: services.open_hall(show="astana", rehearsal=True, now=evening))
    key = Performance.objects.get().key
    assert len(key) == 43
    assert [channel for channel, _position in told] == [("astana", key)]
    assert current("astana").position.state is State.SHUT
    assert current("astana", key).position.state is State.WAIT


@pytest.mark.parametrize("first", [True, False])
def test_one_thing_is_open_at_a_time(show, evening, first):
    services.open_hall(show="astana", rehearsal=first, now=evening)
    for rehearsal in (True, False):
        with pytest.raises(refuse.RehearsalIsOn if first else refuse.HallIsOpen):
            services.open_hall(show="astana", rehearsal=rehearsal, now=evening)
    assert Performance.objects.count() == 1


def test_a_draft_is_rehearsed_but_not_opened(make_show, evening):
    make_show("draft", announced=False)
    with pytest.raises(refuse.NotAnnounced):
        services.open_hall(show="draft", rehearsal=False, now=evening)
    assert services.open_hall(show="draft", rehearsal=True, now=evening).rehearsal


def test_the_hall_of_a_cancelled_show_stays_closed(show, evening, noon):
    Cancellation.objects.create(show=show, at=noon)
    with pytest.raises(refuse.IsCancelled):
        services.open_hall(show="astana", rehearsal=False, now=evening)


def test_what_is_not_open_or_not_there_is_said_to_be_so(show, evening):
    with pytest.raises(refuse.HallIsShut):
        services.close_hall(show="astana", now=evening)
    for deed in (services.close_hall, lambda **told: services.open_hall(rehearsal=False, **told)):
        with pytest.raises(refuse.NoSuchShow):
            deed(show="nowhere", now=evening)


LEAVE = {
    "cancelled": lambda now: shows.cancel(show="astana", now=now),
    "a draft again": lambda now: shows.withdraw(show="astana", now=now),
    "removed": lambda now: shows.remove_show(show="astana", now=now),
    "moved": lambda now: shows.change_show(
        show="astana", facts=ShowFacts({"en": "A spring evening"}, {"en": "Astana"}, slug="other"), now=now
    ),
}


@pytest.mark.parametrize("leave", LEAVE.values(), ids=LEAVE)
@pytest.mark.parametrize("rehearsal", [False, True])
def test_a_show_stays_what_it_is_while_its_hall_is_open(setlist, noon, leave, rehearsal):
    Show.objects.update(starts_at=None, doors_at=None)
    opened = services.open_hall(show="astana", rehearsal=rehearsal, now=noon)
    with pytest.raises(refuse.RehearsalIsOn if rehearsal else refuse.HallIsOpen):
        leave(noon)
    found = current("astana", opened.key if rehearsal else "")
    assert (found.performance, shown("astana").sequence) == (opened, 0)
    services.close_hall(show="astana", now=noon)
    leave(noon)
    assert current("astana") is None or current("astana").position.state is State.END


def test_whoever_removes_it_while_its_hall_is_open_reads_why_not(show, crew, evening):
    services.open_hall(show="astana", rehearsal=False, now=evening)
    answer = crew.post("/studio/shows/astana/remove/")
    assert (answer.status_code, shown("astana")) == (409, show)
    assert "The hall is open; close it first." in answer.content.decode()
    services.close_hall(show="astana", now=evening)
    assert [crew.post("/studio/shows/astana/remove/").status_code for _twice in range(2)] == [302, 404]


def test_another_word_of_a_show_is_taken_while_its_hall_is_open(show, noon):
    Show.objects.update(starts_at=None, doors_at=None)
    services.open_hall(show="astana", rehearsal=False, now=noon)
    facts = ShowFacts({"en": "A long evening"}, {"en": "Astana"}, slug="astana")
    assert shows.change_show(show="astana", facts=facts, now=noon).title == {"en": "A long evening"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_it_at_once_one_does(show, evening):
    def open_it():
        services.open_hall(show="astana", rehearsal=False, now=evening)

    assert [type(refusal) for refusal in at_once(open_it, open_it)] == [refuse.HallIsOpen]
    assert Performance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_show_that_is_cancelled_as_its_hall_is_opened_is_one_of_both(show, noon):
    refused = at_once(
        lambda: services.open_hall(show="astana", rehearsal=False, now=noon),
        lambda: shows.cancel(show="astana", now=noon),
    )
    assert len(refused) == 1
    assert Performance.objects.exists() != Cancellation.objects.exists()


def at_once(*deeds):
    """Do all of it at the same time, each on a connection of its own: what was refused."""
    start, refused = threading.Barrier(len(deeds)), []

    def do(deed):
        start.wait()
        try:
            deed()
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return refused
