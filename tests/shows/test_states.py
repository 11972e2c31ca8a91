"""What becomes of a show, and how each of it is taken back."""

from datetime import timedelta

import pytest
from tests.shows.conftest import EVENING, HOUR, NOON, facts

from aqyn.shows import selectors, services
from aqyn.shows.sentences import Refusal
from aqyn.shows.services import Times

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def state(at=NOON, slug="evening"):
    return selectors.state_of(selectors.shown(slug), at)


def test_an_announced_show_is_known_and_can_be_a_draft_again(make):
    make(announced=False)
    services.announce(show="evening", now=NOON)
    assert (state(), selectors.public_show("evening").announcement.at) == ("announced", NOON)
    services.withdraw(show="evening", now=NOON)
    assert (state(), selectors.public_shows()) == ("draft", [])
    services.announce(show="evening", now=NOON + HOUR)
    # The world may still hold the first announcement: what it is told now is newer.
    assert (state(), selectors.shown("evening").sequence) == ("announced", 3)


def test_a_show_is_past_at_its_end_or_six_hours_after_its_start(make):
    make("told")
    make("untold", ends_at=None)
    ends, untold = EVENING + 2 * HOUR, EVENING + selectors.UNTOLD_LENGTH
    tick = timedelta(seconds=1)
    assert [state(at, "told") for at in (ends - tick, ends)] == ["announced", "past"]
    assert [state(at, "untold") for at in (untold - tick, untold)] == ["announced", "past"]


def test_a_show_that_is_put_off_keeps_its_old_times(make):
    make()
    new = Times(EVENING + WEEK, EVENING + WEEK - HOUR, None)
    services.postpone(show="evening", to=new, reason={"en": "The hall is flooded."}, now=NOON)
    show = selectors.shown("evening")
    assert (show.starts_at, show.doors_at, show.ends_at) == (new.starts_at, new.doors_at, None)
    [kept] = show.postponements.all()
    assert (kept.old_starts_at, kept.old_doors_at, kept.old_ends_at, kept.reason) == (
        EVENING,
        EVENING - HOUR,
        EVENING + 2 * HOUR,
        {"en": "The hall is flooded."},
    )
    assert state() == "postponed"
    assert state(EVENING + WEEK + selectors.UNTOLD_LENGTH) == "past"


def test_a_show_put_off_twice_is_taken_back_step_by_step(make):
    make()
    services.postpone(show="evening", to=Times(EVENING + WEEK), now=NOON)
    services.postpone(show="evening", now=NOON)
    assert selectors.shown("evening").starts_at is None
    services.undo_postponement(show="evening", now=NOON)
    assert (selectors.shown("evening").starts_at, state()) == (EVENING + WEEK, "postponed")
    services.undo_postponement(show="evening", now=NOON)
    show = selectors.shown("evening")
    assert (show.doors_at, show.starts_at, show.ends_at) == (EVENING - HOUR, EVENING, EVENING + 2 * HOUR)
    assert (state(), show.sequence) == ("announced", 5)


def test_a_date_that_was_still_to_come_is_told_with_the_other_facts(make):
    make()
    services.postpone(show="evening", now=NOON)
    told = facts(starts_at=EVENING + WEEK, doors_at=None, ends_at=None)
    services.change_show(show="evening", facts=told, now=NOON)
    assert (state(), selectors.shown("evening").starts_at) == ("postponed", EVENING + WEEK)
    assert [row.old_starts_at for row in selectors.shown("evening").postponements.all()] == [EVENING]


def test_a_date_that_is_to_come_may_stay_so_while_the_rest_is_told(make):
    make()
    services.postpone(show="evening", now=NOON)
    told = facts(starts_at=None, doors_at=None, ends_at=None, venue={"en": "Elsewhere"})
    assert services.change_show(show="evening", facts=told, now=NOON).venue == {"en": "Elsewhere"}


def test_a_show_without_a_date_is_never_past(make):
    make()
    services.postpone(show="evening", now=NOON)
    assert state(EVENING + 1000 * WEEK) == "postponed"
    assert selectors.coming(selectors.public_shows(), EVENING + 1000 * WEEK) != []


