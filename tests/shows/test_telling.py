"""A show comes into the house, is told anew, and goes."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.shows.conftest import EVENING, HOUR, NOON, facts

from aqyn.people import services as people
from aqyn.shows import selectors, services
from aqyn.shows.models import Show
from aqyn.shows.sentences import Refusal
from aqyn.shows.services import ActFacts
from aqyn.ui.pages import page_generation

pytestmark = pytest.mark.django_db


def test_a_show_is_a_draft_with_all_that_was_told_of_it(artist):
    made = services.make_show(artist="madina", facts=facts(address=" Сахна  көшесі 7 "), now=NOON)
    show = selectors.shown(made.slug)
    assert (show.slug, show.artist, show.country) == ("jalgyz-jaryq", artist, "KZ")
    assert (show.doors_at, show.starts_at, show.ends_at) == (EVENING - HOUR, EVENING, EVENING + 2 * HOUR)
    assert (show.address, show.time_zone, show.sequence) == ("Сахна көшесі 7", "Asia/Almaty", 0)
    assert [(act.name["en"], act.link) for act in show.acts.all()] == [
        ("Night Caravan", "https://caravan.example/")
    ]
    assert selectors.state_of(show, NOON) == "draft"
    assert selectors.public_show(show.slug) is None
    assert selectors.all_shows() == [show]


def test_two_shows_of_one_title_are_told_apart_by_city_and_then_by_number(artist):
    slugs = [
        services.make_show(artist="madina", facts=facts(city=city), now=NOON).slug
        for city in ({"kk": "Астана"}, {"kk": "Алматы"}, {"kk": "Алматы"}, {"kk": "Алматы"})
    ]
    assert slugs == [
        "jalgyz-jaryq",
        "jalgyz-jaryq-almaty",
        "jalgyz-jaryq-almaty-2",
        "jalgyz-jaryq-almaty-3",
    ]


def test_a_show_called_new_does_not_hide_behind_the_form(artist):
    show = services.make_show(artist="madina", facts=facts(title={"en": "New"}), now=NOON)
    assert show.slug == "new-astana"


def test_times_are_kept_to_the_minute(make):
    show = make(starts_at=EVENING + timedelta(seconds=40), doors_at=None, ends_at=None)
    assert show.starts_at == EVENING


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title": {"kk": " "}}, "Give the show a title in at least one language."),
        ({"city": {}}, "Say in which city it is, in at least one language."),
        ({"starts_at": None}, "Say when the show starts."),
        ({"doors_at": EVENING + HOUR}, "The doors open before the show starts, at most 12 hours before."),
        (
            {"doors_at": EVENING - 13 * HOUR},
            "The doors open before the show starts, at most 12 hours before.",
        ),
        ({"ends_at": EVENING}, "The show ends after it starts, at most 16 hours after."),
        ({"ends_at": EVENING + 17 * HOUR}, "The show ends after it starts, at most 16 hours after."),
        (
            {"starts_at": datetime(1850, 1, 1, tzinfo=UTC), "doors_at": None, "ends_at": None},
            "The year of a show lies between 1900 and 2200.",
        ),
        ({"country": "Kazakhstan"}, "“KAZAKHSTAN” is not a country's code of two letters, such as KZ."),
        (
            {"time_zone": "Astana"},
            "“Astana” is not a time zone that the house knows, such as Asia/Almaty.",
        ),
        ({"time_zone": "../etc/passwd"}, None),
        ({"hue": 360}, "The hue is a whole number from 0 to 359."),
        ({"slug": "Жарық"}, None),
        ({"slug": "new"}, None),
        ({"slug": "there"}, "There is already a show at “there”."),
        ({"acts": [ActFacts({}, "https://x.example")]}, "Give every other act a name, not only a link."),
        ({"acts": [ActFacts({"en": "X"}, "javascript:x")]}, None),
        ({"acts": [ActFacts({"en": str(n)}) for n in range(21)]}, "A show has at most 20 other acts."),
        ({"title": {"kk": "я" * 121}}, "“title” is too long: at most 120 characters are taken."),
        ({"tour": "nowhere"}, "There is no tour “nowhere”."),
        ({"tour": "hers"}, "That tour is another artist's."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_changed(make, rows, told, sentence):
    make("there")
    make("evening", announced=False)
    people.make_artist(name={"en": "Erke"}, slug="erke")
    services.make_tour(artist="erke", name={"en": "Hers"}, now=NOON)
    before, generation = rows(), page_generation()
    with pytest.raises(Refusal) as refused:
        services.change_show(show="evening", facts=facts(**({"slug": "evening"} | told)), now=NOON)
    assert sentence is None or str(refused.value) == sentence
    assert (rows(), page_generation()) == (before, generation)


def test_nobody_makes_a_show_for_an_artist_who_is_not_here(db):
    with pytest.raises(Refusal, match="There is no artist “nobody”"):
        services.make_show(artist="nobody", facts=facts(), now=NOON)
    assert not Show.objects.exists()


def test_calendars_learn_of_a_change_only_once_the_show_is_announced(make):
    make(announced=False)
    told = facts(venue={"en": "Elsewhere"})
    assert services.change_show(show="evening", facts=told, now=NOON).sequence == 0
    announced = services.announce(show="evening", now=NOON).sequence
    changed = services.change_show(show="evening", facts=told, now=NOON + HOUR)
    assert (changed.sequence, changed.changed_at, changed.slug) == (announced + 1, NOON + HOUR, "evening")


def test_an_announced_show_keeps_its_day_but_not_its_hour(make, rows):
    make()
    before = rows()
    for other in (EVENING + 24 * HOUR, None):
        told = facts(starts_at=other, doors_at=None, ends_at=None)
        with pytest.raises(Refusal, match="to move it to another day, postpone it"):
            services.change_show(show="evening", facts=told, now=NOON)
    assert rows() == before
    later = facts(starts_at=EVENING + HOUR)
    assert services.change_show(show="evening", facts=later, now=NOON).starts_at == EVENING + HOUR


def test_a_removed_show_is_gone_with_all_of_it(make, rows):
    make()
    services.cancel(show="evening", now=NOON)
    services.remove_show(show="evening", now=NOON)
    assert not any(rows().values())
    with pytest.raises(Refusal, match="There is no show “evening”"):
        services.remove_show(show="evening", now=NOON)


def test_every_change_drops_the_kept_pages(make):
    before = page_generation()
    make(announced=False)
    services.change_show(show="evening", facts=facts(), now=NOON)
    services.remove_show(show="evening", now=NOON)
    assert page_generation() == before + 3


def test_an_artist_with_a_show_stays(make, artist):
    make(announced=False)
    with pytest.raises(people.ArtistHasWorks):
        people.remove_artist(artist)
    services.remove_show(show="evening", now=NOON)
    people.remove_artist(artist)


def test_lists_read_as_often_for_three_shows_as_for_one(make, django_assert_num_queries):
    make("one")
    with django_assert_num_queries(3):
        assert [len(show.acts.all()) for show in selectors.public_shows()] == [1]
    make("two")
    services.postpone(show=make("three").slug, now=NOON)
    with django_assert_num_queries(3):
        told = [selectors.state_of(show, NOON) for show in selectors.public_shows("madina")]
    assert told == ["announced", "announced", "postponed"]
