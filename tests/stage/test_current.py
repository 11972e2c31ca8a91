"""What the hall sees by its row: before, while, after, and what nobody may know of."""

import pytest

from aqyn.core.live import Position, State
from aqyn.shows.models import Cancellation
from aqyn.stage import services
from aqyn.stage.selectors.current import current, on_stage
from aqyn.stage.telling import Channel, on_told, payload_of, read_payload, tell


def test_before_it_is_opened_the_hall_is_shut(show):
    assert current("astana").position == Position(0, 0, State.SHUT)


def test_an_open_hall_waits(show, evening):
    services.open_hall(show="astana", rehearsal=False, now=evening)
    seen = current("astana")
    assert (seen.position.state, seen.position.number) == (State.WAIT, round(evening.timestamp()))
    assert seen.performance is not None


def test_a_closed_evening_has_come_to_its_end(show, evening):
    services.open_hall(show="astana", rehearsal=False, now=evening)
    services.close_hall(show="astana", now=evening)
    assert current("astana").position == Position(
        round(evening.timestamp()) + 1, round(evening.timestamp() * 1000), State.END
    )


def test_a_hall_that_is_opened_again_counts_on(show, evening):
    services.open_hall(show="astana", rehearsal=False, now=evening)
    services.close_hall(show="astana", now=evening)
    services.open_hall(show="astana", rehearsal=False, now=evening)
    assert current("astana").position.number == round(evening.timestamp()) + 2


def test_a_cancelled_show_has_come_to_its_end(show, noon):
    Cancellation.objects.create(show=show, at=noon)
    assert current("astana").position.state is State.END


def test_a_draft_is_there_for_nobody(make_show):
    make_show("draft", announced=False)
    assert current("draft") is None
    assert current("nowhere") is None


def test_a_rehearsal_is_seen_with_its_key_alone(make_show, evening):
    make_show("draft", announced=False)
    rehearsal = services.open_hall(show="draft", rehearsal=True, now=evening)
    assert current("draft") is None
    assert current("draft", "k" * 43) is None
    assert current("draft", rehearsal.key).position.state is State.WAIT
    services.close_hall(show="draft", now=evening)
    assert current("draft", rehearsal.key).position.state is State.END


def test_the_key_of_one_show_opens_no_other(show, make_show, evening):
    make_show("almaty")
    rehearsal = services.open_hall(show="almaty", rehearsal=True, now=evening)
    assert current("astana", rehearsal.key) is None


def test_the_public_does_not_see_a_rehearsal(show, evening):
    services.open_hall(show="astana", rehearsal=True, now=evening)
    assert current("astana").position.state is State.SHUT
    assert on_stage("astana").state is State.WAIT


def test_a_word_is_told_once_the_change_is_kept(db, django_capture_on_commit_callbacks):
    heard = []
    stop = on_told(lambda channel, message: heard.append((channel, message)))
    with django_capture_on_commit_callbacks(execute=True):
        tell(("astana", ""), b"data: {}\n\n")
        assert heard == []
    stop()
    assert heard == [(Channel("astana"), b"data: {}\n\n")]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_not_kept_is_told_to_nobody(db):
    from django.db import transaction

    heard = []
    stop = on_told(lambda *told: heard.append(told))
    try:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            tell(("astana", ""), b"data: {}\n\n")
            1 / 0  # noqa: B018
    finally:
        stop()
    assert heard == []


def test_what_travels_between_processes_comes_back_whole():
    word = Channel("astana", "k" * 43), b'data: {"n":1}\n\n'
    assert read_payload(payload_of(*word)) == word


@pytest.mark.parametrize("payload", ["", "1", "null", '["astana"]', '["a","b","c","d"]', "[1,2,{}]"])
def test_a_strange_payload_is_no_word(payload):
    with pytest.raises(ValueError, match="no word of the stage"):
        read_payload(payload)