def test_a_cancelled_show_stays_to_be_seen_and_can_be_after_all(make):
    make()
    services.cancel(show="evening", reason={"kk": "Әнші ауырып қалды."}, now=NOON)
    show = selectors.public_show("evening")
    assert (state(), show.cancellation.reason) == ("cancelled", {"kk": "Әнші ауырып қалды."})
    assert state(EVENING + WEEK) == "cancelled"
    assert selectors.next_shows("madina", NOON) == []
    services.undo_cancellation(show="evening", now=NOON)
    assert (state(), selectors.next_shows("madina", NOON)) == ("announced", [show])


CANNOT = [
    ("draft", "cancel", {}, "Nobody was told of this show yet: change it, or remove it."),
    ("draft", "postpone", {}, "Nobody was told of this show yet: change it, or remove it."),
    ("draft", "withdraw", {}, "Nobody was told of this show yet: change it, or remove it."),
    ("announced", "announce", {}, "The show is announced already."),
    ("announced", "undo_cancellation", {}, "The show is not cancelled."),
    ("announced", "undo_postponement", {}, "The show is not postponed."),
    ("announced", "postpone", {"to": Times(EVENING)}, "That is when the show starts already"),
    ("announced", "postpone", {"to": Times(NOON)}, "The new date lies behind us"),
    ("announced", "postpone", {"to": Times(None, EVENING)}, "Say when the show starts."),
    ("announced", "cancel", {"reason": {"kk": "я" * 1001}}, "“reason” is too long"),
    ("postponed", "withdraw", {}, "take that back first"),
    ("postponed", "postpone", {}, "Give the show its day and its start"),
    ("cancelled", "cancel", {}, "The show is cancelled: take that back first."),
    ("cancelled", "postpone", {}, "The show is cancelled: take that back first."),
    ("cancelled", "undo_postponement", {}, "The show is cancelled: take that back first."),
    ("cancelled", "withdraw", {}, "take that back first"),
    ("past", "cancel", {}, "The show is over"),
    ("past", "postpone", {}, "The show is over"),
]


@pytest.mark.parametrize(("stands", "deed", "told", "sentence"), CANNOT)
def test_what_cannot_become_of_a_show_is_refused_and_changes_nothing(
    make, rows, stands, deed, told, sentence
):
    make(announced=stands != "draft")
    if stands == "postponed":
        services.postpone(show="evening", now=NOON)
    if stands == "cancelled":
        services.cancel(show="evening", now=NOON)
    now = EVENING + WEEK if stands == "past" else NOON
    assert state(now) == stands
    before = rows()
    with pytest.raises(Refusal) as refused:
        getattr(services, deed)(show="evening", now=now, **told)
    assert sentence in str(refused.value)
    assert rows() == before


def test_a_show_without_a_date_is_not_announced(make):
    make(announced=False, starts_at=None, doors_at=None, ends_at=None)
    with pytest.raises(Refusal, match="Give the show its day and its start before it is announced"):
        services.announce(show="evening", now=NOON)


def test_a_show_of_years_ago_is_announced_into_the_past_ones(make):
    make(starts_at=EVENING - 100 * WEEK, doors_at=None, ends_at=None)
    assert state() == "past"
    assert [
        selectors.gone(selectors.public_shows(), NOON),
        selectors.coming(selectors.public_shows(), NOON),
    ] == [
        [selectors.shown("evening")],
        [],
    ]


def test_shows_stand_by_date_and_those_without_one_last(make):
    make("late", starts_at=EVENING + WEEK, doors_at=None, ends_at=None)
    make("open")
    make("soon")
    services.postpone(show="open", now=NOON)
    assert [show.slug for show in selectors.public_shows()] == ["soon", "late", "open"]
    assert [show.slug for show in selectors.gone(selectors.public_shows(), EVENING + 2 * WEEK)] == [
        "late",
        "soon",
    ]
