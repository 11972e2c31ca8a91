"""Letters of what changed about a show: to each who was told otherwise, and to nobody else."""

import pytest
from tests.tickets.conftest import EVENING, HOUR, NOON
from tests.tickets.test_letters import PRICE, kinds, last, work

from aqyn.payments import services as payments
from aqyn.post.models import Letter
from aqyn.shows import services as shows
from aqyn.shows.models import Show
from aqyn.shows.services import ShowFacts, Times
from aqyn.tickets import tasks
from aqyn.tickets.models import Mark

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def looks_anew(monkeypatch):
    monkeypatch.setattr(tasks, "_looked", None)


@pytest.fixture
def floor(make_sale, make_type):
    return make_type(make_sale(places=20), price=PRICE)


@pytest.fixture
def bought(floor, buy):
    """An order that is paid and told so."""
    order = buy(floor)
    payments.receive(payment=order.payment_id, amount=PRICE, now=NOON)
    work(NOON)
    assert kinds() == ["paid"]
    return order


def told_anew(now, **facts):
    """The show as it is, but for these facts."""
    show = Show.objects.get(slug="evening")
    kept = ("title", "city", "venue", "starts_at", "doors_at", "ends_at")
    shows.change_show(
        show="evening", facts=ShowFacts(**{name: getattr(show, name) for name in kept} | facts), now=now
    )


def test_another_date_is_told_for_each_time_it_is_put_off(floor, buy):
    order = buy(floor)
    payments.receive(payment=order.payment_id, amount=PRICE, now=NOON)
    work(NOON)
    shows.postpone(show="evening", now=NOON + HOUR)
    work(NOON + HOUR)
    work(NOON + 2 * HOUR)
    assert kinds() == ["paid", "changed"]
    shows.undo_postponement(show="evening", now=NOON + 3 * HOUR)
    shows.postpone(show="evening", to=Times(EVENING + 240 * HOUR), now=NOON + 3 * HOUR)
    work(NOON + 4 * HOUR)
    assert kinds() == ["paid", "changed", "changed"]


@pytest.mark.parametrize(
    "facts",
    [
        {"starts_at": EVENING + HOUR},
        {"doors_at": EVENING - 2 * HOUR},
        {"venue": {"kk-Cyrl": "Барыс арена"}},
        {"city": {"kk-Cyrl": "Алматы"}},
    ],
)
def test_another_hour_or_place_is_told_once(bought, facts):
    told_anew(NOON + HOUR, **facts)
    work(NOON + HOUR)
    work(NOON + 2 * HOUR)
    assert kinds() == ["paid", "changed"]


def test_a_change_says_how_it_stands_now(bought):
    told_anew(NOON + HOUR, starts_at=EVENING + HOUR, venue={"kk-Cyrl": "Барыс арена"})
    work(NOON + HOUR)
    for said in ("20:00", "18:00", "Барыс арена"):
        assert said in last().text
    # A paid place may be given back only where the show was put off.
    assert "қайтар" not in last().text


def test_what_no_reader_of_the_language_was_told_is_no_change(bought):
    told_anew(NOON + HOUR, title={"kk-Cyrl": "Жарық"}, venue={"kk-Cyrl": "Дала сарайы", "en": "Dala Palace"})
    work(NOON + HOUR)
    assert kinds() == ["paid"]


def test_a_change_before_the_order_is_not_told(bought, floor, buy):
    told_anew(NOON + HOUR, starts_at=EVENING + HOUR)
    buy(floor, email="dana@example.kz", now=NOON + HOUR)
    work(NOON + HOUR)
    work(NOON + 2 * HOUR)
    assert [(letter.kind, letter.to) for letter in Letter.objects.order_by("pk")[1:]] == [
        ("tickets-changed", "aru@example.kz"),
        ("tickets-order", "dana@example.kz"),
    ]


