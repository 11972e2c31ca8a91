"""The setlist as it was really played: kept while the hall sings, corrected, published."""

import pytest

from aqyn.core.live import Position, State
from aqyn.songs import services as song_services
from aqyn.stage import sentences as refuse
from aqyn.stage import services
from aqyn.stage.models import Played
from aqyn.stage.services import DROPPED_WITHIN

pytestmark = pytest.mark.django_db
WAIT, RUN, HOLD, HAND, OVER = State.WAIT, State.RUN, State.HOLD, State.HAND, State.OVER


@pytest.fixture
def opened(setlist, evening):
    return services.open_hall(show="astana", rehearsal=False, now=evening)


@pytest.fixture
def play(opened, setlist, later):
    """Takes the hall through `(second, state, place on the setlist or None)`; what is listed then."""

    def steps(*told, performance=opened):
        for second, state, place in told:
            entry = setlist[place].pk if place is not None else 0
            position = Position(performance.number + 1, 0, state, entry=entry)
            services.note_played(performance, position, later(second))
            performance.number, performance.state = position.number, state.value
            performance.entry_id = entry or None
            performance.save()
        return listed(performance)

    return steps


def listed(performance):
    """(title, begins, ends) in seconds from the opening."""
    at = performance.opened_at
    return [
        (
            row.title["en"],
            (row.began_at - at).seconds,
            None if row.ended_at is None else (row.ended_at - at).seconds,
        )
        for row in performance.played.all()
    ]


def test_a_song_is_listed_from_its_start_to_what_comes_next(play):
    assert play((5, WAIT, 0), (10, RUN, 0), (40, HOLD, 0), (50, RUN, 0)) == [("Window", 10, None)]
    assert play((200, OVER, 0), (230, WAIT, 2)) == [("Window", 10, 200)]


def test_a_song_started_twice_in_a_row_is_one(play):
    assert play((10, RUN, 0), (60, WAIT, 0), (70, RUN, 0), (200, OVER, 0)) == [("Window", 10, 200)]


def test_a_song_sung_again_later_is_two(play):
    told = play((10, RUN, 0), (100, RUN, 2), (200, RUN, 0), (300, OVER, 0))
    assert told == [("Window", 10, 100), ("The Bridge", 100, 200), ("Window", 200, 300)]


def test_the_encore_of_a_song_that_was_just_sung_is_another(play):
    play((10, RUN, 0), (100, RUN, 3), (200, OVER, 3))
    assert [(row.title["en"], row.encore) for row in Played.objects.all()] == [
        ("Window", False),
        ("Window", True),
    ]


def test_a_song_started_and_dropped_at_once_is_not_listed(play):
    soon = DROPPED_WITHIN.seconds - 1
    told = play((10, RUN, 0), (100, RUN, 2), (100 + soon, WAIT, 0), (130, RUN, 0), (200, OVER, 0))
    assert told == [("Window", 10, 200)]


def test_talk_is_listed_from_when_it_was_chosen_unless_it_was_a_slip(play):
    told = play((10, WAIT, 1), (15, WAIT, 2), (20, RUN, 2), (100, WAIT, 1), (160, WAIT, 3))
    assert told == [("The Bridge", 20, 100), ("About the sea", 100, 160)]


def test_a_song_sung_by_hand_is_listed_too(play):
    assert play((10, HAND, 0), (90, HAND, 0), (100, WAIT, None)) == [("Window", 10, 100)]


def test_closing_the_hall_ends_what_was_sung(play, later):
    play((10, RUN, 0))
    performance = services.close_hall(show="astana", now=later(100))
    assert listed(performance) == [("Window", 10, 100)]


def test_nothing_of_a_rehearsal_is_listed(play, later):
    services.close_hall(show="astana", now=later(1))
    rehearsal = services.open_hall(show="astana", rehearsal=True, now=later(2))
    assert play((10, RUN, 0), (100, OVER, 0), performance=rehearsal) == []
    services.close_hall(show="astana", now=later(200))
    assert Played.objects.count() == 0