def test_what_was_changed_and_changed_back_before_it_was_told_is_not_told(bought):
    told_anew(NOON + HOUR, starts_at=EVENING + HOUR)
    told_anew(NOON + HOUR, starts_at=EVENING)
    work(NOON + 2 * HOUR)
    assert kinds() == ["paid"]


def test_each_is_told_what_differs_from_what_she_was_told_last(bought, floor, buy):
    told_anew(NOON + HOUR, starts_at=EVENING + HOUR)
    work(NOON + HOUR)
    buy(floor, email="dana@example.kz", now=NOON + 2 * HOUR)
    work(NOON + 2 * HOUR)
    for hours in (3, 4, 5):
        told_anew(NOON + hours * HOUR, starts_at=EVENING if hours % 2 else EVENING + HOUR)
        work(NOON + hours * HOUR)
    assert kinds().count("changed") == 1 + 3 + 3
    Letter.objects.all().delete()
    # Whoever ordered while it stood as it does now is told nothing.
    told_anew(NOON + 6 * HOUR, starts_at=EVENING + HOUR)
    buy(floor, email="ermek@example.kz", now=NOON + 6 * HOUR)
    tasks.changes(now=NOON + 6 * HOUR, since=NOON)
    told_anew(NOON + 7 * HOUR, starts_at=EVENING + HOUR, venue={"kk-Cyrl": "Барыс арена"})
    told_anew(NOON + 8 * HOUR, starts_at=EVENING + HOUR, venue={"kk-Cyrl": "Дала сарайы"})
    work(NOON + 9 * HOUR)
    told = Letter.objects.filter(kind="tickets-changed").order_by("to")
    assert [letter.to for letter in told] == ["aru@example.kz", "dana@example.kz"]


def test_a_date_that_was_still_to_come_is_told(bought):
    shows.postpone(show="evening", now=NOON + HOUR)
    work(NOON + HOUR)
    told_anew(NOON + 2 * HOUR, starts_at=EVENING + 240 * HOUR, doors_at=None, ends_at=None)
    work(NOON + 2 * HOUR)
    work(NOON + 3 * HOUR)
    assert kinds() == ["paid", "changed", "changed"]
    assert "23 қараша" in last().text


def test_a_show_that_is_put_off_no_more_is_told(bought):
    shows.postpone(show="evening", to=Times(EVENING + 240 * HOUR), now=NOON + HOUR)
    work(NOON + HOUR)
    assert "23 қараша" in last().text
    shows.undo_postponement(show="evening", now=NOON + 2 * HOUR)
    work(NOON + 2 * HOUR)
    assert kinds() == ["paid", "changed", "changed"]
    assert "13 қараша" in last().text


def test_whoever_ordered_between_two_postponements_is_told_of_the_second_alone(floor, buy):
    shows.postpone(show="evening", to=Times(EVENING + 240 * HOUR), now=NOON)
    buy(floor, now=NOON + HOUR)
    shows.postpone(show="evening", to=Times(EVENING + 480 * HOUR), now=NOON + 2 * HOUR)
    work(NOON + 2 * HOUR)
    work(NOON + 3 * HOUR)
    assert sorted(kinds()) == ["changed", "order"]


def test_what_an_earlier_version_has_told_is_not_told_again(floor, make_type, buy):
    to_pay, free = buy(floor), buy(make_type(floor.sale, price=0), email="dana@example.kz")
    shows.postpone(show="evening", to=Times(EVENING + 240 * HOUR), now=NOON + HOUR)
    for order, kind in ((to_pay, "order"), (to_pay, "changed-1"), (free, "tickets"), (free, "changed-1")):
        Mark.objects.create(about=f"order:{order.pk}", kind=kind, at=NOON + HOUR)
    work(NOON + HOUR)
    assert kinds() == []


def test_nobody_is_asked_again_once_all_are_told(bought, django_assert_num_queries):
    told_anew(NOON + HOUR, starts_at=EVENING + HOUR)
    work(NOON + HOUR)
    work(NOON + 2 * HOUR)
    with django_assert_num_queries(2):
        assert not tasks._changed(NOON + 3 * HOUR)