def test_a_list_begun_anew_when_the_hall_is_opened_again_stands_beside_the_first(play, later):
    play((10, RUN, 0))
    services.close_hall(show="astana", now=later(100))
    again = services.open_hall(show="astana", rehearsal=False, now=later(100))
    assert play((110, RUN, 0), (200, OVER, 0), performance=again) == [("Window", 10, 100)]
    assert Played.objects.count() == 2


def test_a_song_that_leaves_the_house_stays_on_the_list_by_its_name(play, noon):
    play((10, RUN, 0), (100, OVER, 0))
    song_services.remove_song(song="tereze", now=noon)
    row = Played.objects.get()
    assert (row.title["en"], row.song_id) == ("Window", None)


@pytest.fixture
def over(play, opened, later):
    """The evening, closed: Window, talk, The Bridge."""
    play((10, RUN, 0), (100, WAIT, 1), (200, RUN, 2))
    return services.close_hall(show="astana", now=later(300))


def titles(performance):
    return [row.title["en"] for row in performance.played.all()]


def test_the_list_is_corrected_by_hand(over, noon):
    first, talk, last = (row.pk for row in over.played.all())
    services.remove_played(played=talk, now=noon)
    services.move_played(played=last, to=0, now=noon)
    services.add_played(performance=over.pk, song="tereze", encore=True, now=noon)
    services.add_played(performance=over.pk, title={"en": "A dance"}, now=noon)
    services.mark_played(played=first, encore=True, now=noon)
    assert [(row.position, row.title["en"], row.encore, row.kind) for row in over.played.all()] == [
        (0, "The Bridge", False, "song"),
        (1, "Window", True, "song"),
        (2, "Window", True, "song"),
        (3, "A dance", False, "talk"),
    ]


def test_a_list_is_corrected_once_the_evening_is_over(play, opened, noon):
    play((10, RUN, 0))
    played = Played.objects.get().pk
    for deed in (
        lambda: services.remove_played(played=played, now=noon),
        lambda: services.move_played(played=played, to=0, now=noon),
        lambda: services.add_played(performance=opened.pk, song="tereze", now=noon),
        lambda: services.publish_setlist(performance=opened.pk, now=noon),
    ):
        with pytest.raises(refuse.HallIsOpen):
            deed()
    assert Played.objects.count() == 1


def test_a_list_is_published_and_withdrawn(over, noon, later):
    services.publish_setlist(performance=over.pk, now=noon)
    services.publish_setlist(performance=over.pk, now=later(500))
    over.refresh_from_db()
    assert over.setlist_published_at == noon
    services.withdraw_setlist(performance=over.pk, now=noon)
    over.refresh_from_db()
    assert over.setlist_published_at is None


def test_an_empty_list_is_not_published_and_one_that_becomes_empty_is_not_any_more(over, noon):
    services.publish_setlist(performance=over.pk, now=noon)
    for row in over.played.all():
        services.remove_played(played=row.pk, now=noon)
    over.refresh_from_db()
    assert over.setlist_published_at is None
    with pytest.raises(refuse.NothingPlayed):
        services.publish_setlist(performance=over.pk, now=noon)


def test_what_is_not_there_is_said_to_be_so(over, noon):
    with pytest.raises(refuse.NoSuchPlayed):
        services.remove_played(played=0, now=noon)
    with pytest.raises(refuse.NoSuchPerformance):
        services.publish_setlist(performance=0, now=noon)
    with pytest.raises(refuse.SongNotHere):
        services.add_played(performance=over.pk, song="nothing", now=noon)
    with pytest.raises(refuse.NothingToAdd):
        services.add_played(performance=over.pk, title={"en": " "}, now=noon)
    assert titles(over) == ["Window", "About the sea", "The Bridge"]
